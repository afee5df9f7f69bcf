import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemActor, GrantsService, UsersService } from '@unionhall/identity';
import { Clock, Outbox } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from '../support/database';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const HOUR = 3_600_000;

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe('identity over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let clock: Clock;
  let north: string;
  let south: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    clock = new Clock();
    app = await createApi({ config: testConfig(database.url), clock });
    [north, south] = await asOwner(database.url, async (client) => {
      const add = async (name: string): Promise<string> => {
        const { rows } = await client.query<{ id: string }>(
          `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ($1, 'region', $1, 'UTC', 'en') RETURNING id`,
          [name],
        );
        return rows[0]!.id;
      };
      return [await add('north'), await add('south')] as const;
    });
    const users = app.get(UsersService);
    for (const name of ['ada', 'bo', 'cy']) {
      await users.ensure(SYSTEM, { email: `${name}@example.org`, password: PASSWORD });
    }
    await app
      .get(GrantsService)
      .giveTo(SYSTEM, 'ada@example.org', { role: 'admin', chapterId: north, purposes: [] });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const post = (query: string, headers: Record<string, string> = {}, variables: object = {}) =>
    app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload: { query, variables },
    });
  const ask = async (
    query: string,
    headers: Record<string, string> = {},
    variables: object = {},
  ): Promise<Answer> => (await post(query, headers, variables)).json();
  const bearer = async (email: string): Promise<Record<string, string>> => {
    const answer = await ask(
      `mutation ($email: String!) { signInWithPassword(email: $email, password: "${PASSWORD}") { token } }`,
      {},
      { email },
    );
    return { authorization: `Bearer ${(answer.data!['signInWithPassword'] as { token: string }).token}` };
  };
  const codes = (answer: Answer): string[] => (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const VIEWER = '{ viewer { email grants { edges { node { role chapterId } } } } }';

  it('answers nobody with null, and says who is signed in by cookie and by bearer token alike', async () => {
    expect(await ask(VIEWER)).toMatchObject({ data: { viewer: null } });
    const response = await post(
      `mutation { signInWithPassword(email: "ada@example.org", password: "${PASSWORD}") { token } }`,
    );
    const [cookie] = response.cookies as {
      name: string;
      value: string;
      httpOnly: boolean;
      sameSite: string;
    }[];
    expect(cookie).toMatchObject({ name: 'unionhall_session', httpOnly: true, sameSite: 'Lax' });
    const seen = {
      data: {
        viewer: {
          email: 'ada@example.org',
          grants: { edges: [{ node: { role: 'ADMIN', chapterId: `Chapter_${north}` } }] },
        },
      },
    };
    expect(await ask(VIEWER, { cookie: `unionhall_session=${cookie!.value}` })).toEqual(seen);
    expect(await ask(VIEWER, { authorization: `Bearer ${cookie!.value}` })).toEqual(seen);
  });

  it('refuses a bearer token that does not hold, with 401', async () => {
    const response = await post(VIEWER, { authorization: `Bearer ${'x'.repeat(43)}` });
    expect(response.statusCode).toBe(401);
    expect(codes(response.json())).toEqual(['AUTHZ.UNAUTHENTICATED']);
  });

  it('counts every aliased attempt of one request', async () => {
    const guesses = Array.from(
      { length: 12 },
      (_one, n) =>
        `a${n}: signInWithPassword(email: "cy@example.org", password: "wrong number ${n}") { token }`,
    ).join(' ');
    const counted = codes(await ask(`mutation { ${guesses} }`));
    expect(counted.filter((code) => code === 'SIGN_IN.REFUSED')).toHaveLength(10);
    expect(counted.filter((code) => code === 'SIGN_IN.LIMITED')).toHaveLength(2);
  });

  it('gives and takes back a role, seen at the next request of whoever has it', async () => {
    const ada = await bearer('ada@example.org');
    const bo = await bearer('bo@example.org');
    const roles = async (): Promise<unknown> => (await ask(VIEWER, bo)).data!['viewer'];
    expect(await roles()).toMatchObject({ grants: { edges: [] } });
    const give = `mutation ($chapterId: ID) { grantRole(input: { email: "bo@example.org", role: ORGANIZER, chapterId: $chapterId }) { id role } }`;
    const given = await ask(give, ada, { chapterId: `Chapter_${north}` });
    expect(given).toMatchObject({ data: { grantRole: { role: 'ORGANIZER' } } });
    expect(await roles()).toMatchObject({ grants: { edges: [{ node: { role: 'ORGANIZER' } }] } });
    expect(codes(await ask(give, ada, { chapterId: `Chapter_${south}` }))).toEqual(['AUTHZ.NOT_FOUND']);
    expect(codes(await ask(give, ada))).toEqual(['AUTHZ.FORBIDDEN']);
    expect(codes(await ask(give, bo, { chapterId: `Chapter_${north}` }))).toEqual(['AUTHZ.FORBIDDEN']);
    const { id } = given.data!['grantRole'] as { id: string };
    expect(codes(await ask('mutation ($id: ID!) { revokeGrant(id: $id) }', bo, { id }))).toEqual([
      'AUTHZ.FORBIDDEN',
    ]);
    expect(await ask('mutation ($id: ID!) { revokeGrant(id: $id) }', ada, { id })).toEqual({
      data: { revokeGrant: true },
    });
  });

  it('says that rights have changed, and nothing worse, when a mutation changes those it runs under', async () => {
    const ada = await bearer('ada@example.org');
    const give = (alias: string): string =>
      `${alias}: grantRole(input: { email: "ada@example.org", role: FACILITATOR, chapterId: "Chapter_${north}" }) { role }`;
    const answer = await ask(`mutation { ${give('first')} ${give('second')} }`, ada);
    expect(answer.errors).toMatchObject([
      { path: ['second'], extensions: { code: 'AUTHZ.CHANGED', kind: 'conflict' } },
    ]);
    expect(codes(await ask(`mutation { ${give('again')} }`, ada))).toEqual([]);
  });

  it('ends a session for the very next request', async () => {
    const bo = await bearer('bo@example.org');
    expect(await ask(VIEWER, bo)).toMatchObject({ data: { viewer: { email: 'bo@example.org' } } });
    expect(await ask('mutation { signOutEverywhere }', bo)).toMatchObject({
      data: { signOutEverywhere: expect.any(Number) as number },
    });
    expect((await post(VIEWER, bo)).statusCode).toBe(401);
  });

  it('signs in by the link of a mail through a page that a mail scanner may open', async () => {
    expect(await ask('mutation { requestSignInLink(email: "bo@example.org") }')).toEqual({
      data: { requestSignInLink: true },
    });
    expect(await ask('mutation { requestSignInLink(email: "stranger@example.org") }')).toEqual({
      data: { requestSignInLink: true },
    });
    await app.get(Outbox).relay();
    const raw = await asOwner(database.url, async (client) => {
      const { rows } = await client.query<{ recipient: string; raw: string }>(
        'SELECT recipient, raw FROM mailbox_message',
      );
      expect(rows.map(({ recipient }) => recipient)).toEqual(['bo@example.org']);
      return rows[0]!.raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
    });
    const token = /token=([\w-]{43})/.exec(raw)![1]!;
    for (let opened = 0; opened < 2; opened++) {
      expect((await app.inject({ method: 'GET', url: `/sign-in?token=${token}` })).body).toContain(token);
    }
    const form = { method: 'POST', url: '/sign-in', payload: { token } } as const;
    expect((await app.inject({ ...form, headers: { 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(401);
    const response = await app.inject(form);
    const [cookie] = response.cookies as { value: string }[];
    expect(await ask(VIEWER, { cookie: `unionhall_session=${cookie!.value}` })).toMatchObject({
      data: { viewer: { email: 'bo@example.org' } },
    });
    expect(
      codes(
        await ask('mutation ($token: String!) { signInWithLink(token: $token) { token } }', {}, { token }),
      ),
    ).toEqual(['SIGN_IN.LINK_USED']);
  });

  it('replaces an old cookie in passing', async () => {
    const { authorization } = await bearer('ada@example.org');
    const cookie = `unionhall_session=${authorization!.slice(7)}`;
    clock.advance(7 * HOUR);
    const response = await post(VIEWER, { cookie });
    const [renewed] = response.cookies as { name: string; value: string }[];
    expect(renewed?.name).toBe('unionhall_session');
    expect(`unionhall_session=${renewed!.value}`).not.toBe(cookie);
    expect(await ask(VIEWER, { cookie: `unionhall_session=${renewed!.value}` })).toMatchObject({
      data: { viewer: { email: 'ada@example.org' } },
    });
  });

  it('adds and moves chapters inside what one may edit', async () => {
    const ada = await bearer('ada@example.org');
    const add = `mutation ($input: CreateChapterInput!) { createChapter(input: $input) { id name parent { name } } }`;
    const input = {
      name: 'Hill',
      kind: 'CITY',
      slug: 'hill',
      timeZone: 'Europe/Berlin',
      language: 'de',
      parentId: `Chapter_${north}`,
    };
    const added = await ask(add, ada, { input });
    expect(added).toMatchObject({ data: { createChapter: { name: 'Hill', parent: { name: 'north' } } } });
    expect(codes(await ask(add, ada, { input }))).toEqual(['CHAPTER.SLUG_TAKEN']);
    expect(codes(await ask(add, ada, { input: { ...input, slug: 'moon', timeZone: 'Moon/Tycho' } }))).toEqual(
      ['CHAPTER.INVALID'],
    );
    expect(
      codes(await ask(add, ada, { input: { ...input, slug: 'dale', parentId: `Chapter_${south}` } })),
    ).toEqual(['AUTHZ.NOT_FOUND']);
    const { id } = added.data!['createChapter'] as { id: string };
    const move = 'mutation ($id: ID!, $parentId: ID!) { moveChapter(id: $id, parentId: $parentId) { id } }';
    expect(codes(await ask(move, ada, { id: `Chapter_${north}`, parentId: id }))).toEqual([
      'CHAPTER.BELOW_ITSELF',
    ]);
    expect(await ask('{ chapter(slug: "north") { children { edges { node { slug } } } } }')).toEqual({
      data: { chapter: { children: { edges: [{ node: { slug: 'hill' } }] } } },
    });
  });
});
