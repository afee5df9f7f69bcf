/** Columns that a file may fill, and the names that an organizer sees them under. */
export const FILLED: Readonly<Record<string, string>> = {
  given_name: 'givenName',
  family_name: 'familyName',
  phone: 'phone',
  postal_code: 'postalCode',
  city: 'city',
  region: 'region',
  country: 'country',
};

const differences = Object.entries(FILLED).map(
  ([column, name]) => `CASE WHEN l.${column} <> coalesce(m.${column}, '') THEN '${name}' END`,
);

/** Of someone new: what the file fills. */
const filled = `array_remove(ARRAY[${[...Object.entries(FILLED), ['email', 'email']]
  .map(([column, name]) => `CASE WHEN l.${column} IS NOT NULL THEN '${name}' END`)
  .join(', ')}]::text[], NULL)`;

/** Of someone known: what would differ. */
const changed = `array_remove(ARRAY[
    ${differences.join(',\n    ')},
    CASE WHEN m.email IS NULL AND l.email IS NOT NULL THEN 'email' END,
    CASE WHEN NOT m.custom @> l.custom THEN 'custom' END,
    CASE WHEN EXISTS (SELECT FROM unnest(l.tags) t WHERE NOT EXISTS (
           SELECT FROM member_tag mt JOIN tag g ON g.id = mt.tag_id WHERE mt.member_id = m.id AND g.name = t)) THEN 'tags' END,
    CASE WHEN l.email_opt_out IS NOT NULL AND NOT EXISTS (
           SELECT FROM opt_out o WHERE o.channel = 'email' AND o.address_hash = l.email_opt_out) THEN 'emailOptOut' END,
    CASE WHEN l.phone_opt_out IS NOT NULL AND NOT EXISTS (
           SELECT FROM opt_out o WHERE o.channel = 'sms' AND o.address_hash = l.phone_opt_out) THEN 'phoneOptOut' END
  ]::text[], NULL)`;

// Asked for each row: a hash over all members would grow with the union, not with the file.
const BY_EMAIL =
  '(SELECT e.id FROM member e WHERE e.email_key = f.email_key AND e.erased_at IS NULL LIMIT 1)';
const BY_PHONE = `(SELECT (array_agg(p.id))[1] FROM member p WHERE p.phone_key = f.phone AND p.erased_at IS NULL HAVING count(*) = 1)`;

const COPIED =
  'line, given_name, family_name, email, email_key, phone, postal_code, city, region, country, tags, custom, email_opt_out, phone_opt_out';

/**
 * Decides what each loaded row would do, in one pass, and keeps it; gives the counts by outcome.
 * A row is matched by its e-mail address; one without an address by a telephone number that only one
 * member has. A second row about the same person is refused, as is a person outside the reach.
 * `$1` the run, `$2` the chapter of new people, `$3` the chapters within reach, or null for all.
 */
export const PREVIEW = `
  WITH settled AS (
    SELECT l.*, m.id AS known, coalesce(m.chapter_id, $2::uuid) AS chapter_id,
           CASE WHEN m.id IS NOT NULL THEN ${changed} ELSE ${filled} END AS changed,
           CASE WHEN l.problem IS NOT NULL THEN l.problem
                WHEN l.nth > 1 THEN 'ROW.DUPLICATE'
                WHEN m.chapter_id <> ALL ($3::uuid[]) THEN 'ROW.NOT_YOURS' END AS refusal
      FROM (SELECT found.*, CASE WHEN problem IS NULL THEN row_number() OVER (
                     PARTITION BY problem IS NULL, coalesce(match::text, email_key, phone) ORDER BY line) END AS nth
              FROM (SELECT f.*, CASE WHEN f.problem IS NOT NULL THEN NULL WHEN f.email_key IS NULL THEN ${BY_PHONE} ELSE ${BY_EMAIL} END AS match
                      FROM import_load f OFFSET 0) found) l
      LEFT JOIN LATERAL (SELECT * FROM member WHERE id = l.match LIMIT 1) m ON true),
  kept AS (
    INSERT INTO import_row (import_id, chapter_id, ${COPIED}, changed, member_id, outcome, problem, problem_column)
    SELECT $1::uuid, CASE WHEN refusal = 'ROW.NOT_YOURS' THEN $2::uuid ELSE chapter_id END, ${COPIED},
           CASE WHEN refusal IS NULL THEN changed ELSE '{}' END,
           CASE WHEN refusal IS NULL THEN coalesce(known, app.new_id()) END,
           CASE WHEN refusal IS NOT NULL THEN 'rejected' WHEN known IS NULL THEN 'new'
                WHEN cardinality(changed) > 0 THEN 'updated' ELSE 'unchanged' END,
           refusal,
           CASE WHEN refusal = problem THEN problem_column
                WHEN refusal IS NOT NULL THEN CASE WHEN email_key IS NULL THEN 'phone' ELSE 'email' END END
      FROM settled
    RETURNING outcome, line)
  UPDATE import_run SET custom_columns = $4::text[], last_line = c.last, row_count = c.total, new_count = c.new,
         updated_count = c.updated, unchanged_count = c.unchanged, rejected_count = c.rejected
    FROM (SELECT count(*) AS total, coalesce(max(line), 0) AS last, count(*) FILTER (WHERE outcome = 'new') AS new,
                 count(*) FILTER (WHERE outcome = 'updated') AS updated, count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged,
                 count(*) FILTER (WHERE outcome = 'rejected') AS rejected FROM kept) c
   WHERE id = $1`;
