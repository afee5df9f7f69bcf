import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Addresses, ConsentGate, type ConsentedContact, type ConsentPurpose } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Database, Mailer, type MailOutcome } from '@unionhall/platform';
import { Letters, type LetterFacts } from './letters';
import type { StepConfig } from './steps';

const BATCH = 200;
const LEASE = '60 seconds';
const AT_ONCE = 5;
const MAX_ATTEMPTS = 6;

interface Claimed {
  id: string;
  fence: number;
}

interface Row extends LetterFacts {
  id: string;
  fence: number;
  step_id: string;
  member_id: string;
  purpose: ConsentPurpose;
  sequence_state: string;
  over: boolean;
  begun: boolean;
}

interface Attempt {
  readonly row: Row;
  readonly contact: ConsentedContact;
}

const ROWS = `
  SELECT d.id, d.fence, d.step_id, d.member_id, st.config, s.purpose, s.state AS sequence_state, c.name AS chapter,
         g.id AS gathering_id, g.uid, g.sequence, g.title, g.description, g.starts_at, g.ends_at, g.time_zone, g.place, g.online_url,
         g.state AS gathering_state, g.updated_at, g.ends_at <= app.now() AS over, g.starts_at <= app.now() AS begun
    FROM delivery d JOIN sequence_step st ON st.id = d.step_id JOIN sequence s ON s.id = d.sequence_id
    JOIN gathering g ON g.id = s.gathering_id JOIN chapter c ON c.id = g.chapter_id
   WHERE d.state = 'leased' AND (d.id, d.fence) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
     FOR UPDATE OF d SKIP LOCKED`;

/**
 * Sends what is due. Each message passes one barrier: consent, opt-out, the gathering's state and the
 * address are looked at under a row lock, and `attempting` is committed before the first byte leaves.
 * What was never attempted is tried again; what may have been accepted never is.
 */
@Injectable()
export class SendService {
  constructor(
    private readonly db: Database,
    private readonly gate: ConsentGate,
    private readonly addresses: Addresses,
    private readonly mailer: Mailer,
    private readonly letters: Letters,
  ) {}

  /** Until nothing is due. @returns how many attempts were made. */
  async send(): Promise<number> {
    let attempts = 0;
    for (;;) {
      const claimed = await this.claim();
      if (claimed.length === 0) return attempts;
      const ready = await this.db.tx(systemActor('outreach'), (em) => this.barrier(em, claimed));
      attempts += ready.length;
      for (let at = 0; at < ready.length; at += AT_ONCE) {
        await Promise.all(ready.slice(at, at + AT_ONCE).map((attempt) => this.attempt(attempt)));
      }
    }
  }

  /** Leases that ran out: not yet attempted is due again, attempted is uncertain. @returns how many. */
  async recover(): Promise<number> {
    const [, count] = (await this.db.tx(systemActor('outreach'), (em) =>
      em.query(
        `UPDATE delivery SET fence = fence + 1, lease_until = NULL,
           state = CASE state WHEN 'leased' THEN 'due' ELSE 'uncertain' END,
           reason = CASE state WHEN 'leased' THEN reason ELSE 'interrupted' END,
           decided_at = CASE state WHEN 'leased' THEN NULL ELSE app.now() END
         WHERE state IN ('leased', 'attempting') AND lease_until < app.clock()`,
      ),
    )) as [unknown, number];
    return count;
  }

  private async claim(): Promise<Claimed[]> {
    const [rows] = (await this.db.tx(systemActor('outreach'), (em) =>
      em.query(
        `UPDATE delivery SET state = 'leased', fence = fence + 1, lease_until = app.clock() + interval '${LEASE}'
          WHERE id IN (SELECT d.id FROM delivery d JOIN sequence s ON s.id = d.sequence_id AND s.state = 'active'
                        WHERE d.state = 'due' AND d.due_at <= app.now() ORDER BY d.due_at, d.id LIMIT ${BATCH} FOR UPDATE OF d SKIP LOCKED)
         RETURNING id, fence`,
      ),
    )) as [Claimed[], number];
    return rows;
  }

