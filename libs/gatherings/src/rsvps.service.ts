import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { unauthenticated, type Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import {
  gatheringCancelled,
  gatheringNotFound,
  gatheringNotOpen,
  gatheringOver,
  notAMember,
  rsvpAlready,
  rsvpMemberNotFound,
  rsvpStatusInvalid,
} from './gatherings.errors';
import { rsvpChanged } from './gatherings.events';

export const RSVP_ANSWERS = ['going', 'maybe', 'declined', 'cancelled'] as const;
export type RsvpAnswer = (typeof RSVP_ANSWERS)[number];
export type RsvpStatus = RsvpAnswer | 'invited' | 'waitlisted';
export type RsvpSource = 'portal' | 'link' | 'organizer';

export interface AnswerRsvp {
  readonly gatheringId: string;
  readonly status: RsvpAnswer;
}

export interface RsvpResult {
  readonly rsvpId: string;
  /** `waitlisted` when the gathering is full. */
  readonly status: RsvpStatus;
}

interface Hall {
  chapter_id: string;
  state: string;
  over: boolean;
  capacity: number | null;
  going_count: number;
  waitlisted_count: number;
}

/** Who says they will come. Places are given under a lock on the gathering, so none is given twice. */
@Injectable()
export class RsvpsService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A member answers for themselves.
   * @throws AppError RSVP.NOT_A_MEMBER, RSVP.ALREADY, RSVP.STATUS_INVALID, GATHERING.NOT_FOUND,
   *   GATHERING.CANCELLED, GATHERING.OVER.
   */
  async answer(actor: Actor, input: AnswerRsvp): Promise<RsvpResult> {
    if (actor.memberId === undefined) throw actor.kind === 'anonymous' ? unauthenticated() : notAMember();
    return this.record(actor, actor.memberId, input, actor.kind === 'link' ? 'link' : 'portal');
  }

  /**
   * An organizer answers on behalf of a member in reach.
   * @throws as `answer`, AUTHZ.* (gatherings.edit in the gathering's chapter), MEMBER.NOT_FOUND.
   */
  async answerFor(actor: Actor, memberId: string, input: AnswerRsvp): Promise<RsvpResult> {
    actor.require('gatherings.edit');
    return this.record(actor, memberId, input, 'organizer');
  }

  /**
   * Invites members, in a transaction of the caller's who has decided that they may be: a row only for those who
   * have none, so that no answer changes. An invitation is no answer, takes no place, and is no news.
   */
  async invite(em: EntityManager, gatheringId: string, memberIds: readonly string[]): Promise<void> {
    await em.query(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source)
       SELECT $1, m.id, m.chapter_id, 'invited', 'outreach' FROM member m WHERE m.id = ANY($2::uuid[]) AND m.erased_at IS NULL
       ON CONFLICT (gathering_id, member_id) DO NOTHING`,
      [gatheringId, memberIds],
    );
  }

  /**
   * Gives free places to those who have waited longest; gives how many. Runs when an answer has freed a
   * place or a gathering has grown.
   */
  async promote(em: EntityManager, gatheringId: string): Promise<number> {
    const hall = await this.lock(em, gatheringId);
    if (hall === undefined || hall.state !== 'scheduled' || hall.over || hall.waitlisted_count === 0)
      return 0;
    const free = hall.capacity === null ? hall.waitlisted_count : hall.capacity - hall.going_count;
    if (free <= 0) return 0;
    const [moved] = (await em.query(
      `UPDATE rsvp SET status = 'going' WHERE id IN (
         SELECT id FROM rsvp WHERE gathering_id = $1 AND status = 'waitlisted' ORDER BY at, id LIMIT $2)
       RETURNING id, member_id`,
      [gatheringId, free],
    )) as [{ id: string; member_id: string }[], number];
    await this.outbox.emit(
      em,
      ...moved.map((row) =>
        rsvpChanged({
          gatheringId,
          memberId: row.member_id,
          rsvpId: row.id,
          status: 'going',
          previous: 'waitlisted',
        }),
      ),
    );
    return moved.length;
  }

  private async record(
    actor: Actor,
    memberId: string,
    input: AnswerRsvp,
    source: RsvpSource,
  ): Promise<RsvpResult> {
    if (!RSVP_ANSWERS.includes(input.status)) throw rsvpStatusInvalid('input.status');
    const { gatheringId } = input;
    const result = await this.db.tx(actor, async (em) => {
      const hall = await this.lock(em, gatheringId);
      if (hall === undefined) throw gatheringNotFound();
      if (source === 'organizer') actor.require('gatherings.edit', hall.chapter_id);
      if (hall.state === 'cancelled') throw gatheringCancelled();
      if (hall.over) throw gatheringOver();
      if (hall.state !== 'scheduled') throw source === 'organizer' ? gatheringNotOpen() : gatheringNotFound();
      const [before] = (await em.query(`SELECT status FROM rsvp WHERE gathering_id = $1 AND member_id = $2`, [
        gatheringId,
        memberId,
      ])) as { status: RsvpStatus }[];
      const wants = input.status === 'going' ? 'waitlisted' : input.status;
      if (before?.status === input.status || before?.status === wants) throw rsvpAlready(before.status);
      const status: RsvpStatus = input.status === 'going' && !hasPlace(hall) ? 'waitlisted' : input.status;
      const [row] = (await em.query(
        `INSERT INTO rsvp AS r (gathering_id, member_id, chapter_id, status, source, at)
         SELECT $1, m.id, m.chapter_id, $3, $4, app.clock() FROM member m WHERE m.id = $2 AND m.erased_at IS NULL
         ON CONFLICT (gathering_id, member_id)
         DO UPDATE SET status = excluded.status, source = excluded.source, at = excluded.at
         RETURNING r.id`,
        [gatheringId, memberId, status, source],
      )) as { id: string }[];
      if (row === undefined) throw rsvpMemberNotFound('input.memberId');
      await this.outbox.emit(
        em,
        rsvpChanged({ gatheringId, memberId, rsvpId: row.id, status, previous: before?.status ?? null }),
      );
      return { rsvpId: row.id, status };
    });
    await this.outbox.nudge();
    return result;
  }

  private async lock(em: EntityManager, gatheringId: string): Promise<Hall | undefined> {
    const [hall] = (await em.query(
      `SELECT chapter_id, state, ends_at <= app.clock() AS over, capacity, going_count, waitlisted_count
       FROM gathering WHERE id = $1 FOR UPDATE`,
      [gatheringId],
    )) as Hall[];
    return hall;
  }
}

/** Whoever waits comes before whoever asks now. */
function hasPlace(hall: Hall): boolean {
  return hall.capacity === null || (hall.going_count < hall.capacity && hall.waitlisted_count === 0);
}
