import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, idempotent, Queues } from '@unionhall/platform';
import { noMemberRecord, nothingSent, notReady, notUncertain, sequenceNotFound } from '../outreach.errors';
import { SEND } from '../outreach.jobs';
import type { Texts } from './condition';
import { readSteps } from './definition';
import type { StepConfig } from './step';
import { withTexts, writeTexts } from './template-texts';

export interface Correction {
  readonly stepId: string;
  readonly subject: Texts;
  readonly body: Texts;
  readonly idempotencyKey: string;
}

/** What an organizer found out about a message of which nobody knew. */
export type Resolution = 'accepted' | 'rejected' | 'send_again';

/** Setting right what was sent, finding out what is uncertain, and trying a sequence on oneself. */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
  ) {}

  /**
   * One message to exactly the people who were sent another (or may have been), past the limit of a week and
   * past the consent, never past an opt-out. The same key gives the same correction.
   * @throws AppError SEQUENCE.NOTHING_SENT, SEQUENCE.NOT_FOUND, SEQUENCE.STEPS_INVALID, IDEMPOTENCY.*, AUTHZ.*.
   */
  async correct(actor: Actor, { idempotencyKey, ...request }: Correction): Promise<{ id: string }> {
    const { stepId, subject, body } = request;
    const steps = readSteps([
      { kind: 'message', key: 'correction', name: 'correction', until: 'never', subject, body },
    ]);
    const key = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.correct',
      key: idempotencyKey,
      request,
    };
    const made = await this.db.tx(actor, (em) =>
      idempotent(em, key, () => this.write(em, actor, stepId, steps[0]!)),
    );
    await this.queues.wake(SEND, {}, { dedupe: 'correction' });
    return made;
  }

  /** @throws AppError DELIVERY.NOT_UNCERTAIN, AUTHZ.*. */
  async resolve(actor: Actor, deliveryId: string, resolution: Resolution): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const [row] = (await em.query(
        `SELECT s.chapter_id, d.state FROM delivery d JOIN sequence s ON s.id = d.sequence_id WHERE d.id = $1 FOR UPDATE OF d`,
        [deliveryId],
      )) as { chapter_id: string; state: string }[];
      if (row === undefined) throw sequenceNotFound();
      actor.require('outreach.run', row.chapter_id);
      if (row.state !== 'uncertain') throw notUncertain();
      await em.query(
        `UPDATE delivery SET state = $2, reason = $3, decided_at = CASE WHEN $2 = 'due' THEN NULL ELSE app.now() END,
                due_at = CASE WHEN $2 = 'due' THEN app.now() ELSE due_at END, attempts = CASE WHEN $2 = 'due' THEN 0 ELSE attempts END, fence = fence + 1
          WHERE id = $1`,
        [
          deliveryId,
          resolution === 'send_again' ? 'due' : resolution,
          resolution === 'accepted' ? null : 'said_by_an_organizer',
        ],
      );
    });
    if (resolution === 'send_again') await this.queues.wake(SEND, {}, { dedupe: 'resolved' });
    return { id: deliveryId };
  }

  /**
   * Leads the actor's own member record through the draft (or what is published), every wait cut to nothing.
   * @throws AppError SEQUENCE.NO_MEMBER_RECORD, SEQUENCE.NOT_FOUND, AUTHZ.*.
   */
  async tryOut(actor: Actor, id: string): Promise<{ id: string }> {
    return this.db.tx(actor, async (em) => {
      const [made] = (await em.query(
        `INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, tries, version, entries_open, created_by)
         SELECT chapter_id, title, 'service', gathering_id, segment, id, 1, false, $2 FROM sequence WHERE id = $1 RETURNING id, chapter_id`,
        [id, actor.userId ?? null],
      )) as { id: string; chapter_id: string }[];
      if (made === undefined) throw sequenceNotFound();
      actor.require('outreach.run', made.chapter_id);
      await em.query(
        `INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
         SELECT $2, st.chapter_id, 1, st.position, st.kind, st.key,
                CASE WHEN st.kind = 'wait' AND NOT st.config ? 'event' THEN jsonb_build_object('kind', 'wait', 'key', st.key, 'for', '{"minutes": 0}'::jsonb)
                     WHEN st.kind = 'wait' THEN st.config || '{"timeoutMinutes": 1}' ELSE st.config - 'only' END
           FROM sequence_step st JOIN sequence s ON s.id = st.sequence_id
          WHERE s.id = $1 AND st.version = coalesce((SELECT v.version FROM sequence_version v WHERE v.sequence_id = s.id AND v.published_at IS NULL), s.version)`,
        [id, made.id],
      );
      await this.fillIn(em, actor, made.id);
      const entered = (await em.query(
        `INSERT INTO enrollment (sequence_id, version, member_id, chapter_id, gathering_id)
         SELECT s.id, 1, m.id, m.chapter_id, s.gathering_id FROM sequence s JOIN member m ON m.id = $2 AND m.email IS NOT NULL WHERE s.id = $1 RETURNING id`,
        [made.id, actor.memberId ?? null],
      )) as unknown[];
      if (entered.length === 0) throw noMemberRecord();
      return { id: made.id };
    });
  }

  /** A try shows templates as they stand, approved or not: it goes to oneself alone. */
  private async fillIn(em: EntityManager, actor: Actor, id: string): Promise<void> {
    const rows = (await em.query(
      `SELECT config FROM sequence_step WHERE sequence_id = $1 AND version = 1 ORDER BY position`,
      [id],
    )) as { config: StepConfig }[];
    const filled = await withTexts(
      em,
      actor,
      rows.map(({ config }) => config),
      'newest',
    );
    if (filled.problems.length > 0) throw notReady(filled.problems);
    await writeTexts(em, id, 1, filled.steps);
  }

  private async write(
    em: EntityManager,
    actor: Actor,
    stepId: string,
    step: StepConfig,
  ): Promise<{ id: string }> {
    const [made] = (await em.query(
      `WITH wrong AS (SELECT st.id, st.key, s.id AS sequence_id, s.chapter_id, s.title, s.gathering_id, s.segment
                        FROM sequence_step st JOIN sequence s ON s.id = st.sequence_id WHERE st.id = $1),
       made AS (INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, corrects, entries_open, created_by)
                SELECT chapter_id, title, 'service', gathering_id, segment, id, false, $2 FROM wrong RETURNING id, chapter_id),
       step AS (INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
                SELECT id, chapter_id, 1, 1, 'message', 'correction', $3::jsonb FROM made RETURNING id, sequence_id),
       due AS (INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
               SELECT DISTINCT ON (d.member_id) step.sequence_id, step.id, 'correction', d.member_id, d.chapter_id, d.gathering_id, 'service', ''
                 FROM step, wrong JOIN delivery d ON d.sequence_id = wrong.sequence_id AND d.step_key = wrong.key AND d.state IN ('accepted', 'uncertain')
               RETURNING 1)
       SELECT made.id, made.chapter_id, (SELECT count(*)::int FROM due) AS people FROM made`,
      [stepId, actor.userId ?? null, JSON.stringify(step)],
    )) as { id: string; chapter_id: string; people: number }[];
    if (made === undefined) throw sequenceNotFound();
    actor.require('outreach.run', made.chapter_id);
    if (made.people === 0) throw nothingSent();
    return { id: made.id };
  }
}
