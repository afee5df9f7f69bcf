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
    await this.db.tx(actor, async (em) => {
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
    });
    await this.outbox.nudge();
  }

  /** Records that an address wants nothing more, inside the caller's transaction. */
  async optOut(
    em: EntityManager,
    channel: Channel,
    address: string,
    reason: 'member' | 'import' | 'complaint' | 'bounce',
  ): Promise<void> {
    await em.query(BEFORE_OPT_OUTS);
    await em.query(
      `INSERT INTO opt_out (channel, address_hash, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [channel, this.addresses.hash(channel, address), reason],
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
      if (change.granted && actor.memberId === change.memberId) await this.liftOptOut(em, change);
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
  private async liftOptOut(em: EntityManager, change: ConsentChange): Promise<void> {
    const column = change.channel === 'email' ? 'email' : 'phone';
    const [row] = (await em.query(`SELECT ${column} AS address FROM member WHERE id = $1`, [
      change.memberId,
    ])) as { address: string | null }[];
    if (row?.address == null) return;
    await em.query(`DELETE FROM opt_out WHERE channel = $1 AND address_hash = $2 AND reason = 'member'`, [
      change.channel,
      this.addresses.hash(change.channel as Channel, row.address),
    ]);
  }
}
