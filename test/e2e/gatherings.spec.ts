import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RsvpLinks } from '@unionhall/gatherings';
import { GrantsService, SignInService, systemActor, UsersService } from '@unionhall/identity';
import { Clock, Outbox } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from '../support/database';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly field?: string; readonly details?: object };
  }[];
}

/** What stands at a dotted path of an answer. */
const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inside, key) => (inside as Record<string, unknown> | null | undefined)?.[key], value);

describe('gatherings and campaigns over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let clock: Clock;
  let chapter: string;
  let members: { id: string; email: string }[];
  let organizer: Record<string, string>;
  let member: Record<string, string>;

  beforeAll(async () => {
    database = await cloneDatabase();
    clock = new Clock();
    app = await createApi({ config: testConfig(database.url), clock });
    [chapter, members] = await asOwner(database.url, async (client) => {
      const made = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('North', 'city', 'north', 'America/New_York', 'en') RETURNING id`,
      );
      const people = await client.query<{ id: string; email: string }>(
        `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
         SELECT $1, 'Ann' || n, 'Lee', 'ann' || n || '@example.org', 'ann' || n || '@example.org', 'member' FROM generate_series(1, 5) n
         RETURNING id, email`,
        [made.rows[0]!.id],
      );
      return [made.rows[0]!.id, people.rows] as const;
    });
    const users = app.get(UsersService);
    await users.ensure(SYSTEM, { email: 'ada@example.org', password: PASSWORD });
    await users.ensure(SYSTEM, { email: members[0]!.email, password: PASSWORD });
    await asOwner(database.url, (client) =>
      client.query(`UPDATE user_account SET member_id = $1 WHERE email_key = $2`, [
        members[0]!.id,
        members[0]!.email,
      ]),
    );
    await app
      .get(GrantsService)
      .giveTo(SYSTEM, 'ada@example.org', { role: 'organizer', chapterId: chapter, purposes: [] });
    organizer = await bearer('ada@example.org');
    member = await bearer(members[0]!.email);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const ask = async (
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    (
      await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...headers },
        payload: { query, variables },
      })
    ).json();
  const bearer = async (email: string): Promise<Record<string, string>> => {
    const session = await app
      .get(SignInService)
      .withPassword({ email, password: PASSWORD, address: '127.0.0.1' });
    return { authorization: `Bearer ${session.token}` };
  };
  const codes = (answer: Answer): string[] => (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const SCHEDULE = `mutation ($input: ScheduleGatheringInput!) { scheduleTraining(input: $input) { id title startsAt timeZone state uid sequence chapter { name } } }`;
  const schedule = async (over: object = {}): Promise<string> => {
    const input = {
      chapterId: `Chapter_${chapter}`,
      title: 'Know <your> rights',
      startsAt: '2030-07-01T18:30',
      durationMinutes: 90,
      timeZone: 'America/New_York',
      ...over,
    };
    const answer = await ask(SCHEDULE, { input }, organizer);
    expect(answer.errors).toBeUndefined();
    return at(answer.data, 'scheduleTraining.id') as string;
  };
  const RSVP = `mutation ($input: RsvpInput!) { rsvp(input: $input) { status gathering { title goingCount } } }`;

  it('an organizer announces a training, and everybody finds it in the agenda', async () => {
    const id = await schedule();
    const agenda = `{ gatherings(first: 5, filter: { kind: TRAINING }) { edges { node { id title startsAt kind goingCount chapter { name } } } } }`;
    expect(at(await ask(agenda), 'data.gatherings.edges.0.node')).toMatchObject({
      id,
      title: 'Know <your> rights',
      startsAt: expect.stringMatching(/^2030-07-01T22:30:00(\.0+)?Z$/),
      kind: 'TRAINING',
      goingCount: 0,
      chapter: { name: 'North' },
    });
  });

  it('a time inside a clock change is refused with what to do about it', async () => {
    const input = {
      chapterId: `Chapter_${chapter}`,
      title: 'X',
      durationMinutes: 90,
      timeZone: 'America/New_York',
      startsAt: '2030-03-10T02:30',
    };
    const gap = await ask(SCHEDULE, { input }, organizer);
    expect(gap.errors![0]!.extensions).toMatchObject({
      code: 'GATHERING.TIME_IN_GAP',
      field: 'input.startsAt',
      details: { nextValid: '2030-03-10T03:00' },
    });
    const twice = await ask(SCHEDULE, { input: { ...input, startsAt: '2030-11-03T01:30' } }, organizer);
    expect(twice.errors![0]!.extensions).toMatchObject({
      code: 'GATHERING.TIME_AMBIGUOUS',
      details: { offsets: ['-04:00', '-05:00'] },
    });
    expect(codes(await ask(SCHEDULE, { input }, member))).toEqual(['AUTHZ.FORBIDDEN']);
    expect(codes(await ask(SCHEDULE, { input }))).toEqual(['AUTHZ.UNAUTHENTICATED']);
  });

  it('a member answers in the portal, once, and sees their answers', async () => {
    const gatheringId = await schedule();
    expect(await ask(RSVP, { input: { gatheringId, status: 'GOING' } }, member)).toEqual({
      data: { rsvp: { status: 'GOING', gathering: { title: 'Know <your> rights', goingCount: 1 } } },
    });
    expect(codes(await ask(RSVP, { input: { gatheringId, status: 'GOING' } }, member))).toEqual([
      'RSVP.ALREADY',
    ]);
    const seen = await ask(
      `query ($id: ID!) { node(id: $id) { ... on Member { attendanceCount rsvps(first: 3) { edges { node { status gathering { id } } } } } } }`,
      { id: `Member_${members[0]!.id}` },
      member,
    );
    expect(at(seen.data, 'node')).toEqual({
      attendanceCount: 0,
      rsvps: { edges: [{ node: { status: 'GOING', gathering: { id: gatheringId } } }] },
    });
    await ask(
      `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { state sequence } }`,
      { id: gatheringId },
      organizer,
    );
    expect(codes(await ask(RSVP, { input: { gatheringId, status: 'MAYBE' } }, member))).toEqual([
      'GATHERING.CANCELLED',
    ]);
  });

  it('a freed place goes to whoever waits, when the news is handed on', async () => {
    const gatheringId = await schedule({ capacity: 1 });
    const forOther = (status: string) => ({
      input: { gatheringId, memberId: `Member_${members[1]!.id}`, status },
    });
    const RSVP_FOR = `mutation ($input: RsvpForInput!) { rsvpFor(input: $input) { status } }`;
    await ask(RSVP_FOR, forOther('GOING'), organizer);
    const waiting = await ask(RSVP, { input: { gatheringId, status: 'GOING' } }, member);
    expect(at(waiting, 'data.rsvp.status')).toBe('WAITLISTED');
    await ask(RSVP_FOR, forOther('CANCELLED'), organizer);
    await app.get(Outbox).relay();
    const query = `query ($id: ID!) { gathering(id: $id) { goingCount waitlistedCount rsvps(first: 5, filter: { status: [GOING] }) { edges { node { member { givenName } } } } } }`;
    expect((await ask(query, { id: gatheringId }, organizer)).data).toEqual({
      gathering: {
        goingCount: 1,
        waitlistedCount: 0,
        rsvps: { edges: [{ node: { member: { givenName: 'Ann1' } } }] },
      },
    });
  });

  it('who answered is shown to those who may see the gathering’s people, and to nobody else', async () => {
    const gatheringId = await schedule();
    await ask(RSVP, { input: { gatheringId, status: 'GOING' } }, member);
    const query = `query ($id: ID!) { gathering(id: $id) { title rsvps(first: 5) { edges { node { status member { givenName } } } } } }`;
    expect(at(await ask(query, { id: gatheringId }, organizer), 'data.gathering.rsvps.edges')).toEqual([
      { node: { status: 'GOING', member: { givenName: 'Ann1' } } },
    ]);
    const hidden = await ask(query, { id: gatheringId }, member);
    expect(at(hidden, 'data.gathering.rsvps.edges') ?? []).toEqual([]);
    expect(JSON.stringify(await ask(query, { id: gatheringId }))).not.toContain('Ann1');
  });

  it('a member answers by the link in a message without signing in, and opening it changes nothing', async () => {
    const gatheringId = await schedule();
    const uuid = gatheringId.split('_')[1]!;
    const url = new URL(app.get(RsvpLinks).address(uuid, members[1]!.id, new Date('2030-07-02T00:00:00Z')))
      .pathname;
    const rows = () =>
      asOwner(
        database.url,
        async (client) =>
          (await client.query(`SELECT status, source FROM rsvp WHERE gathering_id = $1`, [uuid])).rows,
      );
    const page = await app.inject({ method: 'GET', url });
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(page.body).toContain('Know &lt;your&gt; rights');
    expect(page.body).toContain('July 1, 2030 at 6:30');
    expect(page.body).not.toContain('<script');
    expect(page.body).not.toContain('Ann2');
    expect(await rows()).toEqual([]);
    const press = (status: string) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `status=${status}`,
      });
    expect((await press('going')).body).toContain('You have a place');
    expect((await press('going')).body).toContain('Your answer stands as it was');
    expect(await rows()).toEqual([{ status: 'going', source: 'link' }]);
    const bad = await press('maybe-not');
    expect([bad.statusCode, bad.body.includes('RSVP.STATUS_INVALID')]).toEqual([400, true]);
    const malformed = await app.inject({ method: 'GET', url: `${url}x` });
    expect([
      malformed.statusCode,
      malformed.headers['content-type'],
      malformed.body.includes('LINK.MALFORMED'),
    ]).toEqual([400, 'text/html; charset=utf-8', true]);
    expect((await press('declined')).body).toContain('You said that you cannot come');
  });

  it('attendance is taken at the door and imported from a Zoom report', async () => {
    const gatheringId = await schedule();
    clock.advance(Date.parse('2030-07-01T23:00:00Z') - Date.now());
    try {
      const fresh = await bearer('ada@example.org');
      const entries = [
        {
          id: randomUUID(),
          memberId: `Member_${members[0]!.id}`,
          status: 'ATTENDED',
          at: '2030-07-01T22:45:00Z',
        },
      ];
      const TAKE = `mutation ($input: TakeAttendanceInput!) { takeAttendance(input: $input) { recorded repeated } }`;
      expect((await ask(TAKE, { input: { gatheringId, entries } }, fresh)).data).toEqual({
        takeAttendance: { recorded: 1, repeated: 0 },
      });
      expect((await ask(TAKE, { input: { gatheringId, entries } }, fresh)).data).toEqual({
        takeAttendance: { recorded: 0, repeated: 1 },
      });
      const csv = [
        'Name (Original Name),User Email,Total Duration (Minutes),Guest',
        `Ann2 Lee,${members[1]!.email},61,No`,
        'iPhone (Ann3 Lee),,44,Yes',
      ].join('\r\n');
      const upload = async (fields: Record<string, string>, headers = fresh) => {
        const boundary = 'xxboundaryxx';
        const parts = Object.entries(fields).map(
          ([name, value]) =>
            `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        );
        const payload = `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="report.csv"\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--${boundary}--\r\n`;
        const response = await app.inject({
          method: 'POST',
          url: `/gatherings/${gatheringId}/zoom-report`,
          headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
          payload,
        });
        return { status: response.statusCode, body: response.json() as object };
      };
      const seen = await upload({ thresholdMinutes: '30' });
      expect(seen).toMatchObject({
        status: 200,
        body: {
          people: 2,
          matched: [{ memberId: `Member_${members[1]!.id}`, status: 'attended', minutes: 61 }],
        },
      });
      expect(at(seen.body, 'unmatched.0.suggestions')).toEqual([
        { memberId: `Member_${members[2]!.id}`, name: 'Ann3 Lee' },
      ]);
      const decisions = JSON.stringify([
        { key: at(seen.body, 'unmatched.0.key'), memberId: `Member_${members[2]!.id}` },
      ]);
      const done = await upload({
        thresholdMinutes: '30',
        mode: 'commit',
        fingerprint: at(seen.body, 'fingerprint') as string,
        decisions,
      });
      expect(done).toMatchObject({ status: 200, body: { recorded: 2, left: 0 } });
      expect(
        (await ask(`query ($id: ID!) { gathering(id: $id) { attendedCount } }`, { id: gatheringId }, fresh))
          .data,
      ).toEqual({ gathering: { attendedCount: 3 } });
      expect(((await upload({}, {} as Record<string, string>)) as { status: number }).status).toBe(401);
      expect((await upload({}, { ...fresh, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    } finally {
      clock.offsetMs = 0;
    }
  });

  it('a campaign takes pledges, and shows how many', async () => {
    const created = await ask(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id slug pledgeCount demands(first: 5) { edges { node { ordinal wording } } } } }`,
      {
        input: {
          chapterId: `Chapter_${chapter}`,
          slug: 'logout',
          title: 'The Logout',
          target: 'Facebook',
          startsAt: '2030-11-10T00:00',
          timeZone: 'America/New_York',
          demands: ['Halt it', 'An audit'],
        },
      },
      organizer,
    );
    expect(at(created.data, 'createCampaign')).toMatchObject({
      slug: 'logout',
      pledgeCount: 0,
      demands: { edges: [{ node: { ordinal: 1, wording: 'Halt it' } }, { node: { ordinal: 2 } }] },
    });
    const campaignId = at(created.data, 'createCampaign.id') as string;
    const PLEDGE = `mutation ($input: PledgeInput!) { pledge(input: $input) { id status kind campaign { pledgeCount } } }`;
    const pledged = await ask(
      PLEDGE,
      { input: { campaignId, kind: 'LOG_OFF', startsOn: '2030-11-10', endsOn: '2030-11-13' } },
      member,
    );
    expect(at(pledged.data, 'pledge')).toMatchObject({
      status: 'PLEDGED',
      kind: 'LOG_OFF',
      campaign: { pledgeCount: 1 },
    });
    expect(codes(await ask(PLEDGE, { input: { campaignId, kind: 'LOG_OFF' } }, member))).toEqual([
      'COMMITMENT.ALREADY',
    ]);
    const kept = await ask(
      `mutation ($input: CheckInInput!) { checkIn(input: $input) { status evidence } }`,
      { input: { commitmentId: at(pledged.data, 'pledge.id'), status: 'KEPT' } },
      member,
    );
    expect(kept.data).toEqual({ checkIn: { status: 'KEPT', evidence: 'SELF_REPORTED' } });
    const shown = await ask(`{ campaign(slug: "logout") { title pledgeCount keptCount } }`);
    expect(shown.data).toEqual({ campaign: { title: 'The Logout', pledgeCount: 1, keptCount: 1 } });
    const mine = await ask(
      `query ($id: ID!) { node(id: $id) { ... on Member { commitments(first: 3, orderBy: NEWEST) { edges { node { kind status campaign { slug } } } } } } }`,
      { id: `Member_${members[0]!.id}` },
      organizer,
    );
    expect(at(mine.data, 'node.commitments.edges')).toEqual([
      { node: { kind: 'LOG_OFF', status: 'KEPT', campaign: { slug: 'logout' } } },
    ]);
  });

  it('what cannot be scheduled is refused by name and place, and nothing is scheduled', async () => {
    const input = {
      chapterId: `Chapter_${chapter}`,
      title: 'X',
      startsAt: '2030-07-01T18:30',
      durationMinutes: 90,
      timeZone: 'America/New_York',
    };
    const elsewhere = await asOwner(database.url, async (client) => {
      const made = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('South', 'city', 'south', 'UTC', 'en') RETURNING id`,
      );
      return made.rows[0]!.id;
    });
    const count = () =>
      asOwner(
        database.url,
        async (client) =>
          (await client.query<{ n: string }>(`SELECT count(*) AS n FROM gathering`)).rows[0]!.n,
      );
    const before = await count();
    const refused = async (over: object): Promise<unknown> => {
      const answer = await ask(SCHEDULE, { input: { ...input, ...over } }, organizer);
      expect(answer.errors).toHaveLength(1);
      const { code, field } = answer.errors![0]!.extensions;
      return [code, field];
    };
    for (const startsAt of ['2030-02-30T18:30', '2030-07-01', '01/07/2030 18:30', '2030-07-01T25:00', '']) {
      expect(await refused({ startsAt })).toEqual(['GATHERING.TIME_INVALID', 'input.startsAt']);
    }
    expect(await refused({ startsAt: '2020-07-01T18:30' })).toEqual(['GATHERING.INVALID', 'input.startsAt']);
    expect(await refused({ timeZone: 'Mars/Olympus' })).toEqual(['GATHERING.ZONE_UNKNOWN', 'input.timeZone']);
    expect(await refused({ startsAt: '2030-11-03T01:30', startsOffset: '+02:00' })).toEqual([
      'GATHERING.OFFSET_WRONG',
      'input.startsAt',
    ]);
    expect(await refused({ durationMinutes: 0 })).toEqual(['GATHERING.INVALID', 'input.durationMinutes']);
    expect(await refused({ title: ' ' })).toEqual(['GATHERING.INVALID', 'input.title']);
    expect(await refused({ capacity: -1 })).toEqual(['GATHERING.INVALID', 'input.capacity']);
    expect(await refused({ onlineUrl: 'javascript:alert(1)' })).toEqual([
      'GATHERING.INVALID',
      'input.onlineUrl',
    ]);
    expect(await refused({ chapterId: `Gathering_${chapter}` })).toEqual([
      'ID.WRONG_TYPE',
      'input.chapterId',
    ]);
    for (const id of [elsewhere, randomUUID()]) {
      const [code] = (await refused({ chapterId: `Chapter_${id}` })) as [string];
      expect(code).toBe('AUTHZ.NOT_FOUND');
    }
    expect(await count()).toBe(before);
  });

  it('a gathering of another chapter, a cancelled one and an unknown one are not changed, each by name', async () => {
    const gatheringId = await schedule();
    const stranger = await asOwner(database.url, async (client) => {
      const made = await client.query<{ id: string }>(
        `WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('West', 'city', 'west', 'UTC', 'en') RETURNING id)
         INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         SELECT id, 'training', 'Theirs', '2030-07-01', '2030-07-02', 'UTC' FROM c RETURNING id`,
      );
      return `Gathering_${made.rows[0]!.id}`;
    });
    const moved = await ask(
      `mutation ($input: UpdateGatheringInput!) { updateGathering(input: $input) { id } }`,
      {
        input: {
          gatheringId,
          times: { startsAt: '2030-03-10T02:30', durationMinutes: 90, timeZone: 'America/New_York' },
        },
      },
      organizer,
    );
    expect(moved.errors![0]!.extensions).toMatchObject({
      code: 'GATHERING.TIME_IN_GAP',
      field: 'input.times.startsAt',
    });
    const CANCEL = `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { state } }`;
    const UPDATE = `mutation ($id: ID!) { updateGathering(input: { gatheringId: $id, title: "Y" }) { title } }`;
    const both = async (id: string): Promise<string[]> => [
      ...codes(await ask(UPDATE, { id }, organizer)),
      ...codes(await ask(CANCEL, { id }, organizer)),
    ];
    expect(await both(stranger)).toEqual(['AUTHZ.NOT_FOUND', 'AUTHZ.NOT_FOUND']);
    expect(await both(`Gathering_${randomUUID()}`)).toEqual(['GATHERING.NOT_FOUND', 'GATHERING.NOT_FOUND']);
    expect(at(await ask(CANCEL, { id: gatheringId }, organizer), 'data.cancelGathering.state')).toBe(
      'CANCELLED',
    );
    expect(await both(gatheringId)).toEqual(['GATHERING.CANCELLED', 'GATHERING.CANCELLED']);
    const seen = await ask(`query ($id: ID!) { gathering(id: $id) { title } }`, { id: stranger });
    expect(at(seen, 'data.gathering.title')).toBe('Theirs');
  });

  it('a link answers for a cancelled gathering by name, and says the same the second time', async () => {
    const gatheringId = await schedule();
    const uuid = gatheringId.split('_')[1]!;
    const url = new URL(app.get(RsvpLinks).address(uuid, members[2]!.id, new Date('2030-07-02T00:00:00Z')))
      .pathname;
    await ask(
      `mutation ($id: ID!) { cancelGathering(gatheringId: $id) { state } }`,
      { id: gatheringId },
      organizer,
    );
    for (let time = 1; time <= 2; time++) {
      const answer = await app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'status=going',
      });
      expect([answer.statusCode, answer.body.includes('GATHERING.CANCELLED')]).toEqual([409, true]);
    }
  });

  it('ids of other things are refused by name', async () => {
    expect(
      codes(await ask(RSVP, { input: { gatheringId: `Member_${members[0]!.id}`, status: 'GOING' } }, member)),
    ).toEqual(['ID.WRONG_TYPE']);
    expect(
      codes(
        await ask(RSVP, { input: { gatheringId: `Gathering_${randomUUID()}`, status: 'GOING' } }, member),
      ),
    ).toEqual(['GATHERING.NOT_FOUND']);
    expect(codes(await ask(RSVP, { input: { gatheringId: 'x', status: 'GOING' } }, member))).toEqual([
      'ID.MALFORMED',
    ]);
  });
});
