import type { PersonalDataHandler } from '@unionhall/consent';

/** The sequences a member is in, and every message that was sent to them. */
export const outreachPersonalData: PersonalDataHandler = {
  tables: ['enrollment', 'delivery'],

  async export(em, memberId) {
    const enrollments: unknown = await em.query(
      `SELECT s.title, e.state, e.exit_reason, e.enrolled_at FROM enrollment e JOIN sequence s ON s.id = e.sequence_id WHERE e.member_id = $1 ORDER BY e.enrolled_at`,
      [memberId],
    );
    const messages: unknown = await em.query(
      `SELECT s.title, st.config->>'name' AS message, d.state, d.reason, d.decided_at
         FROM delivery d JOIN sequence_step st ON st.id = d.step_id JOIN sequence s ON s.id = d.sequence_id WHERE d.member_id = $1 ORDER BY d.id`,
      [memberId],
    );
    return { enrollments, messages };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM delivery WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM enrollment WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    // What either record was sent counts as sent: the kept one is not written to again.
    await em.query(
      `DELETE FROM delivery d USING delivery k WHERE d.member_id = $2 AND k.member_id = $1 AND k.step_id = d.step_id AND d.state IN ('due', 'suppressed')`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM delivery k USING delivery d WHERE d.member_id = $2 AND k.member_id = $1 AND k.step_id = d.step_id`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM enrollment d USING enrollment k WHERE d.member_id = $2 AND k.member_id = $1 AND k.sequence_id = d.sequence_id`,
      [keepId, dropId],
    );
    for (const table of ['delivery', 'enrollment']) {
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
    }
  },
};
