import type { EntityManager } from 'typeorm';

type Rows = Promise<Record<string, unknown>>;

/** What identity keeps of a member: their account, its sessions, grants and links. */
export const identityPersonalData = {
  tables: ['user_account', 'session', 'role_grant', 'sign_in_link', 'sign_in_attempt'],

  async export(em: EntityManager, memberId: string): Rows {
    const [account] = (await em.query(
      `SELECT id, email, created_at AS "createdAt", disabled_at AS "disabledAt" FROM user_account WHERE member_id = $1`,
      [memberId],
    )) as { id: string }[];
    if (account === undefined) return {};
    const sessions: unknown = await em.query(
      `SELECT method, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
         FROM session WHERE user_id = $1 ORDER BY created_at`,
      [account.id],
    );
    const grants: unknown = await em.query(
      `SELECT role, chapter_id AS "chapterId", purposes, granted_at AS "grantedAt", expires_at AS "expiresAt",
              revoked_at AS "revokedAt" FROM role_grant WHERE user_id = $1 ORDER BY granted_at`,
      [account.id],
    );
    return { account, sessions, grants };
  },

  async erase(em: EntityManager, memberId: string): Promise<void> {
    await em.query(
      `DELETE FROM sign_in_link WHERE member_id = $1 OR email_key IN (SELECT email_key FROM user_account WHERE member_id = $1)`,
      [memberId],
    );
    await em.query(`DELETE FROM user_account WHERE member_id = $1`, [memberId]);
  },

  async merge(em: EntityManager, keepId: string, dropId: string): Promise<void> {
    await em.query(`DELETE FROM sign_in_link WHERE member_id = $1`, [dropId]);
    const [kept] = (await em.query(`SELECT id FROM user_account WHERE member_id = $1`, [
      keepId,
    ])) as unknown[];
    await em.query(
      kept === undefined
        ? `UPDATE user_account SET member_id = $2 WHERE member_id = $1`
        : `UPDATE user_account SET member_id = NULL, disabled_at = coalesce(disabled_at, app.now())
             WHERE member_id = $1 AND $2::uuid IS NOT NULL`,
      [dropId, keepId],
    );
  },
};
