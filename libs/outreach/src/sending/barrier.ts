import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Addresses, ConsentGate, type ConsentedContact, type ContactPurpose } from '@unionhall/consent';
import { Config } from '@unionhall/platform';
import { asksForSilence } from '../inbound/replies.service';
import type { LetterFacts } from '../letters';
import { channelOf, type MessageStep } from '../sequences/step';
import { nextLocalTime } from '../sequences/wait-sql';
import { FrequencyCaps } from './frequency-caps';
import { Leases, type Claimed } from './leases';
import { Pace } from './pace';
import { toldToStop } from './sms-transport';
import { Transports, type Transport } from './transports';

interface Row extends LetterFacts {
  id: string;
  fence: number;
  place_key: string;
  member_id: string;
  purpose: ContactPurpose;
  sequence_state: string;
  over: boolean;
  begun: boolean;
  campaign_over: boolean;
  /** They wrote something that seems to ask for no more messages, and nobody has read it yet. */
  asks_for_silence: boolean;
  /** When the night of the member ends; null by day. */
  quiet_until: Date | null;
  /** They waited until the provider takes more, and that time has come. */
  in_turn: boolean;
}

/** A message that has passed: `attempting` is written, and once that is committed it may leave. */
export interface Attempt extends Claimed {
  /** The step and its occasion: of each, one message goes to an address. */
  readonly place: string;
  readonly hash: string;
  readonly transport: Transport;
  readonly message: unknown;
  /** Milliseconds to wait before it leaves, so that the provider is not asked for more than it takes. */
  readonly wait: number;
}

interface Refused {
  readonly id: string;
  readonly reason: string;
  /** The delivery that their address got the message by. */
  readonly sameAs?: string;
}

interface Postponed extends Refused {
  readonly until: Date;
}

const rows = ({ sendFromHour, sendUntilHour }: Config): string => `
  SELECT d.id, d.fence, d.reason IS NOT DISTINCT FROM 'rate_limit' AS in_turn, d.sequence_id || ' ' || d.step_key || ' ' || d.occasion AS place_key, d.member_id, st.id AS step_id, st.config, s.title AS sequence_title,
         d.purpose, s.state AS sequence_state, c.name AS chapter,
         g.id AS gathering_id, g.uid, g.sequence, g.title, g.description, g.starts_at, g.ends_at, g.time_zone, g.place, g.online_url,
         g.state AS gathering_state, g.updated_at, k.title AS campaign_title, k.slug AS campaign_slug,
         coalesce(k.state <> 'open' OR k.ends_at <= app.now(), false) AS campaign_over, g.ends_at <= app.now() AS over, g.starts_at <= app.now() AS begun,
         ${toldToStop('d', 'st')} AS told_to_stop, ${asksForSilence('d')} AS asks_for_silence,
         CASE WHEN d.purpose = 'service' OR extract(hour FROM app.now() AT TIME ZONE z.zone) BETWEEN ${sendFromHour} AND ${sendUntilHour - 1} THEN NULL
           ELSE ${nextLocalTime(`'${sendFromHour}:00'`, 'NULL::int[]', 'z.zone')} END AS quiet_until
    FROM delivery d JOIN sequence_step st ON st.id = d.step_id JOIN sequence s ON s.id = d.sequence_id
    JOIN member m ON m.id = d.member_id JOIN chapter mc ON mc.id = m.chapter_id
    CROSS JOIN LATERAL (SELECT coalesce(m.time_zone, mc.time_zone) AS zone) z
    LEFT JOIN campaign k ON k.id = d.campaign_id LEFT JOIN gathering g ON g.id = d.gathering_id JOIN chapter c ON c.id = coalesce(g.chapter_id, s.chapter_id)
   WHERE d.state = 'leased' AND (d.id, d.fence) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
     ORDER BY d.id FOR UPDATE OF d`;

/**
 * The one gate before any message: consent, opt-out, quiet hours, the member's week, the gathering's state and
 * the address are looked at under a row lock, and what passes is `attempting` when the caller commits.
 */
@Injectable()
export class AttemptBarrier {
  private readonly rows: string;

  constructor(
    private readonly gate: ConsentGate,
    private readonly addresses: Addresses,
    private readonly transports: Transports,
    private readonly leases: Leases,
    private readonly caps: FrequencyCaps,
    private readonly pace: Pace,
    config: Config,
  ) {
    this.rows = rows(config);
  }

