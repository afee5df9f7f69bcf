import { DateTime } from 'luxon';
import { RRule, type Options } from 'rrule';
import { ruleEndless, ruleInvalid, ruleNever, startOffRule, tooLong, tooMany } from './series.errors';

/** So many dates, over so long a time, and no more: what a rule costs is known before it is worked out. */
export const SERIES_LIMITS = { dates: 200, years: 2, interval: 52, length: 200 } as const;

const DAYS = '(?:MO|TU|WE|TH|FR|SA|SU)';
const list = (item: string): RegExp => new RegExp(`^${item}(?:,${item})*$`);
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(?:DAILY|WEEKLY|MONTHLY)$/,
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,8}$/,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/,
  BYDAY: list(`(?:[+-]?[1-5])?${DAYS}`),
  BYMONTHDAY: list('(?:[+-]?(?:[1-9]|[12]\\d|3[01]))'),
  WKST: new RegExp(`^${DAYS}$`),
};

/** A rule of recurrence that has an end, with nothing worked out yet. */
export interface SeriesRule {
  /** In the grammar of RFC 5545, 3.3.10, without a prefix. */
  readonly text: string;
  readonly count: number | null;
  /** Last local time that can still be named, or null. */
  readonly until: string | null;
}

/**
 * Reads an RRULE (RFC 5545, 3.3.10) of the kinds that people plan by: days, weeks or months, an interval up to 52,
 * days of the week, days of the month, and an end. What repeats without end, within a day, or by the year is refused:
 * such a rule may name nothing for centuries, and a search for its next date does not return.
 * @param timeZone IANA zone, in which an UNTIL that is given in UTC is read.
 * @throws AppError SERIES.RULE_INVALID, SERIES.ENDLESS.
 */
export function readRule(given: string, timeZone: string): SeriesRule {
  if (given.length > SERIES_LIMITS.length)
    throw ruleInvalid(`A rule has at most ${SERIES_LIMITS.length} characters.`);
  const text = given
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = ''] = part.split('=', 2);
    const form = PARTS[name];
    if (form === undefined)
      throw ruleInvalid(`A rule cannot have the part ${name.slice(0, 20) || '(empty)'}.`);
    if (parts.has(name)) throw ruleInvalid(`${name} stands twice.`);
    if (part !== `${name}=${value}` || !form.test(value)) throw ruleInvalid(`${name} has a wrong value.`);
    parts.set(name, value);
  }
  checkTogether(parts);
  const until = untilOf(parts.get('UNTIL'), timeZone);
  const count = parts.get('COUNT');
  if (count === undefined && until === null) throw ruleEndless();
  if (count !== undefined && Number(count) > SERIES_LIMITS.dates) throw tooMany(SERIES_LIMITS.dates);
  return { text, count: count === undefined ? null : Number(count), until };
}

function checkTogether(parts: ReadonlyMap<string, string>): void {
  const monthly = parts.get('FREQ') === 'MONTHLY';
  if (!parts.has('FREQ')) throw ruleInvalid('A rule begins with FREQ=DAILY, WEEKLY or MONTHLY.');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw ruleInvalid('A rule has COUNT or UNTIL, not both.');
  if (Number(parts.get('INTERVAL') ?? 1) > SERIES_LIMITS.interval)
    throw ruleInvalid(`INTERVAL is at most ${SERIES_LIMITS.interval}.`);
  if (parts.has('BYMONTHDAY') && !monthly) throw ruleInvalid('BYMONTHDAY goes with FREQ=MONTHLY.');
  if (parts.has('BYDAY') && (parts.get('FREQ') === 'DAILY' || parts.has('BYMONTHDAY')))
    throw ruleInvalid('BYDAY goes with FREQ=WEEKLY, or with FREQ=MONTHLY without BYMONTHDAY.');
  if (!monthly && /\d/.test(parts.get('BYDAY') ?? ''))
    throw ruleInvalid('The 2nd Tuesday is one of a month.');
}

