import type { EntityManager } from 'typeorm';
import { stopEveryone } from './sequences/sequences.service';
import { CANCELLATION_STEP } from './sequences/training';

/**
 * What follows when a gathering is cancelled, in the caller's transaction and as the system: its sequences
 * stop, and whoever said that they would come, might, or wait for a place is due one notice. A gathering has
 * one notice of its cancellation, so hearing of it twice changes nothing.
 */
export async function announceCancellation(em: EntityManager, gatheringId: string): Promise<void> {
  const running = (await em.query(
    `SELECT id FROM sequence WHERE gathering_id = $1 AND notice IS NULL AND state <> 'draft'`,
    [gatheringId],
  )) as { id: string }[];
  for (const { id } of running) await stopEveryone(em, id, 'gathering_cancelled');
  await em.query(
    `WITH notice AS (
       INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment, notice)
       SELECT g.chapter_id, g.title, 'service', g.id, '{"rsvp": ["going", "maybe", "waitlisted"]}', 'cancellation'
         FROM gathering g WHERE g.id = $1
          AND EXISTS (SELECT FROM rsvp r WHERE r.gathering_id = g.id AND r.status IN ('going', 'maybe', 'waitlisted'))
       ON CONFLICT (gathering_id, notice) DO NOTHING RETURNING id, chapter_id, gathering_id),
     step AS (
       INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, key, config)
       SELECT id, chapter_id, 1, 1, 'message', $2::jsonb->>'key', $2::jsonb FROM notice RETURNING id, sequence_id, key)
     INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose)
     SELECT n.id, st.id, st.key, r.member_id, r.chapter_id, n.gathering_id, 'service'
       FROM notice n JOIN step st ON st.sequence_id = n.id JOIN rsvp r ON r.gathering_id = n.gathering_id
      WHERE r.status IN ('going', 'maybe', 'waitlisted')`,
    [gatheringId, JSON.stringify(CANCELLATION_STEP)],
  );
}
