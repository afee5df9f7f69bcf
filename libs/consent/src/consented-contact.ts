import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Addresses, type Channel } from './addresses';
import type { ConsentPurpose } from './consent.service';

/** `service`: what members must know about something they answered to; it needs no consent, and passes no opt-out. */
export type ContactPurpose = ConsentPurpose | 'service';

declare const consented: unique symbol;

/** Someone who may be written to, for one purpose through one channel, now. Only `ConsentGate` makes one. */
export interface ConsentedContact {
  readonly [consented]: true;
  readonly memberId: string;
  readonly address: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly language: string;
}

/** Why someone may not be written to. */
export type Refusal = 'no_member' | 'no_address' | 'no_consent' | 'opted_out';

export interface GateAnswer {
  readonly contacts: ReadonlyMap<string, ConsentedContact>;
  readonly refusals: ReadonlyMap<string, Refusal>;
}

interface Row {
  member_id: string;
  address: string | null;
  given_name: string;
  family_name: string;
  language: string;
  erased: boolean;
  state: string | null;
}

const OPT_OUT_LOCK = 7_262_004;

/** Waits for opt-outs that are being written, and holds off new ones, until the transaction ends. */
const AWAIT_OPT_OUTS = `SELECT pg_advisory_xact_lock_shared(${OPT_OUT_LOCK})`;

/** What writes opt-outs runs this first: nobody is judged reachable between its write and its commit. */
export const BEFORE_OPT_OUTS = `SELECT pg_advisory_xact_lock(${OPT_OUT_LOCK})`;

/** The one question before anything is sent: may these members be written to? */
@Injectable()
export class ConsentGate {
  constructor(private readonly addresses: Addresses) {}

  /**
   * Decides for many members at once. Their consents are locked, and opt-outs held off, until the
   * transaction ends: what was said before is seen, and what comes waits.
   */
  async contacts(
    em: EntityManager,
    memberIds: readonly string[],
    purpose: ContactPurpose,
    channel: Channel,
  ): Promise<GateAnswer> {
    await em.query(AWAIT_OPT_OUTS);
    return this.decide(em, memberIds, purpose, channel, 'FOR SHARE');
  }

  /** Who could not be written to if it were now: for looking ahead, nothing is locked and nobody may be written to by it. */
  async refusals(
    em: EntityManager,
    memberIds: readonly string[],
    purpose: ContactPurpose,
    channel: Channel,
  ): Promise<ReadonlyMap<string, Refusal>> {
    return (await this.decide(em, memberIds, purpose, channel, '')).refusals;
  }

  private async decide(
    em: EntityManager,
    memberIds: readonly string[],
    purpose: ContactPurpose,
    channel: Channel,
    lock: 'FOR SHARE' | '',
  ): Promise<GateAnswer> {
    const column = channel === 'email' ? 'email' : 'phone';
    const rows = (await em.query(
      `SELECT m.id AS member_id, m.${column} AS address, m.given_name, m.family_name, m.language,
              m.erased_at IS NOT NULL AS erased, c.state
         FROM member m
         LEFT JOIN LATERAL (SELECT state FROM consent c WHERE c.member_id = m.id AND c.purpose = $2 AND c.channel = $3 ${lock}) c ON true
        WHERE m.id = ANY($1::uuid[])`,
      [memberIds, purpose, channel],
    )) as Row[];
    const hashes = new Map(
      rows
        .filter((row) => row.address !== null)
        .map((row) => [row.member_id, this.addresses.hash(channel, row.address!)]),
    );
    const out = new Set(
      (
        (await em.query(
          `SELECT address_hash FROM opt_out WHERE channel = $1 AND address_hash = ANY($2::text[])`,
          [channel, [...hashes.values()]],
        )) as {
          address_hash: string;
        }[]
      ).map((row) => row.address_hash),
    );
    const found = new Map(rows.map((row) => [row.member_id, row]));
    const contacts = new Map<string, ConsentedContact>();
    const refusals = new Map<string, Refusal>();
    for (const id of memberIds) {
      const row = found.get(id);
      if (row === undefined || row.erased) refusals.set(id, 'no_member');
      else if (row.address === null) refusals.set(id, 'no_address');
      else if (out.has(hashes.get(id)!)) refusals.set(id, 'opted_out');
      else if (purpose !== 'service' && row.state !== 'granted') refusals.set(id, 'no_consent');
      else contacts.set(id, contactOf(row));
    }
    return { contacts, refusals };
  }
}

function contactOf(row: Row): ConsentedContact {
  return {
    memberId: row.member_id,
    address: row.address!,
    givenName: row.given_name,
    familyName: row.family_name,
    language: row.language,
  } as ConsentedContact;
}
