import { openHttpUnion, rowId, type Headers, type HttpUnion } from '../support/http-union';

const TURNOUT = `query ($input: TurnoutInput!) { turnout(input: $input) { key label gatherings invited going attended absent unknown } }`;
const LADDER = `query ($filter: LadderPlaceFilter) { ladderPlaces(first: 20, filter: $filter) { edges { node { cameTo hasLed leadsNext member { givenName } } } } }`;

describe('reports over HTTP', () => {
  let hall: HttpUnion;
  let organizer: Headers;

  beforeAll(async () => {
    hall = await openHttpUnion();
    organizer = await hall.person('ada', { role: 'organizer', chapters: [hall.north, hall.south] });
    await Promise.all([hall.members(6, hall.north), hall.members(2, hall.south)]);
    const gathering = async (chapter: string, kind: string, at: string): Promise<string> =>
      (
        await hall.rows<{ id: string }>(
          `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
           VALUES ($1, $2, 'Over', $3::timestamptz, $3::timestamptz + interval '1 hour', 'America/New_York') RETURNING id`,
          [rowId(chapter), kind, at],
        )
      )[0]!.id;
    // The first begins on 31 October by the clock on its wall, and on 1 November in UTC.
    const october = await gathering(hall.north, 'training', '2025-11-01T02:00:00Z');
    const november = await gathering(hall.north, 'listening_session', '2025-11-05T18:00:00Z');
    const south = await gathering(hall.south, 'training', '2025-11-06T18:00:00Z');
    const answer = (id: string, chapter: string, statuses: string[], came: (string | null)[]) =>
      hall.rows(
        `WITH p AS (SELECT id, chapter_id, row_number() OVER (ORDER BY id) AS n FROM member WHERE chapter_id = $2),
          r AS (INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, p.id, p.chapter_id, s.status
            FROM p JOIN unnest($3::text[]) WITH ORDINALITY AS s (status, n) USING (n))
         INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source) SELECT $1, p.id, p.chapter_id, s.status, 'organizer'
           FROM p JOIN unnest($4::text[]) WITH ORDINALITY AS s (status, n) USING (n) WHERE s.status IS NOT NULL`,
        [id, rowId(chapter), statuses, came],
      );
    await answer(
      october,
      hall.north,
      ['going', 'going', 'going', 'declined'],
      ['attended', 'no_show', 'unknown', null],
    );
    await answer(november, hall.north, ['invited', 'going'], ['attended', 'attended']);
    await answer(south, hall.south, ['going', 'going'], ['attended', 'no_show']);
    await hall.rows(
      `INSERT INTO ladder_place (member_id, chapter_id, rung) SELECT id, chapter_id, 'member' FROM member WHERE given_name LIKE 'Ann%'`,
    );
    await hall.rows(
      `INSERT INTO gathering_facilitator (gathering_id, member_id, chapter_id, role, state, answered_at)
       SELECT $1, id, chapter_id, 'lead', 'confirmed', now() FROM (SELECT * FROM member WHERE chapter_id = $2 ORDER BY id LIMIT 1) m`,
      [october, rowId(hall.north)],
    );
  });
  afterAll(() => hall.close());

  const window = { from: '2025-10-01T00:00:00Z', until: '2025-12-01T00:00:00Z' };
  const lines = async (input: object): Promise<Record<string, unknown>[]> =>
    (
      await hall.must<{ turnout: Record<string, unknown>[] }>(
        TURNOUT,
        { input: { ...window, ...input } },
        organizer,
      )
    ).turnout;

  it('count who was invited, who said they would come, and who came, by chapter, by kind, and by the month on the wall', async () => {
    expect(await lines({ by: 'CHAPTER' })).toEqual([
      {
        key: hall.north,
        label: 'North',
        gatherings: 2,
        invited: 6,
        going: 4,
        attended: 3,
        absent: 1,
        unknown: 1,
      },
      {
        key: hall.south,
        label: 'South',
        gatherings: 1,
        invited: 2,
        going: 2,
        attended: 1,
        absent: 1,
        unknown: 0,
      },
    ]);
    expect((await lines({ by: 'MONTH' })).map(({ key, gatherings }) => [key, gatherings])).toEqual([
      ['2025-10', 1],
      ['2025-11', 2],
    ]);
    expect(
      (await lines({ by: 'KIND', chapterId: hall.north })).map(({ key, attended }) => [key, attended]),
    ).toEqual([
      ['listening_session', 2],
      ['training', 1],
    ]);
    expect((await lines({ by: 'CHAPTER', kind: 'LISTENING_SESSION' })).map(({ key }) => key)).toEqual([
      hall.north,
    ]);
  });

  it('are read within reach, over two years at most', async () => {
    const sam = await hall.person('sam', { role: 'facilitator', chapters: [hall.south] });
    const seen = await hall.must<{ turnout: { key: string }[] }>(
      TURNOUT,
      { input: { ...window, by: 'CHAPTER' } },
      sam,
    );
    expect(seen.turnout.map(({ key }) => key)).toEqual([hall.south]);
    const asked = { ...window, by: 'CHAPTER', chapterId: hall.north };
    expect((await hall.refused(TURNOUT, { input: asked }, sam)).code).toBe('AUTHZ.NOT_FOUND');
    const member = await hall.person('mia', { memberOf: hall.north });
    expect((await hall.refused(TURNOUT, { input: asked }, member)).code).toBe('AUTHZ.FORBIDDEN');
    expect((await hall.refused(TURNOUT, { input: asked })).code).toBe('AUTHZ.UNAUTHENTICATED');
    expect(
      await hall.refused(TURNOUT, { input: { ...asked, from: '2020-01-01T00:00:00Z' } }, organizer),
    ).toMatchObject({
      code: 'GATHERING.INVALID',
      field: 'input.from',
    });
    expect(await hall.refused(TURNOUT, { input: { ...asked, until: window.from } }, organizer)).toMatchObject(
      {
        field: 'input.until',
      },
    );
  });

  it('show who comes and was never asked for more, and what those who lead have on their hands', async () => {
    const found = async (filter: object): Promise<{ cameTo: number; hasLed: number }[]> =>
      (
        await hall.must<{ ladderPlaces: { edges: { node: { cameTo: number; hasLed: number } }[] } }>(
          LADDER,
          { filter },
          organizer,
        )
      ).ladderPlaces.edges.map(({ node }) => node);
    expect(await found({ cameAtLeast: 2 })).toEqual([
      { cameTo: 2, hasLed: 1, leadsNext: 0, member: { givenName: expect.any(String) } },
    ]);
    expect(await found({ cameAtLeast: 2, neverAsked: true })).toEqual([]);
    expect((await found({ cameAtLeast: 1, neverAsked: true })).map(({ cameTo }) => cameTo)).toEqual([1, 1]);
  });
});
