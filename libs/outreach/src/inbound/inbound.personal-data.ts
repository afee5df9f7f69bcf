import type { PersonalDataHandler } from '@unionhall/consent';

/** What a member wrote back. */
export const inboundPersonalData: PersonalDataHandler = {
  tables: ['reply'],

  async export(em, memberId) {
    const replies: unknown = await em.query(
      `SELECT channel, body, at, asks_to_stop, handled_at, outcome FROM reply WHERE member_id = $1 ORDER BY at, id`,
      [memberId],
    );
    return { replies };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM reply WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM reply d USING reply k WHERE d.member_id = $2 AND k.member_id = $1 AND k.source_id = d.source_id`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE reply r SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND r.member_id = $2`,
      [keepId, dropId],
    );
  },
};
