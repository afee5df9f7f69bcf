import type { EntityManager } from 'typeorm';
import { rsvpMemberNotFound } from './gatherings.errors';

export const ATTENDANCE_STATUSES = ['attended', 'no_show', 'unknown'] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];
export type AttendanceSource = 'door' | 'zoom' | 'organizer' | 'import';

export interface Mark {
  readonly id: string;
  readonly memberId: string;
  readonly status: AttendanceStatus;
  readonly minutes: number | null;
  /** When it was seen, by the maker's clock; null: now. */
  readonly at: Date | null;
}

/** Refuses the first mark whose member is not in reach; `field` names it. */
export async function requireMembers(
  em: EntityManager,
  ids: readonly string[],
  field: (index: number) => string,
): Promise<void> {
  const rows = (await em.query(`SELECT id FROM member WHERE id = ANY($1::uuid[]) AND erased_at IS NULL`, [
    ids,
  ])) as { id: string }[];
  const known = new Set(rows.map((row) => row.id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw rsvpMemberNotFound(field(missing));
}

/**
 * Writes marks under the ids their maker gave them; a mark that is known is not written again. What an
 * attendance says without a mark of its own is kept as one first, so that undoing finds it.
 * @returns the ids that were new.
 */
export async function writeMarks(
  em: EntityManager,
  about: { gatheringId: string; source: AttendanceSource; recordedBy: string | null; batchId: string | null },
  marks: readonly Mark[],
): Promise<string[]> {
  await em.query(
    `INSERT INTO attendance_entry (id, gathering_id, member_id, chapter_id, status, minutes, source, recorded_by, at)
     SELECT app.new_id(), a.gathering_id, a.member_id, a.chapter_id, a.status, a.minutes, a.source, a.recorded_by, a.at
     FROM attendance a WHERE a.gathering_id = $1 AND a.member_id = ANY($2::uuid[]) AND a.source <> 'system'
       AND NOT EXISTS (SELECT FROM attendance_entry e WHERE e.gathering_id = $1 AND e.member_id = a.member_id)`,
    [about.gatheringId, marks.map((mark) => mark.memberId)],
  );
  const rows = (await em.query(
    `INSERT INTO attendance_entry (id, batch_id, gathering_id, member_id, chapter_id, status, minutes, source, recorded_by, at)
     SELECT e.id, $2, $1, m.id, m.chapter_id, e.status, e.minutes, $3, $4, coalesce(e.at, app.clock())
     FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::int[], $9::timestamptz[]) AS e (id, member_id, status, minutes, at)
     JOIN member m ON m.id = e.member_id
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      about.gatheringId,
      about.batchId,
      about.source,
      about.recordedBy,
      marks.map((mark) => mark.id),
      marks.map((mark) => mark.memberId),
      marks.map((mark) => mark.status),
      marks.map((mark) => mark.minutes),
      marks.map((mark) => mark.at),
    ],
  )) as { id: string }[];
  return rows.map((row) => row.id);
}

/** Makes the attendance of these members what their latest standing mark says; gives whose has changed. */
export async function settle(
  em: EntityManager,
  gatheringId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const written = (await em.query(
    `INSERT INTO attendance AS a (gathering_id, member_id, chapter_id, status, minutes, source, recorded_by, at)
     SELECT DISTINCT ON (member_id) gathering_id, member_id, chapter_id, status, minutes, source, recorded_by, at
     FROM attendance_entry
     WHERE gathering_id = $1 AND member_id = ANY($2::uuid[]) AND undone_at IS NULL
     ORDER BY member_id, at DESC, id DESC
     ON CONFLICT (gathering_id, member_id) DO UPDATE SET status = excluded.status, minutes = excluded.minutes,
       source = excluded.source, recorded_by = excluded.recorded_by, at = excluded.at
     WHERE (a.status, a.minutes, a.source, a.recorded_by, a.at) IS DISTINCT FROM
           (excluded.status, excluded.minutes, excluded.source, excluded.recorded_by, excluded.at)
     RETURNING member_id`,
    [gatheringId, memberIds],
  )) as { member_id: string }[];
  const [removed] = (await em.query(
    `DELETE FROM attendance a WHERE gathering_id = $1 AND member_id = ANY($2::uuid[])
       AND NOT EXISTS (SELECT FROM attendance_entry e
         WHERE e.gathering_id = $1 AND e.member_id = a.member_id AND e.undone_at IS NULL)
     RETURNING member_id`,
    [gatheringId, memberIds],
  )) as [{ member_id: string }[], number];
  return [...written, ...removed].map((row) => row.member_id);
}