  /** @returns what may leave after the commit; the others are suppressed with a reason, or due again. */
  async pass(em: EntityManager, claimed: readonly Claimed[]): Promise<Attempt[]> {
    const all = (await em.query(this.rows, [
      claimed.map((one) => one.id),
      claimed.map((one) => one.fence),
    ])) as Row[];
    await letGo(em, claimed, all);
    await onePlaceAtATime(em, all);
    const held = all.filter((row) => row.sequence_state !== 'active' && row.sequence_state !== 'ended');
    const refused: Refused[] = [];
    const postponed: Postponed[] = [];
    const attempts: Attempt[] = [];
    for (const some of alike(all.filter((row) => !held.includes(row)))) {
      const [{ purpose, config }] = some;
      const members = some.map((row) => row.member_id);
      const { contacts, refusals } = await this.gate.contacts(
        em,
        members,
        purpose,
        channelOf(config as MessageStep),
      );
      const week = await this.caps.weekOf(em, members, purpose);
      for (const row of some) {
        const contact = contacts.get(row.member_id);
        const reason = contact === undefined ? (refusals.get(row.member_id) ?? 'no_member') : expired(row);
        const full = week.fullUntil(row.member_id);
        if (reason !== undefined) refused.push({ id: row.id, reason });
        else if (row.quiet_until !== null)
          postponed.push({ id: row.id, reason: 'quiet_hours', until: row.quiet_until });
        else if (full !== undefined) postponed.push({ id: row.id, reason: 'frequency_cap', until: full });
        else {
          const attempt = this.written(row, contact!);
          if (attempt === undefined) refused.push({ id: row.id, reason: 'cannot_be_written' });
          else attempts.push(attempt);
          if (attempt !== undefined) week.take(row.member_id);
        }
      }
    }
    const inTurn = new Set(all.filter((row) => row.in_turn).map(({ id }) => id));
    const paced = await this.paced(em, attempts, inTurn);
    postponed.push(...paced.later);
    const { firsts, doubles } = await oneForEachAddress(em, paced.now);
    refused.push(...doubles);
    await this.write(em, held, refused, firsts);
    await postpone(em, postponed);
    return firsts;
  }

  /** The message, written while everything it says is locked; undefined when that cannot be done. */
  private written(row: Row, contact: ConsentedContact): Attempt | undefined {
    const { id, fence, place_key: place } = row;
    const transport = this.transports.of(channelOf(row.config as MessageStep));
    const hash = this.addresses.hash(transport.channel, contact.address);
    try {
      return { id, fence, place, hash, transport, message: transport.write(row, contact), wait: 0 };
    } catch {
      return undefined;
    }
  }

  /** No more than the provider of each channel takes; the others wait for their turn. */
  private async paced(
    em: EntityManager,
    attempts: readonly Attempt[],
    inTurn: ReadonlySet<string>,
  ): Promise<{ now: Attempt[]; later: Postponed[] }> {
    const now: Attempt[] = [];
    const later: Postponed[] = [];
    for (const channel of ['email', 'sms'] as const) {
      const mine = attempts.filter(({ transport }) => transport.channel === channel);
      const asking = mine.map(({ id }) => ({ id, inTurn: inTurn.has(id) }));
      const turns = await this.pace.take(em, channel, asking);
      for (const attempt of mine) {
        const until = turns.later.get(attempt.id);
        if (until === undefined) now.push({ ...attempt, wait: turns.leave.get(attempt.id) ?? 0 });
        else later.push({ id: attempt.id, reason: 'rate_limit', until });
      }
    }
    return { now, later };
  }

  private async write(
    em: EntityManager,
    held: readonly Row[],
    refused: readonly Refused[],
    firsts: readonly Attempt[],
  ): Promise<void> {
    if (held.length > 0)
      await em.query(
        `UPDATE delivery SET state = 'due', fence = fence + 1, lease_until = NULL WHERE id = ANY($1::uuid[])`,
        [held.map(({ id }) => id)],
      );
    // By the clock and not by the transaction's begin: it may have waited long for its locks.
    if (refused.length > 0)
      await em.query(
        `UPDATE delivery d SET state = 'suppressed', reason = r.reason, same_as = r.same_as, decided_at = app.clock(), lease_until = NULL
         FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS r (id, reason, same_as) WHERE d.id = r.id`,
        [
          refused.map(({ id }) => id),
          refused.map(({ reason }) => reason),
          refused.map(({ sameAs }) => sameAs ?? null),
        ],
      );
    if (firsts.length > 0)
      await em.query(
        `UPDATE delivery d SET state = 'attempting', attempts = d.attempts + 1, address_hash = r.hash, reason = NULL,
              attempted_at = app.clock(), lease_until = ${this.leases.end}
         FROM unnest($1::uuid[], $2::text[]) AS r (id, hash) WHERE d.id = r.id`,
        [firsts.map(({ id }) => id), firsts.map(({ hash }) => hash)],
      );
  }
}

