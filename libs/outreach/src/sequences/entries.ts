import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '@unionhall/identity';
import { Database, Outbox, Queues } from '@unionhall/platform';
import { ADVANCE } from '../outreach.jobs';
import { inKeptSegment } from './segment';

/** News that let people in: who, the gathering or campaign it is about, and the state that it came to. */
interface News {
  readonly on: 'joined' | 'moved' | 'tag' | 'rsvp' | 'attendance' | 'commitment';
  readonly memberIds: readonly string[];
  readonly gatheringId?: string;
  readonly campaignId?: string;
  readonly state?: string;
  readonly tagId?: string;
}

/**
 * Who enters, once in effect however often it is asked: `once` in a life, once for each gathering, or again
 * when they are not inside. `moment` names the occasion of a person who may come again: one that has been does
 * not come back. Without it, each time is an occasion of its own.
 */
const INTO = `
  INSERT INTO enrollment (sequence_id, version, member_id, chapter_id, gathering_id, campaign_id, occasion)
  SELECT sequence_id, version, member_id, chapter_id, gathering_id, campaign_id,
         CASE reentry WHEN 'once' THEN '' WHEN 'each_gathering' THEN gathering_id::text
           ELSE coalesce(moment, (SELECT count(*)::text FROM enrollment x WHERE x.sequence_id = c.sequence_id AND x.member_id = c.member_id)) END
    FROM candidate c
   WHERE CASE reentry
           WHEN 'again' THEN NOT EXISTS (SELECT FROM enrollment x WHERE x.sequence_id = c.sequence_id AND x.member_id = c.member_id AND x.state = 'active')
           WHEN 'each_gathering' THEN gathering_id IS NOT NULL
           ELSE true END
  ON CONFLICT (sequence_id, member_id, occasion) DO NOTHING`;

const OPEN = `s.state IN ('active', 'held') AND s.entries_open`;

const BY_NEWS = `
  WITH candidate AS (
    SELECT s.id AS sequence_id, s.version, s.reentry, m.id AS member_id, m.chapter_id, coalesce(g.id, s.gathering_id) AS gathering_id, $4::uuid AS campaign_id, NULL AS moment
      FROM sequence s JOIN member m ON m.id = ANY($2::uuid[]) LEFT JOIN gathering g ON g.id = $3::uuid
     WHERE s.trigger->>'on' = $1 AND ${OPEN}
       AND (s.trigger->'states' IS NULL OR s.trigger->'states' ? $5)
       AND (s.trigger->>'gatheringId' IS NULL OR s.trigger->>'gatheringId' = $3::text)
       AND (s.trigger->>'gatheringKind' IS NULL OR s.trigger->>'gatheringKind' = g.kind)
       AND (s.trigger->>'campaignId' IS NULL OR s.trigger->>'campaignId' = $4::text)
       AND (s.trigger->>'tag' IS NULL OR EXISTS (SELECT FROM tag t WHERE t.id = $6::uuid AND t.name = s.trigger->>'tag'))
       AND ${inKeptSegment('m', 's.segment')})
  ${INTO}`;

/** Everyone of a segment who has not been inside. @param chosen SQL of the sequences that let them in. */
const everyoneOf = (chosen: string): string => `
  WITH candidate AS (
    SELECT s.id AS sequence_id, s.version, s.reentry, m.id AS member_id, m.chapter_id, s.gathering_id, NULL::uuid AS campaign_id, NULL AS moment
      FROM (${chosen}) s JOIN member m ON ${inKeptSegment('m', 's.segment')}
     WHERE NOT EXISTS (SELECT FROM enrollment x WHERE x.sequence_id = s.id AND x.member_id = m.id))
  ${INTO}`;

const BY_SEGMENT = everyoneOf(`SELECT * FROM sequence s WHERE ${OPEN} AND s.trigger->>'on' = 'segment'`);

/** Once, when the moment has come: \`$1\` are sequences of which it was written down that it has. */
const BY_DATE = everyoneOf(`SELECT * FROM sequence WHERE id = ANY($1::uuid[])`);
const DATES_THAT_HAVE_COME = `
  UPDATE sequence s SET begun_on_date = (s.trigger->>'at')::timestamptz
   WHERE ${OPEN} AND s.trigger->>'on' = 'date' AND (s.trigger->>'at')::timestamptz <= app.now()
     AND s.begun_on_date IS DISTINCT FROM (s.trigger->>'at')::timestamptz RETURNING s.id`;

