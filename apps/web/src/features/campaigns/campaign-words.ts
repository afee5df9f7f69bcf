import { i18n, t } from '../../app/i18n';
import { campaigns } from './campaign-strings';

/** A day of the campaign's zone, in words. */
const dayOf = (instant: string, timeZone: string): string =>
  i18n.date(instant, { day: 'numeric', month: 'short', year: 'numeric', timeZone });

/** From when to when, by the calendar of the campaign's zone; an end at midnight is the day before. */
export const spanOf = (of: { startsAt: string; endsAt: string | null; timeZone: string }): string =>
  of.endsAt === null
    ? t(campaigns.from, { when: dayOf(of.startsAt, of.timeZone) })
    : t(campaigns.span, {
        from: dayOf(of.startsAt, of.timeZone),
        to: dayOf(new Date(new Date(of.endsAt).getTime() - 1).toISOString(), of.timeZone),
      });

/** A calendar date, in words. @param date `YYYY-MM-DD`. */
export const readDate = (date: string): string =>
  i18n.date(`${date}T00:00:00Z`, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
