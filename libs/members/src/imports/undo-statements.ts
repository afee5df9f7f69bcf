import { KEPT } from './commit-statements';

/**
 * What an undo does with the rows between two lines. `$1` the run, `$2` and `$3` the first and last
 * line. Who changed since the commit stays as they are. Opt-outs stay too: an undo never makes someone
 * reachable who asked not to be.
 */
const ROWS = 'r.import_id = $1 AND r.line BETWEEN $2 AND $3';
const COMMITTED_AT = '(SELECT committed_at FROM import_run WHERE id = $1)';
const UNTOUCHED = `JOIN member m ON m.id = r.member_id AND m.updated_at = ${COMMITTED_AT}`;

const UNTAG = `
  DELETE FROM member_tag mt USING import_row r ${UNTOUCHED}
   WHERE ${ROWS} AND r.outcome = 'updated' AND mt.member_id = r.member_id AND mt.source = 'import:' || $1::text`;

const WITHDRAW = `
  WITH gone AS (
    DELETE FROM consent k USING import_row r
     WHERE ${ROWS} AND k.member_id = r.member_id AND k.source = 'import:' || $1::text
    RETURNING k.member_id, k.chapter_id, k.purpose, k.channel, k.wording, k.source)
  INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
  SELECT member_id, chapter_id, purpose, channel, 'withdrawn', wording, source, 'undo of an import' FROM gone`;

const RESTORE = `
  UPDATE member m SET ${KEPT.map((column) => `${column} = c.${column}`).join(', ')}
    FROM import_row r JOIN import_change c ON c.import_id = r.import_id AND c.member_id = r.member_id
   WHERE ${ROWS} AND m.id = r.member_id AND m.updated_at = ${COMMITTED_AT}`;

/** Records that the import made go again, unless somebody changed them or something refers to them. */
const REMOVE = `
  WITH made AS MATERIALIZED (
    SELECT m.id FROM import_row r ${UNTOUCHED} WHERE ${ROWS} AND r.outcome = 'new'),
  held AS MATERIALIZED (
    SELECT app.members_referred_to(ARRAY(SELECT id FROM made), ARRAY['member_tag', 'consent', 'consent_event']) AS id
    UNION SELECT mt.member_id FROM member_tag mt JOIN made ON made.id = mt.member_id WHERE mt.source <> 'import:' || $1::text
    UNION SELECT e.member_id FROM consent_event e JOIN made ON made.id = e.member_id WHERE e.source <> 'import:' || $1::text)
  DELETE FROM member WHERE id IN (SELECT id FROM made EXCEPT SELECT id FROM held)`;

/** In this order, for each stretch of lines. */
export const UNDO: readonly string[] = [UNTAG, WITHDRAW, RESTORE, REMOVE];

/** Ends an undo; `kept_count` says how many records stay because they changed, or something hangs on them. */
export const FINISH_UNDO: readonly string[] = [
  `
  UPDATE import_run i SET state = 'undone', undone_at = app.now(), done_count = row_count, kept_count = (
           SELECT count(*) FROM import_row r JOIN member m ON m.id = r.member_id
            WHERE r.import_id = $1 AND (r.outcome = 'new' OR (r.outcome = 'updated' AND m.updated_at <> (
              SELECT c.updated_at FROM import_change c WHERE c.import_id = $1 AND c.member_id = m.id))))
   WHERE id = $1`,
];
