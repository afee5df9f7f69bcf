/** How many chapters two paths have in common, from the root down. */
const shared = (a: string, b: string): string => `
  (SELECT count(*) FROM unnest(string_to_array(trim('/' FROM ${a}), '/')) WITH ORDINALITY x (id, n)
     JOIN unnest(string_to_array(trim('/' FROM ${b}), '/')) WITH ORDINALITY y (id, n) USING (id, n))`;

/**
 * The next training for each of the enrollments `$1`: the soonest that takes people in their chapter or one
 * above it, or else the nearest in the tree, the soonest of those as near. None that they have refused.
 */
export const NEXT_TRAINING = `
  SELECT e.id, t.id AS gathering_id
    FROM enrollment e JOIN member m ON m.id = e.member_id JOIN chapter mine ON mine.id = m.chapter_id
    LEFT JOIN LATERAL (
      SELECT g.id FROM gathering g JOIN chapter c ON c.id = g.chapter_id
        CROSS JOIN LATERAL (SELECT mine.path LIKE c.path || '%' AS above, ${shared('mine.path', 'c.path')} AS common) near
       WHERE g.kind = 'training' AND g.state = 'scheduled' AND g.starts_at > app.now() AND g.admission <> 'invitation'
         AND (g.capacity IS NULL OR (g.going_count + g.held_count < g.capacity AND g.waitlisted_count = 0))
         AND NOT EXISTS (SELECT FROM rsvp r WHERE r.gathering_id = g.id AND r.member_id = m.id AND r.status IN ('declined', 'cancelled'))
       ORDER BY near.above DESC, CASE WHEN near.above THEN 0 ELSE -near.common END,
                CASE WHEN near.above THEN 0 ELSE array_length(string_to_array(c.path, '/'), 1) END, g.starts_at, g.id LIMIT 1) t ON true
   WHERE e.id = ANY($1::uuid[])`;
