/** Who is meant, and of them whom one may edit: `$n+1` the chapters in reach, or null for all. */
const picked = (rows: string, at: number): string => `
  picked AS MATERIALIZED (SELECT p.id, p.chapter_id FROM (${rows}) p WHERE p.erased_at IS NULL),
  mine AS (SELECT id, chapter_id FROM picked
            WHERE $${at + 1}::uuid[] IS NULL OR chapter_id = ANY ((SELECT $${at + 1}::uuid[])::uuid[]))`;

/** Keeps what was changed, and answers how much that is: `$n+3` the user. */
const kept = (removed: boolean, at: number): string => `
  run AS (INSERT INTO tag_run (user_id, removed) SELECT $${at + 3}::uuid, ${removed} WHERE EXISTS (SELECT FROM done)
          RETURNING id),
  noted AS (INSERT INTO tag_run_change (run_id, member_id, chapter_id, tag_id, source, at)
            SELECT run.id, d.member_id, d.chapter_id, d.tag_id, d.source, d.at FROM run, done d)
  SELECT (SELECT count(*) FROM picked)::int AS matched,
         ((SELECT count(*) FROM picked) - (SELECT count(*) FROM mine))::int AS "outOfReach",
         (SELECT count(DISTINCT member_id) FROM done)::int AS changed,
         (SELECT id FROM run) AS "runId"`;

/** Puts the tags `$n+2` on the members of `rows`, a SELECT whose parameters are `$1` to `$n`. */
export const PUT_ON = (rows: string, at: number): string => `
  WITH ${picked(rows, at)},
  wanted AS (INSERT INTO tag (name) SELECT unnest($${at + 2}::text[])
             ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id),
  done AS (INSERT INTO member_tag (member_id, chapter_id, tag_id)
           SELECT m.id, m.chapter_id, w.id FROM mine m, wanted w
           ON CONFLICT DO NOTHING RETURNING member_id, chapter_id, tag_id, source, at),
  ${kept(false, at)}`;

/** Takes the tags `$n+2` off the members of `rows`. */
export const TAKE_OFF = (rows: string, at: number): string => `
  WITH ${picked(rows, at)},
  done AS (DELETE FROM member_tag mt USING mine m, tag g
           WHERE mt.member_id = m.id AND mt.tag_id = g.id AND g.name = ANY ($${at + 2}::text[])
           RETURNING mt.member_id, mt.chapter_id, mt.tag_id, mt.source, mt.at),
  ${kept(true, at)}`;

/**
 * Takes the run `$1` back, where the actor may still edit (`$2`, null for everywhere). A tag that was taken
 * off and put on again since has another time, and stays.
 */
export const UNDO = `
  WITH run AS (UPDATE tag_run SET undone_at = app.now() WHERE id = $1 AND undone_at IS NULL RETURNING id, removed),
  change AS (SELECT c.*, run.removed FROM tag_run_change c JOIN run ON run.id = c.run_id
              WHERE $2::uuid[] IS NULL OR c.chapter_id = ANY ((SELECT $2::uuid[])::uuid[])),
  off AS (DELETE FROM member_tag mt USING change c
          WHERE NOT c.removed AND mt.member_id = c.member_id AND mt.tag_id = c.tag_id AND mt.at = c.at
          RETURNING mt.member_id),
  back AS (INSERT INTO member_tag (member_id, chapter_id, tag_id, source, at)
           SELECT member_id, chapter_id, tag_id, source, at FROM change WHERE removed
           ON CONFLICT DO NOTHING RETURNING member_id)
  SELECT EXISTS (SELECT FROM tag_run WHERE id = $1) AS known,
         (SELECT count(DISTINCT member_id) FROM (SELECT * FROM off UNION ALL SELECT * FROM back) d)::int AS changed`;
