import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GrantsService, SignInService, systemActor, UsersService, type Role } from '@unionhall/identity';
import { Clock } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from '../support/database';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';

interface Answer<T> {
  readonly data: T | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly field?: string };
  }[];
}
interface Spoken {
  readonly id: string;
  readonly language: string;
  readonly state: string;
  readonly settled: boolean;
  readonly texts: readonly {
    id: string;
    kind: string;
    language: string;
    text: string;
    madeBy: string | null;
    machine: string | null;
  }[];
  readonly codings: readonly { mine: boolean; themes: readonly { name: string }[] }[];
}

const TAKE = `mutation ($input: TakeTestimonyInput!) { takeTestimony(input: $input) { id language state } }`;
const SPOKEN = `nodes { id language state settled texts { id kind language text madeBy machine } codings { mine themes { name } } } next`;
const PAGE = `query ($filter: TestimonyPageFilter) { testimonyPage(filter: $filter) { ${SPOKEN} } }`;
const MINE = `{ myTestimony { ${SPOKEN} } }`;
const CODE = `mutation ($input: SaveCodingInput!) { saveCoding(input: $input) { id codedCount themes } }`;
const SETTLE = `mutation ($input: SettleCodingInput!) { settleCoding(input: $input) { id settledHow themes } }`;
const THEME = `mutation ($input: CreateThemeInput!) { createTheme(input: $input) { id name state } }`;
const CONSENT = { quote: 'VERBATIM', namedAs: 'FIRST_NAME', sharedWith: 'PUBLIC', wordingVersion: '2026-1' };
const QUOTES = `query ($d: ID!, $v: Int) { demandQuotes(demandId: $d, version: $v) { quotes { text name language verbatim themes translations { language text } } } }`;

