import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsentService, type Channel } from '@unionhall/consent';

/** A delivery that something came back about; its row is locked. */
export interface Reported {
  readonly id: string;
  readonly member_id: string;
  readonly address_hash: string | null;
  readonly channel: Channel;
}

/** What the other side says became of a message that it had taken. */
export interface Report {
  /** What it calls the message. */
  readonly providerId?: string;
  /** `arrived`: it has taken it, or handed it on. The others are ways not to reach the member. */
  readonly verdict: 'arrived' | 'failed' | 'soft' | 'bounced' | 'complained';
  readonly reason?: string;
}

/** So many messages that could not be delivered for now, within these days, and the address counts as dead. */
const SOFT_LIMIT = 3;
const SOFT_DAYS = 30;

const FIND = `
  SELECT d.id, d.member_id, d.address_hash, coalesce(st.config->>'channel', 'email') AS channel
    FROM delivery d JOIN sequence_step st ON st.id = d.step_id
   WHERE d.id = $1::uuid OR ($1::uuid IS NULL AND d.provider_id = $2) FOR UPDATE OF d`;

/**
 * An attempt whose end nobody heard is settled by the report, and a later word about it changes nothing: what
 * came to be known is only ever worse, in the order of the list.
 */
const NOTE = `
  UPDATE delivery SET
    state = CASE WHEN open THEN $3 ELSE state END,
    reason = CASE WHEN NOT open THEN reason WHEN $3 = 'accepted' THEN NULL ELSE 'reported_back' END,
    decided_at = CASE WHEN open THEN app.now() ELSE decided_at END,
    fence = CASE WHEN open THEN fence + 1 ELSE fence END,
    lease_until = CASE WHEN open THEN NULL ELSE lease_until END,
    provider_id = coalesce(provider_id, $2),
    reported = CASE WHEN worse THEN $4 ELSE reported END,
    reported_reason = CASE WHEN worse THEN $5 ELSE reported_reason END,
    reported_at = CASE WHEN worse THEN app.now() ELSE reported_at END
    FROM (SELECT id, attempts > 0 AND state IN ('due', 'leased', 'attempting', 'uncertain') AS open,
                 $4::text IS NOT NULL AND coalesce(array_position(grades, $4::text) > array_position(grades, reported), true) AS worse
            FROM delivery, (SELECT ARRAY['soft', 'failed', 'bounced', 'complained'] AS grades) g WHERE id = $1) was
   WHERE delivery.id = was.id`;

/** What is known of messages after they left. */
@Injectable()
export class DeliveryReports {
  constructor(private readonly consents: ConsentService) {}

  /** By our id, or by what the other side calls it. */
  async find(
    em: EntityManager,
    id: string | undefined,
    providerId: string | undefined,
  ): Promise<Reported | undefined> {
    const [row] = (await em.query(FIND, [id ?? null, providerId ?? null])) as Reported[];
    return row;
  }

  /** Writes a report down. Reports may come twice, late, and in any order. */
  async note(em: EntityManager, delivery: Reported, { providerId, verdict, reason }: Report): Promise<void> {
    const state = verdict === 'arrived' || verdict === 'complained' ? 'accepted' : 'rejected';
    const reported = verdict === 'arrived' ? null : verdict;
    await em.query(NOTE, [delivery.id, providerId ?? null, state, reported, reason ?? null]);
    if (verdict === 'soft') await this.countSoft(em, delivery);
  }

  /** Nothing more goes to the address of the delivery. */
  async suppress(
    em: EntityManager,
    { channel, address_hash: hash }: Reported,
    reason: 'member' | 'bounce' | 'complaint',
  ): Promise<void> {
    if (hash !== null) await this.consents.optOutHash(em, channel, hash, reason);
  }

  private async countSoft(em: EntityManager, delivery: Reported): Promise<void> {
    const [{ count }] = (await em.query(
      `SELECT count(*)::int AS count FROM delivery
        WHERE reported = 'soft' AND address_hash = $1 AND reported_at > app.now() - interval '${SOFT_DAYS} days'`,
      [delivery.address_hash],
    )) as [{ count: number }];
    if (count >= SOFT_LIMIT) await this.suppress(em, delivery, 'bounce');
  }
}
