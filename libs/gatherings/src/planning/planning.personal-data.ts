import type { PersonalDataHandler } from '@unionhall/consent';

/** What somebody was asked to lead, and what they said. */
export const planningPersonalData: PersonalDataHandler = {
  tables: ['gathering_facilitator'],

  async export(em, memberId) {
    const facilitations = (await em.query(
      `SELECT g.title, g.starts_at, g.time_zone, f.role, f.state, f.asked_at, f.answered_at
       FROM gathering_facilitator f JOIN gathering g ON g.id = f.gathering_id WHERE f.member_id = $1 ORDER BY f.asked_at, f.id`,
      [memberId],
    )) as object[];
    return { facilitations };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM gathering_facilitator WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM gathering_facilitator d USING gathering_facilitator k
       WHERE d.member_id = $2 AND k.member_id = $1 AND k.gathering_id = d.gathering_id`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE gathering_facilitator t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
      [keepId, dropId],
    );
  },
};
