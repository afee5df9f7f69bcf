import type { EntityManager } from 'typeorm';

export const RUNGS = ['member', 'trained', 'facilitator', 'trainer'] as const;
/** How far somebody has come: trained with a certificate, then qualified to facilitate, then to train others. */
export type Rung = (typeof RUNGS)[number];

/** So many gatherings somebody has led before they are ready to train others. */
export const LED_BEFORE_TRAINING = 3;

const HOLDS = `x.revoked_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > app.now())`;
const certified = (more = ''): string =>
  `EXISTS (SELECT FROM certificate x JOIN course c ON c.id = x.course_id WHERE x.member_id = m.id AND ${HOLDS}${more})`;
const qualified = (kind: string): string =>
  `EXISTS (SELECT FROM qualification q WHERE q.member_id = m.id AND q.kind = '${kind}' AND q.revoked_at IS NULL)`;
const LED = `(SELECT count(*) FROM gathering_facilitator f JOIN gathering g ON g.id = f.gathering_id
  WHERE f.member_id = m.id AND f.state = 'confirmed' AND g.state = 'scheduled' AND g.ends_at <= app.now())`;
const REFRESH = `
  INSERT INTO ladder_place AS l (member_id, chapter_id, rung, ready_for)
  SELECT m.id, m.chapter_id, s.rung, CASE
      WHEN s.rung = 'member' THEN CASE WHEN EXISTS (SELECT FROM attendance a WHERE a.member_id = m.id AND a.status = 'attended') THEN 'trained' END
      WHEN s.rung = 'trained' THEN CASE WHEN ${certified(` AND c.prepares_for = 'facilitator'`)} THEN 'facilitator' END
      WHEN s.rung = 'facilitator' THEN CASE WHEN ${certified(` AND c.prepares_for = 'trainer'`)} OR ${LED} >= ${LED_BEFORE_TRAINING} THEN 'trainer' END
    END
  FROM member m CROSS JOIN LATERAL (SELECT CASE WHEN ${qualified('trainer')} THEN 'trainer' WHEN ${qualified('facilitator')} THEN 'facilitator'
    WHEN ${certified()} THEN 'trained' ELSE 'member' END AS rung) s
  WHERE m.id = ANY($1::uuid[]) AND m.erased_at IS NULL
  ORDER BY m.id
  ON CONFLICT (member_id) DO UPDATE SET rung = excluded.rung, ready_for = excluded.ready_for, since = app.now()
  WHERE (l.rung, l.ready_for) IS DISTINCT FROM (excluded.rung, excluded.ready_for)`;

/** Makes the places of these members on the ladder what their certificates, qualifications and gatherings say. */
export async function refreshLadder(em: EntityManager, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length > 0) await em.query(REFRESH, [memberIds]);
}