  private async barrier(em: EntityManager, claimed: readonly Claimed[]): Promise<Attempt[]> {
    const rows = (await em.query(ROWS, [
      claimed.map((one) => one.id),
      claimed.map((one) => one.fence),
    ])) as Row[];
    const attempts: Attempt[] = [];
    const refused: { row: Row; reason: string }[] = [];
    for (const purpose of new Set(rows.map((row) => row.purpose))) {
      const mine = rows.filter((row) => row.purpose === purpose);
      const { contacts, refusals } = await this.gate.contacts(
        em,
        mine.map((row) => row.member_id),
        purpose,
        'email',
      );
      for (const row of mine) {
        const contact = contacts.get(row.member_id);
        const reason = contact === undefined ? (refusals.get(row.member_id) ?? 'no_member') : expired(row);
        if (reason !== undefined || contact === undefined)
          refused.push({ row, reason: reason ?? 'no_member' });
        else attempts.push({ row, contact });
      }
    }
    const { firsts, doubles } = await this.oneForEachAddress(em, attempts);
    refused.push(...doubles.map(({ row }) => ({ row, reason: 'same_address' })));
    await em.query(
      `UPDATE delivery d SET state = 'suppressed', reason = r.reason, decided_at = app.now(), lease_until = NULL
         FROM unnest($1::uuid[], $2::text[]) AS r (id, reason) WHERE d.id = r.id`,
      [refused.map(({ row }) => row.id), refused.map(({ reason }) => reason)],
    );
    await em.query(
      `UPDATE delivery d SET state = 'attempting', attempts = d.attempts + 1, address_hash = r.hash, lease_until = app.clock() + interval '${LEASE}'
         FROM unnest($1::uuid[], $2::text[]) AS r (id, hash) WHERE d.id = r.id`,
      [
        firsts.map(({ row }) => row.id),
        firsts.map(({ contact }) => this.addresses.hash('email', contact.address)),
      ],
    );
    return firsts;
  }

  /** Two members with one address get one message of a step; the unique key of the ledger stands behind this. */
  private async oneForEachAddress(
    em: EntityManager,
    attempts: readonly Attempt[],
  ): Promise<{ firsts: Attempt[]; doubles: Attempt[] }> {
    const keyOf = ({ row, contact }: Attempt): string =>
      `${row.step_id} ${this.addresses.hash('email', contact.address)}`;
    const taken = (await em.query(
      `SELECT step_id || ' ' || address_hash AS key, id FROM delivery
        WHERE (step_id, address_hash) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      [
        attempts.map(({ row }) => row.step_id),
        attempts.map(({ contact }) => this.addresses.hash('email', contact.address)),
      ],
    )) as { key: string; id: string }[];
    const owner = new Map(taken.map(({ key, id }) => [key, id]));
    const firsts: Attempt[] = [];
    const doubles: Attempt[] = [];
    for (const attempt of attempts) {
      const key = keyOf(attempt);
      const holder = owner.get(key) ?? attempt.row.id;
      owner.set(key, holder);
      (holder === attempt.row.id ? firsts : doubles).push(attempt);
    }
    return { firsts, doubles };
  }

  private async attempt({ row, contact }: Attempt): Promise<void> {
    const outcome = await this.mailer.send(this.letters.write(row, contact));
    await this.db.tx(systemActor('outreach'), (em) => record(em, row, outcome));
  }
}

/** Why a message no longer makes sense; undefined when it does. */
function expired(row: Row): string | undefined {
  const config = row.config as StepConfig & { kind: 'message' };
  if (row.sequence_state === 'ended') return 'sequence_ended';
  if (row.gathering_state === 'cancelled') return 'gathering_cancelled';
  if (config.until === 'start' && row.begun) return 'gathering_begun';
  return undefined;
}

async function record(em: EntityManager, { id, fence }: Row, outcome: MailOutcome): Promise<void> {
  const again = outcome.state === 'rejected' && !outcome.permanent;
  const reason =
    outcome.state === 'accepted'
      ? null
      : outcome.state === 'rejected'
        ? 'refused_by_server'
        : 'connection_lost';
  await em.query(
    `UPDATE delivery SET
       state = CASE WHEN $4 AND attempts < ${MAX_ATTEMPTS} THEN 'due' ELSE $3 END,
       reason = $5, lease_until = NULL, fence = fence + 1, decided_at = app.now(),
       due_at = CASE WHEN $4 THEN app.now() + make_interval(mins => (power(3, attempts))::int) ELSE due_at END
     WHERE id = $1 AND fence = $2 AND state = 'attempting'`,
    [id, fence, outcome.state, again, reason],
  );
}
