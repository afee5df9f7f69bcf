import { Injectable } from '@nestjs/common';
import { Database } from '@unionhall/platform';
import { Actor, systemActor, type HeldGrant } from './actor';
import { unauthenticated } from './identity.errors';
import type { Role } from './permissions';
import { newToken, parsePartnerKey, sameHash, tokenHash } from './tokens';

/** For what, and why, an actor says they act. */
export interface Intent {
  readonly purpose: string;
  readonly reason?: string;
}

/** An actor, and the token that replaces the one they came with, when it was due. */
export interface ResolvedSession {
  readonly actor: Actor;
  readonly renewed?: { readonly token: string; readonly expiresAt: Date };
}

interface SessionRow extends UserRow {
  session_id: string;
  expires_at: Date;
  is_current: boolean;
  is_due: boolean;
  in_grace: boolean;
}

interface UserRow {
  user_id: string;
  member_id: string | null;
  authz_version: number;
  grants: {
    id: string;
    role: Role;
    chapters: string[] | null;
    purposes: string[];
    expires_at: string | null;
  }[];
}

const RIGHTS = `u.id AS user_id, u.member_id, u.authz_version,
  coalesce((SELECT json_agg(json_build_object('id', g.id, 'role', g.role, 'purposes', g.purposes,
      'expires_at', g.expires_at, 'chapters', CASE WHEN g.chapter_id IS NOT NULL THEN app.chapter_subtree(g.chapter_id) END))
    FROM role_grant g WHERE g.user_id = u.id AND g.revoked_at IS NULL
     AND (g.expires_at IS NULL OR g.expires_at > app.now())), '[]') AS grants`;

/** A session's token is replaced when it is this old; the old one holds a little longer, for requests under way. */
const ROTATE_AFTER = '6 hours';
const GRACE = '2 minutes';

/** Makes actors out of credentials. */
@Injectable()
export class ActorsService {
  constructor(private readonly db: Database) {}

  /**
   * The user of a session token; undefined when the token is unknown, revoked or expired. A token that
   * was replaced, coming back after its grace, ends the session: it may have been stolen.
   */
  async ofSession(token: string, intent: Intent): Promise<ResolvedSession | undefined> {
    const hash = tokenHash(token);
    const { rows } = await this.db.read(systemActor('sign-in'), {
      text: `SELECT s.id AS session_id, s.expires_at, s.token_hash = $1 AS is_current,
          s.rotated_at < app.now() - interval '${ROTATE_AFTER}' AS is_due,
          s.previous_until > app.now() AS in_grace, ${RIGHTS}
        FROM session s JOIN user_account u ON u.id = s.user_id
        WHERE (s.token_hash = $1 OR s.previous_hash = $1) AND s.revoked_at IS NULL
          AND s.expires_at > app.now() AND u.disabled_at IS NULL`,
      values: [hash],
    });
    const row = rows[0] as SessionRow | undefined;
    if (row === undefined) return undefined;
    if (!row.is_current && !row.in_grace) {
      await this.db.tx(systemActor('sign-in'), (em) =>
        em.query(`UPDATE session SET revoked_at = app.now() WHERE id = $1`, [row.session_id]),
      );
      return undefined;
    }
    const actor = userActor(row, intent, row.session_id);
    if (!row.is_current || !row.is_due) return { actor };
    const renewed = newToken();
    const moved = await this.db.tx(
      systemActor('sign-in'),
      async (em) =>
        (await em.query(
          `WITH moved AS (UPDATE session SET token_hash = $2, previous_hash = $1, rotated_at = app.now(),
              previous_until = app.now() + interval '${GRACE}'
            WHERE token_hash = $1 AND revoked_at IS NULL RETURNING id) SELECT id FROM moved`,
          [hash, tokenHash(renewed)],
        )) as unknown[],
    );
    return moved.length === 0 ? { actor } : { actor, renewed: { token: renewed, expiresAt: row.expires_at } };
  }

  /**
   * A user acting without a session: background work that was started by them and is bound by their rights.
   * @throws AppError AUTHZ.UNAUTHENTICATED when there is no such user, or they are disabled.
   */
  async ofUser(userId: string, intent: Intent): Promise<Actor> {
    const { rows } = await this.db.read(systemActor('sign-in'), {
      text: `SELECT ${RIGHTS} FROM user_account u WHERE u.id = $1 AND u.disabled_at IS NULL`,
      values: [userId],
    });
    const row = rows[0] as UserRow | undefined;
    if (row === undefined) throw unauthenticated();
    return userActor(row, intent);
  }

  /** The partner of a key (`uhp_…`); undefined when it is malformed, unknown, revoked, suspended or expired. */
  async ofPartnerKey(key: string): Promise<Actor | undefined> {
    const parts = parsePartnerKey(key);
    if (parts === undefined) return undefined;
    const { rows } = await this.db.read(systemActor('sign-in'), {
      text: `SELECT subject_id, secret_hash FROM api_credential
        WHERE id = $1 AND subject_kind = 'partner' AND revoked_at IS NULL AND suspended_at IS NULL
          AND expires_at > app.now()`,
      values: [parts.id],
    });
    const row = rows[0] as { subject_id: string; secret_hash: Buffer } | undefined;
    if (row === undefined || !sameHash(row.secret_hash, tokenHash(parts.secret))) return undefined;
    return new Actor({
      kind: 'partner',
      partnerId: row.subject_id,
      credentialId: parts.id,
      purpose: 'partnership',
    });
  }
}

function userActor(row: UserRow, intent: Intent, sessionId?: string): Actor {
  const grants: HeldGrant[] = row.grants.map((grant) => ({
    id: grant.id,
    role: grant.role,
    chapters: grant.chapters ?? 'all',
    purposes: grant.purposes,
    expiresAt: grant.expires_at === null ? undefined : new Date(grant.expires_at),
  }));
  const ends = grants.flatMap((grant) => (grant.expiresAt === undefined ? [] : [grant.expiresAt.getTime()]));
  return new Actor({
    kind: 'user',
    userId: row.user_id,
    memberId: row.member_id ?? undefined,
    credentialId: sessionId,
    authzVersion: row.authz_version,
    rightsUntil: ends.length === 0 ? undefined : new Date(Math.min(...ends)),
    grants,
    ...intent,
  });
}
