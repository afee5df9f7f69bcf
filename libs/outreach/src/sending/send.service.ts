import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Config, Database } from '@unionhall/platform';
import { AttemptBarrier, type Attempt } from './barrier';
import { Leases, type Claimed, type Held } from './leases';
import { Outcomes } from './outcomes';

const BATCH = 500;
/** So many pass the barrier together. No more than two groups are uncertain after a crash: one leaves, one waits behind it. */
const AT_ONCE = 20;

/**
 * What held an address and was then not sent after all (an opt-out between two attempts) gives it back; those
 * who share it have their turn.
 */
const TAKE_TURNS = `
  WITH gave_way AS (
    SELECT id FROM delivery WHERE state = 'suppressed' AND address_hash IS NOT NULL ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
  given AS (UPDATE delivery f SET address_hash = NULL FROM gave_way g WHERE f.id = g.id)
  UPDATE delivery d SET state = 'due', reason = NULL, same_as = NULL, decided_at = NULL, fence = d.fence + 1, due_at = app.now()
    FROM gave_way g WHERE d.same_as = g.id AND d.state = 'suppressed' AND d.reason = 'same_address'`;

/**
 * Sends what is due. Each message passes one barrier: consent, opt-out, the gathering's state and the
 * address are looked at under a row lock, and `attempting` is committed before the first byte leaves.
 * What was never attempted is tried again; what may have been accepted never is.
 */
@Injectable()
export class SendService {
  constructor(
    private readonly db: Database,
    private readonly barrier: AttemptBarrier,
    private readonly leases: Leases,
    private readonly outcomes: Outcomes,
    private readonly config: Config,
  ) {}

  /** Until nothing is due. @returns how many attempts were made. */
  async send(): Promise<number> {
    let attempts = 0;
    for (;;) {
      const since = performance.now();
      const claimed = await this.claim();
      if (claimed.length === 0) return attempts;
      const held = this.leases.keep(claimed, since);
      try {
        attempts += await this.groupByGroup(claimed, held);
      } finally {
        held.letGo();
      }
    }
  }

  /** One group passes the barrier while the one before it leaves. */
  private async groupByGroup(claimed: readonly Claimed[], held: Held): Promise<number> {
    let attempts = 0;
    let leaving: Promise<void> = Promise.resolve();
    try {
      for (let at = 0; at < claimed.length; at += AT_ONCE) {
        const some = claimed.slice(at, at + AT_ONCE);
        const passedAt = performance.now();
        const ready = await this.db.tx(
          systemActor('outreach'),
          (em) => this.barrier.pass(em, some),
          'outreach.barrier',
        );
        attempts += ready.length;
        await leaving;
        leaving = this.leave(ready, held, passedAt);
        // Waited for above; a failure must not go unheard meanwhile.
        leaving.catch(() => undefined);
      }
    } finally {
      await leaving;
    }
    return attempts;
  }

  private async leave(ready: readonly Attempt[], held: Held, passedAt: number): Promise<void> {
    const latest = passedAt + this.config.leaseSeconds * 1_000;
    const settled = await Promise.allSettled(
      ready.map(async (attempt) => {
        if (attempt.wait > 0) await sleep(attempt.wait);
        const mayBegin = (): boolean => performance.now() < latest && held.holds(attempt.id);
        await this.outcomes.record(attempt, await attempt.transport.send(attempt.message, mayBegin));
      }),
    );
    const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /**
   * Leases that ran out: not yet attempted is due again, attempted is uncertain. And whose address was another
   * member's turn has their own when that one was never sent it. @returns how many leases.
   */
  async recover(): Promise<number> {
    await this.db.tx(systemActor('outreach'), (em) => em.query(TAKE_TURNS), 'outreach.take-turns');
    const [, count] = (await this.db.tx(
      systemActor('outreach'),
      (em) =>
        em.query(
          `UPDATE delivery SET fence = fence + 1, lease_until = NULL,
             state = CASE state WHEN 'leased' THEN 'due' ELSE 'uncertain' END,
             reason = CASE state WHEN 'leased' THEN reason ELSE 'interrupted' END,
             decided_at = CASE state WHEN 'leased' THEN NULL ELSE app.now() END
           WHERE id IN (SELECT id FROM delivery WHERE state IN ('leased', 'attempting') AND lease_until < app.clock()
                         FOR UPDATE SKIP LOCKED)`,
        ),
      'outreach.recover',
    )) as [unknown, number];
    return count;
  }

  private async claim(): Promise<Claimed[]> {
    const [rows] = (await this.db.tx(
      systemActor('outreach'),
      (em) =>
        em.query(
          `UPDATE delivery SET state = 'leased', fence = fence + 1, lease_until = ${this.leases.end}
            WHERE id IN (SELECT d.id FROM delivery d JOIN sequence s ON s.id = d.sequence_id AND s.state = 'active'
                          WHERE d.state = 'due' AND d.due_at <= app.now() ORDER BY d.due_at, d.id LIMIT ${BATCH} FOR UPDATE OF d SKIP LOCKED)
           RETURNING id, fence`,
        ),
      'outreach.claim',
    )) as [Claimed[], number];
    return rows;
  }
}
