import type { PersonalDataHandler } from '@unionhall/consent';

const THEIRS = `user_id IN (SELECT id FROM user_account WHERE member_id = $1)`;

/** Calendars that a person's programs follow. They belong to the account, so that joining two records moves none. */
export const feedsPersonalData: PersonalDataHandler = {
  tables: ['calendar_feed'],

  async export(em, memberId) {
    const calendars = (await em.query(
      `SELECT shows, created_at, revoked_at FROM calendar_feed WHERE ${THEIRS} ORDER BY created_at, id`,
      [memberId],
    )) as object[];
    return { calendars };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM calendar_feed WHERE ${THEIRS}`, [memberId]);
  },

  merge: () => Promise.resolve(),
};
