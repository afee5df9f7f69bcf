import type { PersonalDataHandler } from '@unionhall/consent';

/** Rows of imported files, and what an import changed of a member. */
export const importsPersonalData: PersonalDataHandler = {
  tables: ['import_run', 'import_row', 'import_change'],

  async export(em, memberId) {
    const imports: unknown = await em.query(
      `SELECT i.created_at, r.line, r.given_name, r.family_name, r.email, r.phone, r.tags, r.custom
         FROM import_row r JOIN import_run i ON i.id = r.import_id WHERE r.member_id = $1 ORDER BY i.created_at`,
      [memberId],
    );
    return { imports };
  },

  async erase(em, memberId) {
    await em.query(
      `DELETE FROM import_row WHERE member_id = $1
          OR (outcome = 'rejected' AND email_key = (SELECT email_key FROM member WHERE id = $1))`,
      [memberId],
    );
    await em.query(`DELETE FROM import_change WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(`UPDATE import_row SET member_id = $1 WHERE member_id = $2`, [keepId, dropId]);
    await em.query(`DELETE FROM import_change WHERE member_id = $1`, [dropId]);
  },
};
