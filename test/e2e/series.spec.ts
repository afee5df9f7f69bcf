import { DateTime } from 'luxon';
import { openHttpUnion, type Headers, type HttpUnion, type Refusal } from '../support/http-union';

const ZONE = 'America/New_York';

interface Occurrence {
  readonly id: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: string;
  readonly sequence: number;
  readonly uid: string;
  readonly moved: boolean;
  readonly capacity: number | null;
}

const SERIES = `id rule startsAtLocal durationMinutes timeZone chapter { name } follows { id } copiedFrom { id }
  gatherings(first: 50) { edges { node { id title startsAt endsAt state sequence uid moved capacity language place } } }`;
const SCHEDULE = `mutation ($input: ScheduleSeriesInput!) { scheduleSeries(input: $input) { ${SERIES} } }`;
const UPDATE = `mutation ($input: UpdateSeriesInput!) { updateSeries(input: $input) { changed keptTheirTime } }`;
const CANCEL = `mutation ($id: ID!, $scope: SeriesScope!) { cancelSeries(gatheringId: $id, scope: $scope) }`;
const COPY = `mutation ($input: CopySeriesInput!) { copySeries(input: $input) { ${SERIES} } }`;
const READ = `query ($id: ID!) { gatheringSeries(id: $id) { ${SERIES} } }`;
const DATES = `query ($input: SeriesDatesInput!) { seriesDates(input: $input) { local startsAt endsAt } }`;