describe('a listening session over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let chapter: string;
  let session: string;
  let member: { id: string; token: string };
  let stranger: string;
  let ada: string;
  let ben: string;
  let cleo: string;
  let steward: string;

  const say = async <T>(query: string, variables: object = {}, as?: string): Promise<Answer<T>> =>
    (
      await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: {
          'content-type': 'application/json',
          ...(as !== undefined && { authorization: `Bearer ${as}` }),
        },
        payload: { query, variables },
      })
    ).json<Answer<T>>();
  const ask = async <T>(query: string, variables: object = {}, as?: string): Promise<T> => {
    const { data, errors } = await say<T>(query, variables, as);
    expect(errors).toBeUndefined();
    return data!;
  };
  const refusal = async (query: string, variables: object = {}, as?: string): Promise<string | undefined> =>
    (await say(query, variables, as)).errors?.[0]?.extensions.code;
  const signIn = async (email: string): Promise<string> =>
    (await app.get(SignInService).withPassword({ email, password: PASSWORD, address: '127.0.0.1' })).token;
  const account = async (
    email: string,
    role?: Role,
    memberId?: string,
    chapterId = chapter,
  ): Promise<string> => {
    await app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD, ...(memberId && { memberId }) });
    if (role !== undefined)
      await app.get(GrantsService).giveTo(SYSTEM, email, { role, chapterId, purposes: [] });
    return signIn(email);
  };
  const input = (over: object = {}): object => ({
    input: {
      gatheringId: `Gathering_${session}`,
      language: 'es',
      text: 'Borraron mis fotos.',
      consent: CONSENT,
      how: 'SPOKEN',
      idempotencyKey: randomUUID(),
      memberId: `Member_${member.id}`,
      ...over,
    },
  });
  const take = async (over: object = {}, as = ada): Promise<string> =>
    (await ask<{ takeTestimony: { id: string } }>(TAKE, input(over), as)).takeTestimony.id;
  const theme = async (name: string): Promise<string> =>
    (
      await ask<{ createTheme: { id: string } }>(
        THEME,
        { input: { chapterId: `Chapter_${chapter}`, name } },
        ada,
      )
    ).createTheme.id;
  const settle = async (testimonyId: string, themeIds: string[]): Promise<void> => {
    for (const as of [ada, ben]) await ask(CODE, { input: { testimonyId, themeIds, submit: true } }, as);
  };
  const spoken = async (id: string, as = ada): Promise<Spoken | undefined> =>
    (await ask<{ testimonyPage: { nodes: Spoken[] } }>(PAGE, {}, as)).testimonyPage.nodes.find(
      (one) => one.id === id,
    );

  beforeAll(async () => {
    database = await cloneDatabase();
    app = await createApi({ config: testConfig(database.url), clock: new Clock() });
    const made = await asOwner(database.url, async (client) => {
      const chapters = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('North', 'city', 'north', 'America/New_York', 'en'),
           ('South', 'city', 'south', 'America/New_York', 'en') RETURNING id`,
      );
      const home = chapters.rows[0]!.id;
      const people = await client.query<{ id: string }>(
        `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status) VALUES
           ($1, 'Rosa', 'Lee', 'rosa@example.org', 'rosa@example.org', 'member'), ($1, 'Sam', 'Poe', 'sam@example.org', 'sam@example.org', 'member') RETURNING id`,
        [home],
      );
      const gathering = await client.query<{ id: string }>(
        `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         VALUES ($1, 'listening_session', 'What happened', now() - interval '1 day', now(), 'America/New_York') RETURNING id`,
        [home],
      );
      return {
        home,
        away: chapters.rows[1]!.id,
        people: people.rows.map(({ id }) => id),
        session: gathering.rows[0]!.id,
      };
    });
    chapter = made.home;
    session = made.session;
    [ada, ben, cleo, steward] = [
      await account('ada@example.org', 'facilitator'),
      await account('ben@example.org', 'facilitator'),
      await account('cleo@example.org', 'organizer'),
      await account('stu@example.org', 'steward'),
    ];
    member = { id: made.people[0]!, token: await account('rosa@example.org', undefined, made.people[0]) };
    stranger = await account('sam@example.org', undefined, made.people[1]);
    await account('far@example.org', 'organizer', undefined, made.away);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('a facilitator takes testimony in Spanish; members, stewards, strangers and other chapters do not', async () => {
    const id = await take();
    expect(await spoken(id)).toMatchObject({
      language: 'es',
      texts: [{ kind: 'ORIGINAL', text: 'Borraron mis fotos.' }],
    });
    const far = await signIn('far@example.org');
    expect(await refusal(TAKE, input())).toBe('AUTHZ.UNAUTHENTICATED');
    expect(await refusal(TAKE, input(), member.token)).toBe('AUTHZ.FORBIDDEN');
    expect(await refusal(TAKE, input(), steward)).toBe('AUTHZ.FORBIDDEN');
    expect(await refusal(TAKE, input(), far)).toBe('AUTHZ.NOT_FOUND');
    for (const as of [member.token, stranger, steward])
      expect(await refusal(PAGE, {}, as)).toBe('AUTHZ.FORBIDDEN');
    expect(await refusal(PAGE)).toBe('AUTHZ.UNAUTHENTICATED');
    expect(await spoken(id, far)).toBeUndefined();
  });

  it('the member reads what they said, sees who else did, changes their consent, and takes it back', async () => {
    const id = await take({ text: 'Solo una vez.' });
    const mine = async (as: string): Promise<Spoken | undefined> =>
      (await ask<{ myTestimony: { nodes: Spoken[] } }>(MINE, {}, as)).myTestimony.nodes.find(
        (one) => one.id === id,
      );
    expect((await mine(member.token))!.texts[0]!.text).toBe('Solo una vez.');
    expect(await mine(stranger)).toBeUndefined();
    await spoken(id);
    const { whoReadMyData } = await ask<{ whoReadMyData: { edges: { node: { operation: string } }[] } }>(
      `{ whoReadMyData(first: 50) { edges { node { operation fields } } } }`,
      {},
      member.token,
    );
    expect(whoReadMyData.edges.map(({ node }) => node.operation)).toContain('testimonyPage');
    const change = `mutation ($input: ChangeTestimonyConsentInput!) { changeTestimonyConsent(input: $input) { quote sharedWith consents(first: 5) { edges { node { how quote } } } } }`;
    const wanted = {
      input: { testimonyId: id, consent: { ...CONSENT, quote: 'NONE', sharedWith: 'CODERS' } },
    };
    expect(await refusal(change, wanted, stranger)).toBe('TESTIMONY.NOT_FOUND');
    expect(await ask(change, wanted, member.token)).toEqual({
      changeTestimonyConsent: {
        quote: 'NONE',
        sharedWith: 'CODERS',
        consents: {
          edges: [{ node: { how: 'PORTAL', quote: 'NONE' } }, { node: { how: 'SPOKEN', quote: 'VERBATIM' } }],
        },
      },
    });
    const withdraw = `mutation ($id: ID!) { withdrawTestimony(testimonyId: $id) { state } }`;
    expect(await refusal(withdraw, { id }, stranger)).toBe('TESTIMONY.NOT_FOUND');
    expect(await ask(withdraw, { id }, member.token)).toEqual({ withdrawTestimony: { state: 'WITHDRAWN' } });
    expect(await mine(member.token)).toMatchObject({ state: 'WITHDRAWN', texts: [] });
    expect(await spoken(id)).toBeUndefined();
  });

  it('whose it is, is shown to whoever takes testimony, and is asked for apart from the words', async () => {
    await take();
    const query = `query ($id: ID!) { gathering(id: $id) { testimonies(first: 50) { edges { node { member { givenName } } } } } }`;
    const { gathering } = await ask<{
      gathering: { testimonies: { edges: { node: { member: { givenName: string } | null } }[] } };
    }>(query, { id: `Gathering_${session}` }, ada);
    expect(gathering.testimonies.edges[0]!.node.member).toEqual({ givenName: 'Rosa' });
    const hidden = await say<{ gathering: { testimonies: { edges: unknown[] } } | null }>(
      query,
      { id: `Gathering_${session}` },
      stranger,
    );
    expect(hidden.data?.gathering?.testimonies.edges ?? []).toEqual([]);
    const own = `{ me { testimonies(first: 50) { edges { node { language gathering { title } } } } } }`;
    const { me } = await ask<{ me: { testimonies: { edges: unknown[] } } }>(own, {}, member.token);
    expect(me.testimonies.edges.length).toBeGreaterThan(0);
  });

  it('two code it apart, a third settles, and what they found stands with how far they agreed', async () => {
    const [a, b] = [await theme('Deleted'), await theme('No answer')];
    const id = await take();
    await ask(CODE, { input: { testimonyId: id, themeIds: [a, b], submit: true } }, ada);
    expect((await spoken(id, ben))!.codings).toEqual([]);
    expect(await refusal(SETTLE, { input: { testimonyId: id, themeIds: [a], how: 'THIRD' } }, cleo)).toBe(
      'CODING.OPEN',
    );
    await ask(CODE, { input: { testimonyId: id, themeIds: [a], submit: true } }, ben);
    expect((await spoken(id, ben))!.codings.map(({ mine, themes }) => [mine, themes.length])).toEqual([
      [false, 2],
      [true, 1],
    ]);
    expect(
      await ask(SETTLE, { input: { testimonyId: id, themeIds: [a], how: 'THIRD' } }, cleo),
    ).toMatchObject({
      settleCoding: { settledHow: 'THIRD', themes: [{ id: a, name: 'Deleted' }] },
    });
    const agreement = `query ($id: ID!) { codingAgreement(gatheringId: $id) { testimonies pooled { kappa share } themes { name both kappa } } }`;
    expect(await ask(agreement, { id: `Gathering_${session}` }, cleo)).toMatchObject({
      codingAgreement: {
        testimonies: 1,
        pooled: { share: 0.5, kappa: 0 },
        themes: [
          { name: 'Deleted', both: 1, kappa: null },
          { name: 'No answer', both: 0, kappa: 0 },
        ],
      },
    });
    expect(await refusal(agreement, { id: `Gathering_${session}` }, member.token)).toBe('AUTHZ.FORBIDDEN');
  });

  it('themes merge and split, tell their history, and are counted; small counts only by those who code', async () => {
    const [narrow, wide] = [await theme('Photos'), await theme('Content')];
    const ids = [await take(), await take()];
    await settle(ids[0]!, [narrow]);
    await settle(ids[1]!, [wide]);
    const merge = `mutation ($input: MergeThemeInput!) { mergeTheme(input: $input) { id name changes(first: 5) { edges { node { kind by other { name current { name } } } } } } }`;
    const merged = await ask(merge, { input: { themeId: narrow, intoId: wide } }, cleo);
    expect(merged).toMatchObject({
      mergeTheme: {
        id: wide,
        changes: {
          edges: [
            {
              node: {
                kind: 'MERGED_FROM',
                by: 'cleo@example.org',
                other: { name: 'Photos', current: { name: 'Content' } },
              },
            },
            { node: { kind: 'CREATED' } },
          ],
        },
      },
    });
    const counts = `query ($id: ID!) { themeCounts(chapterId: $id) { themeId name persons suppressed byLanguage { name persons } trend } }`;
    const counted = async (as: string): Promise<unknown> =>
      (
        await ask<{ themeCounts: { themeId: string }[] }>(counts, { id: `Chapter_${chapter}` }, as)
      ).themeCounts.find(({ themeId }) => themeId === wide);
    expect(await counted(ada)).toMatchObject({
      persons: 1,
      suppressed: false,
      byLanguage: [{ name: 'es', persons: 1 }],
      trend: 'RISING',
    });
    expect(await counted(steward)).toMatchObject({
      persons: null,
      suppressed: true,
      byLanguage: [{ name: 'es', persons: null }],
      trend: null,
    });
    expect(await refusal(counts, { id: `Chapter_${chapter}` }, stranger)).toBe('AUTHZ.FORBIDDEN');
    const split = `mutation ($input: SplitThemeInput!) { splitTheme(input: $input) { name state } }`;
    const parts = [
      { name: 'Pictures', testimonyIds: [ids[0]] },
      { name: 'Words', testimonyIds: [ids[1]] },
    ];
    expect(
      await refusal(
        split,
        { input: { themeId: wide, parts: [parts[0], { name: 'Words', testimonyIds: [] }] } },
        cleo,
      ),
    ).toBe('THEME.SPLIT_INCOMPLETE');
    expect(await ask(split, { input: { themeId: wide, parts } }, cleo)).toEqual({
      splitTheme: [
        { name: 'Pictures', state: 'ACTIVE' },
        { name: 'Words', state: 'ACTIVE' },
      ],
    });
    const heard = `query ($id: ID!) { heardSummary(gatheringId: $id) { name persons suppressed } }`;
    const { heardSummary } = await ask<{ heardSummary: object[] }>(
      heard,
      { id: `Gathering_${session}` },
      cleo,
    );
    expect(heardSummary).toContainEqual({ name: 'Pictures', persons: null, suppressed: true });
    expect(await refusal(heard, { id: `Gathering_${session}` }, stranger)).toBe('GATHERING.NOT_FOUND');
  });

  it('a theme stands behind a demand, and from the demand everybody reads back to what may be quoted', async () => {
    const appeals = await theme('Appeals');
    const { createCampaign } = await ask<{
      createCampaign: { demands: { edges: { node: { id: string } }[] } };
    }>(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { demands(first: 1) { edges { node { id } } } } }`,
      {
        input: {
          chapterId: `Chapter_${chapter}`,
          slug: 'hear-us',
          title: 'Hear us',
          target: 'Meta',
          startsAt: '2026-12-01T09:00',
          timeZone: 'America/New_York',
          demands: ['Answer every appeal.'],
        },
      },
      cleo,
    );
    const demandId = createCampaign.demands.edges[0]!.node.id;
    const link = `mutation ($input: DemandThemeInput!) { linkThemeToDemand(input: $input) { name theme { id } } }`;
    expect(await refusal(link, { input: { demandId, themeId: appeals } }, ada)).toBe('AUTHZ.FORBIDDEN');
    expect(await ask(link, { input: { demandId, themeId: appeals } }, cleo)).toEqual({
      linkThemeToDemand: { name: 'Appeals', theme: { id: appeals } },
    });
    const open = await take({ text: 'Apelé tres veces.' });
    const union = await take({
      text: 'Solo para el sindicato.',
      consent: { ...CONSENT, sharedWith: 'UNION', namedAs: 'ANONYMOUS' },
    });
    for (const id of [open, union]) await settle(id, [appeals]);
    await ask(
      `mutation ($input: TranslateTestimonyInput!) { translateTestimony(input: $input) { id } }`,
      { input: { testimonyId: open, language: 'en', text: 'I appealed three times.' } },
      ada,
    );
    const texts = async (as?: string, v?: number): Promise<unknown> =>
      (await ask<{ demandQuotes: { quotes: unknown[] } }>(QUOTES, { d: demandId, v: v ?? null }, as))
        .demandQuotes.quotes;
    const shown = {
      text: 'Apelé tres veces.',
      name: 'Rosa',
      language: 'es',
      verbatim: true,
      themes: ['Appeals'],
      translations: [{ language: 'en', text: 'I appealed three times.' }],
    };
    expect(await texts()).toEqual([shown]);
    expect(await texts(stranger)).toMatchObject([{ text: 'Solo para el sindicato.', name: null }, shown]);
    const publish = `mutation ($id: ID!) { publishHeard(demandId: $id) { number publishedAt themes(first: 5) { edges { node { name persons } } } } }`;
    expect(await refusal(publish, { id: demandId }, ben)).toBe('AUTHZ.FORBIDDEN');
    expect(await ask(publish, { id: demandId }, cleo)).toMatchObject({
      publishHeard: { number: 1, themes: { edges: [{ node: { name: 'Appeals', persons: null } }] } },
    });
    const page = `{ campaign(slug: "hear-us") { demands(first: 1) { edges { node { themes(first: 5) { edges { node { name state } } } heard(first: 5) { edges { node { number publishedAt } } } } } } } }`;
    expect(await ask(page)).toMatchObject({
      campaign: {
        demands: {
          edges: [
            {
              node: {
                themes: { edges: [{ node: { name: 'Appeals', state: 'ACTIVE' } }] },
                heard: { edges: [{ node: { number: 1 } }] },
              },
            },
          ],
        },
      },
    });
    expect(await texts(undefined, 1)).toEqual([shown]);
    await ask(
      `mutation ($id: ID!) { withdrawTestimony(testimonyId: $id) { state } }`,
      { id: open },
      member.token,
    );
    expect([await texts(), await texts(undefined, 1)]).toEqual([[], []]);
    const unlink = `mutation ($input: DemandThemeInput!) { unlinkThemeFromDemand(input: $input) { themes(first: 5) { edges { node { name } } } } }`;
    expect(await ask(unlink, { input: { demandId, themeId: appeals } }, cleo)).toEqual({
      unlinkThemeFromDemand: { themes: { edges: [] } },
    });
  });

  it('the member takes all of it along, and is forgotten with it', async () => {
    const id = await take({ text: 'Para mi archivo.' });
    const { exportMyData } = await ask<{ exportMyData: { testimonies: { texts: { text: string }[] }[] } }>(
      `mutation { exportMyData }`,
      {},
      member.token,
    );
    expect(exportMyData.testimonies.at(-1)).toMatchObject({
      texts: [{ text: 'Para mi archivo.' }],
      consents: [{ quote: 'verbatim', how: 'spoken' }],
    });
    await ask(`mutation { leaveAndErase }`, {}, member.token);
    expect(await spoken(id)).toBeUndefined();
    const left = await asOwner(database.url, async (client) => {
      await client.query(
        `SELECT set_config('unionhall.sees_all', 'on', false), set_config('unionhall.kind', 'system', false)`,
      );
      return (
        await client.query(
          `SELECT (SELECT count(*)::int FROM testimony) AS said, (SELECT count(*)::int FROM vault.testimony_key) AS keys`,
        )
      ).rows;
    });
    expect(left).toEqual([{ said: 0, keys: 0 }]);
  });
});
