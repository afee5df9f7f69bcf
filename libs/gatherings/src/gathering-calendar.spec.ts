import ICAL from 'ical.js';
import { IANAZone } from 'luxon';
import fc from 'fast-check';
import { gatheringCalendar, gatheringCalendarForMany, type CalendarGathering } from './gathering-calendar';

const ZONES = Intl.supportedValuesOf('timeZone');
const HOUR = 3_600_000;
const gathering = (
  startsAt: Date,
  timeZone: string,
  over: Partial<CalendarGathering> = {},
): CalendarGathering => ({
  uid: '0199-training@unionhall',
  sequence: 0,
  title: 'Know your rights, before they know you',
  description:
    'Bring a friend; bring two.\nÜber Daten reden, über Macht auch — ein langer Abend mit vielen Fragen und einigen Antworten.',
  startsAt,
  endsAt: new Date(startsAt.getTime() + 2 * HOUR),
  timeZone,
  place: 'Union Hall, 12 Main Street',
  onlineUrl: 'https://meet.example.org/123',
  state: 'scheduled',
  updatedAt: new Date('2026-11-01T00:00:00Z'),
  ...over,
});
const organizer = { name: 'Example Union', email: 'hall@example.org' };

function parse(text: string): { event: ICAL.Event; calendar: ICAL.Component } {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (zone) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return { calendar, event: new ICAL.Event(calendar.getFirstSubcomponent('vevent')!) };
}

/** Instants of summer and winter, and those around each clock change of 2026 and 2027. */
function instants(timeZone: string): Date[] {
  const zone = IANAZone.create(timeZone);
  const week = 7 * 24 * HOUR;
  const found = [Date.UTC(2026, 0, 15, 18), Date.UTC(2026, 6, 15, 18), Date.UTC(2027, 11, 15, 18)];
  for (let low = Date.UTC(2026, 0, 1); low < Date.UTC(2028, 0, 1); low += week) {
    const from = zone.offset(low);
    if (from === zone.offset(low + week)) continue;
    let [before, after] = [low, low + week];
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000;
      if (zone.offset(middle) === from) before = middle;
      else after = middle;
    }
    for (const hours of [-3, -2, -1, -0.5, 0, 0.5, 1, 2]) found.push(after + hours * HOUR);
  }
  return found.map((at) => new Date(at));
}

describe('a gathering in a calendar', () => {
  it('stands at the same instant for another program, in every zone, around every clock change', () => {
    let seen = 0;
    for (const timeZone of ZONES) {
      ICAL.TimezoneService.reset();
      for (const at of instants(timeZone)) {
        const { event } = parse(gatheringCalendar(gathering(at, timeZone), { organizer }));
        expect([timeZone, event.startDate.toJSDate().toISOString()]).toEqual([timeZone, at.toISOString()]);
        expect(event.endDate.toJSDate().getTime() - at.getTime()).toBe(2 * HOUR);
        seen++;
        ICAL.TimezoneService.reset();
      }
    }
    expect(seen).toBeGreaterThan(ZONES.length * 3);
  });

  it('is written in local time with its zone', () => {
    const text = gatheringCalendar(gathering(new Date('2026-12-01T23:30:00Z'), 'America/New_York'), {
      organizer,
    });
    expect(text).toContain('DTSTART;TZID=America/New_York:20261201T183000');
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:America/New_York');
  });

  it('ends every line in CRLF and folds at 75 octets', () => {
    const text = gatheringCalendar(gathering(new Date('2026-12-01T23:30:00Z'), 'Europe/Berlin'), {
      organizer,
    });
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(parse(text).event.description).toContain('über Macht auch — ein langer Abend');
  });

  it('keeps its UID and raises SEQUENCE when it is cancelled', () => {
    const at = new Date('2026-12-01T23:30:00Z');
    const first = parse(gatheringCalendar(gathering(at, 'Europe/Berlin'), { organizer }));
    const last = parse(
      gatheringCalendar(gathering(at, 'Europe/Berlin', { state: 'cancelled', sequence: 3 }), { organizer }),
    );
    expect(first.calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(last.calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(last.event.uid).toBe(first.event.uid);
    expect([first.event.sequence, last.event.sequence]).toEqual([0, 3]);
    expect(last.event.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('names the attendee it is sent to, and nobody otherwise', () => {
    const at = new Date('2026-12-01T23:30:00Z');
    const text = gatheringCalendar(gathering(at, 'UTC'), {
      organizer,
      attendee: { email: 'ann@example.org' },
    });
    expect(text).toContain('MAILTO:ann@example.org');
    expect(gatheringCalendar(gathering(at, 'UTC'), { organizer })).not.toContain('ATTENDEE');
  });

  it('says to each of many attendees what an entry of their own would say', () => {
    const at = new Date('2026-12-01T23:30:00Z');
    const unfold = (text: string): string => text.replaceAll('\r\n ', '');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        (name, title) => {
          const one = gathering(at, 'Europe/Berlin', { title: `How ${title}` });
          const attendee = { name, email: 'ann@example.org' };
          const url = `https://example.org/r/${'x'.repeat(90)}`;
          const text = gatheringCalendarForMany(one, { organizer })(attendee, url);
          expect(unfold(text)).toBe(unfold(gatheringCalendar(one, { organizer, attendee, url })));
          for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not name who is named by spaces or quotes alone', () => {
    const at = new Date('2026-12-01T23:30:00Z');
    const one = gathering(at, 'Europe/Berlin');
    for (const name of [' ', '"', '\t\n']) {
      const attendee = { name, email: 'ann@example.org' };
      const alone = gatheringCalendar(one, { organizer, attendee });
      expect(alone).not.toContain('CN=" ');
      expect(alone).not.toContain('CN=""');
      const [many, own] = [
        gatheringCalendarForMany(one, { organizer })(attendee, 'https://example.org'),
        gatheringCalendar(one, { organizer, attendee, url: 'https://example.org' }),
      ].map((text) => text.replaceAll('\r\n ', ''));
      expect(many).toBe(own);
    }
  });

  it('is stamped in UTC', () => {
    const at = new Date('2026-12-01T23:30:00Z');
    expect(gatheringCalendar(gathering(at, 'Europe/Berlin'), { organizer })).toMatch(
      /^DTSTAMP:\d{8}T\d{6}Z\r$/m,
    );
  });
});
