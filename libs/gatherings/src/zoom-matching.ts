import type { EntityManager } from 'typeorm';
import type { OpenDoor } from './attendance.service';
import { zoomRefused } from './gatherings.errors';
import type { ZoomPerson, ZoomReport } from './zoom-report';

/** The report of another meeting is refused: by its number, or when nobody joined within a day and a half of the start. */
export function checkMeeting(report: ZoomReport, door: OpenDoor): void {
  if (report.meetingId !== null && door.meetingKey !== null && report.meetingId !== door.meetingKey) {
    throw zoomRefused('WRONG_MEETING', 'This is the report of another meeting: its number differs.');
  }
  const near = report.firstJoins.some(
    (at) => Math.abs(at.toMillis() - door.startsAt.getTime()) <= 36 * 3_600_000,
  );
  if (report.firstJoins.length > 0 && !near) {
    throw zoomRefused(
      'WRONG_MEETING',
      'This is the report of another meeting: it took place on another day.',
    );
  }
}

/** Members in reach by the address they gave, lower case. */
export async function membersByEmail(
  em: EntityManager,
  people: readonly ZoomPerson[],
): Promise<Map<string, string[]>> {
  const keys = people.flatMap((person) => (person.email === null ? [] : [person.email.toLowerCase()]));
  const rows = (await em.query(
    `SELECT id, email_key FROM member WHERE email_key = ANY($1::text[]) AND erased_at IS NULL ORDER BY id`,
    [keys],
  )) as { id: string; email_key: string }[];
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.email_key, [...(found.get(row.email_key) ?? []), row.id]);
  return found;
}

/** Members in reach by their whole name, lower case: for a person to choose from. */
export async function membersByName(
  em: EntityManager,
  people: readonly ZoomPerson[],
): Promise<Map<string, { memberId: string; name: string }[]>> {
  const names = [...new Set(people.flatMap((person) => person.names.map((name) => name.toLowerCase())))];
  const rows = (await em.query(
    `SELECT id, given_name || ' ' || family_name AS name FROM member
     WHERE lower(given_name || ' ' || family_name) = ANY($1::text[]) AND erased_at IS NULL ORDER BY id LIMIT 2000`,
    [names],
  )) as { id: string; name: string }[];
  const found = new Map<string, { memberId: string; name: string }[]>();
  for (const row of rows) {
    const key = row.name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), { memberId: row.id, name: row.name }]);
  }
  return found;
}
