import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Config, Database } from '@unionhall/platform';

/** A row in a worker's hand: `fence` tells this hand from any before and after it. */
export interface Claimed {
  readonly id: string;
  readonly fence: number;
}

/** What one worker has in hand. */
export interface Held {
  /** Whether it is certain that this row has not been taken back. */
  holds(id: string): boolean;
  /** No more signs of life: what is still in hand is taken back when its time is over. */
  letGo(): void;
}

/** Signs of life in the time of one lease: so many may fail before it is lost. */
const SIGNS = 4;

/** Leases by the database's clock, renewed while their worker lives. */
@Injectable()
export class Leases {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** SQL of the instant when a lease taken now runs out. */
  get end(): string {
    return `app.clock() + interval '${this.config.leaseSeconds} seconds'`;
  }

  /** @param since `performance.now()` of before the rows were claimed; it goes on while a process is stopped. */
  keep(claimed: readonly Claimed[], since: number): Held {
    const lease = this.config.leaseSeconds * 1_000;
    let until = since + lease;
    let mine = new Set(claimed.map(({ id }) => id));
    const sign = async (): Promise<void> => {
      const at = performance.now();
      mine = await this.renew(claimed);
      until = at + lease;
    };
    // A sign that fails is one of those that may: the next one follows, or the lease is over.
    const timer = setInterval(() => void sign().catch(() => undefined), lease / SIGNS);
    return { holds: (id) => performance.now() < until && mine.has(id), letGo: () => clearInterval(timer) };
  }

  /** @returns what is still in hand. */
  private async renew(claimed: readonly Claimed[]): Promise<Set<string>> {
    const [rows] = (await this.db.tx(systemActor('outreach'), (em) =>
      em.query(
        `UPDATE delivery SET lease_until = ${this.end}
          WHERE id IN (SELECT id FROM delivery
                        WHERE state IN ('leased', 'attempting') AND (id, fence) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
                        ORDER BY id FOR UPDATE)
         RETURNING id`,
        [claimed.map(({ id }) => id), claimed.map(({ fence }) => fence)],
      ),
    )) as [{ id: string }[], number];
    return new Set(rows.map(({ id }) => id));
  }
}
