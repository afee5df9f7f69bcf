import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Config, Database } from '@unionhall/platform';
import type { Claimed } from './leases';
import type { Outcome } from './transports';

const MAX_ATTEMPTS = 6;

interface Entry {
  readonly attempt: Claimed;
  readonly outcome: Outcome;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

const REASONS: Readonly<Record<Outcome['state'], string | null>> = {
  accepted: null,
  rejected: 'refused_by_server',
  uncertain: 'connection_lost',
  taken_back: null,
};

/** Writes what became of attempts into the ledger: all that have ended while the last ones were being written, together. */
@Injectable()
export class Outcomes {
  private ended: Entry[] = [];
  private writing = false;

  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** Resolves when it is committed. A worker whose row was taken back meanwhile is not listened to. */
  record(attempt: Claimed, outcome: Outcome): Promise<void> {
    return new Promise((written, failed) => {
      this.ended.push({ attempt, outcome, written, failed });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.ended.length > 0) {
      const entries = this.ended;
      this.ended = [];
      try {
        await this.db.tx(
          systemActor('outreach'),
          (em) => record(em, entries, this.config.retrySeconds),
          'outreach.record',
        );
        for (const { written } of entries) written();
      } catch (error) {
        for (const { failed } of entries) failed(error);
      }
    }
    this.writing = false;
  }
}

async function record(em: EntityManager, entries: readonly Entry[], retrySeconds: number): Promise<void> {
  await em.query(
    `WITH r AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::boolean[], $7::text[]) AS r (id, fence, state, reason, again, provider_id)),
     mine AS MATERIALIZED (
       SELECT d.id FROM delivery d JOIN r ON r.id = d.id AND r.fence = d.fence WHERE d.state = 'attempting' ORDER BY d.id FOR UPDATE OF d)
     UPDATE delivery d SET
       state = CASE WHEN r.state = 'taken_back' OR r.again AND d.attempts < ${MAX_ATTEMPTS} THEN 'due' ELSE r.state END,
       attempts = CASE WHEN r.state = 'taken_back' THEN d.attempts - 1 ELSE d.attempts END,
       attempted_at = CASE WHEN r.state = 'taken_back' THEN NULL ELSE d.attempted_at END,
       reason = r.reason, lease_until = NULL, fence = d.fence + 1, decided_at = app.now(),
       provider_id = coalesce(r.provider_id, d.provider_id),
       due_at = CASE WHEN r.again THEN app.now() + make_interval(secs => $6 * power(3, d.attempts - 1)) ELSE d.due_at END
       FROM r, mine WHERE d.id = mine.id AND r.id = mine.id`,
    [
      entries.map(({ attempt }) => attempt.id),
      entries.map(({ attempt }) => attempt.fence),
      entries.map(({ outcome }) => outcome.state),
      entries.map(({ outcome }) => REASONS[outcome.state]),
      entries.map(({ outcome }) => outcome.state === 'rejected' && !outcome.permanent),
      retrySeconds,
      entries.map(({ outcome }) => (outcome.state === 'accepted' ? (outcome.id ?? null) : null)),
    ],
  );
}
