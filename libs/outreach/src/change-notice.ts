import type { EntityManager } from 'typeorm';
import { CHANGE_STEP } from './sequences/training';

const ANNOUNCE = `
  WITH made AS (
    INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, notice)
    SELECT g.chapter_id, g.title, 'service', g.id, '{"rsvp": ["going", "maybe", "waitlisted"]}', 'change'
      FROM gathering g WHERE g.id = $1
    ON CONFLICT (gathering_id, notice) DO NOTHING RETURNING id, chapter_id)
  INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
  SELECT id, chapter_id, 1, 1, 'message', $2::jsonb->>'key', $2::jsonb FROM made`;
/** Whoever is still due an earlier notice learns from that one how things stand when it leaves. */
const DUE = `
  INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
  SELECT n.id, st.id, st.key, r.member_id, r.chapter_id, r.gathering_id, 'service', $2
    FROM sequence n JOIN sequence_step st ON st.sequence_id = n.id JOIN rsvp r ON r.gathering_id = n.gathering_id
   WHERE n.gathering_id = $1 AND n.notice = 'change' AND r.status IN ('going', 'maybe', 'waitlisted')
     AND NOT EXISTS (SELECT FROM delivery d
       WHERE d.sequence_id = n.id AND d.step_key = st.key AND d.member_id = r.member_id AND d.state = 'due')
  ON CONFLICT (sequence_id, step_key, member_id, occasion) DO NOTHING`;
const PEOPLE = `
  SELECT EXISTS (SELECT FROM rsvp WHERE gathering_id = $1 AND status IN ('going', 'maybe', 'waitlisted')) AS any`;

/**
 * Tells whoever comes, might, or waits that a gathering has another time or place: one notice for each change that
 * they have not been told of. In the caller's transaction and as the system; hearing of a change twice changes nothing.
 * @param sequence the SEQUENCE that the change gave to the gathering (RFC 5545, 3.8.7.4).
 */
export async function announceChange(
  em: EntityManager,
  gatheringId: string,
  sequence: number,
): Promise<void> {
  const [people] = (await em.query(PEOPLE, [gatheringId])) as [{ any: boolean }];
  if (!people.any) return;
  await em.query(ANNOUNCE, [gatheringId, JSON.stringify(CHANGE_STEP)]);
  await em.query(DUE, [gatheringId, String(sequence)]);
}
