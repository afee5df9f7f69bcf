import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Database, Queues } from '@unionhall/platform';
import { SEND } from '../outreach.jobs';
import type { Condition } from './condition';
import { Moves, type Group } from './moves';

const BATCH = 500;

interface Due extends Omit<Group, 'places'> {
  readonly places: Readonly<Record<string, number>>;
  readonly goal: Condition | null;
}

/** Moves people through the steps of their sequences, a batch of due ones in each transaction. */
@Injectable()
export class AdvanceService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly moves: Moves,
  ) {}

  /** Until nobody is due. @returns how many moves were made. */
  async advance(): Promise<number> {
    let moves = 0;
    for (;;) {
      const moved = await this.db.tx(systemActor('outreach'), (em) => this.batch(em), 'outreach.advance');
      moves += moved;
      if (moved === 0) break;
    }
    if (moves > 0) await this.queues.wake(SEND, {}, { dedupe: 'advance' });
    return moves;
  }

  private async batch(em: EntityManager): Promise<number> {
    const groups = (await em.query(
      `WITH due AS (
         SELECT e.id, e.sequence_id, e.version, e.position FROM enrollment e JOIN sequence s ON s.id = e.sequence_id AND s.state = 'active'
          WHERE e.state = 'active' AND e.paused_at IS NULL AND e.due_at <= app.now() ORDER BY e.due_at, e.id LIMIT ${BATCH} FOR UPDATE OF e SKIP LOCKED)
       SELECT d.sequence_id AS "sequenceId", s.purpose, s.goal, st.id AS "stepId", st.config AS step, array_agg(d.id) AS "enrollmentIds",
              (SELECT jsonb_object_agg(p.key, p.position) FROM sequence_step p WHERE p.sequence_id = d.sequence_id AND p.version = d.version) AS places
         FROM due d JOIN sequence s ON s.id = d.sequence_id
         LEFT JOIN sequence_step st ON st.sequence_id = d.sequence_id AND st.version = d.version AND st.position = d.position
        GROUP BY d.sequence_id, d.version, d.position, s.purpose, s.goal, st.id, st.config`,
    )) as Due[];
    for (const { goal, ...group } of groups) {
      const staying = goal === null ? group.enrollmentIds : await this.moves.reachGoal(em, group, goal);
      await this.moves.move(em, { ...group, enrollmentIds: staying });
    }
    return groups.reduce((sum, group) => sum + group.enrollmentIds.length, 0);
  }
}