/** Those whose pledge ends in so many days, by the calendar of the campaign's place; who comes again, once for each campaign and such day. */
const BY_COMMITMENT_DUE = `
  WITH candidate AS (
    SELECT DISTINCT ON (s.id, m.id) s.id AS sequence_id, s.version, s.reentry, m.id AS member_id, m.chapter_id, s.gathering_id, p.id AS campaign_id, d.moment
      FROM sequence s
      JOIN commitment k ON k.status = 'pledged' AND (s.trigger->>'campaignId' IS NULL OR k.campaign_id = (s.trigger->>'campaignId')::uuid)
      JOIN campaign p ON p.id = k.campaign_id
      JOIN member m ON m.id = k.member_id AND ${inKeptSegment('m', 's.segment')}
     CROSS JOIN LATERAL (SELECT coalesce(k.ends_on, (p.ends_at AT TIME ZONE p.time_zone)::date) AS due_on) e
     CROSS JOIN LATERAL (SELECT p.id || ':' || to_char(e.due_on, 'YYYY-MM-DD') AS moment) d
     WHERE ${OPEN} AND s.trigger->>'on' = 'commitment_due'
       AND e.due_on - (s.trigger->>'daysBefore')::int = (app.now() AT TIME ZONE p.time_zone)::date
       AND NOT EXISTS (SELECT FROM enrollment x WHERE x.sequence_id = s.id AND x.member_id = m.id AND x.occasion = d.moment)
     ORDER BY s.id, m.id, d.moment)
  ${INTO}`;

/** Lets people in when something happens to them, or when their time has come. */
@Injectable()
export class Entries {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly outbox: Outbox,
  ) {}

  /** Called once, while the process starts. */
  listen(): void {
    const subscribe = (event: string, read: (payload: Record<string, unknown>) => News): void =>
      this.outbox.subscribe({
        name: `outreach.let-in-on-${event}`,
        event,
        handle: (em, { payload }) => this.enter(em, read(payload)),
      });
    subscribe('member.joined', ({ memberId }) => ({ on: 'joined', memberIds: [String(memberId)] }));
    subscribe('member.moved', ({ memberId }) => ({ on: 'moved', memberIds: [String(memberId)] }));
    subscribe('member.tagged', ({ memberIds, tagId }) => ({
      on: 'tag',
      memberIds: memberIds as string[],
      tagId: String(tagId),
    }));
    subscribe('rsvp.changed', ({ memberId, gatheringId, status }) => ({
      on: 'rsvp',
      memberIds: [String(memberId)],
      gatheringId: String(gatheringId),
      state: String(status),
    }));
    subscribe('commitment.changed', ({ memberId, campaignId, status }) => ({
      on: 'commitment',
      memberIds: [String(memberId)],
      campaignId: String(campaignId),
      state: String(status),
    }));
    this.outbox.subscribe({
      name: 'outreach.let-in-on-attendance.recorded',
      event: 'attendance.recorded',
      handle: (em, { payload }) => this.enterByAttendance(em, payload),
    });
  }

  /** Those whose time has come, or who are of a segment now. @returns how many entered. */
  async sweep(): Promise<number> {
    let entered = 0;
    for (const statement of [BY_SEGMENT, BY_COMMITMENT_DUE])
      entered += await this.db.tx(systemActor('outreach'), (em) => count(em, statement, []));
    entered += await this.db.tx(systemActor('outreach'), async (em) => {
      const [begun] = (await em.query(DATES_THAT_HAVE_COME)) as [{ id: string }[], number];
      return begun.length === 0 ? 0 : count(em, BY_DATE, [begun.map(({ id }) => id)]);
    });
    if (entered > 0) await this.queues.wake(ADVANCE, {}, { dedupe: 'entries' });
    return entered;
  }

  private async enter(em: EntityManager, news: News): Promise<void> {
    const { on, memberIds, gatheringId = null, campaignId = null, state = '', tagId = null } = news;
    await count(em, BY_NEWS, [on, memberIds, gatheringId, campaignId, state, tagId]);
  }

  /** The news say whose attendance was taken; what it is now decides. */
  private async enterByAttendance(em: EntityManager, payload: Record<string, unknown>): Promise<void> {
    const rows = (await em.query(
      `SELECT status, array_agg(member_id) AS ids FROM attendance WHERE gathering_id = $1 AND member_id = ANY($2::uuid[]) GROUP BY status`,
      [payload['gatheringId'], payload['memberIds']],
    )) as { status: string; ids: string[] }[];
    for (const { status, ids } of rows)
      await this.enter(em, {
        on: 'attendance',
        memberIds: ids,
        gatheringId: String(payload['gatheringId']),
        state: status,
      });
  }
}

async function count(em: EntityManager, statement: string, values: readonly unknown[]): Promise<number> {
  const [row] = (await em.query(`WITH e AS (${statement} RETURNING 1) SELECT count(*)::int AS n FROM e`, [
    ...values,
  ])) as { n: number }[];
  return row!.n;
}
