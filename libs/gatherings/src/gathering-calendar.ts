import ical, { ICalCalendarMethod, ICalEventStatus, type ICalCalendar, type ICalEvent } from 'ical-generator';
import { DateTime } from 'luxon';
import { isShownTwice } from './local-time';
import { timeZoneComponent } from './time-zone-rules';

export interface CalendarGathering {
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA name. */
  readonly timeZone: string;
  readonly place: string | null;
  readonly onlineUrl: string | null;
  readonly state: 'draft' | 'scheduled' | 'cancelled';
  readonly updatedAt: Date;
}

export interface CalendarOptions {
  /** REQUEST invites or changes, CANCEL takes back, PUBLISH tells everyone; by default what the gathering's state says. */
  readonly method?: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  readonly organizer: { readonly name: string; readonly email: string };
  /** Without one, the text names no person and may be the same for many. */
  readonly attendee?: { readonly name?: string; readonly email: string };
  /** Where the gathering is answered or shown. */
  readonly url?: string;
}

/**
 * A gathering as an iCalendar object (RFC 5545, RFC 5546): stable UID, SEQUENCE raised per change,
 * local times with their VTIMEZONE, lines folded at 75 octets and ended by CRLF. A time that clocks
 * show twice is written in UTC, since a local one would name the earlier instant.
 */
export function gatheringCalendar(gathering: CalendarGathering, options: CalendarOptions): string {
  const method = options.method ?? (gathering.state === 'cancelled' ? 'CANCEL' : 'REQUEST');
  const calendar = ical({
    prodId: { company: 'Unionhall', product: 'Unionhall', language: 'EN' },
    method: ICalCalendarMethod[method],
    timezone: {
      name: null,
      generator: (zone) =>
        timeZoneComponent(zone, DateTime.fromJSDate(gathering.startsAt, { zone: gathering.timeZone }).year),
    },
  });
  const event = addEvent(calendar, gathering, { ...options, cancelled: method === 'CANCEL' });
  if (options.attendee !== undefined) {
    const { email, name } = options.attendee;
    const shown = quotable(name ?? '');
    event.createAttendee(shown === '' ? { email } : { email, name: shown });
  }
  return stamped(calendar.toString());
}

/** One gathering in a calendar that knows the rules of time zones. */
export function addEvent(
  calendar: ICalCalendar,
  gathering: CalendarGathering,
  about: Pick<Partial<CalendarOptions>, 'organizer' | 'url'> & {
    readonly cancelled?: boolean;
    readonly tentative?: boolean;
  },
): ICalEvent {
  const { timeZone } = gathering;
  const asUtc =
    timeZone === 'UTC' || [gathering.startsAt, gathering.endsAt].some((at) => isShownTwice(at, timeZone));
  const zoned = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: timeZone });
  const off = about.cancelled === true || gathering.state === 'cancelled';
  return calendar.createEvent({
    id: gathering.uid,
    sequence: gathering.sequence,
    stamp: gathering.updatedAt,
    start: asUtc ? gathering.startsAt : zoned(gathering.startsAt),
    end: asUtc ? gathering.endsAt : zoned(gathering.endsAt),
    ...(asUtc ? {} : { timezone: timeZone }),
    summary: gathering.title,
    description: gathering.description === '' ? null : gathering.description,
    location: gathering.place ?? gathering.onlineUrl ?? null,
    organizer: about.organizer === undefined ? null : { ...about.organizer },
    status: off
      ? ICalEventStatus.CANCELLED
      : about.tentative === true
        ? ICalEventStatus.TENTATIVE
        : ICalEventStatus.CONFIRMED,
    url: about.url ?? gathering.onlineUrl ?? null,
  });
}

/** The stamp is UTC, and says so (RFC 5545, 3.8.7.2). */
export const stamped = (text: string): string => text.replaceAll(/^(DTSTAMP:\d{8}T\d{6})(?=\r$)/gm, '$1Z');

/** What may stand between the quotes of a parameter (RFC 5545, 3.1: QSAFE-CHAR); ical-generator would escape with backslashes. */
const quotable = (name: string): string => name.replaceAll(/["\\\x00-\x1f\x7f]+/g, ' ').trim();

const NAME = 'attendee of this entry';
const MAIL = 'attendee@entry.invalid';
const URL_OF = 'https://entry.invalid/url';

/** One entry for many attendees: what differs from one to the next is filled in, which takes microseconds. */
export type CalendarForAttendees = (
  attendee: { readonly name: string; readonly email: string },
  url: string,
) => string;

/** @param options as of `gatheringCalendar`; the entry of each attendee says the same as it would. */
export function gatheringCalendarForMany(
  gathering: CalendarGathering,
  options: Omit<CalendarOptions, 'attendee' | 'url'>,
): CalendarForAttendees {
  const whole = gatheringCalendar(gathering, {
    ...options,
    attendee: { name: NAME, email: MAIL },
    url: URL_OF,
  });
  const lines = whole.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  const folded = lines.map((line) => (line.includes(MAIL) || line.includes(URL_OF) ? line : fold(line)));
  return ({ name, email }, url) =>
    folded
      .map((line) => {
        if (line.includes(MAIL)) return fold(naming(line, quotable(name)).replace(MAIL, () => email));
        return line.includes(URL_OF) ? fold(line.replace(URL_OF, () => url)) : line;
      })
      .join('\r\n');
}

/** Whoever has a name that can be written is named; of the others the line says the address alone. */
const naming = (line: string, name: string): string =>
  name === '' ? line.replace(`;CN="${NAME}"`, '') : line.replace(NAME, () => name);

/** A content line in pieces of 75 octets, none of which ends within a character (RFC 5545, 3.1). */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line;
  const pieces: string[] = [''];
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      pieces.push('');
      octets = 1;
    }
    pieces[pieces.length - 1] += character;
    octets += size;
  }
  return pieces.join('\r\n ');
}
