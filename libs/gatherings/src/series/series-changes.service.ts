import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { Gathering, type GatheringKind } from '../gathering.entity';
import {
  changesOf,
  checkDetails,
  checkDuration,
  placeChanges,
  type GatheringDetails,
} from '../gathering-input';
import {
  capacityTooSmall,
  gatheringCancelled,
  gatheringInvalid,
  gatheringNotFound,
  gatheringOver,
} from '../gatherings.errors';
import { gatheringCancelledEvent, gatheringChanged } from '../gatherings.events';
import { notInSeries, ruleInvalid } from './series.errors';
import { datesOf, readRule, ruleAfter, ruleBefore } from './series-rule';
import { insertSeries } from './series.service';
import { endOf, instantFor, type AtGap, type AtOverlap, type ClockChoices } from './series-times';

/** As calendars ask: from this date on, or every date that is not over. One date alone is changed as a gathering. */
export const SERIES_SCOPES = ['following', 'all'] as const;
export type SeriesScope = (typeof SERIES_SCOPES)[number];

export interface UpdateSeries extends Partial<GatheringDetails>, ClockChoices {
  /** One of the series; `following` begins with it. */
  readonly gatheringId: string;
  readonly scope: SeriesScope;
  /** Local hour of each date, `HH:mm`; a date that was moved by itself keeps its own. */
  readonly startsAtHour?: string | null;
  readonly durationMinutes?: number | null;
}

export interface SeriesChange {
  /** How many gatherings are changed. */
  readonly changed: number;
  /** Those that had been moved by themselves and keep their own time. */
  readonly keptTheirTime: number;
}

interface Series {
  id: string;
  chapterId: string;
  kind: GatheringKind;
  rule: string;
  startsLocal: string;
  hour: string;
  durationMinutes: number;
  timeZone: string;
  atGap: AtGap | null;
  atOverlap: AtOverlap | null;
}
interface Part {
  series: Series;
  rows: Row[];
  /** Local time that the part begins with, when it is not the whole series. */
  from: string | null;
}
interface Row {
  id: string;
  local: string;
  moved: boolean;
  startsAt: Date;
  endsAt: Date;
  goingCount: number;
  sequence: number;
  place: string | null;
  onlineUrl: string | null;
}

const SERIES = `
  SELECT s.id, g.chapter_id AS "chapterId", s.kind, s.rule,
    to_char(s.starts_local, 'HH24:MI') AS hour,
    to_char(s.starts_local, 'YYYY-MM-DD"T"HH24:MI') AS "startsLocal",
    s.duration_minutes AS "durationMinutes", s.time_zone AS "timeZone", s.at_gap AS "atGap", s.at_overlap AS "atOverlap",
    to_char(g.series_local, 'YYYY-MM-DD"T"HH24:MI') AS local, g.state, g.ends_at <= app.now() AS over
  FROM gathering g LEFT JOIN gathering_series s ON s.id = g.series_id WHERE g.id = $1`;
const ROWS = `
  SELECT id, to_char(series_local, 'YYYY-MM-DD"T"HH24:MI') AS local, moved, starts_at AS "startsAt", ends_at AS "endsAt",
    going_count + held_count AS "goingCount", sequence, place, online_url AS "onlineUrl"
  FROM gathering WHERE series_id = $1 AND state <> 'cancelled' AND ends_at > app.now() AND ($2::timestamp IS NULL OR series_local >= $2)
  ORDER BY id FOR UPDATE`;
const MOVE = `
  UPDATE gathering g SET starts_at = n.starts_at, ends_at = n.ends_at
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS n (id, starts_at, ends_at) WHERE g.id = n.id`;
const BEFORE = `SELECT count(*)::int AS dates FROM gathering WHERE series_id = $1 AND series_local < $2`;

/** What changes many dates of a series at once: all of them, or none. */
@Injectable()
export class SeriesChanges {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Changes dates that are not over; `following` ends the series before the date and goes on as one of its own.
   * @throws AppError AUTHZ.*, GATHERING.NOT_FOUND, CANCELLED, OVER, CAPACITY_TAKEN, SERIES.NONE, SERIES.TIME_*, or one
   *   naming an input field.
   */
  async update(actor: Actor, input: UpdateSeries): Promise<SeriesChange> {
    checkDetails(input);
    if (input.durationMinutes != null) checkDuration(input.durationMinutes);
    if (input.startsAtHour != null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(input.startsAtHour))
      throw gatheringInvalid('input.startsAtHour', 'An hour looks like 18:30.');
    const result = await this.db.tx(actor, async (em) => {
      const part = await this.part(em, actor, input.gatheringId, input.scope);
      const { rows } = part;
      const going = Math.max(...rows.map((row) => row.goingCount));
      if (input.capacity != null && input.capacity < going) throw capacityTooSmall(going);
      const series = await this.retimed(em, part, input);
      const moves = await this.move(em, series, rows, input);
      await em.update(
        Gathering,
        { id: In(rows.map(({ id }) => id)) },
        { ...changesOf(input), sequence: () => 'sequence + 1' },
      );
      await em.query(`UPDATE gathering SET updated_at = app.now() WHERE id = ANY($1::uuid[])`, [
        rows.map(({ id }) => id),
      ]);
      await this.outbox.emit(
        em,
        ...rows.map((row) =>
          gatheringChanged({
            gatheringId: row.id,
            chapterId: series.chapterId,
            sequence: row.sequence + 1,
            timesChanged: moves.has(row.id),
            placeChanged: placeChanges(row, input),
          }),
        ),
      );
      return {
        changed: rows.length,
        keptTheirTime: changesTime(input) ? rows.filter((r) => r.moved).length : 0,
      };
    });
    await this.outbox.nudge();
    return result;
  }

