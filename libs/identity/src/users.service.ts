import { Injectable } from '@nestjs/common';
import { Database } from '@unionhall/platform';
import { systemActor, type Actor } from './actor';
import { emailKey } from './email';
import { unauthenticated, userNotFound } from './identity.errors';
import { hashPassword } from './passwords';

export interface NewUser {
  readonly email: string;
  readonly password?: string;
  readonly memberId?: string;
}

/** Accounts: who may sign in at all. What they may do is a matter of grants. */
@Injectable()
export class UsersService {
  constructor(private readonly db: Database) {}

  /**
   * Makes an account, or gives the one of this address (an address has one account; its password is
   * set only when it is made).
   * @returns the user's id.
   * @throws AppError AUTHZ.FORBIDDEN without grants.manage, SIGN_IN.EMAIL_INVALID, SIGN_IN.PASSWORD_WEAK.
   */
  async ensure(actor: Actor, user: NewUser): Promise<string> {
    actor.require('grants.manage');
    const key = emailKey(user.email);
    const hash = user.password === undefined ? null : await hashPassword(user.password);
    return this.db.tx(systemActor('sign-in'), async (em) => {
      const [row] = (await em.query(
        `INSERT INTO user_account (email, email_key, password_hash, member_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email_key) DO UPDATE SET email_key = excluded.email_key RETURNING id`,
        [user.email.trim(), key, hash, user.memberId ?? null],
      )) as [{ id: string }];
      return row.id;
    });
  }

  /** Sets one's own password and ends one's other sessions. @throws AppError SIGN_IN.PASSWORD_WEAK. */
  async setPassword(actor: Actor, password: string): Promise<void> {
    if (actor.kind !== 'user') throw unauthenticated();
    const hash = await hashPassword(password);
    await this.db.tx(systemActor('sign-in'), async (em) => {
      await em.query(`UPDATE user_account SET password_hash = $2 WHERE id = $1`, [actor.userId, hash]);
      await em.query(
        `UPDATE session SET revoked_at = app.now() WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL`,
        [actor.userId, actor.credentialId],
      );
    });
  }

  /**
   * Shuts a user out; their next read is refused.
   * @throws AppError AUTHZ.FORBIDDEN without grants.manage over the whole union, USER.NOT_FOUND.
   */
  async disable(actor: Actor, userId: string): Promise<void> {
    actor.requireEverywhere('grants.manage');
    await this.db.tx(systemActor('sign-in'), async (em) => {
      const rows = (await em.query(
        `WITH u AS (UPDATE user_account SET disabled_at = coalesce(disabled_at, app.now()) WHERE id = $1 RETURNING id)
         SELECT id FROM u`,
        [userId],
      )) as unknown[];
      if (rows.length === 0) throw userNotFound('userId');
      await em.query(`UPDATE session SET revoked_at = app.now() WHERE user_id = $1 AND revoked_at IS NULL`, [
        userId,
      ]);
    });
  }
}
