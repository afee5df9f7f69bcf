import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import type { GatheringKind } from '../gathering.entity';
import { checkDetails, checkDuration, unique, type GatheringDetails } from '../gathering-input';
import { gatheringInvalid } from '../gatherings.errors';
import { gatheringScheduled } from '../gatherings.events';
import { seriesNotFound } from './series.errors';
import { seriesDates, type ClockChoices, type SeriesDate, type SeriesTimes } from './series-times';

export interface ScheduleSeries extends GatheringDetails, SeriesTimes {
  readonly chapterId: string;
  readonly kind: GatheringKind;
}

export interface CopySeries extends ClockChoices {
  readonly seriesId: string;
  readonly chapterId: string;
  /** Local time of the first date there, `YYYY-MM-DDTHH:mm`. */
  readonly startsAt: string;
  /** The chapter's own when absent. */
  readonly timeZone?: string | null;
  readonly title?: string | null;
  readonly language?: string | null;
  readonly place?: string | null;
}

interface Origin {
  readonly follows?: string;
  readonly copiedFrom?: string;
}

const INSERT_SERIES = `
  INSERT INTO gathering_series (chapter_id, kind, rule, starts_local, duration_minutes, time_zone, at_gap, at_overlap, follows, copied_from)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`;
const INSERT_DATES = `
  INSERT INTO gathering (id, chapter_id, kind, title, description, starts_at, ends_at, time_zone, capacity, place,
    online_url, meeting_key, language, listed, uid, series_id, series_local, interpretation, accessibility,
    admission, guests_allowed, offer_hours, grace_hours, absent_after_grace)
  SELECT n.id, $1, $2, $3, $4, n.starts_at, n.ends_at, $5, $6, $7, $8, $9, $10, $11, n.id || '@unionhall', $12, n.local, $16, $17, $18, $19, $20, $21, $22
  FROM (SELECT app.new_id() AS id, d.* FROM unnest($13::timestamp[], $14::timestamptz[], $15::timestamptz[])
    WITH ORDINALITY AS d (local, starts_at, ends_at, position) ORDER BY position) n
  RETURNING id`;
const SOURCE = `
  SELECT s.rule, s.kind, s.duration_minutes AS "durationMinutes", s.chapter_id AS "chapterId",
    g.title, g.description, g.capacity, g.place, g.online_url AS "onlineUrl", g.meeting_key AS "meetingId", g.language,
    g.listed, g.interpretation, g.accessibility, g.admission, g.guests_allowed AS "guestsAllowed",
    g.offer_hours AS "offerHours", g.grace_hours AS "graceHours", g.absent_after_grace AS "absentAfterGrace", (SELECT c.time_zone FROM chapter c WHERE c.id = $2) AS "timeZone"
  FROM gathering_series s JOIN gathering g ON g.series_id = s.id AND g.state <> 'cancelled'
  WHERE s.id = $1 ORDER BY g.moved, g.series_local DESC LIMIT 1`;

