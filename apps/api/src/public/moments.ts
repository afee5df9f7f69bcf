import { DateTime } from 'luxon';
import type { Language } from '@unionhall/platform';

/** A day as a person reads it, in the zone it was planned in. */
export const spokenDay = (at: Date, timeZone: string, language: Language): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).setLocale(language).toLocaleString(DateTime.DATE_FULL);

/** Day and time in the zone it was planned in, the zone named. */
export const spokenMoment = (at: Date, timeZone: string, language: Language): string =>
  `${DateTime.fromJSDate(at, { zone: timeZone }).setLocale(language).toLocaleString(DateTime.DATETIME_MED_WITH_WEEKDAY)} (${timeZone.replaceAll('_', ' ')})`;

/** From when to when, in the zone it was planned in; days are named twice only where they differ. */
export function spokenSpan(startsAt: Date, endsAt: Date, timeZone: string, language: Language): string {
  const [from, to] = [startsAt, endsAt].map((at) =>
    DateTime.fromJSDate(at, { zone: timeZone }).setLocale(language),
  ) as [DateTime, DateTime];
  const end = to.toLocaleString(from.hasSame(to, 'day') ? DateTime.TIME_SIMPLE : DateTime.DATETIME_MED);
  return `${from.toLocaleString({ ...DateTime.DATETIME_FULL, weekday: 'long', timeZoneName: undefined })} – ${end} (${timeZone.replaceAll('_', ' ')})`;
}

/** The same span for whoever is somewhere else. */
export function universalSpan(startsAt: Date, endsAt: Date, language: Language): string {
  const [from, to] = [startsAt, endsAt].map((at) =>
    DateTime.fromJSDate(at, { zone: 'UTC' }).setLocale(language),
  ) as [DateTime, DateTime];
  const end = to.toLocaleString(from.hasSame(to, 'day') ? DateTime.TIME_24_SIMPLE : DateTime.DATETIME_MED);
  return `${from.toLocaleString({ ...DateTime.DATETIME_MED, hourCycle: 'h23' })} – ${end} UTC`;
}
