import fc from 'fast-check';
import { DateTime } from 'luxon';
import { AppError } from '@unionhall/platform';
import { datesOf, readRule, ruleAfter, ruleBefore, SERIES_LIMITS } from './series-rule';

const START = '2026-12-01T18:30'; // a Tuesday
const dates = (rule: string, start = START): readonly string[] =>
  datesOf(readRule(rule, 'America/New_York'), start);
const code = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a rule of recurrence', () => {
  it('names the dates that RFC 5545 says', () => {
    expect(dates('FREQ=WEEKLY;COUNT=3')).toEqual([
      '2026-12-01T18:30',
      '2026-12-08T18:30',
      '2026-12-15T18:30',
    ]);
    expect(dates('RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3')).toEqual([
      '2026-12-01T18:30',
      '2027-01-05T18:30',
      '2027-02-02T18:30',
    ]);
    expect(dates('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261218')).toEqual([
      '2026-12-01T18:30',
      '2026-12-03T18:30',
      '2026-12-15T18:30',
      '2026-12-17T18:30',
    ]);
    expect(dates('FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', '2026-12-31T09:00')).toEqual([
      '2026-12-31T09:00',
      '2027-01-31T09:00',
      '2027-02-28T09:00',
    ]);
  });

  it('reads an end that is given in UTC as the clocks of its zone show it', () => {
    const until = 'FREQ=DAILY;UNTIL=20261203T033000Z'; // 22:30 on the 2nd in New York
    expect(dates(until)).toEqual(['2026-12-01T18:30', '2026-12-02T18:30']);
  });

  it('leaves out months that have no such day', () => {
    expect(dates('FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', '2026-12-31T09:00')).toEqual([
      '2026-12-31T09:00',
      '2027-01-31T09:00',
      '2027-03-31T09:00',
    ]);
  });

  it.each([
    ['', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY', 'SERIES.ENDLESS'],
    ['FREQ=SECONDLY;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=YEARLY;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;COUNT=2;COUNT=3', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;COUNT=2=3', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;COUNT=2;UNTIL=20270101', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;COUNT=-1', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;INTERVAL=0;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;INTERVAL=53;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;BYDAY=2TU;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;BYDAY=XX;COUNT=2', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;UNTIL=20261301', 'SERIES.RULE_INVALID'],
    ['FREQ=WEEKLY;COUNT=201', 'SERIES.TOO_MANY'],
    ['FREQ=DAILY;COUNT=999999999', 'SERIES.TOO_MANY'],
    ['FREQ=DAILY;UNTIL=20280601', 'SERIES.TOO_MANY'],
    ['FREQ=WEEKLY;UNTIL=20300101', 'SERIES.TOO_LONG'],
    ['FREQ=MONTHLY;INTERVAL=12;COUNT=5', 'SERIES.TOO_LONG'],
    ['FREQ=WEEKLY;UNTIL=20261101', 'SERIES.NEVER'],
    ['A'.repeat(201), 'SERIES.RULE_INVALID'],
  ])('is refused by name when it cannot stand: %s', (rule, refusal) => {
    expect(code(() => dates(rule))).toBe(refusal);
  });

  it('is refused when it may never come round to the day that it starts on', () => {
    const never = 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;COUNT=2';
    expect(code(() => dates(never, '2026-02-03T10:00'))).toBe('SERIES.START_OFF_RULE');
  });

  const part = fc.oneof(
    fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY', 'FREQ=SECONDLY'),
    fc.integer({ min: 0, max: 60 }).map((n) => `INTERVAL=${n}`),
    fc.integer({ min: 0, max: 400 }).map((n) => `COUNT=${n}`),
    fc.integer({ min: 20260101, max: 20291231 }).map((n) => `UNTIL=${n}`),
    fc.constantFrom(
      'BYDAY=MO',
      'BYDAY=TU,SA',
      'BYDAY=5MO',
      'BYDAY=-1FR',
      'BYMONTHDAY=31',
      'BYMONTHDAY=-31,30',
      'BYMONTH=2',
      'BYSETPOS=-1',
      'WKST=SU',
    ),
    fc.string({ maxLength: 20 }),
  );
  const rules = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(';'));

  it('answers with rising dates within its limits or with a refusal, whatever it is given', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 700 }), (rule, offset) => {
        const start = DateTime.fromISO(START, { zone: 'utc' }).plus({ days: offset }).toISO()!.slice(0, 16);
        let found: readonly string[] = [];
        const refusal = code(() => {
          found = dates(rule, start);
        });
        if (refusal !== 'none') expect(refusal).toMatch(/^SERIES\./);
        else {
          expect(found.length).toBeGreaterThan(0);
          expect(found.length).toBeLessThanOrEqual(SERIES_LIMITS.dates);
          expect([...found].sort()).toEqual(found);
          expect(new Set(found).size).toBe(found.length);
          expect(found[0]! >= start).toBe(true);
          expect(found.every((date) => date.endsWith('T18:30'))).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('cut at any date gives, before and after it, the dates that it gave whole', () => {
    const whole = fc
      .record({
        freq: fc.constantFrom('DAILY', 'WEEKLY;BYDAY=TU,FR', 'MONTHLY;BYDAY=1TU', 'WEEKLY'),
        end: fc.oneof(
          fc.integer({ min: 2, max: 20 }).map((n) => `COUNT=${n}`),
          fc.constantFrom('UNTIL=20270115', 'UNTIL=20270401'),
        ),
      })
      .map(({ freq, end }) => `FREQ=${freq};${end}`);
    fc.assert(
      fc.property(whole, fc.nat(), (rule, pick) => {
        const all = dates(rule);
        fc.pre(all.length > 1);
        const at = 1 + (pick % (all.length - 1));
        const cut = all[at]!;
        expect(dates(ruleBefore(rule, cut))).toEqual(all.slice(0, at));
        expect(dates(ruleAfter(rule, at), cut)).toEqual(all.slice(at));
      }),
      { numRuns: 200 },
    );
  });
});
