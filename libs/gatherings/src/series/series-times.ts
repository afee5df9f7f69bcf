import { AppError } from '@unionhall/platform';
import { timeInvalid } from '../gatherings.errors';
import { instantOf } from '../local-time';
import { exceptionUnknown, ruleNever, timeSkipped, timeTwice } from './series.errors';
import { datesOf, readRule, type SeriesRule } from './series-rule';

/** What is done on a date whose local time clocks skip. */
export type AtGap = 'next_valid' | 'leave_out';
/** Which instant is meant on a date whose local time clocks show twice. */
export type AtOverlap = 'earlier' | 'later';

export interface ClockChoices {
  readonly atGap?: AtGap | null;
  readonly atOverlap?: AtOverlap | null;
}

export interface SeriesTimes extends ClockChoices {
  readonly rule: string;
  /** Local time of the first date, `YYYY-MM-DDTHH:mm`. */
  readonly startsAt: string;
  readonly durationMinutes: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Dates that are left out, `YYYY-MM-DD` (RFC 5545: EXDATE). */
  readonly exceptDates?: readonly string[] | null;
}

export interface SeriesDate {
  /** The local time that the rule names, `YYYY-MM-DDTHH:mm`; it stays when the gathering moves (RFC 5545: RECURRENCE-ID). */
  readonly local: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * The dates of a series, each with its instants: a clock change keeps the local hour.
 * @throws AppError SERIES.* naming the input field; GATHERING.ZONE_UNKNOWN, GATHERING.TIME_INVALID.
 */
export function seriesDates(input: SeriesTimes): { rule: SeriesRule; dates: readonly SeriesDate[] } {
  instantFor(input.startsAt, input.timeZone, { atGap: 'next_valid', atOverlap: 'earlier' }, 'input.startsAt');
  if (input.startsAt.length !== 16) throw timeInvalid('input.startsAt');
  const rule = readRule(input.rule, input.timeZone);
  const named = datesOf(rule, input.startsAt);
  const except = new Set(input.exceptDates ?? []);
  const days = new Set(named.map((local) => local.slice(0, 10)));
  [...except].forEach((date, index) => {
    if (!days.has(date)) throw exceptionUnknown(index);
  });
  const dates = named
    .filter((local) => !except.has(local.slice(0, 10)))
    .flatMap((local) => {
      const startsAt = instantFor(local, input.timeZone, input, 'input.startsAt');
      return startsAt === null ? [] : [{ local, startsAt, endsAt: endOf(startsAt, input.durationMinutes) }];
    });
  if (dates.length === 0) throw ruleNever('input.exceptDates');
  return { rule, dates };
}

/** @param minutes how long it lasts, on any clock. */
export const endOf = (startsAt: Date, minutes: number): Date =>
  new Date(startsAt.getTime() + minutes * 60_000);

/**
 * The instant of a local time, after what was chosen for clock changes; null: the date is left out.
 * @throws AppError SERIES.TIME_SKIPPED (details `date`, `nextValid`), SERIES.TIME_TWICE (details `date`, `offsets`).
 */
export function instantFor(
  local: string,
  timeZone: string,
  choices: ClockChoices,
  field: string,
): Date | null {
  const date = local.slice(0, 10);
  try {
    return instantOf({ local, timeZone }, field);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'GATHERING.TIME_IN_GAP') {
      const nextValid = String(error.details?.['nextValid']);
      if (choices.atGap == null) throw timeSkipped(date, nextValid);
      return choices.atGap === 'leave_out' ? null : instantOf({ local: nextValid, timeZone }, field);
    }
    if (error.code !== 'GATHERING.TIME_AMBIGUOUS') throw error;
    const offsets = error.details?.['offsets'] as readonly [string, string];
    if (choices.atOverlap == null) throw timeTwice(date, offsets);
    const offset = choices.atOverlap === 'earlier' ? offsets[0] : offsets[1];
    return instantOf({ local, timeZone, offset }, field);
  }
}
