import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Database, Queues } from '@unionhall/platform';
import { SEND } from './outreach.jobs';
import { waitEnds, type StepConfig } from './steps';

const BATCH = 500;

interface Group {
  step_id: string;
  sequence_id: string;
  position: number;
  config: StepConfig;
  ends_at: Date;
  enrollment_ids: string[];
}

/** Moves people through the steps of their sequences, a batch of due ones in each transaction. */
@Injectable()
export class AdvanceService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
  ) {}

  /** Until nobody is due. @returns how many moves were made. */
  async advance(): Promise<number> {
    let moves = 0;
    for (;;) {
      const moved = await this.db.tx(systemActor('outreach'), (em) => this.batch(em));
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
          WHERE e.state = 'active' AND e.due_at <= app.now() ORDER BY e.due_at, e.id LIMIT ${BATCH} FOR UPDATE OF e SKIP LOCKED)
       SELECT st.id AS step_id, d.sequence_id, d.position, st.config, g.ends_at, array_agg(d.id) AS enrollment_ids
         FROM due d JOIN sequence_step st ON st.sequence_id = d.sequence_id AND st.version = d.version AND st.position = d.position
         JOIN sequence s ON s.id = d.sequence_id JOIN gathering g ON g.id = s.gathering_id
        GROUP BY st.id, d.sequence_id, d.position, st.config, g.ends_at`,
    )) as Group[];
    for (const group of groups) await this.move(em, group);
    return groups.reduce((sum, group) => sum + group.enrollment_ids.length, 0);
  }

  private async move(em: EntityManager, group: Group): Promise<void> {
    const { config, enrollment_ids: ids } = group;
    if (config.kind === 'exit') {
      await em.query(`UPDATE enrollment SET state = 'done' WHERE id = ANY($1::uuid[])`, [ids]);
    } else if (config.kind === 'wait') {
      await em.query(
        `UPDATE enrollment e SET position = e.position + 1, due_at = ${waitEnds('st.config', 'g')}
           FROM sequence_step st, sequence s JOIN gathering g ON g.id = s.gathering_id
          WHERE e.id = ANY($1::uuid[]) AND s.id = e.sequence_id AND st.id = $2`,
        [ids, group.step_id],
      );
    } else if (config.kind === 'branch') {
      await this.branch(em, group, config);
    } else {
      await em.query(
        `INSERT INTO delivery (sequence_id, step_id, member_id, chapter_id)
         SELECT e.sequence_id, $2, e.member_id, e.chapter_id FROM enrollment e JOIN sequence s ON s.id = e.sequence_id
          WHERE e.id = ANY($1::uuid[]) AND ($3 = 'everyone' OR NOT EXISTS (
            SELECT FROM rsvp r WHERE r.gathering_id = s.gathering_id AND r.member_id = e.member_id AND r.status IN ('declined', 'cancelled')))
         ON CONFLICT (step_id, member_id) DO NOTHING`,
        [ids, group.step_id, config.only],
      );
      await em.query(`UPDATE enrollment SET position = position + 1 WHERE id = ANY($1::uuid[])`, [ids]);
    }
  }

  /** Those whose attendance is known go on; the others wait for it, until the grace time has passed. */
  private async branch(
    em: EntityManager,
    group: Group,
    config: StepConfig & { kind: 'branch' },
  ): Promise<void> {
    await em.query(
      `UPDATE enrollment e SET
         position = CASE a.status WHEN 'attended' THEN $2::int WHEN 'no_show' THEN $3::int ELSE e.position END,
         due_at = CASE WHEN a.status IN ('attended', 'no_show') THEN e.due_at ELSE app.now() + interval '10 minutes' END,
         state = CASE WHEN coalesce(a.status, 'unknown') = 'unknown' AND app.now() >= $4::timestamptz THEN 'exited' ELSE e.state END,
         exit_reason = CASE WHEN coalesce(a.status, 'unknown') = 'unknown' AND app.now() >= $4::timestamptz THEN 'attendance_unknown' END
       FROM enrollment x JOIN sequence s ON s.id = x.sequence_id
       LEFT JOIN attendance a ON a.gathering_id = s.gathering_id AND a.member_id = x.member_id
       WHERE e.id = x.id AND x.id = ANY($1::uuid[])`,
      [
        group.enrollment_ids,
        config.attended,
        config.missed,
        new Date(group.ends_at.getTime() + config.graceMinutes * 60_000),
      ],
    );
  }
}
