import type { PersonalDataHandler } from './personal-data';

/** Consents with their history, and the entries of the access ledger that name a member. */
export const consentPersonalData: PersonalDataHandler = {
  tables: ['consent', 'consent_event', 'partner_consent', 'access_ledger', 'access_ledger_subject'],

  async export(em, memberId) {
    const consents: unknown = await em.query(
      `SELECT purpose, channel, partner_id, field_group, state, wording, source, at FROM consent_event WHERE member_id = $1 ORDER BY at, id`,
      [memberId],
    );
    const sharing: unknown = await em.query(
      `SELECT partner_id, purpose, field_group, state, wording, source, at FROM partner_consent WHERE member_id = $1 ORDER BY at, id`,
      [memberId],
    );
    const reads: unknown = await em.query(
      `SELECT at, actor_kind, purpose, operation, fields, reason FROM access_ledger WHERE subject_ids @> ARRAY[$1::uuid] ORDER BY at`,
      [memberId],
    );
    return { consents, sharing, reads };
  },

  async erase(em, memberId) {
    for (const table of ['consent', 'consent_event', 'partner_consent', 'access_ledger_subject']) {
      await em.query(`DELETE FROM ${table} WHERE member_id = $1`, [memberId]);
    }
    await em.query(
      `UPDATE access_ledger SET subject_ids = array_remove(subject_ids, $1::uuid) WHERE subject_ids @> ARRAY[$1::uuid]`,
      [memberId],
    );
  },

  async merge(em, keepId, dropId) {
    // Of two consents for the same thing the stricter one stands.
    await em.query(
      `UPDATE consent k SET state = 'withdrawn', source = d.source, wording = d.wording, at = d.at
         FROM consent d WHERE k.member_id = $1 AND d.member_id = $2 AND d.purpose = k.purpose AND d.channel = k.channel AND d.state = 'withdrawn'`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM consent d USING consent k WHERE d.member_id = $2 AND k.member_id = $1 AND k.purpose = d.purpose AND k.channel = d.channel`,
      [keepId, dropId],
    );
    await em.query(
      `DELETE FROM partner_consent d USING partner_consent k WHERE d.member_id = $2 AND k.member_id = $1
         AND k.partner_id = d.partner_id AND k.purpose = d.purpose AND k.field_group = d.field_group`,
      [keepId, dropId],
    );
    for (const table of ['consent', 'consent_event', 'partner_consent']) {
      await em.query(
        `UPDATE ${table} t SET member_id = m.id, chapter_id = m.chapter_id FROM member m WHERE m.id = $1 AND t.member_id = $2`,
        [keepId, dropId],
      );
    }
    await em.query(
      `INSERT INTO access_ledger_subject (member_id, ledger_id) SELECT $1, ledger_id FROM access_ledger_subject WHERE member_id = $2 ON CONFLICT DO NOTHING`,
      [keepId, dropId],
    );
    await em.query(`DELETE FROM access_ledger_subject WHERE member_id = $1`, [dropId]);
    await em.query(
      `UPDATE access_ledger SET subject_ids = array_replace(subject_ids, $2::uuid, $1::uuid) WHERE subject_ids @> ARRAY[$2::uuid]`,
      [keepId, dropId],
    );
  },
};
