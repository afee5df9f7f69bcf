import { Injectable } from '@nestjs/common';
import { Database, Signer } from '@unionhall/platform';
import { systemActor } from './actor';
import { signInLimited } from './identity.errors';

export type AttemptKind = 'password' | 'link' | 'redeem' | 'request';

interface AttemptLimit {
  readonly account: number;
  readonly address: number;
  readonly windowMinutes: number;
}

/** Failed attempts allowed in a window. The account's limit is the tighter one. */
export const ATTEMPT_LIMITS: Readonly<Record<AttemptKind, AttemptLimit>> = {
  password: { account: 10, address: 50, windowMinutes: 15 },
  link: { account: 5, address: 30, windowMinutes: 60 },
  request: { account: 5, address: 30, windowMinutes: 60 },
  redeem: { account: 30, address: 30, windowMinutes: 15 },
};

/**
 * Counts sign-in attempts, and what strangers ask for on public pages, in the database, each before it is made: parallel requests and aliases of
 * one request count one by one. Accounts and addresses are kept as keyed hashes.
 */
@Injectable()
export class AttemptsService {
  constructor(
    private readonly db: Database,
    private readonly signer: Signer,
  ) {}

  /**
   * Counts an attempt, committed before the caller goes on.
   * @param address the network address it comes from.
   * @returns its id, for `succeeded`.
   * @throws AppError SIGN_IN.LIMITED with `retryAfterSeconds`.
   */
  async count(kind: AttemptKind, account: string, address: string): Promise<string> {
    const limit = ATTEMPT_LIMITS[kind];
    const accountHash = this.signer.hmac('sign-in-account', account);
    const addressHash = this.signer.hmac('sign-in-address', address);
    const id = await this.db.tx(systemActor('sign-in'), async (em) => {
      for (const hash of [accountHash, addressHash].sort()) {
        await em.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${kind}${hash}`]);
      }
      const [{ by_account, by_address }] = (await em.query(
        `SELECT count(*) FILTER (WHERE account_hash = $2)::int AS by_account,
                count(*) FILTER (WHERE address_hash = $3)::int AS by_address
           FROM sign_in_attempt WHERE kind = $1 AND NOT succeeded
            AND (account_hash = $2 OR address_hash = $3)
            AND at > app.now() - make_interval(mins => $4)`,
        [kind, accountHash, addressHash, limit.windowMinutes],
      )) as [{ by_account: number; by_address: number }];
      if (by_account >= limit.account || by_address >= limit.address) return undefined;
      const [row] = (await em.query(
        `INSERT INTO sign_in_attempt (kind, account_hash, address_hash) VALUES ($1, $2, $3) RETURNING id`,
        [kind, accountHash, addressHash],
      )) as [{ id: string }];
      return row.id;
    });
    if (id === undefined) throw signInLimited(limit.windowMinutes * 60);
    return id;
  }

  /** An attempt that signed someone in is not held against them. */
  async succeeded(id: string): Promise<void> {
    await this.db.tx(systemActor('sign-in'), (em) =>
      em.query(`UPDATE sign_in_attempt SET succeeded = true WHERE id = $1`, [id]),
    );
  }
}
