import type { PersonalDataHandler } from '@unionhall/consent';

/** The record itself, its tags and how they changed, constituencies and followed chapters. */
export const membersPersonalData: PersonalDataHandler = {
  tables: ['member', 'member_tag', 'member_constituency', 'member_follow', 'tag_run', 'tag_run_change'],

  async export(em, memberId) {
    const [member] = (await em.query(
      `SELECT given_name, family_name, email AS email_address, phone AS phone_number, language, time_zone, status, postal_code,
              city, region, country, joined_on, custom, provenance, created_at FROM member WHERE id = $1`,
      [memberId],
    )) as unknown[];
    const tags: unknown = await em.query(
      `SELECT t.name, mt.source, mt.at FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE mt.member_id = $1 ORDER BY t.name`,
      [memberId],
    );
    const constituencies: unknown = await em.query(
      `SELECT c.kind, p.name AS platform, c.monthly_ad_spend, c.currency, c.followers, c.followers_on
         FROM member_constituency c JOIN platform p ON p.id = c.platform_id WHERE c.member_id = $1`,
      [memberId],
    );
    const follows: unknown = await em.query(
      `SELECT c.name FROM member_follow f JOIN chapter c ON c.id = f.followed_chapter_id WHERE f.member_id = $1`,
      [memberId],
    );
    const tagChanges: unknown = await em.query(
      `SELECT t.name, r.removed, r.at, r.undone_at FROM tag_run_change c JOIN tag_run r ON r.id = c.run_id
         JOIN tag t ON t.id = c.tag_id WHERE c.member_id = $1 ORDER BY r.at`,
      [memberId],
    );
    return { member, tags, constituencies, follows, tagChanges };
  },

  async erase(em, memberId) {
    for (const table of ['member_tag', 'member_constituency', 'member_follow'])
      await em.query(`DELETE FROM ${table} WHERE member_id = $1`, [memberId]);
  },

  async remove(em, memberId) {
    await em.query(`DELETE FROM member WHERE id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(
      `INSERT INTO member_tag (member_id, chapter_id, tag_id, source, at)
       SELECT m.id, m.chapter_id, d.tag_id, d.source, d.at FROM member_tag d, member m WHERE d.member_id = $2 AND m.id = $1 ON CONFLICT DO NOTHING`,
      [keepId, dropId],
    );
    await em.query(
      `INSERT INTO member_constituency (member_id, chapter_id, kind, platform_id, monthly_ad_spend, currency, followers, followers_on)
       SELECT m.id, m.chapter_id, d.kind, d.platform_id, d.monthly_ad_spend, d.currency, d.followers, d.followers_on
         FROM member_constituency d, member m WHERE d.member_id = $2 AND m.id = $1 ON CONFLICT DO NOTHING`,
      [keepId, dropId],
    );
    await em.query(
      `INSERT INTO member_follow (member_id, chapter_id, followed_chapter_id)
       SELECT m.id, m.chapter_id, d.followed_chapter_id FROM member_follow d, member m WHERE d.member_id = $2 AND m.id = $1 ON CONFLICT DO NOTHING`,
      [keepId, dropId],
    );
  },
};