  /** Cancels dates that are not over; gives how many. @throws as `update`. */
  async cancel(actor: Actor, gatheringId: string, scope: SeriesScope): Promise<number> {
    const count = await this.db.tx(actor, async (em) => {
      const { series, rows, from } = await this.part(em, actor, gatheringId, scope);
      await em.query(
        `UPDATE gathering SET state = 'cancelled', cancelled_at = app.now(), updated_at = app.now(), sequence = sequence + 1
         WHERE id = ANY($1::uuid[])`,
        [rows.map(({ id }) => id)],
      );
      if (from !== null) await this.endBefore(em, series, from);
      await this.outbox.emit(
        em,
        ...rows.map((row) =>
          gatheringCancelledEvent({
            gatheringId: row.id,
            chapterId: series.chapterId,
            sequence: row.sequence + 1,
          }),
        ),
      );
      return rows.length;
    });
    await this.outbox.nudge();
    return count;
  }

  /** Locks the dates that are meant, in the order of their ids. */
  private async part(
    em: EntityManager,
    actor: Actor,
    gatheringId: string,
    scope: SeriesScope,
  ): Promise<Part> {
    if (!SERIES_SCOPES.includes(scope)) throw ruleInvalid('following or all.', 'input.scope');
    const [found] = (await em.query(SERIES, [gatheringId])) as (Series & {
      id: string | null;
      local: string | null;
      state: string;
      over: boolean;
    })[];
    if (found === undefined) throw gatheringNotFound('input.gatheringId');
    actor.require('gatherings.edit', found.chapterId);
    if (found.id === null || found.local === null) throw notInSeries();
    if (found.state === 'cancelled') throw gatheringCancelled();
    if (scope === 'following' && found.over) throw gatheringOver();
    await em.query(`SELECT FROM gathering_series WHERE id = $1 FOR UPDATE`, [found.id]);
    const [{ dates }] = (await em.query(BEFORE, [found.id, found.local])) as [{ dates: number }];
    const from = scope === 'following' && dates > 0 ? found.local : null;
    const rows = (await em.query(ROWS, [found.id, from])) as Row[];
    if (rows.length === 0) throw gatheringOver();
    return { series: found, rows, from };
  }

  /** The series as it is from now on: the same, or a new one that follows it. */
  private async retimed(em: EntityManager, part: Part, input: UpdateSeries): Promise<Series> {
    const { from } = part;
    const series = {
      ...part.series,
      hour: input.startsAtHour ?? part.series.hour,
      durationMinutes: input.durationMinutes ?? part.series.durationMinutes,
      atGap: input.atGap ?? part.series.atGap,
      atOverlap: input.atOverlap ?? part.series.atOverlap,
    };
    if (from === null) {
      await em.query(
        `UPDATE gathering_series SET starts_local = starts_local::date + $2::time, duration_minutes = $3, at_gap = $4, at_overlap = $5 WHERE id = $1`,
        [series.id, series.hour, series.durationMinutes, series.atGap, series.atOverlap],
      );
      return series;
    }
    const named = datesOf(readRule(part.series.rule, series.timeZone), part.series.startsLocal);
    const rule = ruleAfter(series.rule, named.filter((local) => local < from).length);
    const startsAt = `${from.slice(0, 10)}T${series.hour}`;
    const id = await insertSeries(em, { ...series, rule, startsAt }, { follows: series.id });
    await em.query(`UPDATE gathering SET series_id = $2 WHERE series_id = $1 AND series_local >= $3`, [
      series.id,
      id,
      from,
    ]);
    await this.endBefore(em, part.series, from);
    return { ...series, id, rule };
  }

  private async endBefore(em: EntityManager, series: Series, from: string): Promise<void> {
    await em.query(`UPDATE gathering_series SET rule = $2 WHERE id = $1`, [
      series.id,
      ruleBefore(series.rule, from),
    ]);
  }

  private async move(
    em: EntityManager,
    series: Series,
    rows: readonly Row[],
    input: UpdateSeries,
  ): Promise<ReadonlySet<string>> {
    if (!changesTime(input)) return new Set();
    const changed = rows
      .filter((row) => !row.moved)
      .map((row) => ({ row, ...timesOn(row.local.slice(0, 10), series) }))
      .filter(({ row, startsAt, endsAt }) => +row.startsAt !== +startsAt || +row.endsAt !== +endsAt);
    const [{ now }] = (await em.query(`SELECT app.now() AS now`)) as [{ now: Date }];
    if (changed.some(({ startsAt }) => startsAt <= now))
      throw gatheringInvalid('input.startsAtHour', 'On one of the dates this time is past.');
    await em.query(MOVE, [
      changed.map(({ row }) => row.id),
      changed.map(({ startsAt }) => startsAt),
      changed.map(({ endsAt }) => endsAt),
    ]);
    await em.query(
      `UPDATE gathering SET series_local = series_local::date + $2::time WHERE series_id = $1 AND series_local IS NOT NULL AND id = ANY($3::uuid[])`,
      [series.id, series.hour, rows.map(({ id }) => id)],
    );
    return new Set(changed.map(({ row }) => row.id));
  }
}

/** A date that stands is not left out because clocks skip its new hour: that is for a person to say. */
function timesOn(date: string, series: Series): { startsAt: Date; endsAt: Date } {
  const choices = { ...series, atGap: series.atGap === 'next_valid' ? ('next_valid' as const) : null };
  const startsAt = instantFor(`${date}T${series.hour}`, series.timeZone, choices, 'input.startsAtHour')!;
  return { startsAt, endsAt: endOf(startsAt, series.durationMinutes) };
}

const changesTime = ({ startsAtHour, durationMinutes }: UpdateSeries): boolean =>
  startsAtHour != null || durationMinutes != null;
