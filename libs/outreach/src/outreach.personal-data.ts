import type { PersonalDataHandler } from '@unionhall/consent';

/** The sequences a member is in, and every message that was sent to them. */
export const outreachPersonalData: PersonalDataHandler = {
  tables: ['enrollment', 'delivery', 'task'],

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
    const tasks: unknown = await em.query(
      `SELECT title, made_at, done_at FROM task WHERE member_id = $1 ORDER BY made_at`,
      [memberId],
    );
    return { enrollments, messages, tasks };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM task WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM delivery WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM enrollment WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    for (const table of ['enrollment', 'delivery'])
      await em.query(`SELECT FROM ${table} WHERE member_id IN ($1, $2) ORDER BY id FOR UPDATE`, [
        keepId,
        dropId,
      ]);
    const same = `k.sequence_id = d.sequence_id AND k.step_key = d.step_key AND k.occasion = d.occasion`;
    // What either record was sent counts as sent: of two deliveries the one that went further stays.
    await em.query(
      `DELETE FROM delivery d USING delivery k WHERE d.member_id IN ($1, $2) AND k.member_id IN ($1, $2) AND k.member_id <> d.member_id AND ${same}
          AND (${furtherness('d')}, d.member_id = $1) < (${furtherness('k')}, k.member_id = $1)`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM enrollment d USING enrollment k WHERE d.member_id = $2 AND k.member_id = $1 AND k.sequence_id = d.sequence_id AND k.occasion = d.occasion`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM task d USING task k WHERE d.member_id = $2 AND k.member_id = $1 AND ${same}`,
      [keepId, dropId],
    );
    for (const table of ['delivery', 'enrollment', 'task']) {
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
    }
  },
};

/** The later, the closer to having been sent. */
const STATES = ['suppressed', 'due', 'leased', 'rejected', 'attempting', 'uncertain', 'accepted'];
const furtherness = (row: string): string => `array_position('{${STATES.join(',')}}'::text[], ${row}.state)`;
