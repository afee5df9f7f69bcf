import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Addresses, ConsentGate, type ConsentedContact, type ContactPurpose } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { Database, Mailer, type MailMessage, type MailOutcome } from '@unionhall/platform';
import { Letters, type LetterFacts } from './letters';
import type { StepConfig } from './steps';

const BATCH = 200;
const LEASE = '60 seconds';
/** So many pass the barrier together and leave together: no more than these are uncertain after a crash. */
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
  purpose: ContactPurpose;
  sequence_state: string;
  over: boolean;
  begun: boolean;
}

interface Attempt {
  readonly row: Row;
  readonly hash: string;
  readonly message: MailMessage;
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
      for (let at = 0; at < claimed.length; at += AT_ONCE) {
        const some = claimed.slice(at, at + AT_ONCE);
        const ready = await this.db.tx(systemActor('outreach'), (em) => this.barrier(em, some));
        attempts += ready.length;
        const settled = await Promise.allSettled(ready.map((attempt) => this.attempt(attempt)));
        const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
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
    await this.oneStepAtATime(em, rows);
    const attempts: Attempt[] = [];
    const refused: { row: Row; reason: string }[] = [];
    const held = rows.filter((row) => row.sequence_state === 'held');
    for (const purpose of new Set(rows.map((row) => row.purpose))) {
      const mine = rows.filter((row) => row.purpose === purpose && !held.includes(row));
      const { contacts, refusals } = await this.gate.contacts(
        em,
        mine.map((row) => row.member_id),
        purpose,
        'email',
      );
      for (const row of mine) {
        const contact = contacts.get(row.member_id);
        const judged =
          contact === undefined ? (refusals.get(row.member_id) ?? 'no_member') : this.judge(row, contact);
        if (typeof judged === 'string') refused.push({ row, reason: judged });
        else attempts.push(judged);
      }
    }
    const { firsts, doubles } = await this.oneForEachAddress(em, attempts);
    refused.push(...doubles.map(({ row }) => ({ row, reason: 'same_address' })));
    await em.query(
      `UPDATE delivery SET state = 'due', fence = fence + 1, lease_until = NULL WHERE id = ANY($1::uuid[])`,
      [held.map(({ id }) => id)],
    );
    await em.query(
      `UPDATE delivery d SET state = 'suppressed', reason = r.reason, decided_at = app.now(), lease_until = NULL
         FROM unnest($1::uuid[], $2::text[]) AS r (id, reason) WHERE d.id = r.id`,
      [refused.map(({ row }) => row.id), refused.map(({ reason }) => reason)],
    );
    await em.query(
      `UPDATE delivery d SET state = 'attempting', attempts = d.attempts + 1, address_hash = r.hash, lease_until = app.clock() + interval '${LEASE}'
         FROM unnest($1::uuid[], $2::text[]) AS r (id, hash) WHERE d.id = r.id`,
      [firsts.map(({ row }) => row.id), firsts.map(({ hash }) => hash)],
    );
    return firsts;
  }

  /** The message, written while everything it says is locked; or why there is none. */
  private judge(row: Row, contact: ConsentedContact): Attempt | string {
    const reason = expired(row);
    if (reason !== undefined) return reason;
    try {
      const message = this.letters.write(row, contact);
      return { row, hash: this.addresses.hash('email', contact.address), message };
    } catch {
      return 'cannot_be_written';
    }
  }

  /** Two barriers of one step wait for each other, or both could give one address to two members. */
  private async oneStepAtATime(em: EntityManager, rows: readonly Row[]): Promise<void> {
    for (const stepId of [...new Set(rows.map((row) => row.step_id))].sort()) {
      await em.query(`SELECT pg_advisory_xact_lock(hashtextextended('outreach step ' || $1, 0))`, [stepId]);
    }
  }

  /** Two members with one address get one message of a step; the unique key of the ledger stands behind this. */
  private async oneForEachAddress(
    em: EntityManager,
    attempts: readonly Attempt[],
  ): Promise<{ firsts: Attempt[]; doubles: Attempt[] }> {
    const taken = (await em.query(
      `SELECT step_id || ' ' || address_hash AS key, id FROM delivery
        WHERE (step_id, address_hash) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      [attempts.map(({ row }) => row.step_id), attempts.map(({ hash }) => hash)],
    )) as { key: string; id: string }[];
    const owner = new Map(taken.map(({ key, id }) => [key, id]));
    const firsts: Attempt[] = [];
    const doubles: Attempt[] = [];
    for (const attempt of attempts) {
      const key = `${attempt.row.step_id} ${attempt.hash}`;
      const holder = owner.get(key) ?? attempt.row.id;
      owner.set(key, holder);
      (holder === attempt.row.id ? firsts : doubles).push(attempt);
    }
    return { firsts, doubles };
  }

  private async attempt({ row, message }: Attempt): Promise<void> {
    const outcome = await this.mailer.send(message);
    await this.db.tx(systemActor('outreach'), (em) => record(em, row, outcome));
  }
}

/** Why a message no longer makes sense; undefined when it does. */
function expired(row: Row): string | undefined {
  const config = row.config as StepConfig & { kind: 'message' };
  if (row.sequence_state === 'ended') return 'sequence_ended';
  if (config.about === 'cancellation') return row.over ? 'gathering_over' : undefined;
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
