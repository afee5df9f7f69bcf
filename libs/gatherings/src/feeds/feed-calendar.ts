import ical, { ICalCalendarMethod } from 'ical-generator';
import { addEvent, stamped, type CalendarGathering } from '../gathering-calendar';
import { timeZoneComponent } from '../time-zone-rules';

export interface FeedEntry extends CalendarGathering {
  readonly id: string;
  /** What its reader answered, when the calendar is their own. */
  readonly answer: 'going' | 'maybe' | 'waitlisted' | null;
}

/**
 * Many gatherings as one published calendar (RFC 5545, RFC 7986: NAME, REFRESH-INTERVAL): the UIDs are those of the
 * invitations, so that a program shows one entry for both. Names nobody who comes.
 * @param options `now` fixes the years that the VTIMEZONEs hold for: the one before to the one after.
 */
export function feedCalendar(
  entries: readonly FeedEntry[],
  options: { readonly name: string; readonly now: Date; readonly baseUrl: string },
): string {
  const calendar = ical({
    prodId: { company: 'Unionhall', product: 'Unionhall', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: options.name,
    ttl: 3_600,
    timezone: { name: null, generator: (zone) => timeZoneComponent(zone, options.now.getUTCFullYear()) },
  });
  for (const entry of entries)
    addEvent(calendar, entry, {
      tentative: entry.answer === 'maybe' || entry.answer === 'waitlisted',
      url: `${options.baseUrl}/portal`,
    });
  return stamped(calendar.toString());
}
