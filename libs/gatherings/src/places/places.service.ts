import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor, type Actor } from '@unionhall/identity';
import { AppError, Database, Outbox } from '@unionhall/platform';
import { requireMembers } from '../attendance-book';
import { gatheringCancelled, gatheringInvalid, gatheringNotFound, gatheringOver } from '../gatherings.errors';
import { rsvpChanged } from '../gatherings.events';
import { RsvpsService } from '../rsvps.service';
import { freePlaces, lockHall } from './hall';
import { endOffers, fillPlaces } from './waitlist';

export const MOST_INVITED = 500;
const SYSTEM = systemActor('organizing');
const BATCH = 100;

interface Request {
  readonly id: string;
  readonly gatheringId: string;
  readonly memberId: string;
  readonly guests: number;
  readonly requested: boolean;
}

/** Who is let in: invitations, requests, and offers that run out. */
@Injectable()
export class PlacesService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly rsvps: RsvpsService,
  ) {}

  /**
   * Invites members in reach; who has answered keeps their answer. @returns how many are newly invited.
   * @throws AppError AUTHZ.* (gatherings.edit in the chapter), GATHERING.NOT_FOUND, CANCELLED, OVER, INVALID,
   *   MEMBER.NOT_FOUND naming the first.
   */
  async invite(actor: Actor, gatheringId: string, memberIds: readonly string[]): Promise<number> {
    if (memberIds.length === 0 || memberIds.length > MOST_INVITED)
      throw gatheringInvalid('input.memberIds', `From 1 to ${MOST_INVITED} at once.`);
    return this.db.tx(actor, async (em) => {
      await this.open(em, actor, gatheringId);
      await requireMembers(em, memberIds, (index) => `input.memberIds.${index}`);
      return this.rsvps.invite(em, gatheringId, memberIds);
    });
  }

  /**
   * Lets in somebody who asked; without a free place they wait, first come first served.
   * @throws AppError AUTHZ.*, RSVP.NOT_REQUESTED, GATHERING.CANCELLED, GATHERING.OVER.
   */
  async approve(actor: Actor, rsvpId: string): Promise<void> {
    await this.decide(actor, rsvpId, async (em, request) => {
      const hall = (await lockHall(em, request.gatheringId))!;
      const fits = freePlaces(hall) >= 1 + request.guests;
      await em.query(`UPDATE rsvp SET status = $2, requested_at = NULL, source = 'organizer' WHERE id = $1`, [
        rsvpId,
        fits ? 'going' : 'waitlisted',
      ]);
      return fits ? 'going' : 'waitlisted';
    });
  }

  /** @param reason what the member is told. @throws as `approve`; GATHERING.INVALID. */
  async refuse(actor: Actor, rsvpId: string, reason: string): Promise<void> {
    const told = reason.trim();
    if (told === '' || told.length > 500)
      throw gatheringInvalid('reason', 'A reason has 1 to 500 characters.');
    await this.decide(actor, rsvpId, async (em) => {
      await em.query(
        `UPDATE rsvp SET status = 'declined', requested_at = NULL, refusal = $2, source = 'organizer' WHERE id = $1`,
        [rsvpId, told],
      );
      return 'declined';
    });
  }

  /** Ends offers whose time has come, a gathering at a time. @returns how many gatherings it looked after. */
  async sweep(): Promise<number> {
    const { rows } = await this.db.read(SYSTEM, {
      text: `SELECT DISTINCT gathering_id AS id FROM (SELECT gathering_id FROM rsvp WHERE offer_expires_at <= app.now()
               ORDER BY offer_expires_at LIMIT ${BATCH}) due`,
      values: [],
    });
    for (const { id } of rows as { id: string }[])
      await this.db.tx(SYSTEM, async (em) => {
        const ended = await endOffers(em, id);
        await this.outbox.emit(em, ...ended, ...(await fillPlaces(em, id)));
      });
    if (rows.length > 0) await this.outbox.nudge();
    return rows.length;
  }

  private async decide(
    actor: Actor,
    rsvpId: string,
    how: (em: EntityManager, request: Request) => Promise<string>,
  ): Promise<void> {
    actor.require('gatherings.edit');
    await this.db.tx(actor, async (em) => {
      const [found] = (await em.query(`SELECT gathering_id AS "gatheringId" FROM rsvp WHERE id = $1`, [
        rsvpId,
      ])) as {
        gatheringId: string;
      }[];
      if (found === undefined) throw notRequested('not_found');
      await this.open(em, actor, found.gatheringId);
      const [request] = (await em.query(
        `SELECT id, gathering_id AS "gatheringId", member_id AS "memberId", guests, requested_at IS NOT NULL AS requested
         FROM rsvp WHERE id = $1`,
        [rsvpId],
      )) as [Request];
      if (!request.requested) throw notRequested('conflict');
      const status = await how(em, request);
      const { gatheringId, memberId } = request;
      await this.outbox.emit(
        em,
        rsvpChanged({ gatheringId, memberId, rsvpId, status, previous: 'waitlisted' }),
      );
    });
    await this.outbox.nudge();
  }

  private async open(em: EntityManager, actor: Actor, gatheringId: string): Promise<void> {
    const hall = await lockHall(em, gatheringId);
    if (hall === undefined) throw gatheringNotFound();
    actor.require('gatherings.edit', hall.chapterId);
    if (hall.state === 'cancelled') throw gatheringCancelled();
    if (hall.over) throw gatheringOver();
  }
}

const notRequested = (kind: 'not_found' | 'conflict'): AppError =>
  new AppError(kind, 'RSVP.NOT_REQUESTED', 'Nobody waits for an answer to this.', { field: 'id' });
