import ICAL from 'ical.js';
import { openHttpUnion, rowId, type Headers, type HttpUnion } from '../support/http-union';

const CREATE = `mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { id address } }`;
const REVOKE = `mutation ($id: ID!) { revokeCalendarFeed(id: $id) }`;
const LIST = `{ calendarFeeds { id shows chapterId } }`;

describe('calendars that programs follow', () => {
  let hall: HttpUnion;
  let organizer: Headers;
  let member: Headers;

  beforeAll(async () => {
    hall = await openHttpUnion();
    organizer = await hall.person('ada', { role: 'organizer', chapters: [hall.north] });
    member = await hall.person('mia', { memberOf: hall.north });
  });
  afterAll(() => hall.close());

  const gathering = async (
    chapter: string,
    title: string,
    days: number,
    zone = 'America/New_York',
  ): Promise<string> =>
    (
      await hall.rows<{ id: string }>(
        `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         VALUES ($1, 'training', $2, date_trunc('minute', now()) + make_interval(days => $3), date_trunc('minute', now()) + make_interval(days => $3, hours => 2), $4)
         RETURNING id`,
        [rowId(chapter), title, days, zone],
      )
    )[0]!.id;
  const create = async (input: object, who: Headers): Promise<{ id: string; path: string }> => {
    const { createCalendarFeed: made } = await hall.must<{
      createCalendarFeed: { id: string; address: string };
    }>(CREATE, { input }, who);
    return { id: made.id, path: new URL(made.address).pathname };
  };
  const fetchFeed = (path: string, headers: Headers = {}) =>
    hall.app.inject({ url: path, headers: { ...headers } });
  const events = (
    text: string,
  ): { uid: string; summary: string; status: string; start: Date; sequence: number }[] => {
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents('vtimezone'))
      ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    return calendar.getAllSubcomponents('vevent').map((one) => {
      const event = new ICAL.Event(one);
      return {
        uid: event.uid,
        summary: event.summary,
        status: String(one.getFirstPropertyValue('status')),
        start: event.startDate.toJSDate(),
        sequence: event.sequence,
      };
    });
  };

  it('show a member what they answered to, to the minute in any zone, and no more', async () => {
    const [going, maybe, declined] = await Promise.all([
      gathering(hall.north, 'Going', 3),
      gathering(hall.south, 'Perhaps', 40, 'Asia/Kathmandu'),
      gathering(hall.north, 'Not', 4),
    ]);
    await hall.rows(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status)
       SELECT g.id::uuid, m.id, m.chapter_id, g.status FROM user_account u JOIN member m ON m.id = u.member_id,
         unnest($1::text[], $2::text[]) AS g (id, status) WHERE u.email = 'mia@example.org'`,
      [
        [going, maybe, declined],
        ['going', 'maybe', 'declined'],
      ],
    );
    const { path } = await create({ shows: 'MINE' }, member);
    const answer = await fetchFeed(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    const shown = events(answer.body);
    expect(shown.map(({ summary, status }) => [summary, status])).toEqual([
      ['Going', 'CONFIRMED'],
      ['Perhaps', 'TENTATIVE'],
    ]);
    const stored = await hall.rows<{ starts_at: Date; uid: string }>(
      `SELECT starts_at, uid FROM gathering WHERE id = ANY($1::uuid[]) ORDER BY starts_at`,
      [[going, maybe]],
    );
    expect(shown.map(({ start, uid }) => [start.toISOString(), uid])).toEqual(
      stored.map(({ starts_at, uid }) => [starts_at.toISOString(), uid]),
    );
    expect(answer.body).not.toMatch(/mia|Lee|ATTENDEE/);
  });

  it('follow a change and a cancellation under the same UID, and answer 304 to who has the newest', async () => {
    const id = await gathering(hall.north, 'Moves', 10);
    const { path } = await create({ shows: 'CHAPTER', chapterId: hall.north }, organizer);
    const first = await fetchFeed(path);
    expect((await fetchFeed(path, { 'if-none-match': String(first.headers['etag']) })).statusCode).toBe(304);
    const before = events(first.body).find(({ summary }) => summary === 'Moves')!;
    await hall.must(
      `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { id } }`,
      { id: `Gathering_${id}` },
      organizer,
    );
    const second = await fetchFeed(path, { 'if-none-match': String(first.headers['etag']) });
    expect(second.statusCode).toBe(200);
    const after = events(second.body).find(({ summary }) => summary === 'Moves')!;
    expect(after).toMatchObject({ uid: before.uid, status: 'CANCELLED', sequence: before.sequence + 1 });
  });

  it('show an organizer what they plan, and end with their grant', async () => {
    const fay = await hall.person('fay', { role: 'facilitator', chapters: [hall.south] });
    await gathering(hall.south, 'Only in the south', 5);
    const { path } = await create({ shows: 'ORGANIZER' }, fay);
    const shown = events((await fetchFeed(path)).body);
    expect(shown.map(({ summary }) => summary)).toContain('Only in the south');
    expect(shown.map(({ summary }) => summary)).not.toContain('Going');
    await hall.rows(`UPDATE role_grant SET revoked_at = now() FROM user_account u
      WHERE u.id = user_id AND u.email = 'fay@example.org'`);
    expect((await fetchFeed(path)).statusCode).toBe(404);
  });

  it('are revoked at once, by their owner alone', async () => {
    const { id, path } = await create({ shows: 'MINE' }, member);
    expect(await hall.refused(REVOKE, { id }, organizer)).toMatchObject({ code: 'FEED.NOT_FOUND' });
    expect(
      (await hall.must<{ calendarFeeds: { id: string }[] }>(LIST, {}, member)).calendarFeeds[0]!.id,
    ).toBe(id);
    await hall.must(REVOKE, { id }, member);
    expect((await fetchFeed(path)).statusCode).toBe(404);
    expect((await fetchFeed('/calendar/nobody-was-ever-given-this.ics')).statusCode).toBe(404);
    const left = await hall.must<{ calendarFeeds: { id: string }[] }>(LIST, {}, member);
    expect(left.calendarFeeds.map((feed) => feed.id)).not.toContain(id);
  });

  it('are made by who may read what they show, twenty at most, and kept as hashes', async () => {
    const chapter = { input: { shows: 'CHAPTER', chapterId: hall.north } };
    expect(await hall.refused(CREATE, chapter, member)).toMatchObject({ code: 'AUTHZ.FORBIDDEN' });
    expect(await hall.refused(CREATE, chapter)).toMatchObject({ code: 'AUTHZ.UNAUTHENTICATED' });
    expect(
      await hall.refused(CREATE, { input: { shows: 'CHAPTER', chapterId: hall.south } }, organizer),
    ).toMatchObject({ code: 'AUTHZ.NOT_FOUND' });
    expect(await hall.refused(CREATE, { input: { shows: 'CHAPTER' } }, organizer)).toMatchObject({
      code: 'FEED.CHAPTER_MISSING',
      field: 'input.chapterId',
    });
    expect(await hall.refused(CREATE, { input: { shows: 'MINE' } }, organizer)).toMatchObject({
      code: 'FEED.NOT_A_MEMBER',
    });
    const rob = await hall.person('rob', { memberOf: hall.north });
    const made = await Promise.all(Array.from({ length: 20 }, () => create({ shows: 'MINE' }, rob)));
    expect(await hall.refused(CREATE, { input: { shows: 'MINE' } }, rob)).toMatchObject({
      code: 'FEED.TOO_MANY',
    });
    const kept = JSON.stringify(
      await hall.rows(`SELECT f.*, encode(secret_hash, 'escape') FROM calendar_feed f`),
    );
    for (const { path } of made) expect(kept).not.toContain(path.slice('/calendar/'.length, -'.ics'.length));
  });
});
