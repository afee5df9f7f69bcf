import { Injectable } from '@nestjs/common';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import type { GatheringKind } from '../gathering.entity';
import { gatheringInvalid } from '../gatherings.errors';

export const TURNOUT_BY = ['chapter', 'kind', 'month'] as const;
export type TurnoutBy = (typeof TURNOUT_BY)[number];
/** So long a time one report looks at. */
export const LONGEST_REPORT_DAYS = 731;

export interface AskTurnout {
  readonly by: TurnoutBy;
  /** The chapter and those below it; every chapter in reach when absent. */
  readonly chapterId?: string | null;
  readonly kind?: GatheringKind | null;
  readonly from: Date;
  readonly until: Date;
}

export interface TurnoutLine {
  /** Id of a chapter, a kind, or a month of the gatherings' own calendars (`2026-11`). */
  readonly key: string;
  readonly label: string;
  readonly gatherings: number;
  /** Whoever was invited or answered, whatever they answered. */
  readonly invited: number;
  readonly going: number;
  readonly attended: number;
  readonly absent: number;
  /** Of whom nobody said whether they came. */
  readonly unknown: number;
}

const HELD = `
  held AS (SELECT g.id, g.kind, g.chapter_id, g.starts_at, g.ends_at, g.time_zone FROM gathering g
    WHERE g.state = 'scheduled' AND g.starts_at >= $1 AND g.starts_at < $2 AND g.ends_at <= app.now()
      AND ($3::uuid IS NULL OR g.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $3))
      AND ($4::uuid[] IS NULL OR g.chapter_id = ANY($4)) AND ($5::text IS NULL OR g.kind = $5))`;
const KEYS: Readonly<Record<TurnoutBy, { key: string; label: string }>> = {
  chapter: {
    key: `'Chapter_' || h.chapter_id`,
    label: `(SELECT name FROM chapter c WHERE c.id = h.chapter_id)`,
  },
  kind: { key: 'h.kind', label: 'h.kind' },
  month: {
    key: `to_char(h.starts_at AT TIME ZONE h.time_zone, 'YYYY-MM')`,
    label: `to_char(h.starts_at AT TIME ZONE h.time_zone, 'YYYY-MM')`,
  },
};
const turnoutSql = (by: TurnoutBy): string => `
  WITH ${HELD}
  SELECT ${KEYS[by].key} AS key, ${KEYS[by].label} AS label, count(*)::int AS gatherings,
    coalesce(sum(r.invited), 0)::int AS invited, coalesce(sum(r.going), 0)::int AS going,
    coalesce(sum(a.attended), 0)::int AS attended, coalesce(sum(a.absent), 0)::int AS absent, coalesce(sum(a.unknown), 0)::int AS unknown
  FROM held h
    LEFT JOIN LATERAL (SELECT count(*) AS invited, count(*) FILTER (WHERE status = 'going') AS going FROM rsvp WHERE gathering_id = h.id) r ON true
    LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'attended') AS attended, count(*) FILTER (WHERE status = 'no_show') AS absent,
      count(*) FILTER (WHERE status = 'unknown') AS unknown FROM attendance WHERE gathering_id = h.id) a ON true
  GROUP BY 1, 2 ORDER BY ${by === 'chapter' ? '2, 1' : '1'} LIMIT 1000`;
/** What became of gatherings that are over. */
@Injectable()
export class TurnoutService {
  constructor(private readonly db: Database) {}

  /**
   * How many were invited, said they would come, and came; nobody is named.
   * @throws AppError AUTHZ.* (gatherings.read), GATHERING.INVALID about the time.
   */
  async turnout(actor: Actor, ask: AskTurnout): Promise<readonly TurnoutLine[]> {
    const { rows } = await this.db.read(actor, { text: turnoutSql(ask.by), values: scopeOf(actor, ask) });
    return rows as unknown as TurnoutLine[];
  }
}

function scopeOf(actor: Actor, ask: Omit<AskTurnout, 'by'>): unknown[] {
  actor.require('gatherings.read', ask.chapterId ?? undefined);
  const days = (ask.until.getTime() - ask.from.getTime()) / 86_400_000;
  if (!(days > 0)) throw gatheringInvalid('input.until', 'A report ends after it begins.');
  if (days > LONGEST_REPORT_DAYS)
    throw gatheringInvalid('input.from', 'A report looks at two years at most.');
  const reach = actor.can('gatherings.read');
  return [
    ask.from,
    ask.until,
    ask.chapterId ?? null,
    reach === 'all' || reach === false ? null : [...reach],
    ask.kind ?? null,
  ];
}
