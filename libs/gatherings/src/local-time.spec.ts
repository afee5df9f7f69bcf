import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import type { AppError } from '@unionhall/platform';
import { instantOf, isShownTwice, offsetText } from './local-time';

const ZONES = Intl.supportedValuesOf('timeZone');
const FROM = Date.UTC(2026, 0, 1);
const UNTIL = Date.UTC(2028, 0, 1);
const LOCAL = "yyyy-LL-dd'T'HH:mm:ss";
const WEEK = 7 * 86_400_000;

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was refused');
}

/** The first instants of new offsets, found by looking at every week. */
function changes(timeZone: string): { at: number; from: number; to: number }[] {
  const zone = IANAZone.create(timeZone);
  const found = [];
  for (let early = FROM; early < UNTIL; early += WEEK) {
    const from = zone.offset(early);
    if (from === zone.offset(early + WEEK)) continue;
    let low = early;
    let high = early + WEEK;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (zone.offset(middle) === from) low = middle;
      else high = middle;
    }
    found.push({ at: high, from, to: zone.offset(high) });
  }
  return found;
}

const CHANGES = ZONES.flatMap((timeZone) => changes(timeZone).map((change) => ({ timeZone, ...change })));

describe('local times', () => {
  it('name the instant at which clocks show them, in every zone, at any time of two years', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: FROM / 1000, max: UNTIL / 1000 }),
        (timeZone, second) => {
          const at = DateTime.fromSeconds(second, { zone: timeZone });
          const given = { local: at.toFormat(LOCAL), timeZone, offset: offsetText(at.offset) };
          expect(instantOf(given, 'at').getTime()).toBe(second * 1000);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('are refused inside every gap of two years, with the first time after it', () => {
    const gaps = CHANGES.filter(({ from, to }) => to > from);
    expect(gaps.length).toBeGreaterThan(200);
    for (const { timeZone, at, from, to } of gaps) {
      const skipped = DateTime.fromMillis(at + ((from + to) / 2) * 60_000, { zone: 'utc' }).toFormat(
        "yyyy-LL-dd'T'HH:mm",
      );
      const error = refusal(() => instantOf({ local: skipped, timeZone }, 'input.startsAt'));
      expect([timeZone, error.code, error.field]).toEqual([
        timeZone,
        'GATHERING.TIME_IN_GAP',
        'input.startsAt',
      ]);
      const next = error.details?.['nextValid'] as string;
      expect([timeZone, instantOf({ local: next, timeZone }, 'at').getTime()]).toEqual([timeZone, at]);
    }
  });

  it('ask for the offset inside every overlap of two years, and take either', () => {
    const overlaps = CHANGES.filter(({ from, to }) => to < from);
    expect(overlaps.length).toBeGreaterThan(200);
    for (const { timeZone, at, from, to } of overlaps) {
      const twice = DateTime.fromMillis(at + ((from + to) / 2) * 60_000, { zone: 'utc' });
      const local = twice.toFormat("yyyy-LL-dd'T'HH:mm");
      const error = refusal(() => instantOf({ local, timeZone }, 'at'));
      expect([timeZone, error.code]).toEqual([timeZone, 'GATHERING.TIME_AMBIGUOUS']);
      expect(error.details?.['offsets']).toEqual([offsetText(from), offsetText(to)]);
      const early = instantOf({ local, timeZone, offset: offsetText(from) }, 'at');
      const late = instantOf({ local, timeZone, offset: offsetText(to) }, 'at');
      expect(late.getTime() - early.getTime()).toBe((from - to) * 60_000);
      expect(isShownTwice(early, timeZone) && isShownTwice(late, timeZone)).toBe(true);
    }
  });

  it('are refused with an offset that the zone does not have', () => {
    const given = { local: '2026-07-01T12:00', timeZone: 'Europe/Berlin', offset: '+01:00' };
    expect(refusal(() => instantOf(given, 'at')).code).toBe('GATHERING.OFFSET_WRONG');
  });

  it.each([
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-01-01T25:00',
    '2026-01-01',
    'tomorrow',
    '2026-01-01T10:00Z',
    '',
  ])('are refused when malformed: %s', (local) => {
    expect(refusal(() => instantOf({ local, timeZone: 'UTC' }, 'at')).code).toBe('GATHERING.TIME_INVALID');
  });

  it.each(['Mars/Olympus', '', '+02:00', 'EST5EDT6'])(
    'are refused in a zone that is not one: %s',
    (timeZone) => {
      const error = refusal(() => instantOf({ local: '2026-01-01T10:00', timeZone }, 'at'));
      expect(error.code).toBe('GATHERING.ZONE_UNKNOWN');
    },
  );
});
