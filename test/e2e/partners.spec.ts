import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from '../support/database';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

describe('partners over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let admin: Record<string, string>;
  let organizer: Record<string, string>;
  let key: { id: string; key: string };
  let partnerId: string;
  let shared: string;
  let member: Record<string, string>;

  const ask = async (
    url: string,
    query: string,
    headers: Record<string, string> = {},
    variables: object = {},
  ) => {
    const response = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      payload: { query, variables },
    });
    return { status: response.statusCode, ...response.json<Answer>() };
  };
  const main = (query: string, headers: Record<string, string>, variables: object = {}) =>
    ask('/graphql', query, headers, variables);
  const partner = (query: string, bearer = key.key) =>
    ask('/partners/graphql', query, { authorization: `Bearer ${bearer}` });
  const codes = (answer: Answer): string[] => (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const signIn = async (email: string): Promise<Record<string, string>> => {
    const answer = await main(
      `mutation ($email: String!) { signInWithPassword(email: $email, password: "${PASSWORD}") { token } }`,
      {},
      { email },
    );
    return { authorization: `Bearer ${(answer.data!['signInWithPassword'] as { token: string }).token}` };
  };
  const MEMBERS = '{ members { edges { node { givenName email } } } }';

  beforeAll(async () => {
    database = await cloneDatabase();
    app = await createApi({ config: testConfig(database.url) });
    const chapter = await asOwner(database.url, async (client) => {
      const { rows } = await client.query<{ id: string; chapter: string }>(
        `WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('all', 'union', 'all', 'UTC', 'en') RETURNING id)
         INSERT INTO member (chapter_id, given_name, email, email_key, status)
         SELECT id, 'Ann' || n, 'ann' || n || '@example.org', 'ann' || n || '@example.org', 'member' FROM c, generate_series(1, 3) n
         RETURNING id, chapter_id AS chapter`,
      );
      shared = rows[0]!.id;
      return rows[0]!.chapter;
    });
    for (const name of ['ada', 'orla'])
      await app.get(UsersService).ensure(SYSTEM, { email: `${name}@example.org`, password: PASSWORD });
    await app
      .get(UsersService)
      .ensure(SYSTEM, { email: 'ann1@example.org', password: PASSWORD, memberId: shared });
    member = await signIn('ann1@example.org');
    const grants = app.get(GrantsService);
    await grants.giveTo(SYSTEM, 'ada@example.org', { role: 'admin', purposes: [] });
    await grants.giveTo(SYSTEM, 'orla@example.org', { role: 'organizer', chapterId: chapter, purposes: [] });
    admin = await signIn('ada@example.org');
    organizer = await signIn('orla@example.org');
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('is set up by an admin of the whole union, and by nobody less', async () => {
    const create = 'mutation { createPartner(name: "Allies", slug: "allies") { id name state } }';
    expect(codes(await main(create, organizer))).toEqual(['AUTHZ.FORBIDDEN']);
    const created = await main(create, admin);
    expect(created).toMatchObject({ data: { createPartner: { name: 'Allies', state: 'ACTIVE' } } });
    expect(codes(await main(create, admin))).toEqual(['PARTNER.SLUG_TAKEN']);
    partnerId = (created.data!['createPartner'] as { id: string }).id;
    const agreed = await main(
      `mutation ($input: CreateAgreementInput!) { createAgreement(input: $input) { purposes fieldGroups partner { slug } } }`,
      admin,
      {
        input: {
          partnerId,
          purposes: ['campaigning'],
          fieldGroups: ['name'],
          startsAt: '2026-01-01T00:00:00Z',
        },
      },
    );
    expect(agreed).toMatchObject({
      data: { createAgreement: { fieldGroups: ['name'], partner: { slug: 'allies' } } },
    });
    const issued = await main(
      'mutation ($id: ID!) { issuePartnerKey(partnerId: $id, label: "reports", days: 30) { id key } }',
      admin,
      { id: partnerId },
    );
    key = issued.data!['issuePartnerKey'] as typeof key;
    expect(key.key).toMatch(/^uhp_[0-9a-f]{32}_[\w-]{43}$/);
  });

  it('answers no one without a key that holds', async () => {
    expect((await ask('/partners/graphql', MEMBERS)).status).toBe(401);
    expect(
      (await partner(MEMBERS, `${key.key.slice(0, -1)}${key.key.endsWith('A') ? 'B' : 'A'}`)).status,
    ).toBe(401);
    expect((await ask('/partners/graphql', MEMBERS, admin)).status).toBe(401);
  });

  it('shows the members who consented, in the fields of the agreement, and nothing of the union besides', async () => {
    expect(await partner(MEMBERS)).toMatchObject({ data: { members: { edges: [] } } });
    const agree = `mutation ($id: ID!, $granted: Boolean!) {
      setPartnerConsent(partnerId: $id, purpose: "campaigning", fieldGroups: ["name", "contact"], granted: $granted, wording: "I agree.")
    }`;
    expect(codes(await main(agree, organizer, { id: partnerId, granted: true }))).toEqual([
      'AUTHZ.NOT_FOUND',
    ]);
    expect(codes(await main(agree, member, { id: partnerId, granted: true }))).toEqual([]);
    expect(await partner(MEMBERS)).toMatchObject({
      data: { members: { edges: [{ node: { givenName: 'Ann1', email: null } }] } },
    });
    await main(agree, member, { id: partnerId, granted: false });
    expect(await partner(MEMBERS)).toMatchObject({ data: { members: { edges: [] } } });
    expect(codes(await partner('{ chapters { edges { node { name } } } }'))).toEqual(['GRAPHQL.INVALID']);
    expect((await main('{ viewer { email } }', { authorization: `Bearer ${key.key}` })).status).toBe(401);
  });

  it('is named to members with its purposes, and each of their answers stays in their history', async () => {
    const list = '{ coalitionPartners { edges { node { partnerId name purposes } } } }';
    expect(await main(list, member)).toEqual({
      status: 200,
      data: {
        coalitionPartners: {
          edges: [{ node: { partnerId, name: 'Allies', purposes: ['campaigning'] } }],
        },
      },
    });
    expect(codes(await main(list, {}))).toEqual(['AUTHZ.UNAUTHENTICATED']);
    expect((await main('{ partners { edges { node { name } } } }', member)).data).toBeNull();
    const { rows } = await asOwner(database.url, (client) =>
      client.query(
        `SELECT field_group, state, channel, wording FROM consent_event
         WHERE member_id = $1 AND partner_id IS NOT NULL ORDER BY at, field_group DESC`,
        [shared],
      ),
    );
    const entry = (field_group: string, state: string): object => ({
      field_group,
      state,
      channel: null,
      wording: 'I agree.',
    });
    expect(rows).toEqual([
      entry('name', 'granted'),
      entry('contact', 'granted'),
      entry('name', 'withdrawn'),
      entry('contact', 'withdrawn'),
    ]);
  });

  it('tells a partner its standing, what a query costs, and counts what it asks', async () => {
    const standing = async () =>
      (
        await partner(
          '{ partnership { name keyLabel keyExpiresAt agreements { fieldGroups } today { queries cost people } limits { peoplePerDay nodes } } }',
        )
      ).data!['partnership'] as { today: { queries: number; cost: number; people: number } };
    const before = await standing();
    expect(before).toMatchObject({
      name: 'Allies',
      keyLabel: 'reports',
      agreements: [{ fieldGroups: ['name'] }],
      limits: { peoplePerDay: 2000, nodes: 2000 },
    });
    const forecast = await app.inject({
      method: 'POST',
      url: '/partners/graphql',
      headers: { authorization: `Bearer ${key.key}` },
      payload: { query: MEMBERS, extensions: { costOnly: true } },
    });
    const { extensions } = forecast.json<{ extensions: { cost: number } }>();
    expect(extensions.cost).toBeGreaterThanOrEqual(20);
    expect(await standing()).toEqual(before);
    const answer = (await partner(MEMBERS)) as unknown as { extensions: object };
    expect(answer.extensions).toMatchObject({
      cost: extensions.cost,
      usage: { queries: before.today.queries + 1, cost: before.today.cost + extensions.cost },
    });
    expect((await standing()).today).toMatchObject({ queries: before.today.queries + 1 });
    const seen = await main(
      'query ($id: ID!) { partners(first: 1) { nodes { usage { nodes { day queries people } } } } partnerKeys(partnerId: $id) { label revokedAt } }',
      admin,
      { id: partnerId },
    );
    expect(seen).toMatchObject({
      data: {
        partners: { nodes: [{ usage: { nodes: [{ queries: before.today.queries + 1 }] } }] },
        partnerKeys: [{ label: 'reports', revokedAt: null }],
      },
    });
    expect(
      codes(
        await main('query ($id: ID!) { partnerKeys(partnerId: $id) { label } }', organizer, {
          id: partnerId,
        }),
      ),
    ).toEqual(['AUTHZ.FORBIDDEN']);
  });

  it('refuses with a stable code once it would read more people than any partner may in a day', async () => {
    const agree = `mutation ($id: ID!, $granted: Boolean!) {
      setPartnerConsent(partnerId: $id, purpose: "campaigning", fieldGroups: ["name"], granted: $granted, wording: "I agree.")
    }`;
    await main(agree, member, { id: partnerId, granted: true });
    const limit = (people: number) =>
      asOwner(database.url, (client) =>
        client.query(
          `UPDATE setting SET value = jsonb_build_object('peoplePerDay', $1::int) WHERE name = 'partner-limits'`,
          [people],
        ),
      );
    await limit(0);
    const refused = await partner(MEMBERS);
    expect(codes(refused)).toEqual(['PARTNER.PEOPLE_LIMIT']);
    expect(refused.data).toBeNull();
    await limit(2000);
    expect(codes(await partner(MEMBERS))).toEqual([]);
  });

  it('is refused at the very next read when suspended, and again when the key is revoked', async () => {
    const set =
      'mutation ($id: ID!, $state: PartnerState!) { setPartnerState(id: $id, state: $state) { state } }';
    await main(set, admin, { id: partnerId, state: 'SUSPENDED' });
    expect((await partner(MEMBERS)).status).toBe(401);
    await main(set, admin, { id: partnerId, state: 'ACTIVE' });
    expect((await partner(MEMBERS)).status).toBe(200);
    expect(
      await main('mutation ($id: ID!) { revokePartnerKey(id: $id) }', admin, { id: key.id }),
    ).toMatchObject({ data: { revokePartnerKey: true } });
    expect((await partner(MEMBERS)).status).toBe(401);
  });
});
