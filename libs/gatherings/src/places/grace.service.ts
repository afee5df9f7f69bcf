import { Injectable } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { attendanceRecorded } from '../gatherings.events';

const SYSTEM = systemActor('organizing');
const DUE = `
  SELECT id FROM gathering WHERE state = 'scheduled' AND settled_at IS NULL AND ends_at <= app.now() - interval '1 hour'
    AND ends_at + make_interval(hours => grace_hours) <= app.now()
  ORDER BY ends_at LIMIT 50`;
const CLAIM = `
  WITH due AS (UPDATE gathering SET settled_at = app.now() WHERE id = $1 AND settled_at IS NULL RETURNING absent_after_grace)
  SELECT absent_after_grace AS absent FROM due`;
const SETTLE = `
  INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source, at)
  SELECT r.gathering_id, r.member_id, r.chapter_id, $2, 'system', app.now() FROM rsvp r
  WHERE r.gathering_id = $1 AND r.status = 'going'
  ON CONFLICT (gathering_id, member_id) DO NOTHING RETURNING member_id`;
const TOLD_AT_ONCE = 500;

/**
 * After the grace time of a gathering, whoever was going and was not marked has come or has not: nobody knows, and the
 * books say so. Only where the union chose it does that make a no-show. A mark that a person makes later stands instead.
 */
@Injectable()
export class GraceService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @returns how many people were written down. */
  async settle(): Promise<number> {
    const { rows } = await this.db.read(SYSTEM, { text: DUE, values: [] });
    let people = 0;
    for (const { id } of rows as { id: string }[]) people += await this.settleOne(id);
    if (people > 0) await this.outbox.nudge();
    return people;
  }

  private settleOne(gatheringId: string): Promise<number> {
    return this.db.tx(SYSTEM, async (em) => {
      const [claim] = (await em.query(CLAIM, [gatheringId])) as { absent: boolean }[];
      if (claim === undefined) return 0;
      const settled = (await em.query(SETTLE, [gatheringId, claim.absent ? 'no_show' : 'unknown'])) as {
        member_id: string;
      }[];
      const ids = settled.map((row) => row.member_id);
      for (let from = 0; from < ids.length; from += TOLD_AT_ONCE)
        await this.outbox.emit(
          em,
          attendanceRecorded({ gatheringId, memberIds: ids.slice(from, from + TOLD_AT_ONCE) }),
        );
      return ids.length;
    });
  }
}
