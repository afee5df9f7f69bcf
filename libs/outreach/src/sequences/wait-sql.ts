/**
 * SQL of the instant that a wait around a gathering ends: so many days by the calendar of its place, and minutes
 * by the clock, after (negative: before) its start or end. A day before 18:00 is 18:00, also across a clock change.
 * @param config SQL of the words `anchor`, `days` and `minutes`, as jsonb. @param gathering alias of its row.
 */
export const waitEnds = (config: string, gathering: string): string => `(((
    CASE ${config}->>'anchor' WHEN 'start' THEN ${gathering}.starts_at ELSE ${gathering}.ends_at END AT TIME ZONE ${gathering}.time_zone)
    + make_interval(days => coalesce((${config}->>'days')::int, 0))) AT TIME ZONE ${gathering}.time_zone
    + make_interval(mins => (${config}->>'minutes')::int))`;

/**
 * SQL of the first instant from now on that is a time on the wall in a zone, on one of the weekdays. In the hour
 * that a clock skips it is as much later; in the hour that comes twice it is the first of the two, or the second
 * when the first has passed.
 * @param time SQL of HH:MM. @param weekdays SQL of int[], 1 Monday to 7 Sunday, or null for any. @param zone SQL of an IANA zone.
 */
export const nextLocalTime = (time: string, weekdays: string, zone: string): string => `(
    SELECT min(at) FROM (
      SELECT (day::date + ${time}::time) AT TIME ZONE ${zone} AS at
        FROM generate_series(0, 8) n, LATERAL (SELECT (app.now() AT TIME ZONE ${zone})::date + n AS day) d
       WHERE ${weekdays} IS NULL OR extract(isodow FROM day)::int = ANY (${weekdays})) c
     WHERE at >= app.now())`;

/** SQL of the zone where a member is: their own, or their chapter's. @param member alias of the member's row. */
export const zoneOf = (member: string): string =>
  `coalesce(${member}.time_zone, (SELECT c.time_zone FROM chapter c WHERE c.id = ${member}.chapter_id))`;
