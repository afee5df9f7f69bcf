import { FILLED } from './preview-statement';

/**
 * What a commit does with the rows between two lines of a file, all at once. `$1` the run, `$2` and
 * `$3` the first and last line.
 */
const ROWS = 'r.import_id = $1 AND r.line BETWEEN $2 AND $3';
const PREVIEWED_AT = '(SELECT created_at FROM import_run WHERE id = $1)';

/** Locks whom the import changes, in one order. */
const LOCK = `
  SELECT count(*) FROM (SELECT FROM import_row r JOIN member m ON m.id = r.member_id
                         WHERE ${ROWS} AND r.outcome = 'updated' ORDER BY m.id FOR UPDATE OF m) locked`;

/** Who came or changed since the preview is left alone. */
const REFUSE_CHANGED_SINCE = `
  UPDATE import_row r SET outcome = 'rejected', problem = 'ROW.CHANGED_SINCE', problem_column = ''
   WHERE ${ROWS} AND (
     (r.outcome = 'new' AND EXISTS (SELECT FROM member m WHERE m.email_key = r.email_key AND m.erased_at IS NULL))
     OR (r.outcome = 'updated' AND NOT EXISTS (
       SELECT FROM member m WHERE m.id = r.member_id AND m.updated_at <= ${PREVIEWED_AT} AND m.erased_at IS NULL)))`;

/** Where each value came from, beside the values: `import:<run>:<line>`. */
const PROVENANCE = `jsonb_object(r.changed, array_fill('import:' || r.import_id || ':' || r.line, ARRAY[cardinality(r.changed)]))`;

const CREATE = `
  INSERT INTO member (id, chapter_id, given_name, family_name, email, email_key, phone, phone_key, postal_code, city, region, country,
                      custom, provenance, created_at, updated_at)
  SELECT r.member_id, r.chapter_id, coalesce(r.given_name, ''), coalesce(r.family_name, ''), r.email, r.email_key, r.phone, r.phone,
         r.postal_code, r.city, r.region, r.country, r.custom, ${PROVENANCE}, app.now(), app.now()
    FROM import_row r WHERE ${ROWS} AND r.outcome = 'new'`;

const CHANGE = `
  UPDATE member m SET ${Object.keys(FILLED)
    .map((column) => `${column} = coalesce(r.${column}, m.${column})`)
    .join(', ')}, phone_key = coalesce(r.phone, m.phone_key), email = coalesce(m.email, r.email),
         email_key = coalesce(m.email_key, r.email_key), custom = m.custom || r.custom, provenance = m.provenance || ${PROVENANCE},
         updated_at = app.now()
    FROM import_row r WHERE ${ROWS} AND r.outcome = 'updated' AND m.id = r.member_id`;

const TAKEN = `${ROWS} AND r.outcome IN ('new', 'updated')`;

const NAME_TAGS = `
  INSERT INTO tag (name) SELECT DISTINCT unnest(r.tags) AS name FROM import_row r WHERE ${TAKEN} ORDER BY name ON CONFLICT (name) DO NOTHING`;

/** What an undo puts back. */
export const KEPT: readonly string[] = [
  ...Object.keys(FILLED),
  'phone_key',
  'email',
  'email_key',
  'custom',
  'provenance',
  'updated_at',
];

const KEEP = `
  INSERT INTO import_change (import_id, member_id, chapter_id, ${KEPT.join(', ')})
  SELECT r.import_id, m.id, m.chapter_id, ${KEPT.map((column) => `m.${column}`).join(', ')}
    FROM import_row r JOIN member m ON m.id = r.member_id WHERE ${ROWS} AND r.outcome = 'updated'`;

const TAG = `
  INSERT INTO member_tag (member_id, chapter_id, tag_id, source)
  SELECT r.member_id, r.chapter_id, t.id, 'import:' || r.import_id
    FROM import_row r CROSS JOIN unnest(r.tags) n JOIN tag t ON t.name = n WHERE ${TAKEN} ON CONFLICT DO NOTHING`;

/**
 * Consents that were given elsewhere, where the organizer said so. What a member decided themselves
 * stands, and whom the file calls opted out gets none.
 */
const CONSENT = `
  WITH given AS (
    INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
    SELECT r.member_id, r.chapter_id, p.purpose, c.channel, 'granted', i.consent ->> 'wording', 'import:' || i.id
      FROM import_run i JOIN import_row r ON r.import_id = i.id
     CROSS JOIN jsonb_array_elements_text(i.consent -> 'purposes') AS p (purpose)
     CROSS JOIN jsonb_array_elements_text(i.consent -> 'channels') AS c (channel)
     WHERE ${ROWS} AND r.outcome <> 'rejected'
       AND CASE c.channel WHEN 'email' THEN r.email_opt_out ELSE r.phone_opt_out END IS NULL
    ON CONFLICT (member_id, purpose, channel) DO NOTHING RETURNING member_id, chapter_id, purpose, channel, state, wording, source)
  INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
  SELECT g.member_id, g.chapter_id, g.purpose, g.channel, g.state, g.wording, g.source, coalesce(i.user_id::text, 'system')
    FROM given g JOIN import_run i ON i.id = $1`;

/** In this order, for each stretch of lines. */
export const COMMIT: readonly string[] = [
  LOCK,
  REFUSE_CHANGED_SINCE,
  CREATE,
  KEEP,
  CHANGE,
  NAME_TAGS,
  TAG,
  CONSENT,
];

const optOut = (channels: string, hash: string): string => `
  INSERT INTO opt_out (channel, address_hash, reason)
  SELECT DISTINCT c.channel, r.${hash}, 'import' FROM import_row r CROSS JOIN unnest(${channels}) AS c (channel)
   WHERE r.import_id = $1 AND r.outcome IN ('new', 'updated') AND r.${hash} IS NOT NULL ON CONFLICT DO NOTHING`;

/** Ends a commit, for all lines: opt-outs last, for nothing is sent until they stand; then the counts. `$1` the run. */
export const FINISH_COMMIT: readonly string[] = [
  optOut(`ARRAY['email']`, 'email_opt_out'),
  optOut(`ARRAY['sms', 'phone']`, 'phone_opt_out'),
  `  UPDATE import_run SET state = 'committed', committed_at = app.now(), done_count = row_count, new_count = c.new,
         updated_count = c.updated, rejected_count = c.rejected
    FROM (SELECT count(*) FILTER (WHERE outcome = 'new') AS new, count(*) FILTER (WHERE outcome = 'updated') AS updated,
                 count(*) FILTER (WHERE outcome = 'rejected') AS rejected FROM import_row WHERE import_id = $1) c
   WHERE id = $1`,
];
