/**
 * SQL of what else is planned at the time of a gathering, as one JSON array of at most twenty: somebody who leads both,
 * the same place (by its words, in one chapter's tree), or the same online meeting. Times that touch do not conflict.
 * @param g SQL alias of the gathering; its start bounds what is looked through, since none lasts longer than a week.
 */
export const conflictsOf = (g: string): string => `
  (SELECT coalesce(jsonb_agg(c ORDER BY c->>'startsAt'), '[]') FROM (
    SELECT jsonb_build_object('gatheringId', 'Gathering_' || o.id, 'title', o.title,
        'startsAt', to_char(o.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'place', lower(btrim(o.place)) IS NOT DISTINCT FROM lower(btrim(${g}.place)) AND o.place IS NOT NULL,
        'meeting', o.meeting_key IS NOT NULL AND o.meeting_key IS NOT DISTINCT FROM ${g}.meeting_key,
        'people', p.people) AS c
    FROM gathering o CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg('Member_' || theirs.member_id), '[]') AS people
      FROM gathering_facilitator mine JOIN gathering_facilitator theirs ON theirs.member_id = mine.member_id
      WHERE mine.gathering_id = ${g}.id AND theirs.gathering_id = o.id AND mine.state <> 'declined' AND theirs.state <> 'declined') p
    WHERE ${g}.state = 'scheduled' AND o.state = 'scheduled' AND o.id <> ${g}.id
      AND o.starts_at > ${g}.starts_at - interval '7 days' AND o.starts_at < ${g}.ends_at AND o.ends_at > ${g}.starts_at
      AND (p.people <> '[]' OR (o.place IS NOT NULL AND lower(btrim(o.place)) = lower(btrim(${g}.place)))
        OR (o.meeting_key IS NOT NULL AND o.meeting_key = ${g}.meeting_key))
    ORDER BY o.starts_at LIMIT 20) found)`;