/** Gatherings that repeat: each date is a gathering of its own, and all of them are announced at once or not at all. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The dates that a series would have. Writes nothing.
   * @throws AppError AUTHZ.* (gatherings.edit), SERIES.*, GATHERING.* naming the input field.
   */
  preview(actor: Actor, input: SeriesTimes): readonly SeriesDate[] {
    actor.require('gatherings.edit');
    checkDuration(input.durationMinutes);
    return seriesDates(input).dates;
  }

  /**
   * Announces a series; gives its id.
   * @throws AppError AUTHZ.* (gatherings.edit in the chapter), SERIES.*, GATHERING.* naming the input field.
   */
  async schedule(actor: Actor, input: ScheduleSeries): Promise<string> {
    return this.announce(actor, input, {});
  }

  /**
   * Announces the series of one chapter in another, from another day on: the same rule and words.
   * @throws as `schedule`; SERIES.NOT_FOUND; AUTHZ.* (gatherings.read in the chapter of the series).
   */
  async copy(actor: Actor, input: CopySeries): Promise<string> {
    actor.require('gatherings.edit', input.chapterId);
    const { rows } = await this.db.read(actor, { text: SOURCE, values: [input.seriesId, input.chapterId] });
    const source = rows[0] as (ScheduleSeries & { timeZone: string | null }) | undefined;
    if (source === undefined) throw seriesNotFound('input.seriesId');
    actor.require('gatherings.read', source.chapterId);
    if (source.timeZone === null) throw gatheringInvalid('input.chapterId', 'No such chapter.');
    const elsewhere = source.chapterId !== input.chapterId;
    return this.announce(
      actor,
      {
        ...source,
        chapterId: input.chapterId,
        startsAt: input.startsAt,
        timeZone: input.timeZone ?? source.timeZone,
        title: input.title ?? source.title,
        language: input.language ?? source.language ?? null,
        place: input.place ?? (elsewhere ? null : (source.place ?? null)),
        ...(elsewhere ? { onlineUrl: null, meetingId: null } : {}),
        atGap: input.atGap ?? null,
        atOverlap: input.atOverlap ?? null,
        exceptDates: null,
      },
      { copiedFrom: input.seriesId },
    );
  }

  private async announce(actor: Actor, input: ScheduleSeries, origin: Origin): Promise<string> {
    actor.require('gatherings.edit', input.chapterId);
    checkDetails(input);
    checkDuration(input.durationMinutes);
    const { rule, dates } = seriesDates(input);
    const id = await this.db.tx(actor, async (em) => {
      const [known] = (await em.query(
        `SELECT app.now() AS now, EXISTS (SELECT FROM chapter WHERE id = $1) AS known`,
        [input.chapterId],
      )) as [{ now: Date; known: boolean }];
      if (!known.known) throw gatheringInvalid('input.chapterId', 'No such chapter.');
      if (dates[0]!.startsAt <= known.now) throw gatheringInvalid('input.startsAt', 'This time is past.');
      const seriesId = await insertSeries(em, { ...input, rule: rule.text }, origin);
      const gatheringIds = await insertDates(em, seriesId, input, dates);
      await this.outbox.emit(
        em,
        ...gatheringIds.map((gatheringId) => gatheringScheduled({ gatheringId, chapterId: input.chapterId })),
      );
      return seriesId;
    });
    await this.outbox.nudge();
    return id;
  }
}

/** Writes a series alone; its dates are written or moved by the caller, in the same transaction. */
export async function insertSeries(
  em: EntityManager,
  input: SeriesTimes & { readonly chapterId: string; readonly kind: GatheringKind },
  origin: Origin,
): Promise<string> {
  const [made] = (await em.query(INSERT_SERIES, [
    input.chapterId,
    input.kind,
    input.rule,
    input.startsAt,
    input.durationMinutes,
    input.timeZone,
    input.atGap ?? null,
    input.atOverlap ?? null,
    origin.follows ?? null,
    origin.copiedFrom ?? null,
  ])) as [{ id: string }];
  return made.id;
}

async function insertDates(
  em: EntityManager,
  seriesId: string,
  input: ScheduleSeries,
  dates: readonly SeriesDate[],
): Promise<string[]> {
  const rows = (await em.query(INSERT_DATES, [
    input.chapterId,
    input.kind,
    input.title.trim(),
    input.description ?? '',
    input.timeZone,
    input.capacity ?? null,
    input.place ?? null,
    input.onlineUrl ?? null,
    input.meetingId?.replace(/\D/g, '') ?? null,
    input.language ?? 'en',
    input.listed ?? false,
    seriesId,
    dates.map(({ local }) => local),
    dates.map(({ startsAt }) => startsAt),
    dates.map(({ endsAt }) => endsAt),
    unique(input.interpretation),
    unique(input.accessibility),
    input.admission ?? 'open',
    input.guestsAllowed ?? 0,
    input.offerHours ?? null,
    input.graceHours ?? 48,
    input.absentAfterGrace ?? false,
  ])) as { id: string }[];
  return rows.map(({ id }) => id);
}