/** What became another member's while this waited for its lock is read anew: due again, and claimed by whoever comes. */
async function letGo(
  em: EntityManager,
  claimed: readonly Claimed[],
  read: readonly Claimed[],
): Promise<void> {
  const ids = new Set(read.map(({ id }) => id));
  const unread = claimed.filter(({ id }) => !ids.has(id));
  if (unread.length === 0) return;
  await em.query(
    `UPDATE delivery d SET state = 'due', fence = d.fence + 1, lease_until = NULL
       FROM unnest($1::uuid[], $2::int[]) AS mine (id, fence) WHERE d.id = mine.id AND d.fence = mine.fence AND d.state = 'leased'`,
    [unread.map(({ id }) => id), unread.map(({ fence }) => fence)],
  );
}

async function postpone(em: EntityManager, postponed: readonly Postponed[]): Promise<void> {
  if (postponed.length === 0) return;
  await em.query(
    `UPDATE delivery d SET state = 'due', reason = r.reason, due_at = r.until, fence = d.fence + 1, lease_until = NULL
       FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS r (id, reason, until) WHERE d.id = r.id`,
    [
      postponed.map(({ id }) => id),
      postponed.map(({ reason }) => reason),
      postponed.map(({ until }) => until),
    ],
  );
}

/** The rows by what consent they need: one question for each purpose and channel. */
function alike(rows: readonly Row[]): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = `${row.purpose} ${channelOf(row.config as MessageStep)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** A message that leads to the page where one pledges; others may speak of a campaign that is over. */
const asksToPledge = ({ subject, body }: MessageStep): boolean =>
  [subject, body].some((texts) => Object.values(texts).some((text) => text.includes('pledgeUrl')));

/** Why a message no longer makes sense; undefined when it does. */
function expired(row: Row): string | undefined {
  const config = row.config as MessageStep;
  if (row.sequence_state === 'ended') return 'sequence_ended';
  if (row.asks_for_silence && row.purpose !== 'service') return 'asked_to_stop';
  if (config.about === 'cancellation') return row.over ? 'gathering_over' : undefined;
  if (row.gathering_state === 'cancelled') return 'gathering_cancelled';
  if (row.campaign_over && asksToPledge(config)) return 'campaign_over';
  if (config.until === 'start' && row.begun) return 'gathering_begun';
  return undefined;
}

/** Two barriers of one step wait for each other, or both could give one address to two members. */
async function onePlaceAtATime(em: EntityManager, all: readonly Row[]): Promise<void> {
  for (const place of [...new Set(all.map((row) => row.place_key))].sort())
    await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('outreach place ' || $1, 0))`, [place]);
}

/** Sequence, key and occasion, of which only the last may have spaces. */
function placeOf(place: string): [string, string, string] {
  const [sequence, key, ...occasion] = place.split(' ');
  return [sequence!, key!, occasion.join(' ')];
}

/** Two members with one address get one message of a step; the unique key of the ledger stands behind this. */
async function oneForEachAddress(
  em: EntityManager,
  attempts: readonly Attempt[],
): Promise<{ firsts: Attempt[]; doubles: Refused[] }> {
  const [sequences, keys, occasions] = [0, 1, 2].map((part) =>
    attempts.map(({ place }) => placeOf(place)[part]!),
  );
  const taken = (await em.query(
    `SELECT sequence_id || ' ' || step_key || ' ' || occasion || ' ' || address_hash AS key, id FROM delivery
      WHERE (sequence_id, step_key, occasion, address_hash) IN (SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]))`,
    [sequences, keys, occasions, attempts.map(({ hash }) => hash)],
  )) as { key: string; id: string }[];
  const owner = new Map(taken.map(({ key, id }) => [key, id]));
  const firsts: Attempt[] = [];
  const doubles: Refused[] = [];
  for (const attempt of attempts) {
    const key = `${attempt.place} ${attempt.hash}`;
    const holder = owner.get(key) ?? attempt.id;
    owner.set(key, holder);
    if (holder === attempt.id) firsts.push(attempt);
    else doubles.push({ id: attempt.id, reason: 'same_address', sameAs: holder });
  }
  return { firsts, doubles };
}
