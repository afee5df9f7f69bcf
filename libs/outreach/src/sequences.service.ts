import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, idempotent, Queues } from '@unionhall/platform';
import { alreadyEnded, gatheringUnfit, segmentEmpty, sequenceNotFound } from './outreach.errors';
import { ADVANCE } from './outreach.jobs';
import { TRAINING_STEPS, type StepConfig } from './steps';

/** Who is meant: a chapter with all below it, and further conditions that must all hold. */
export interface Segment {
  readonly chapterId: string;
  readonly language?: string | null;
  readonly tag?: string | null;
  readonly status?: string | null;
}

export interface StartTraining {
  readonly gatheringId: string;
  readonly segment: Segment;
  readonly idempotencyKey: string;
}

export interface Started {
  readonly id: string;
  readonly enrolled: number;
}

const ENROL = `
  INSERT INTO enrollment (sequence_id, version, member_id, chapter_id)
  SELECT $1, 1, m.id, m.chapter_id FROM member m
   WHERE m.erased_at IS NULL
     AND m.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $2)
     AND ($3::text IS NULL OR m.language = $3)
     AND ($4::text IS NULL OR m.status = $4)
     AND ($5::text IS NULL OR EXISTS (SELECT FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE mt.member_id = m.id AND t.name = $5))
  ON CONFLICT DO NOTHING`;

/** Starting, holding and ending sequences. */
@Injectable()
export class SequencesService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
  ) {}

  /**
   * Starts the sequence around a training for everyone of a segment, in one transaction. The same key
   * and request give the first answer again.
   * @throws AppError SEQUENCE.GATHERING_UNFIT, SEQUENCE.SEGMENT_EMPTY, IDEMPOTENCY.*, AUTHZ.*.
   */
  async startTraining(actor: Actor, { idempotencyKey, ...request }: StartTraining): Promise<Started> {
    actor.require('outreach.run', request.segment.chapterId);
    const started = await this.db.tx(actor, (em) =>
      idempotent(
        em,
        {
          actorKey: actor.userId ?? actor.kind,
          operation: 'outreach.start-training',
          key: idempotencyKey,
          request,
        },
        () => this.start(em, actor, request.gatheringId, request.segment),
      ),
    );
    await this.queues.wake(ADVANCE, {}, { dedupe: 'start' });
    return started;
  }

  /** Nobody moves and nothing is sent until it is resumed; what is being attempted ends as it ends. */
  hold(actor: Actor, sequenceId: string): Promise<{ id: string }> {
    return this.change(actor, sequenceId, 'held');
  }

  async resume(actor: Actor, sequenceId: string): Promise<{ id: string }> {
    const changed = await this.change(actor, sequenceId, 'active');
    await this.queues.wake(ADVANCE, {}, { dedupe: 'resume' });
    return changed;
  }

  /** Everyone inside leaves it; what was due is suppressed and says why. */
  end(actor: Actor, sequenceId: string): Promise<{ id: string }> {
    return this.change(actor, sequenceId, 'ended');
  }

  private async start(
    em: EntityManager,
    actor: Actor,
    gatheringId: string,
    segment: Segment,
  ): Promise<Started> {
    const [gathering] = (await em.query(
      `SELECT title, kind, state, chapter_id, ends_at <= app.now() AS over FROM gathering WHERE id = $1`,
      [gatheringId],
    )) as {
      title: string;
      kind: string;
      state: string;
      chapter_id: string;
      over: boolean;
    }[];
    if (gathering === undefined) throw gatheringUnfit('There is no such gathering.');
    if (gathering.kind !== 'training') throw gatheringUnfit('This is not a training.');
    if (gathering.state !== 'scheduled') throw gatheringUnfit('This training is not scheduled.');
    if (gathering.over) throw gatheringUnfit('This training is over.');
    const [sequence] = (await em.query(
      `INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, created_by) VALUES ($1, $2, 'events', $3, $4, $5) RETURNING id`,
      [segment.chapterId, gathering.title, gatheringId, JSON.stringify(segment), actor.userId ?? null],
    )) as { id: string }[];
    await this.writeSteps(em, sequence!.id, segment.chapterId, TRAINING_STEPS);
    const enrolled = (await em.query(`WITH e AS (${ENROL} RETURNING 1) SELECT count(*)::int AS n FROM e`, [
      sequence!.id,
      segment.chapterId,
      segment.language ?? null,
      segment.status ?? null,
      segment.tag ?? null,
    ])) as { n: number }[];
    if (enrolled[0]!.n === 0) throw segmentEmpty();
    return { id: sequence!.id, enrolled: enrolled[0]!.n };
  }

  private async writeSteps(
    em: EntityManager,
    sequenceId: string,
    chapterId: string,
    steps: readonly StepConfig[],
  ): Promise<void> {
    await em.query(
      `INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, config)
       SELECT $1, $2, 1, n, c::jsonb->>'kind', c::jsonb FROM unnest($3::text[]) WITH ORDINALITY AS s (c, n)`,
      [sequenceId, chapterId, steps.map((step) => JSON.stringify(step))],
    );
  }

  private async change(
    actor: Actor,
    sequenceId: string,
    state: 'active' | 'held' | 'ended',
  ): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const [sequence] = (await em.query(`SELECT chapter_id, state FROM sequence WHERE id = $1 FOR UPDATE`, [
        sequenceId,
      ])) as {
        chapter_id: string;
        state: string;
      }[];
      if (sequence === undefined) throw sequenceNotFound();
      actor.require('outreach.run', sequence.chapter_id);
      if (sequence.state === 'ended') throw alreadyEnded();
      await em.query(`UPDATE sequence SET state = $2 WHERE id = $1`, [sequenceId, state]);
      if (state === 'ended') await stopEveryone(em, sequenceId, 'sequence_ended');
    });
    return { id: sequenceId };
  }
}

/** Takes everyone out of a sequence; what has not been attempted is not sent any more. */
export async function stopEveryone(em: EntityManager, sequenceId: string, reason: string): Promise<void> {
  await em.query(
    `UPDATE enrollment SET state = 'exited', exit_reason = $2 WHERE sequence_id = $1 AND state = 'active'`,
    [sequenceId, reason],
  );
  await em.query(
    `UPDATE delivery SET state = 'suppressed', reason = $2, decided_at = app.now(), fence = fence + 1
      WHERE sequence_id = $1 AND state IN ('due', 'leased')`,
    [sequenceId, reason],
  );
}
