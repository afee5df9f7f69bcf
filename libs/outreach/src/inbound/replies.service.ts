import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentService } from '@unionhall/consent';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { replyHandled, replyNotFound } from '../outreach.errors';
import { asksToStop } from './stop-words';

export interface IncomingReply {
  readonly memberIds: readonly string[];
  readonly channel: 'email' | 'sms';
  readonly body: string;
  /** What the other side calls it; handed over twice, it is one. */
  readonly sourceId: string;
}

/** `noted`: read, and nothing to do. `resumed`: it asked for no stop. `stopped`: it did, and no more is sent to them. */
export const REPLY_OUTCOMES = ['noted', 'resumed', 'stopped'] as const;
export type ReplyOutcome = (typeof REPLY_OUTCOMES)[number];

interface Sender {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
}

const PAUSE = `
  UPDATE enrollment SET paused_at = app.now()
   WHERE id IN (SELECT id FROM enrollment WHERE member_id = ANY($1::uuid[]) AND state = 'active' AND paused_at IS NULL
                 ORDER BY id FOR UPDATE)`;

/** SQL of whether a member wrote what seems to ask for silence, and nobody has read it. @param row alias with a `member_id`. */
export const asksForSilence = (row: string): string =>
  `EXISTS (SELECT FROM reply y WHERE y.member_id = ${row}.member_id AND y.asks_to_stop AND y.handled_at IS NULL)`;

/** They go on; unless something else that they wrote waits for its reader. */
const RESUME = `
  UPDATE enrollment SET paused_at = NULL
   WHERE member_id = $1 AND paused_at IS NOT NULL
     AND NOT EXISTS (SELECT FROM reply WHERE member_id = $1 AND asks_to_stop AND handled_at IS NULL)`;

/** PostgreSQL keeps no NUL in a text; a mail may hold one. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** What members write back, for a person to read. */
@Injectable()
export class RepliesService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly consents: ConsentService,
  ) {}

  /**
   * Keeps a reply, in the caller's transaction. One that asks for no more messages, in whatever words,
   * pauses the sequences of its sender until a person has read it; the barrier lets no other message pass either.
   */
  async keep(em: EntityManager, { memberIds, channel, body, sourceId }: IncomingReply): Promise<void> {
    const stop = asksToStop(body);
    const kept = (await em.query(
      `INSERT INTO reply (member_id, chapter_id, channel, body, source_id, asks_to_stop)
       SELECT id, chapter_id, $2, $3, $4, $5 FROM member WHERE id = ANY($1::uuid[]) AND erased_at IS NULL
       ON CONFLICT DO NOTHING RETURNING member_id`,
      [memberIds, channel, storable(body), storable(sourceId), stop],
    )) as { member_id: string }[];
    const senders = kept.map((row) => row.member_id);
    if (stop) await em.query(PAUSE, [senders]);
    for (const memberId of senders)
      await this.outbox.emit(em, { type: 'reply.received', payload: { memberId } });
  }

  /**
   * Closes a reply. `resumed` and `noted` let the member's sequences go on; `stopped` ends all messages to them.
   * @throws AppError REPLY.NOT_FOUND, REPLY.HANDLED, AUTHZ.*.
   */
  async handle(actor: Actor, id: string, outcome: ReplyOutcome): Promise<{ id: string }> {
    actor.require('outreach.run');
    await this.db.tx(actor, async (em) => {
      const [reply] = (await em.query(`SELECT chapter_id FROM reply WHERE id = $1`, [id])) as {
        chapter_id: string;
      }[];
      if (reply === undefined) throw replyNotFound();
      actor.require('outreach.run', reply.chapter_id);
    });
    // What follows reaches past an organizer's rights: opt-outs of addresses, and every sequence of the member.
    await this.db.tx(systemActor('outreach'), (em) => this.close(em, id, outcome, actor.userId));
    await this.outbox.nudge();
    return { id };
  }

  private async close(
    em: EntityManager,
    id: string,
    outcome: ReplyOutcome,
    userId: string | undefined,
  ): Promise<void> {
    const [closed] = (await em.query(
      `UPDATE reply r SET handled_by = $2, handled_at = app.now(), outcome = $3 FROM member m
        WHERE r.id = $1 AND r.handled_at IS NULL AND m.id = r.member_id RETURNING m.id, m.email, m.phone`,
      [id, userId ?? null, outcome],
    )) as [Sender[], number];
    if (closed[0] === undefined) throw replyHandled();
    const [{ id: memberId, email, phone }] = closed as [Sender];
    if (outcome !== 'stopped') return void (await em.query(RESUME, [memberId]));
    const actor = systemActor('outreach');
    if (email !== null) await this.consents.optOut(em, 'email', email, 'member');
    if (phone !== null) await this.consents.optOut(em, 'sms', phone, 'member');
    const change = { wording: 'Asked for no more messages', source: 'reply' };
    for (const channel of ['email', 'sms'] as const)
      await this.consents.withdrawWithin(em, actor, [memberId], { channel, ...change });
  }
}
