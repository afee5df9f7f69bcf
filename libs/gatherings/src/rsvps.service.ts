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
  noPlaceForGuests,
  tooManyGuests,
} from './gatherings.errors';
import { rsvpChanged } from './gatherings.events';
import { freePlaces, lockHall, type Hall } from './places/hall';
import { fillPlaces } from './places/waitlist';
import { requirePrerequisites } from './trainings/prerequisites';

export const RSVP_ANSWERS = ['going', 'maybe', 'declined', 'cancelled'] as const;
export type RsvpAnswer = (typeof RSVP_ANSWERS)[number];
export type RsvpStatus = RsvpAnswer | 'invited' | 'waitlisted';
export type RsvpSource = 'portal' | 'link' | 'organizer';

export interface AnswerRsvp {
  readonly gatheringId: string;
  readonly status: RsvpAnswer;
  /** Whom they bring, where the gathering allows it; what they said before when absent. */
  readonly guests?: number | null;
}

export interface RsvpResult {
  readonly rsvpId: string;
  /** `waitlisted` when the gathering is full. */
  readonly status: RsvpStatus;
}

interface Before {
  readonly status: RsvpStatus;
  readonly guests: number;
  readonly offered: boolean;
  readonly requested: boolean;
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
  async invite(em: EntityManager, gatheringId: string, memberIds: readonly string[]): Promise<number> {
    const rows = (await em.query(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source)
       SELECT $1, m.id, m.chapter_id, 'invited', 'outreach' FROM member m WHERE m.id = ANY($2::uuid[]) AND m.erased_at IS NULL
       ON CONFLICT (gathering_id, member_id) DO NOTHING RETURNING id`,
      [gatheringId, memberIds],
    )) as unknown[];
    return rows.length;
  }

  /**
   * Gives free places to those who have waited longest, or offers them; gives to how many. Runs when an answer has
   * freed a place or a gathering has grown.
   */
  async promote(em: EntityManager, gatheringId: string): Promise<number> {
    const events = await fillPlaces(em, gatheringId);
    await this.outbox.emit(em, ...events);
    return events.length;
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
      const hall = await lockHall(em, gatheringId);
      if (hall === undefined) throw gatheringNotFound();
      if (source === 'organizer') actor.require('gatherings.edit', hall.chapterId);
      const [before] = (await em.query(BEFORE, [gatheringId, memberId])) as Before[];
      checkOpen(hall, source, before);
      const guests = guestsOf(input, hall, before);
      if (input.status === 'going' && source !== 'organizer')
        await requirePrerequisites(em, gatheringId, memberId);
      const placed = placeFor(input.status, guests, hall, before, source);
      const [row] = (await em.query(ANSWER, [
        gatheringId,
        memberId,
        placed.status,
        source,
        guests,
        placed.requested,
      ])) as { id: string }[];
      if (row === undefined) throw rsvpMemberNotFound('input.memberId');
      await this.outbox.emit(
        em,
        rsvpChanged({
          gatheringId,
          memberId,
          rsvpId: row.id,
          status: placed.status,
          previous: before?.status ?? null,
        }),
      );
      return { rsvpId: row.id, status: placed.status };
    });
    await this.outbox.nudge();
    return result;
  }
}

const BEFORE = `
  SELECT status, guests, offer_expires_at > app.clock() AS offered, requested_at IS NOT NULL AS requested
  FROM rsvp WHERE gathering_id = $1 AND member_id = $2`;
const ANSWER = `
  INSERT INTO rsvp AS r (gathering_id, member_id, chapter_id, status, source, guests, requested_at, at)
  SELECT $1, m.id, m.chapter_id, $3, $4, $5, CASE WHEN $6 THEN app.clock() END, app.clock() FROM member m WHERE m.id = $2 AND m.erased_at IS NULL
  ON CONFLICT (gathering_id, member_id)
  DO UPDATE SET status = excluded.status, source = excluded.source, guests = excluded.guests,
    at = CASE WHEN r.status = 'waitlisted' AND excluded.status = 'waitlisted' AND excluded.guests <= r.guests THEN r.at ELSE excluded.at END,
    requested_at = excluded.requested_at, offer_expires_at = NULL, refusal = NULL
  RETURNING r.id`;

/** A gathering by invitation looks to everybody else as if it were not there. */
function checkOpen(hall: Hall, source: RsvpSource, before: Before | undefined): void {
  if (hall.admission === 'invitation' && before === undefined && source !== 'organizer')
    throw gatheringNotFound();
  if (hall.state === 'cancelled') throw gatheringCancelled();
  if (hall.over) throw gatheringOver();
  if (hall.state !== 'scheduled') throw source === 'organizer' ? gatheringNotOpen() : gatheringNotFound();
}

function guestsOf(input: AnswerRsvp, hall: Hall, before: Before | undefined): number {
  if (input.status !== 'going') return 0;
  const guests = input.guests ?? (before === undefined ? 0 : Math.min(before.guests, hall.guestsAllowed));
  if (!Number.isInteger(guests) || guests < 0 || guests > hall.guestsAllowed)
    throw tooManyGuests(hall.guestsAllowed);
  return guests;
}

/**
 * What an answer comes to. Whoever waits comes before whoever asks now; an offer is taken by saying that one comes;
 * whoever has a place and brings one more than fits is refused, and keeps what they have.
 * @throws AppError RSVP.ALREADY, RSVP.NO_PLACE_FOR_GUESTS.
 */
function placeFor(
  wanted: RsvpAnswer,
  guests: number,
  hall: Hall,
  before: Before | undefined,
  source: RsvpSource,
): { status: RsvpStatus; requested: boolean } {
  const same = before !== undefined && before.guests === guests;
  if (wanted !== 'going') {
    if (before?.status === wanted) throw rsvpAlready(wanted);
    return { status: wanted, requested: false };
  }
  if (before?.status === 'going') {
    if (same) throw rsvpAlready('going');
    if (guests - before.guests > freePlaces(hall)) throw noPlaceForGuests();
    return { status: 'going', requested: false };
  }
  if (before?.offered === true) {
    if (guests - before.guests > freePlaces(hall)) throw noPlaceForGuests();
    return { status: 'going', requested: false };
  }
  if (before?.status === 'waitlisted' && same) throw rsvpAlready('waitlisted');
  if (hall.admission === 'approval' && source !== 'organizer')
    return { status: 'waitlisted', requested: true };
  const queue = hall.waiting - (before?.status === 'waitlisted' ? 1 : 0);
  const fits = freePlaces(hall) >= 1 + guests && (hall.capacity === null || queue === 0);
  return { status: fits ? 'going' : 'waitlisted', requested: false };
}
