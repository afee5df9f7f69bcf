import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { Addresses, CHANNELS, type Channel } from './addresses';
import { BEFORE_OPT_OUTS } from './consented-contact';
import { channelUnknown, purposeUnknown, wordingMissing } from './consent.errors';

export const CONSENT_PURPOSES = ['newsletter', 'organizing', 'events', 'campaigns'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export interface ConsentChange {
  readonly memberId: string;
  readonly purpose: string;
  readonly channel: string;
  readonly granted: boolean;
  /** The words that were shown. */
  readonly wording: string;
  /** Where it was said: `portal`, `import`, `unsubscribe link`. */
  readonly source: string;
}

/** Why an address is written to no more. */
export type OptOutReason = 'member' | 'import' | 'complaint' | 'bounce';

export interface ChannelChange {
  readonly channel: Channel;
  readonly wording: string;
  readonly source: string;
}

/** What members allow. A member decides about themselves; an organizer only writes down what was said, with its source. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly addresses: Addresses,
  ) {}

  /**
   * Records what a member allows or takes back.
   * @throws AppError CONSENT.PURPOSE_UNKNOWN, CONSENT.CHANNEL_UNKNOWN, CONSENT.WORDING_MISSING, AUTHZ.*.
   */
  async set(actor: Actor, change: ConsentChange): Promise<void> {
    await this.db.tx(actor, (em) => this.setWithin(em, actor, change));
    await this.outbox.nudge();
  }

  /** As `set`, in a transaction of the caller's, who wakes the outbox after it. @throws as `set`. */
  async setWithin(em: EntityManager, actor: Actor, change: ConsentChange): Promise<void> {
    if (!CONSENT_PURPOSES.includes(change.purpose as ConsentPurpose)) throw purposeUnknown(change.purpose);
    if (!CHANNELS.includes(change.channel as Channel)) throw channelUnknown(change.channel);
    if (change.wording.trim() === '') throw wordingMissing();
    if (actor.memberId !== change.memberId) actor.require('members.edit');
    await this.write(em, actor, [change]);
  }

  /**
   * "Stop everything": every consent is withdrawn and the member's addresses are opted out, in one
   * transaction. A message that has not left by then does not leave.
   */
  async stopEverything(actor: Actor, memberId: string, source: string): Promise<void> {
    actor.requireSelf(memberId);
    await this.db.tx(
      actor,
      async (em) => {
        const [member] = (await em.query(`SELECT email, phone FROM member WHERE id = $1`, [memberId])) as {
          email: string | null;
          phone: string | null;
        }[];
        if (member?.email != null) await this.optOut(em, 'email', member.email, 'member');
        if (member?.phone != null) {
          await this.optOut(em, 'sms', member.phone, 'member');
          await this.optOut(em, 'phone', member.phone, 'member');
        }
        const standing = (await em.query(
          `SELECT purpose, channel FROM consent WHERE member_id = $1 AND state = 'granted'`,
          [memberId],
        )) as {
          purpose: string;
          channel: string;
        }[];
        const wording = 'Stop everything';
        await this.write(
          em,
          actor,
          standing.map((one) => ({ ...one, memberId, granted: false, wording, source })),
        );
      },
      'consent.stop',
    );
    await this.outbox.nudge();
  }

  /** Records that an address wants nothing more, inside the caller's transaction. @returns whether that is new. */
  optOut(em: EntityManager, channel: Channel, address: string, reason: OptOutReason): Promise<boolean> {
    return this.optOutHash(em, channel, this.addresses.hash(channel, address), reason);
  }

  /** As `optOut`, for an address of which only its hash (`Addresses.hash`) is known. */
  async optOutHash(
    em: EntityManager,
    channel: Channel,
    hash: string,
    reason: OptOutReason,
  ): Promise<boolean> {
    await em.query(BEFORE_OPT_OUTS);
    const rows = (await em.query(
      `INSERT INTO opt_out (channel, address_hash, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
      [channel, hash, reason],
    )) as unknown[];
    return rows.length > 0;
  }

  /**
   * Takes back what the holder of an address said themselves; a bounce, a complaint or an imported opt-out
   * stands. In the caller's transaction. @returns whether there was anything to take back.
   */
  async liftOptOut(em: EntityManager, channel: Channel, address: string): Promise<boolean> {
    const [, count] = (await em.query(
      `DELETE FROM opt_out WHERE channel = $1 AND address_hash = $2 AND reason = 'member'`,
      [channel, this.addresses.hash(channel, address)],
    )) as [unknown, number];
    return count > 0;
  }

  /** Withdraws all that members allow through a channel, in the caller's transaction, who wakes the outbox after it. */
  async withdrawWithin(
    em: EntityManager,
    actor: Actor,
    memberIds: readonly string[],
    { channel, wording, source }: ChannelChange,
  ): Promise<void> {
    const standing = (await em.query(
      `SELECT member_id AS "memberId", purpose FROM consent
        WHERE member_id = ANY($1::uuid[]) AND channel = $2 AND state = 'granted' ORDER BY member_id, purpose`,
      [memberIds, channel],
    )) as { memberId: string; purpose: string }[];
    await this.write(
      em,
      actor,
      standing.map((one) => ({ ...one, channel, granted: false, wording, source })),
    );
  }

  /** Gives again, in the words that were agreed to, what `withdrawWithin` took for the source `withdrawnBy`. */
  async restoreWithin(
    em: EntityManager,
    actor: Actor,
    memberIds: readonly string[],
    { channel, source, withdrawnBy }: { channel: Channel; source: string; withdrawnBy: string },
  ): Promise<void> {
    const taken = (await em.query(
      `SELECT c.member_id AS "memberId", c.purpose, e.wording
         FROM consent c CROSS JOIN LATERAL (
           SELECT wording FROM consent_event e WHERE e.member_id = c.member_id AND e.purpose = c.purpose
              AND e.channel = c.channel AND e.state = 'granted' ORDER BY e.at DESC, e.id DESC LIMIT 1) e
        WHERE c.member_id = ANY($1::uuid[]) AND c.channel = $2 AND c.state = 'withdrawn' AND c.source = $3
        ORDER BY c.member_id, c.purpose`,
      [memberIds, channel, withdrawnBy],
    )) as { memberId: string; purpose: string; wording: string }[];
    await this.write(
      em,
      actor,
      taken.map((one) => ({ ...one, channel, granted: true, source })),
    );
  }

  private async write(em: EntityManager, actor: Actor, changes: readonly ConsentChange[]): Promise<void> {
    for (const change of changes) {
      const values = [
        change.memberId,
        change.purpose,
        change.channel,
        change.granted ? 'granted' : 'withdrawn',
        change.wording,
        change.source,
      ];
      await em.query(
        `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
         SELECT id, chapter_id, $2, $3, $4, $5, $6 FROM member WHERE id = $1
         ON CONFLICT (member_id, purpose, channel) DO UPDATE
           SET state = EXCLUDED.state, wording = EXCLUDED.wording, source = EXCLUDED.source, at = app.now()`,
        values,
      );
      await em.query(
        `INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
         SELECT id, chapter_id, $2, $3, $4, $5, $6, $7 FROM member WHERE id = $1`,
        [...values, actor.userId ?? actor.kind],
      );
      if (change.granted && actor.memberId === change.memberId) await this.liftOwn(em, change);
      const payload = {
        memberId: change.memberId,
        purpose: change.purpose,
        channel: change.channel,
        granted: change.granted,
      };
      await this.outbox.emit(em, { type: 'consent.changed', payload });
    }
  }

  /** Only the member themselves, allowing a channel again, takes back their own opt-out. */
  private async liftOwn(em: EntityManager, change: ConsentChange): Promise<void> {
    const column = change.channel === 'email' ? 'email' : 'phone';
    const [row] = (await em.query(`SELECT ${column} AS address FROM member WHERE id = $1`, [
      change.memberId,
    ])) as { address: string | null }[];
    if (row?.address != null) await this.liftOptOut(em, change.channel as Channel, row.address);
  }
}
