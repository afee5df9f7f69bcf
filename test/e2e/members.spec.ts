import { GrantsService, systemActor, UsersService, type Role } from '@unionhall/identity';
import { TaggingService } from '@unionhall/members';
import { asOwner } from '../support/database';
import { openUnion, type TestUnion } from '../support/union';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const PEOPLE = 300;

interface Tagging {
  readonly matched: number;
  readonly outOfReach: number;
  readonly changed: number;
  readonly runId: string | null;
}

describe('the registry of members', () => {
  let union: TestUnion;
  let oakland: string;
  let fresno: string;
  let organizer: string;

  const look = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, values)).rows as T[];
    });
  const signIn = async (email: string, grants: readonly [Role, string | undefined][]): Promise<string> => {
    await union.api.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
    for (const [role, chapterId] of grants)
      await union.api.get(GrantsService).giveTo(SYSTEM, email, { role, chapterId, purposes: [] });
    const { data } = await union.ask<{ signInWithPassword: { token: string } }>(
      `mutation ($email: String!) { signInWithPassword(email: $email, password: "${PASSWORD}") { token } }`,
      { email },
    );
    return data.signInWithPassword.token;
  };
  const change = async (
    verb: 'tagMembers' | 'untagMembers',
    filter: object,
    tags: string[],
    as = organizer,
  ): Promise<Tagging> => {
    const { data, errors } = await union.ask<Record<string, Tagging>>(
      `mutation ($filter: MemberFilter!, $tags: [String!]!) { ${verb}(filter: $filter, tags: $tags) { matched outOfReach changed runId } }`,
      { filter, tags },
      as,
    );
    expect(errors).toEqual([]);
    return data[verb]!;
  };
  const undo = async (id: string, as = organizer) =>
    union.ask<{ undoTagging: number }>(`mutation ($id: ID!) { undoTagging(id: $id) }`, { id }, as);
  const tagged = async (tag: string): Promise<number> =>
    (
      await look<{ total: number }>(
        `SELECT count(*)::int AS total FROM member_tag mt JOIN tag g ON g.id = mt.tag_id WHERE g.name = $1`,
        [tag],
      )
    )[0]!.total;

  beforeAll(async () => {
    union = await openUnion();
    const chapters = await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES
         ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en'), ('Fresno', 'city', 'fresno', 'America/Los_Angeles', 'en') RETURNING id`,
    );
    [oakland, fresno] = chapters.map(({ id }) => id) as [string, string];
    await look(
      `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status, language)
       SELECT c.id, 'Given' || n, 'Family' || lpad(n::text, 4, '0'), c.slug || n || '@example.org', c.slug || n || '@example.org',
              CASE WHEN n % 2 = 0 THEN 'member' ELSE 'prospect' END, CASE WHEN n % 3 = 0 THEN 'es' ELSE 'en' END
         FROM chapter c, generate_series(1, $1::int) n`,
      [PEOPLE],
    );
    organizer = await signIn('organizer@example.org', [['organizer', oakland]]);
  });
  afterAll(() => union.close());

  it('tags everyone that a filter finds, and says how many', async () => {
    const filter = { status: { in: ['MEMBER'] }, language: { eq: 'es' } };
    const answer = await change('tagMembers', filter, ['canvass', 'phone bank']);
    expect(answer).toMatchObject({ matched: PEOPLE / 6, outOfReach: 0, changed: PEOPLE / 6 });
    expect(await tagged('canvass')).toBe(PEOPLE / 6);
    expect(await tagged('phone bank')).toBe(PEOPLE / 6);
    expect(await change('tagMembers', filter, ['canvass'])).toEqual({
      matched: PEOPLE / 6,
      outOfReach: 0,
      changed: 0,
      runId: null,
    });
  });

  it('takes back only what a change changed: who had the tag before keeps it', async () => {
    await change('tagMembers', { nameStarts: 'Family000' }, ['driver']);
    const all = await change('tagMembers', {}, ['driver']);
    expect(all).toMatchObject({ matched: PEOPLE, changed: PEOPLE - 9 });
    expect((await undo(all.runId!)).data.undoTagging).toBe(PEOPLE - 9);
    expect(await tagged('driver')).toBe(9);
    expect((await undo(all.runId!)).data.undoTagging).toBe(0);
  });

  it('leaves alone, when taken back, a tag that was taken off and put on again since', async () => {
    const { runId } = await change('tagMembers', { nameStarts: 'Family001' }, ['host']);
    await change('untagMembers', { nameStarts: 'Family0010' }, ['host']);
    union.clock.advance(60_000);
    await change('tagMembers', { nameStarts: 'Family0010' }, ['host']);
    expect((await undo(runId!)).data.undoTagging).toBe(9);
    expect(await tagged('host')).toBe(1);
  });

  it('takes tags off, and puts them back as they were', async () => {
    await change('tagMembers', { nameStarts: 'Family002' }, ['guest']);
    const before = await look(`SELECT * FROM member_tag ORDER BY member_id, tag_id`);
    const off = await change('untagMembers', { tag: 'guest', except: [] }, ['guest', 'never heard of']);
    expect(off).toMatchObject({ matched: 10, changed: 10 });
    expect(await tagged('guest')).toBe(0);
    expect((await undo(off.runId!)).data.undoTagging).toBe(10);
    expect(await look(`SELECT * FROM member_tag ORDER BY member_id, tag_id`)).toEqual(before);
  });

  it('means these members, or all but these, by their ids', async () => {
    const ids = (
      await look<{ id: string }>(
        `SELECT 'Member_' || id AS id FROM member WHERE chapter_id = $1 ORDER BY sort_name LIMIT 3`,
        [oakland],
      )
    ).map(({ id }) => id);
    expect(await change('tagMembers', { ids }, ['three'])).toMatchObject({ matched: 3, changed: 3 });
    expect(await change('tagMembers', { except: ids }, ['the others'])).toMatchObject({
      matched: PEOPLE - 3,
    });
  });

  it('reaches nobody in a chapter of others, whichever way they are named', async () => {
    const [stranger] = await look<{ id: string }>(
      `SELECT 'Member_' || id AS id FROM member WHERE chapter_id = $1 LIMIT 1`,
      [fresno],
    );
    for (const filter of [
      { ids: [stranger!.id] },
      { within: `Chapter_${fresno}` },
      { chapter: `Chapter_${fresno}` },
    ])
      expect(await change('tagMembers', filter, ['mine'])).toMatchObject({ matched: 0, changed: 0 });
    expect(await tagged('mine')).toBe(0);
  });

  it('leaves members as they are whom one may see and not edit, and says how many', async () => {
    const both = await signIn('both@example.org', [
      ['organizer', fresno],
      ['facilitator', oakland],
    ]);
    expect(await change('tagMembers', { nameStarts: 'Family003' }, ['visitor'], both)).toMatchObject({
      matched: 20,
      outOfReach: 10,
      changed: 10,
    });
  });

  it('refuses who may not edit, a filter by what one may not read, an empty tag, and the change of another', async () => {
    const facilitator = await signIn('facilitator@example.org', [['facilitator', oakland]]);
    const ask = (filter: object, tags: string[], as: string) =>
      union.ask(
        `mutation ($filter: MemberFilter!, $tags: [String!]!) { tagMembers(filter: $filter, tags: $tags) { changed } }`,
        { filter, tags },
        as,
      );
    expect((await ask({}, ['x'], facilitator)).errors[0]!.extensions.code).toBe('AUTHZ.FORBIDDEN');
    const byMail = await ask({ email: { eq: 'oakland1@example.org' } }, ['x'], facilitator);
    expect(byMail.errors[0]!.extensions).toMatchObject({ code: 'FORBIDDEN', field: 'members.filter.email' });
    expect((await ask({}, ['  '], organizer)).errors[0]!.extensions.code).toBe('MEMBER.TAG_INVALID');
    const { runId } = await change('tagMembers', { nameStarts: 'Family004' }, ['kept']);
    const other = await signIn('other@example.org', [['organizer', oakland]]);
    expect((await undo(runId!, other)).errors[0]!.extensions.code).toBe('MEMBER.TAG_RUN_NOT_FOUND');
    expect(await tagged('kept')).toBe(10);
  });

  it('forgets after thirty days how to take a change back', async () => {
    const { runId } = await change('tagMembers', { nameStarts: 'Family005' }, ['old']);
    await look(`UPDATE tag_run SET at = at - interval '31 days' WHERE id = $1`, [
      runId!.slice('TagRun_'.length),
    ]);
    await union.api.get(TaggingService).expire(SYSTEM);
    expect((await undo(runId!)).errors[0]!.extensions.code).toBe('MEMBER.TAG_RUN_NOT_FOUND');
    expect(await tagged('old')).toBe(10);
  });

  it('finds people by the beginning of either name, and by when they came to be known', async () => {
    const found = async (filter: object): Promise<number> =>
      (
        await union.ask<{ members: { totalCount: number } }>(
          `query ($filter: MemberFilter) { members(filter: $filter) { totalCount } }`,
          { filter },
          organizer,
        )
      ).data.members.totalCount;
    expect(await found({ named: 'given12' })).toBe(11);
    expect(await found({ named: 'Given12 Fam' })).toBe(1);
    expect(await found({ named: ' FAMILY0012 gi' })).toBe(1);
    expect(await found({ named: 'amily' })).toBe(0);
    expect(await found({ createdAt: { lt: '2020-01-01T00:00:00Z' } })).toBe(0);
    expect(await found({ createdAt: { gte: '2020-01-01T00:00:00Z' } })).toBe(PEOPLE);
  });

  it('shows a chapter with all below it, and the roles over it to who looks after them', async () => {
    await look(
      `INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language) VALUES ($1, 'Fruitvale', 'workplace', 'fruitvale', 'America/Los_Angeles', 'en')`,
      [oakland],
    );
    await look(
      `INSERT INTO member (chapter_id, given_name, status) SELECT id, 'Below', 'member' FROM chapter WHERE slug = 'fruitvale'`,
    );
    const admin = await signIn('admin@example.org', [['admin', oakland]]);
    const CHAPTERS = `query ($of: ChapterFilter) { chapters(filter: $of) { nodes {
      slug depth childCount memberCount memberCountWithin grants(filter: { live: true, role: { eq: ADMIN } }) { nodes { email role chapter { name } } } } } }`;
    const ask = async (of: object, as: string) =>
      union.ask<{ chapters: { nodes: object[] } }>(CHAPTERS, { of }, as);
    expect((await ask({ slug: { eq: 'oakland' } }, admin)).data.chapters.nodes).toEqual([
      {
        slug: 'oakland',
        depth: 0,
        childCount: 1,
        memberCount: PEOPLE / 2,
        memberCountWithin: PEOPLE / 2 + 1,
        grants: { nodes: [{ email: 'admin@example.org', role: 'ADMIN', chapter: { name: 'Oakland' } }] },
      },
    ]);
    expect((await ask({ isRoot: true, slug: { eq: 'fresno' } }, admin)).data.chapters.nodes).toMatchObject([
      { slug: 'fresno', memberCount: null, memberCountWithin: null, grants: { nodes: [] } },
    ]);
    expect((await ask({ parent: `Chapter_${oakland}` }, admin)).data.chapters.nodes).toMatchObject([
      { slug: 'fruitvale', depth: 1 },
    ]);
    expect((await ask({}, organizer)).errors[0]!.extensions.code).toBe('FORBIDDEN');
  });

  it('says what one may do, so that a screen need not offer the rest', async () => {
    const { data } = await union.ask<{ myPermissions: string[] }>(`{ myPermissions }`, {}, organizer);
    expect(data.myPermissions).toContain('members.edit');
    expect(data.myPermissions).not.toContain('grants.manage');
    expect((await union.ask<{ myPermissions: string[] }>(`{ myPermissions }`)).data.myPermissions).toEqual(
      [],
    );
  });

  it('lists imports that wait for somebody, and what files have said of a member', async () => {
    await look(
      `INSERT INTO import_run (chapter_id, encoding, state) VALUES ($1, 'utf-8', 'previewed'), ($1, 'utf-8', 'committed')`,
      [oakland],
    );
    await look(
      `INSERT INTO import_row (import_id, chapter_id, line, given_name, outcome, changed, member_id)
       SELECT i.id, i.chapter_id, 2, 'Given1', 'updated', '{city}', m.id FROM import_run i, member m
        WHERE i.state = 'committed' AND m.email = 'oakland1@example.org'`,
    );
    const open = await union.ask<{ importRuns: { nodes: object[] } }>(
      `{ importRuns(filter: { open: true }) { nodes { state } } }`,
      {},
      organizer,
    );
    expect(open.data.importRuns.nodes).toEqual([{ state: 'PREVIEWED' }]);
    const rows = await union.ask<{ members: { nodes: object[] } }>(
      `{ members(filter: { email: { eq: "oakland1@example.org" } }) { nodes { importRows { nodes { outcome changed run { state } } } } } }`,
      {},
      organizer,
    );
    expect(rows.data.members.nodes).toEqual([
      { importRows: { nodes: [{ outcome: 'UPDATED', changed: ['city'], run: { state: 'COMMITTED' } }] } },
    ]);
  });
});
