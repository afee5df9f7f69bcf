import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@unionhall/platform';

const WEEK_MS = 7 * 86_400_000;

/** What members got in the last seven days for one purpose, and what is just being given to them. */
export class Week {
  constructor(
    private readonly cap: number,
    private readonly sent: Map<string, { count: number; oldest: Date }>,
  ) {}

  /** When there is room again for a member; undefined when there is room now. */
  fullUntil(memberId: string): Date | undefined {
    const sent = this.sent.get(memberId);
    if (this.cap === 0 || sent === undefined || sent.count < this.cap) return undefined;
    return new Date(sent.oldest.getTime() + WEEK_MS);
  }

  /** One more for a member. */
  take(memberId: string): void {
    const sent = this.sent.get(memberId);
    if (sent === undefined) this.sent.set(memberId, { count: 1, oldest: new Date() });
    else sent.count += 1;
  }
}

/** How many messages of one purpose a member gets in seven days; messages of service are not counted. */
@Injectable()
export class FrequencyCaps {
  constructor(private readonly config: Config) {}

  /** The week of each member. Two barriers that write to one member wait for each other, so the cap holds between sequences too. */
  async weekOf(em: EntityManager, memberIds: readonly string[], purpose: string): Promise<Week> {
    const cap = purpose === 'service' ? 0 : this.config.messagesAWeek;
    const sent = new Map<string, { count: number; oldest: Date }>();
    if (cap === 0) return new Week(cap, sent);
    await em.query(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended('outreach member ' || id, 0) AS key FROM unnest($1::text[]) id ORDER BY key) k`,
      [memberIds],
    );
    // A new statement sees what was committed while this one waited.
    const rows = (await em.query(
      `SELECT member_id, count(*)::int AS count, min(attempted_at) AS oldest FROM delivery
        WHERE member_id = ANY($1::uuid[]) AND purpose = $2 AND attempted_at > app.now() - interval '7 days'
          AND state IN ('attempting', 'accepted', 'uncertain') GROUP BY member_id`,
      [memberIds, purpose],
    )) as { member_id: string; count: number; oldest: Date }[];
    for (const { member_id, count, oldest } of rows) sent.set(member_id, { count, oldest });
    return new Week(cap, sent);
  }
}
