import type { EntityManager } from 'typeorm';
import type { DomainEvent } from '@unionhall/platform';
import { placeOffered, rsvpChanged } from '../gatherings.events';
import { freePlaces, lockHall } from './hall';

/** Strictly in order: a party that does not fit yet is not passed by a smaller one. */
const NEXT = `
  SELECT id FROM (
    SELECT id, sum(1 + guests) OVER (ORDER BY at, id) AS need FROM (
      SELECT id, at, guests FROM rsvp
      WHERE gathering_id = $1 AND status = 'waitlisted' AND requested_at IS NULL AND offer_expires_at IS NULL
      ORDER BY at, id LIMIT $2) first) counted
  WHERE need <= $2`;
const PROMOTE = `UPDATE rsvp SET status = 'going' WHERE id IN (${NEXT}) RETURNING id, member_id`;
const OFFER = `
  UPDATE rsvp r SET offer_expires_at = least(app.clock() + make_interval(hours => $3), g.starts_at - interval '1 hour')
  FROM gathering g WHERE g.id = r.gathering_id AND r.id IN (${NEXT}) RETURNING r.id, r.member_id, r.offer_expires_at`;
const RUN_OUT = `
  UPDATE rsvp SET status = 'declined', source = 'system', offer_expires_at = NULL, at = app.clock()
  WHERE gathering_id = $1 AND offer_expires_at <= app.clock() RETURNING id, member_id`;

/** As many as a union can have; what `LIMIT` takes in place of no limit. */
const EVERYONE = 1_000_000;

interface Row {
  id: string;
  member_id: string;
  offer_expires_at?: Date;
}

/**
 * Gives free places to those who have waited longest, or offers them, as the gathering says; under its lock, so that
 * no place is given twice. Gives what happened.
 */
export async function fillPlaces(em: EntityManager, gatheringId: string): Promise<DomainEvent<object>[]> {
  const hall = await lockHall(em, gatheringId);
  if (hall === undefined || hall.state !== 'scheduled' || hall.over || hall.waiting === 0) return [];
  const free = Math.min(freePlaces(hall), EVERYONE);
  if (free <= 0) return [];
  if (hall.offerHours === null || hall.capacity === null) {
    const [moved] = (await em.query(PROMOTE, [gatheringId, free])) as [Row[], number];
    return moved.map((row) =>
      rsvpChanged({
        gatheringId,
        memberId: row.member_id,
        rsvpId: row.id,
        status: 'going',
        previous: 'waitlisted',
      }),
    );
  }
  const [offered] = (await em.query(OFFER, [gatheringId, free, hall.offerHours])) as [Row[], number];
  return offered.map((row) =>
    placeOffered({
      gatheringId,
      memberId: row.member_id,
      rsvpId: row.id,
      expiresAt: row.offer_expires_at!.toISOString(),
    }),
  );
}

/** Takes back the offers of a gathering that nobody took in time; whoever had one has left the list. */
export async function endOffers(em: EntityManager, gatheringId: string): Promise<DomainEvent<object>[]> {
  if ((await lockHall(em, gatheringId)) === undefined) return [];
  const [gone] = (await em.query(RUN_OUT, [gatheringId])) as [Row[], number];
  return gone.map((row) =>
    rsvpChanged({
      gatheringId,
      memberId: row.member_id,
      rsvpId: row.id,
      status: 'declined',
      previous: 'waitlisted',
    }),
  );
}
