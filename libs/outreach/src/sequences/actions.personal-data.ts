import type { PersonalDataHandler } from '@unionhall/consent';

/** What a member was invited to, and asked to pledge. */
export const actionsPersonalData: PersonalDataHandler = {
  tables: ['invitation', 'commitment_request'],

  async export(em, memberId) {
    const invitations: unknown = await em.query(
      `SELECT g.title, g.starts_at, i.at FROM invitation i JOIN gathering g ON g.id = i.gathering_id WHERE i.member_id = $1 ORDER BY i.at, i.id`,
      [memberId],
    );
    const commitmentRequests: unknown = await em.query(
      `SELECT c.title AS campaign, r.asked_at, r.answered_at FROM commitment_request r JOIN campaign c ON c.id = r.campaign_id
        WHERE r.member_id = $1 ORDER BY r.asked_at, r.id`,
      [memberId],
    );
    return { invitations, commitmentRequests };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM invitation WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM commitment_request WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM invitation d USING invitation k WHERE d.member_id = $2 AND k.member_id = $1 AND k.gathering_id = d.gathering_id`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM commitment_request d USING commitment_request k WHERE d.member_id = $2 AND k.member_id = $1
          AND k.campaign_id = d.campaign_id AND k.sequence_id = d.sequence_id AND k.occasion = d.occasion`,
      [keepId, dropId],
    );
    for (const table of ['invitation', 'commitment_request'])
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
  },
};