describe('series over HTTP', () => {
  let hall: HttpUnion;
  let north: string;
  let south: string;
  let organizer: Headers;
  let facilitator: Headers;
  let member: Headers;
  const stranger = {};
  /** A Tuesday some weeks from now, at 18:30. */
  const first = DateTime.now()
    .setZone(ZONE)
    .plus({ weeks: 3 })
    .set({ weekday: 2, hour: 18, minute: 30, second: 0, millisecond: 0 });
  const local = (at: DateTime): string => at.toFormat("yyyy-LL-dd'T'HH:mm");

  beforeAll(async () => {
    hall = await openHttpUnion();
    ({ north, south } = hall);
    organizer = await hall.person('ada', { role: 'organizer', chapters: [north, south] });
    facilitator = await hall.person('fay', { role: 'facilitator', chapters: [north] });
    member = await hall.person('mia', { memberOf: north });
  });
  afterAll(() => hall.close());

  const must = <T>(query: string, variables: object): Promise<T> => hall.must<T>(query, variables, organizer);
  const refused = (query: string, variables: object, headers = organizer): Promise<Refusal> =>
    hall.refused(query, variables, headers);
  const input = (over: object = {}): Record<string, unknown> => ({
    chapterId: north,
    kind: 'LISTENING_SESSION',
    title: 'What the feed did to us',
    startsAt: local(first),
    durationMinutes: 90,
    timeZone: ZONE,
    rule: 'FREQ=WEEKLY;COUNT=5',
    capacity: 20,
    ...over,
  });
  interface Series {
    readonly id: string;
    readonly rule: string;
    readonly follows: { id: string } | null;
    readonly gatherings: { edges: { node: Occurrence }[] };
  }
  const scheduled = async (over: object = {}): Promise<{ id: string; dates: Occurrence[]; rule: string }> => {
    const { scheduleSeries } = await must<{ scheduleSeries: Series }>(SCHEDULE, { input: input(over) });
    return dated(scheduleSeries);
  };
  const dated = (series: Series): { id: string; dates: Occurrence[]; rule: string } => ({
    id: series.id,
    rule: series.rule,
    dates: series.gatherings.edges.map(({ node }) => node),
  });
  const read = async (id: string): Promise<ReturnType<typeof dated>> =>
    dated((await must<{ gatheringSeries: Series }>(READ, { id })).gatheringSeries);
  const hours = (dates: readonly Occurrence[]): string[] =>
    dates.map(({ startsAt }) => DateTime.fromISO(startsAt, { zone: ZONE }).toFormat('HH:mm'));

  it('announces all dates at once, each a gathering with a UID of its own', async () => {
    const { dates } = await scheduled();
    expect(dates.map(({ startsAt }) => +new Date(startsAt))).toEqual(
      [0, 1, 2, 3, 4].map((weeks) => first.plus({ weeks }).toMillis()),
    );
    expect(new Set(dates.map(({ uid }) => uid)).size).toBe(5);
    expect(
      dates.every(({ state, moved, capacity }) => state === 'SCHEDULED' && !moved && capacity === 20),
    ).toBe(true);
  });

  it('shows the dates before anything is written, and refuses by name what cannot stand', async () => {
    const { startsAt, durationMinutes, timeZone } = input();
    const asked = { startsAt, durationMinutes, timeZone };
    const { seriesDates } = await must<{ seriesDates: { local: string }[] }>(DATES, {
      input: { ...asked, rule: 'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2', startsAt: '2030-01-31T09:00' },
    });
    expect(seriesDates.map((date) => date.local)).toEqual(['2030-01-31T09:00', '2030-03-31T09:00']);
    expect(await refused(DATES, { input: { ...asked, rule: 'FREQ=WEEKLY' } })).toMatchObject({
      code: 'SERIES.ENDLESS',
      field: 'input.rule',
    });
    expect(await refused(SCHEDULE, { input: input({ startsAt: '2020-01-07T18:30' }) })).toMatchObject({
      code: 'GATHERING.INVALID',
      field: 'input.startsAt',
    });
    expect(await refused(SCHEDULE, { input: input({ durationMinutes: 1 }) })).toMatchObject({
      field: 'input.durationMinutes',
    });
  });

  it('leaves nothing behind when one date cannot stand', async () => {
    const count = async (): Promise<number> =>
      (await hall.rows<{ n: number }>(`SELECT count(*)::int AS n FROM gathering`))[0]!.n;
    const before = await count();
    const skipped = { startsAt: '2030-03-03T02:30', rule: 'FREQ=WEEKLY;COUNT=3' }; // clocks skip it on the 10th
    expect(await refused(SCHEDULE, { input: input(skipped) })).toMatchObject({
      code: 'SERIES.TIME_SKIPPED',
      field: 'input.atGap',
      details: { date: '2030-03-10', nextValid: '2030-03-10T03:00' },
    });
    expect(await count()).toBe(before);
    expect((await scheduled({ ...skipped, atGap: 'LEAVE_OUT' })).dates).toHaveLength(2);
  });

  it('moves the hour of this and the following dates, and leaves those before', async () => {
    const { id, dates } = await scheduled();
    const { updateSeries } = await must<{ updateSeries: object }>(UPDATE, {
      input: { gatheringId: dates[2]!.id, scope: 'FOLLOWING', startsAtHour: '19:15', title: 'Later' },
    });
    expect(updateSeries).toEqual({ changed: 3, keptTheirTime: 0 });
    const head = await read(id);
    expect(hours(head.dates)).toEqual(['18:30', '18:30']);
    const { gathering } = await must<{ gathering: { series: Series } }>(
      `query ($id: ID!) { gathering(id: $id) { series { ${SERIES} } } }`,
      { id: dates[2]!.id },
    );
    expect(gathering.series.follows).toEqual({ id });
    expect(gathering.series.rule).toBe('FREQ=WEEKLY;COUNT=3');
    const tail = dated(gathering.series);
    expect(hours(tail.dates)).toEqual(['19:15', '19:15', '19:15']);
    expect(tail.dates.map(({ uid, sequence, title }) => [uid, sequence, title])).toEqual(
      dates.slice(2).map(({ uid }) => [uid, 1, 'Later']),
    );
  });

  it('lets a date that was moved by itself keep its time, and says so', async () => {
    const { id, dates } = await scheduled();
    await must(`mutation ($input: UpdateGatheringInput!) { updateGathering(input: $input) { id } }`, {
      input: {
        gatheringId: dates[1]!.id,
        times: {
          startsAt: local(first.plus({ days: 8 }).set({ hour: 12 })),
          durationMinutes: 60,
          timeZone: ZONE,
        },
      },
    });
    const { updateSeries } = await must<{ updateSeries: object }>(UPDATE, {
      input: { gatheringId: dates[3]!.id, scope: 'ALL', startsAtHour: '20:00', place: 'Hall B' },
    });
    expect(updateSeries).toEqual({ changed: 5, keptTheirTime: 1 });
    const after = await read(id);
    expect(hours(after.dates)).toEqual(['20:00', '12:30', '20:00', '20:00', '20:00']);
    expect(after.dates.map(({ moved }) => moved)).toEqual([false, true, false, false, false]);
  });

  it('refuses places below those already going on any date, and changes none', async () => {
    const { id, dates } = await scheduled();
    await hall.rows(`UPDATE gathering SET going_count = 7 WHERE uid = $1`, [dates[4]!.uid]);
    expect(
      await refused(UPDATE, { input: { gatheringId: dates[0]!.id, scope: 'ALL', capacity: 6 } }),
    ).toMatchObject({ code: 'GATHERING.CAPACITY_TAKEN', details: { going: 7 } });
    expect((await read(id)).dates.map(({ capacity }) => capacity)).toEqual([20, 20, 20, 20, 20]);
  });

  it('cancels this and the following dates; what was before stands', async () => {
    const { id, dates } = await scheduled();
    expect(await must(CANCEL, { id: dates[3]!.id, scope: 'FOLLOWING' })).toEqual({ cancelSeries: 2 });
    expect((await read(id)).dates.map(({ state }) => state)).toEqual([
      'SCHEDULED',
      'SCHEDULED',
      'SCHEDULED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(await refused(CANCEL, { id: dates[3]!.id, scope: 'ALL' })).toMatchObject({
      code: 'GATHERING.CANCELLED',
    });
    expect(await must(CANCEL, { id: dates[0]!.id, scope: 'ALL' })).toEqual({ cancelSeries: 3 });
  });

  it('copies a series to another chapter: its rule and words, in the zone and language there', async () => {
    const { id } = await scheduled({ place: 'Union hall', onlineUrl: 'https://meet.example.org/1' });
    const { copySeries } = await must<{ copySeries: Series & { timeZone: string; copiedFrom: object } }>(
      COPY,
      {
        input: {
          seriesId: id,
          chapterId: south,
          startsAt: local(first),
          title: 'Lo que nos hizo el muro',
          language: 'es',
        },
      },
    );
    expect(copySeries).toMatchObject({
      timeZone: 'America/Denver',
      copiedFrom: { id },
      chapter: { name: 'South' },
    });
    const { dates } = dated(copySeries);
    expect(dates).toHaveLength(5);
    expect(dates[0]).toMatchObject({ title: 'Lo que nos hizo el muro', language: 'es', place: null });
    expect(DateTime.fromISO(dates[0]!.startsAt, { zone: 'America/Denver' }).toFormat('HH:mm')).toBe('18:30');
  });

  it('says of a single gathering that it has no series', async () => {
    const { scheduleTraining } = await must<{ scheduleTraining: { id: string; series: null } }>(
      `mutation ($input: ScheduleGatheringInput!) { scheduleTraining(input: $input) { id series { id } } }`,
      {
        input: {
          chapterId: north,
          title: 'Once',
          startsAt: local(first),
          durationMinutes: 60,
          timeZone: ZONE,
        },
      },
    );
    expect(scheduleTraining.series).toBeNull();
    expect(await refused(CANCEL, { id: scheduleTraining.id, scope: 'ALL' })).toMatchObject({
      code: 'SERIES.NONE',
    });
  });

  it('is planned by organizers of the chapter alone, and read by those who plan there', async () => {
    const { id, dates } = await scheduled();
    const update = { input: { gatheringId: dates[0]!.id, scope: 'ALL', title: 'Mine' } };
    for (const [who, code] of [
      [facilitator, 'AUTHZ.FORBIDDEN'],
      [member, 'AUTHZ.FORBIDDEN'],
      [stranger, 'AUTHZ.UNAUTHENTICATED'],
    ] as const) {
      expect((await refused(SCHEDULE, { input: input() }, who)).code).toBe(code);
      expect((await refused(UPDATE, update, who)).code).toBe(code);
      expect((await refused(CANCEL, { id: dates[0]!.id, scope: 'ALL' }, who)).code).toBe(code);
    }
    const elsewhere = await hall.person('sam', { role: 'organizer', chapters: [south] });
    expect((await refused(UPDATE, update, elsewhere)).code).toBe('AUTHZ.NOT_FOUND');
    expect(
      (await hall.ask<{ gatheringSeries: unknown }>(READ, { id }, elsewhere)).data?.gatheringSeries,
    ).toBeNull();
    expect(
      (await hall.ask<{ gatheringSeries: { id: string } }>(READ, { id }, facilitator)).data?.gatheringSeries
        .id,
    ).toBe(id);
    const theirs = { seriesId: id, chapterId: south, startsAt: local(first) };
    expect((await refused(COPY, { input: theirs }, elsewhere)).code).toBe('SERIES.NOT_FOUND');
    for (const who of [member, stranger])
      expect(
        (await hall.ask<{ gatheringSeries: unknown } | null>(READ, { id }, who)).data?.gatheringSeries ??
          null,
      ).toBeNull();
  });
});
