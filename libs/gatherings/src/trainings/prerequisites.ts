import type { EntityManager } from 'typeorm';
import { encodeId } from '@unionhall/platform';
import { prerequisiteMissing } from './trainings.errors';

const MISSING = `
  SELECT DISTINCT c.id, c.title FROM gathering_module t JOIN gathering g ON g.id = t.gathering_id
    JOIN course_module m ON m.id = t.module_id JOIN course_prerequisite p ON p.course_id = m.course_id JOIN course c ON c.id = p.requires_id
   WHERE t.gathering_id = $1 AND NOT EXISTS (SELECT FROM certificate x WHERE x.course_id = c.id AND x.member_id = $2
     AND x.revoked_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > g.starts_at))
   ORDER BY c.title, c.id`;

/** @throws AppError RSVP.PREREQUISITE_MISSING naming the courses whose certificate does not hold on that day. */
export async function requirePrerequisites(
  em: EntityManager,
  gatheringId: string,
  memberId: string,
): Promise<void> {
  const missing = (await em.query(MISSING, [gatheringId, memberId])) as { id: string; title: string }[];
  if (missing.length > 0)
    throw prerequisiteMissing(missing.map(({ id, title }) => ({ id: encodeId('Course', id), title })));
}
