/**
 * How a read of other people's data is put on record. The engine puts `insert`'s text into the
 * statement that reads, as a data-modifying CTE: no ledger row, no data.
 */
export interface ReadLedger {
  /**
   * Gives an INSERT without RETURNING. `operation` and `fields` are SQL literals (text, text[]);
   * `subjects` names a relation of one row with the column `ids uuid[]`, null when nobody else's data
   * was read (then nothing may be inserted).
   */
  insert(parts: { readonly operation: string; readonly fields: string; readonly subjects: string }): string;
}

/** The row of `access_ledger`, its actor taken from the settings that the transaction is bound to. */
export const accessLedger: ReadLedger = {
  insert: ({ operation, fields, subjects }) =>
    'INSERT INTO access_ledger (actor_kind, actor_id, purpose, operation, fields, subject_ids, reason) ' +
    'SELECT app.kind(), coalesce(app.user_id(), app.partner_id(), app.member_id()), app.purpose(), ' +
    `${operation}, ${fields}, s.ids, nullif(current_setting('unionhall.reason', true), '') ` +
    `FROM ${subjects} s WHERE s.ids IS NOT NULL`,
};
