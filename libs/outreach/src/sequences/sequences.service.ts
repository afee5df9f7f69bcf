import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, idempotent, Queues } from '@unionhall/platform';
import {
  alreadyEnded,
  gatheringUnfit,
  notPublished,
  nothingToApprove,
  ownApproval,
  segmentEmpty,
  sequenceNotFound,
  waitsForApproval,
} from '../outreach.errors';
import { ADVANCE } from '../outreach.jobs';
import { DraftsService } from './drafts.service';
import { inSegment, segmentValues, type Segment } from './segment';
import { TRAINING_STEPS } from './training';

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
  INSERT INTO enrollment (sequence_id, version, member_id, chapter_id, gathering_id, occasion)
  SELECT $1, $2, m.id, m.chapter_id, $3::uuid, CASE WHEN $4 THEN $5 ELSE '' END FROM member m
   WHERE ${inSegment('m', 6)}
     AND (NOT $4 OR NOT EXISTS (SELECT FROM enrollment x WHERE x.sequence_id = $1 AND x.member_id = m.id AND x.state = 'active'))
  ON CONFLICT (sequence_id, member_id, occasion) DO NOTHING`;

interface Head {
  chapter_id: string;
  state: string;
  version: number;
  reentry: string;
  gathering_id: string | null;
  asked_by: string | null;
}

/** Letting people in, and the verbs of a running sequence: stop entries, hold everyone, end. */
@Injectable()
export class SequencesService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly drafts: DraftsService,
  ) {}

  /**
   * Starts the sequence around a training for everyone of a segment, in one transaction. The same key
   * and request give the first answer again.
   * @throws AppError SEQUENCE.GATHERING_UNFIT, SEQUENCE.SEGMENT_EMPTY, IDEMPOTENCY.*, AUTHZ.*.
   */
  async startTraining(actor: Actor, { idempotencyKey, ...request }: StartTraining): Promise<Started> {
    actor.require('outreach.run', request.segment.chapterId);
    const key = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.start-training',
      key: idempotencyKey,
      request,
    };
    const started = await this.db.tx(
      actor,
      (em) => idempotent(em, key, () => this.start(em, actor, request.gatheringId, request.segment)),
      'outreach.start',
    );
    await this.queues.wake(ADVANCE, {}, { dedupe: 'start' });
    return started;
  }

  /**
   * Lets everyone of a segment into a published sequence. Above the audience that needs a second organizer's
   * yes the sequence waits for it before anybody moves.
   * @throws AppError SEQUENCE.NOT_PUBLISHED, SEQUENCE.ENDED, SEQUENCE.SEGMENT_EMPTY, IDEMPOTENCY.*, AUTHZ.*.
   */
  async enrol(actor: Actor, id: string, segment: Segment, idempotencyKey: string): Promise<Started> {
    actor.require('outreach.run', segment.chapterId);
    const key = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.enrol',
      key: idempotencyKey,
      request: { id, segment },
    };
    const started = await this.db.tx(actor, (em) =>
      idempotent(em, key, async () => {
        const head = await headOf(em, actor, id);
        if (head.state === 'draft') throw notPublished();
        return { id, enrolled: await this.letIn(em, actor, id, head, segment, idempotencyKey) };
      }),
    );
    await this.queues.wake(ADVANCE, {}, { dedupe: 'start' });
    return started;
  }

  /** A second organizer's yes to a large audience. @throws AppError SEQUENCE.OWN_APPROVAL, SEQUENCE.NOTHING_TO_APPROVE, AUTHZ.*. */
  async approve(actor: Actor, id: string): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const head = await headOf(em, actor, id);
      if (head.state !== 'waiting_for_approval') throw nothingToApprove();
      if (actor.userId === undefined || head.asked_by === actor.userId) throw ownApproval();
      await em.query(
        `UPDATE sequence SET state = 'active', approved_by = $2, approved_at = app.now() WHERE id = $1`,
        [id, actor.userId],
      );
    });
    await this.queues.wake(ADVANCE, {}, { dedupe: 'approve' });
    return { id };
  }

  /** Nobody enters any more; those inside go on. */
  stopEntries(actor: Actor, id: string): Promise<{ id: string }> {
    return this.change(actor, id, async (em) => {
      await em.query(`UPDATE sequence SET entries_open = false WHERE id = $1`, [id]);
    });
  }

  allowEntries(actor: Actor, id: string): Promise<{ id: string }> {
    return this.change(actor, id, async (em) => {
      await em.query(`UPDATE sequence SET entries_open = true WHERE id = $1`, [id]);
    });
  }

  /** Nobody moves and nothing is sent until it is resumed; what is being attempted ends as it ends. */
  hold(actor: Actor, id: string): Promise<{ id: string }> {
    return this.change(actor, id, async (em) => {
      await em.query(`UPDATE sequence SET state = 'held', held_reason = 'organizer' WHERE id = $1`, [id]);
    });
  }

  async resume(actor: Actor, id: string): Promise<{ id: string }> {
    const changed = await this.change(actor, id, async (em) => {
      await em.query(`UPDATE sequence SET state = 'active', held_reason = NULL WHERE id = $1`, [id]);
    });
    await this.queues.wake(ADVANCE, {}, { dedupe: 'resume' });
    return changed;
  }

  /** Everyone inside leaves it; what was due is suppressed and says why. */
  end(actor: Actor, id: string): Promise<{ id: string }> {
    return this.change(
      actor,
      id,
      async (em) => {
        await em.query(`UPDATE sequence SET state = 'ended' WHERE id = $1`, [id]);
        await stopEveryone(em, id, 'sequence_ended');
      },
      true,
    );
  }

  private async start(
    em: EntityManager,
    actor: Actor,
    gatheringId: string,
    segment: Segment,
  ): Promise<Started> {
    const title = await fitTraining(em, gatheringId);
    const { id } = await this.drafts.insert(em, actor, {
      title,
      purpose: 'events',
      segment,
      gatheringId,
      trigger: { on: 'hand' },
      reentry: 'once',
      goal: null,
      steps: TRAINING_STEPS,
    });
    await this.drafts.publishWithin(em, actor, id, 'finish');
    const head = await headOf(em, actor, id);
    return { id, enrolled: await this.letIn(em, actor, id, head, segment, id) };
  }

  private async letIn(
    em: EntityManager,
    actor: Actor,
    id: string,
    head: Head,
    segment: Segment,
    occasion: string,
  ): Promise<number> {
    if (head.state === 'ended') throw alreadyEnded();
    const [row] = (await em.query(`WITH e AS (${ENROL} RETURNING 1) SELECT count(*)::int AS n FROM e`, [
      id,
      head.version,
      head.gathering_id,
      head.reentry === 'again',
      occasion,
      ...segmentValues(segment),
    ])) as { n: number }[];
    const { n } = row!;
    if (n === 0) throw segmentEmpty();
    await em.query(`UPDATE sequence SET audience = coalesce(audience, 0) + $2 WHERE id = $1`, [id, n]);
    if (this.drafts.needsApproval(n))
      await em.query(
        `UPDATE sequence SET state = 'waiting_for_approval', asked_by = $2 WHERE id = $1 AND state = 'active'`,
        [id, actor.userId ?? null],
      );
    return n;
  }

  private async change(
    actor: Actor,
    id: string,
    work: (em: EntityManager) => Promise<void>,
    ends = false,
  ): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const { state } = await headOf(em, actor, id);
      if (state === 'ended') throw alreadyEnded();
      if (state === 'draft' && !ends) throw notPublished();
      if (state === 'waiting_for_approval' && !ends) throw waitsForApproval();
      await work(em);
    });
    return { id };
  }
}

async function headOf(em: EntityManager, actor: Actor, id: string): Promise<Head> {
  const [head] = (await em.query(
    `SELECT chapter_id, state, version, reentry, gathering_id, asked_by FROM sequence WHERE id = $1 FOR UPDATE`,
    [id],
  )) as Head[];
  if (head === undefined) throw sequenceNotFound();
  actor.require('outreach.run', head.chapter_id);
  return head;
}

/** @returns the training's title. @throws AppError SEQUENCE.GATHERING_UNFIT. */
async function fitTraining(em: EntityManager, gatheringId: string): Promise<string> {
  const [gathering] = (await em.query(
    `SELECT title, kind, state, ends_at <= app.now() AS over FROM gathering WHERE id = $1`,
    [gatheringId],
  )) as { title: string; kind: string; state: string; over: boolean }[];
  if (gathering === undefined) throw gatheringUnfit('There is no such gathering.');
  if (gathering.kind !== 'training') throw gatheringUnfit('This is not a training.');
  if (gathering.state !== 'scheduled') throw gatheringUnfit('This training is not scheduled.');
  if (gathering.over) throw gatheringUnfit('This training is over.');
  return gathering.title;
}

/** Takes everyone out of a sequence; what has not been attempted is not sent any more. */
export async function stopEveryone(em: EntityManager, sequenceId: string, reason: string): Promise<void> {
  await em.query(
    `UPDATE enrollment SET state = 'exited', exit_reason = $2, watching = false WHERE sequence_id = $1 AND state = 'active'`,
    [sequenceId, reason],
  );
  await em.query(
    `UPDATE delivery SET state = 'suppressed', reason = $2, decided_at = app.now(), fence = fence + 1
      WHERE id IN (SELECT id FROM delivery WHERE sequence_id = $1 AND state IN ('due', 'leased') ORDER BY id FOR UPDATE)`,
    [sequenceId, reason],
  );
}
