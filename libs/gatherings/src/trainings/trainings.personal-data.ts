import type { PersonalDataHandler } from '@unionhall/consent';

/** What one person has completed, holds, and is qualified for. */
export const trainingsPersonalData: PersonalDataHandler = {
  tables: ['module_completion', 'certificate', 'qualification', 'ladder_place'],

  async export(em, memberId) {
    const rows = async (text: string): Promise<object[]> => (await em.query(text, [memberId])) as object[];
    return {
      completions: await rows(
        `SELECT c.title AS course, m.title AS module, d.completed_at FROM module_completion d
           JOIN course_module m ON m.id = d.module_id JOIN course c ON c.id = m.course_id WHERE d.member_id = $1 ORDER BY d.completed_at, m.id`,
      ),
      certificates: await rows(
        `SELECT c.title AS course, x.code, x.shown_as, x.issued_at, x.expires_at, x.revoked_at, x.revoked_for
         FROM certificate x JOIN course c ON c.id = x.course_id WHERE x.member_id = $1 ORDER BY x.issued_at, x.id`,
      ),
      qualifications: await rows(
        `SELECT kind, granted_at, revoked_at FROM qualification WHERE member_id = $1 ORDER BY granted_at, id`,
      ),
      ladder: await rows(`SELECT rung, ready_for, since FROM ladder_place WHERE member_id = $1`),
    };
  },

  async erase(em, memberId) {
    for (const table of trainingsPersonalData.tables)
      await em.query(`DELETE FROM ${table} WHERE member_id = $1`, [memberId]);
  },

  /** Of two certificates for one course that both stand, the earlier does. */
  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM module_completion d USING module_completion k
       WHERE d.member_id = $2 AND k.member_id = $1 AND k.module_id = d.module_id`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE certificate x SET revoked_at = app.now(), revoked_for = 'replaced' FROM (
         SELECT id, row_number() OVER (PARTITION BY course_id ORDER BY issued_at, id) AS nth FROM certificate
          WHERE member_id IN ($1, $2) AND revoked_at IS NULL) o
       WHERE x.id = o.id AND o.nth > 1`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE qualification x SET revoked_at = app.now() FROM (
         SELECT id, row_number() OVER (PARTITION BY kind ORDER BY granted_at, id) AS nth FROM qualification
          WHERE member_id IN ($1, $2) AND revoked_at IS NULL) o
       WHERE x.id = o.id AND o.nth > 1`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM ladder_place d USING ladder_place k WHERE d.member_id = $2 AND k.member_id = $1`,
      [keepId, dropId],
    );
    for (const table of trainingsPersonalData.tables)
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
  },
};
