import { Injectable } from '@nestjs/common';
import { Database } from '@unionhall/platform';
import { systemActor } from './actor';

/** Keeps nothing about signing in longer than it is needed. */
@Injectable()
export class SignInSweeper {
  constructor(private readonly db: Database) {}

  /** Deletes attempts and links a day after they stopped to matter, and sessions thirty days after their end. */
  async sweep(): Promise<void> {
    await this.db.tx(systemActor('sign-in'), async (em) => {
      await em.query(`DELETE FROM sign_in_attempt WHERE at < app.now() - interval '1 day'`);
      await em.query(`DELETE FROM sign_in_link WHERE expires_at < app.now() - interval '1 day'`);
      await em.query(
        `DELETE FROM session WHERE least(expires_at, coalesce(revoked_at, expires_at)) < app.now() - interval '30 days'`,
      );
    });
  }
}
