import type { PersonalDataHandler } from '@unionhall/consent';

/** By whom it was confirmed, or whose address was given. */
const OWN = `(member_id = $1 OR email_key = (SELECT email_key FROM member WHERE id = $1))`;

/** What a person asked for on public pages in the last seven days. */
export const requestsPersonalData: PersonalDataHandler = {
  tables: ['public_request'],

  async export(em, memberId) {
    const publicRequests: unknown = await em.query(
      `SELECT kind, choice, name, email, consents, requested_at, done_at FROM public_request WHERE ${OWN} ORDER BY requested_at`,
      [memberId],
    );
    return { publicRequests };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM public_request WHERE ${OWN}`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    await em.query(`UPDATE public_request SET member_id = $1 WHERE member_id = $2`, [keepId, dropId]);
  },
};
