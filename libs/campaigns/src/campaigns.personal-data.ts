import type { PersonalDataHandler } from '@unionhall/consent';

/** The commitments of one person: taken along, erased, or joined when two records are one person. */
export const campaignsPersonalData: PersonalDataHandler = {
  tables: ['commitment'],

  async export(em, memberId) {
    const commitments = (await em.query(
      `SELECT c.title AS campaign, k.kind, k.status, k.evidence, k.starts_on, k.ends_on, k.pledged_at, k.checked_at, k.ended_at, k.source
       FROM commitment k JOIN campaign c ON c.id = k.campaign_id WHERE k.member_id = $1 ORDER BY k.pledged_at, k.id`,
      [memberId],
    )) as object[];
    return { commitments };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM commitment WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `DELETE FROM commitment d USING commitment k
       WHERE d.member_id = $2 AND k.member_id = $1 AND k.campaign_id = d.campaign_id AND k.kind = d.kind
         AND d.status IN ('pledged', 'kept', 'unknown') AND k.status IN ('pledged', 'kept', 'unknown')`,
      [keepId, dropId],
    );
    await em.query(
      `UPDATE commitment k SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND k.member_id = $2`,
      [keepId, dropId],
    );
  },
};
