import fc from 'fast-check';
import { DateTime } from 'luxon';
import { AppError } from '@unionhall/platform';
import { seriesDates, type SeriesTimes } from './series-times';

const weekly = (over: Partial<SeriesTimes> = {}): SeriesTimes => ({
  rule: 'FREQ=WEEKLY;COUNT=4',
  startsAt: '2027-03-07T02:30', // the clocks of New York skip 02:30 on 14 March 2027
  durationMinutes: 90,
  timeZone: 'America/New_York',
  ...over,
});
const refusal = (input: SeriesTimes): { code: string; field?: string; details?: object } => {
  try {
    seriesDates(input);
  } catch (error) {
    if (error instanceof AppError)
      return {
        code: error.code,
        ...(error.field && { field: error.field }),
        ...(error.details && { details: error.details }),
      };
    throw error;
  }
  return { code: 'none' };
};
const instants = (input: SeriesTimes): string[] =>
  seriesDates(input).dates.map(({ startsAt }) => startsAt.toISOString().slice(0, 16));

describe('the dates of a series', () => {
  it('keep the local hour over a clock change', () => {
    expect(instants(weekly({ startsAt: '2027-03-07T18:30' }))).toEqual([
      '2027-03-07T23:30',
      '2027-03-14T22:30',
      '2027-03-21T22:30',
      '2027-03-28T22:30',
    ]);
  });

  it('refuse a time that clocks skip, with the date and the next valid time, until it is said what is done', () => {
    expect(refusal(weekly())).toEqual({
      code: 'SERIES.TIME_SKIPPED',
      field: 'input.atGap',
      details: { date: '2027-03-14', nextValid: '2027-03-14T03:00' },
    });
    expect(instants(weekly({ atGap: 'next_valid' }))[1]).toBe('2027-03-14T07:00');
    expect(instants(weekly({ atGap: 'leave_out' }))).toHaveLength(3);
    expect(instants(weekly({ exceptDates: ['2027-03-14'] }))).toHaveLength(3);
  });

  it('ask which of two times is meant where clocks show it twice', () => {
    const twice = weekly({ startsAt: '2027-10-31T01:30' }); // twice on 7 November 2027
    expect(refusal(twice)).toEqual({
      code: 'SERIES.TIME_TWICE',
      field: 'input.atOverlap',
      details: { date: '2027-11-07', offsets: ['-04:00', '-05:00'] },
    });
    expect(instants({ ...twice, atOverlap: 'earlier' })[1]).toBe('2027-11-07T05:30');
    expect(instants({ ...twice, atOverlap: 'later' })[1]).toBe('2027-11-07T06:30');
  });

  it('refuse a first day that the rule does not name, and exceptions that are no dates of it', () => {
    expect(
      refusal(weekly({ startsAt: '2027-03-08T18:00', rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=2' })),
    ).toMatchObject({
      code: 'SERIES.START_OFF_RULE',
      details: { next: '2027-03-09T18:00' },
    });
    expect(refusal(weekly({ startsAt: '2027-03-07T18:00', exceptDates: ['2027-03-15'] }))).toMatchObject({
      code: 'SERIES.EXCEPTION_UNKNOWN',
      field: 'input.exceptDates.0',
    });
    expect(
      refusal(
        weekly({ startsAt: '2027-03-07T18:00', rule: 'FREQ=DAILY;COUNT=1', exceptDates: ['2027-03-07'] }),
      ).code,
    ).toBe('SERIES.NEVER');
  });

  it('show the same local time in every zone of the IANA database through the clock changes of 2026 and 2027', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.length).toBeGreaterThan(400);
    const hour = fc.integer({ min: 0, max: 23 });
    const minute = fc.constantFrom(0, 15, 30, 45);
    for (const timeZone of zones) {
      fc.assert(
        fc.property(hour, minute, fc.integer({ min: 0, max: 6 }), (h, m, day) => {
          const clock = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
          const { dates } = seriesDates({
            rule: 'FREQ=WEEKLY;COUNT=104',
            startsAt: `2026-01-0${day + 1}T${clock}`,
            durationMinutes: 60,
            timeZone,
            atGap: 'leave_out',
            atOverlap: 'earlier',
          });
          expect(dates.length).toBeGreaterThanOrEqual(100);
          for (const { local, startsAt } of dates)
            expect(DateTime.fromJSDate(startsAt, { zone: timeZone }).toFormat("yyyy-LL-dd'T'HH:mm")).toBe(
              local,
            );
        }),
        { numRuns: 2 },
      );
    }
  });
});