function untilOf(value: string | undefined, timeZone: string): string | null {
  if (value === undefined) return null;
  const form = value.length === 8 ? 'yyyyLLdd' : "yyyyLLdd'T'HHmmss";
  const read = DateTime.fromFormat(value.replace('Z', ''), form, { zone: 'utc' });
  if (!read.isValid) throw ruleInvalid('UNTIL is not a date.');
  if (value.length === 8) return read.endOf('day').toISO({ includeOffset: false });
  return (value.endsWith('Z') ? read.setZone(timeZone) : read).toISO({ includeOffset: false });
}

/**
 * The local times that a rule names, first to last, from `start` (`YYYY-MM-DDTHH:mm`, any zone: the hour stays) on.
 * @throws AppError SERIES.START_OFF_RULE (the rule does not name `start`), SERIES.NEVER, SERIES.TOO_MANY (over 200), SERIES.TOO_LONG (over two years).
 */
export function datesOf(rule: SeriesRule, start: string): readonly string[] {
  const from = DateTime.fromISO(start, { zone: 'utc' });
  const end = from.plus({ years: SERIES_LIMITS.years });
  checkStart(rule.text, from, end);
  const until = rule.until === null ? end : DateTime.fromISO(rule.until, { zone: 'utc' });
  if (until > end) throw tooLong(end.toISODate()!);
  const options: Partial<Options> = {
    ...RRule.parseString(rule.text),
    dtstart: from.toJSDate(),
    until: until.toJSDate(),
    ...(rule.count === null ? { count: null } : { count: rule.count }),
  };
  const found = new RRule(options).all((_date, index) => index <= SERIES_LIMITS.dates);
  if (found.length === 0) throw ruleNever();
  if (found.length > SERIES_LIMITS.dates) throw tooMany(SERIES_LIMITS.dates);
  if (rule.count !== null && found.length < rule.count) throw tooLong(end.toISODate()!);
  return found.map((date) => date.toISOString().slice(0, 16));
}

/**
 * A rule that names its own start comes round again within its calendar's cycle. One that does not may never fire,
 * and the library would look for it until the year 9999.
 */
function checkStart(text: string, from: DateTime, end: DateTime): void {
  const days = /BYDAY=([^;]+)/.exec(text)?.[1]?.split(',');
  const dates = /BYMONTHDAY=([^;]+)/.exec(text)?.[1]?.split(',').map(Number);
  const named = (day: DateTime): boolean =>
    (days?.some((one) => isWeekday(one, day)) ?? true) &&
    (dates?.some((one) => one === day.day || one === day.day - day.daysInMonth! - 1) ?? true);
  for (let day = from; day < end; day = day.plus({ days: 1 })) {
    if (!named(day)) continue;
    if (day === from) return;
    throw startOffRule(day.toISO()!.slice(0, 16));
  }
  throw ruleNever();
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** @param rule like `TU`, `2TU` (the second of the month) or `-1TU` (the last). */
function isWeekday(rule: string, day: DateTime): boolean {
  if (WEEKDAYS[day.weekday - 1] !== rule.slice(-2)) return false;
  const nth = Number(rule.slice(0, -2));
  if (nth === 0) return true;
  return nth > 0 ? Math.ceil(day.day / 7) === nth : -Math.ceil((day.daysInMonth! - day.day + 1) / 7) === nth;
}

/** The same rule, ended before a local time; `YYYY-MM-DDTHH:mm`. */
export const ruleBefore = (text: string, local: string): string =>
  ending(
    text,
    `UNTIL=${DateTime.fromISO(local, { zone: 'utc' }).minus({ minutes: 1 }).toFormat("yyyyLLdd'T'HHmmss")}`,
  );

/** The same rule from a later date on: a COUNT is less by the dates that were before. */
export const ruleAfter = (text: string, datesBefore: number): string => {
  const count = /(?:^|;)COUNT=(\d+)/.exec(text)?.[1];
  return count === undefined ? text : ending(text, `COUNT=${Number(count) - datesBefore}`);
};

const ending = (text: string, end: string): string =>
  [...text.split(';').filter((part) => !/^(?:COUNT|UNTIL)=/.test(part)), end].join(';');
