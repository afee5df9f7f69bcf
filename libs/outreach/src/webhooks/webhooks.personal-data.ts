import type { PersonalDataHandler } from '@unionhall/consent';

/** What other programs were told of a member: that they had come to a step. */
export const webhooksPersonalData: PersonalDataHandler = {
  tables: ['webhook_call'],

  async export(em, memberId) {
    const calls: unknown = await em.query(
      `SELECT w.name AS endpoint, s.title AS sequence, c.step_key, c.state, c.made_at, c.decided_at
         FROM webhook_call c JOIN webhook_endpoint w ON w.id = c.endpoint_id JOIN sequence s ON s.id = c.sequence_id
        WHERE c.member_id = $1 ORDER BY c.made_at, c.id`,
      [memberId],
    );
    return { calls };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM webhook_call WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM webhook_call d USING webhook_call k WHERE d.member_id = $2 AND k.member_id = $1 AND k.endpoint_id = d.endpoint_id
          AND k.sequence_id = d.sequence_id AND k.step_key = d.step_key AND k.occasion = d.occasion`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE webhook_call t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
      [keepId, dropId],
    );
  },
};
