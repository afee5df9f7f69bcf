import type { PersonalDataHandler } from '@unionhall/consent';

/** Answers and attendance of one person: taken along, erased, or joined when two records are one person. */
export const gatheringsPersonalData: PersonalDataHandler = {
  tables: ['rsvp', 'attendance', 'attendance_entry'],

  async export(em, memberId) {
    const rsvps = (await em.query(
      `SELECT g.title, g.kind, g.starts_at, g.time_zone, r.status, r.guests, r.refusal, r.source, r.at
       FROM rsvp r JOIN gathering g ON g.id = r.gathering_id WHERE r.member_id = $1 ORDER BY r.at, r.id`,
      [memberId],
    )) as object[];
    const attendances = (await em.query(
      `SELECT g.title, g.kind, g.starts_at, g.time_zone, a.status, a.minutes, a.source, a.at
       FROM attendance a JOIN gathering g ON g.id = a.gathering_id WHERE a.member_id = $1 ORDER BY a.at, a.id`,
      [memberId],
    )) as object[];
    const marks = (await em.query(
      `SELECT g.title, e.status, e.minutes, e.source, e.at, e.undone_at
       FROM attendance_entry e JOIN gathering g ON g.id = e.gathering_id WHERE e.member_id = $1 ORDER BY e.at, e.id`,
      [memberId],
    )) as object[];
    return { rsvps, attendances, marks };
  },

  async erase(em, memberId) {
    await em.query(`DELETE FROM attendance_entry WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM attendance WHERE member_id = $1`, [memberId]);
    await em.query(`DELETE FROM rsvp WHERE member_id = $1`, [memberId]);
  },

  async merge(em, keepId, dropId) {
    for (const table of ['rsvp', 'attendance']) {
      await em.query(
        `DELETE FROM ${table} d USING ${table} k
         WHERE d.member_id = $2 AND k.member_id = $1 AND k.gathering_id = d.gathering_id`,
        [keepId, dropId],
      );
    }
    for (const table of ['rsvp', 'attendance', 'attendance_entry']) {
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
    }
  },
};
