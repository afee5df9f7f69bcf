import { parse } from 'graphql';
import { Actor, linkActor, permit } from '@unionhall/identity';
import {
  accessLedger,
  globalId,
  ofRow,
  readable,
  Reads,
  root,
  string,
  type ReadLedger,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { asOwner, openTestDb, type TestDb } from '../support/database';

const readers = permit({ permission: 'members.read', chapter: 'chapter_id', self: 'id', link: true });
const declared: ReadsDeclaration = {
  types: [
    readable({
      type: 'Member',
      description: 'A person.',
      table: 'member',
      subject: 'id',
      policy: readers,
      fields: { id: globalId('id', ofRow), givenName: string('given_name', ofRow) },
      orders: { NAME: { by: [{ expression: 'sort_name', cast: 'text' }], policy: ofRow } },
      defaultOrder: 'NAME',
    }),
  ],
  roots: [root({ name: 'members', type: 'Member', shape: 'page', description: 'Members.', policy: readers })],
};

interface Entry {
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly purpose: string;
  readonly operation: string;
  readonly fields: string[];
  readonly subject_ids: string[];
}

describe('reading people', () => {
  let test: TestDb;
  let here: string;
  let ids: string[];
  let user: string;

  beforeAll(async () => {
    test = await openTestDb();
    await asOwner(test.url, async (client) => {
      const chapter = async (slug: string): Promise<string> => {
        const text = `INSERT INTO chapter (name, kind, slug, time_zone, language, path) VALUES ($1, 'city', $1, 'UTC', 'en', '/' || $1 || '/') RETURNING id`;
        return (await client.query<{ id: string }>(text, [slug])).rows[0]!.id;
      };
      here = await chapter('here');
      const there = await chapter('there');
      const people = [
        ['Ann', here],
        ['Bea', here],
        ['Cam', here],
        ['Far', there],
      ];
      ids = [];
      for (const [name, at] of people) {
        const text =
          'INSERT INTO member (chapter_id, given_name, family_name) VALUES ($2, $1, $1) RETURNING id';
        ids.push((await client.query<{ id: string }>(text, [name, at])).rows[0]!.id);
      }
      const text = `INSERT INTO user_account (email, email_key, member_id) VALUES ('o@example.org', 'o@example.org', $1) RETURNING id`;
      user = (await client.query<{ id: string }>(text, [ids[1]])).rows[0]!.id;
    });
  });
  afterAll(() => test.close());

  const organizer = (): Actor =>
    new Actor({
      kind: 'user',
      userId: user,
      memberId: ids[1],
      purpose: 'organizing',
      authzVersion: 1,
      grants: [{ id: user, role: 'organizer', chapters: [here], purposes: [] }],
    });
  const read = async (actor: Actor, text: string, ledger: ReadLedger = accessLedger): Promise<string> => {
    const reads = new Reads([declared], test.db, ledger);
    return reads.run(reads.prepare(text, parse(text)), actor, {});
  };
  const entries = (): Promise<Entry[]> =>
    asOwner(test.url, async (client) => {
      const { rows } = await client.query<Entry>('DELETE FROM access_ledger RETURNING *');
      return rows;
    });

  it('leaves one entry for the whole operation, naming everyone who was shown but the reader', async () => {
    const answer = await read(
      organizer(),
      'query Calls { members(first: 10) { nodes { givenName } } again: members(first: 1) { nodes { id } } }',
    );
    expect(answer).toContain('Ann');
    expect(answer).not.toContain('Far');
    const found = await entries();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      actor_kind: 'user',
      actor_id: user,
      purpose: 'organizing',
      operation: 'Calls',
    });
    expect(found[0]!.fields).toEqual(['Query.members', 'Member.givenName', 'Member.id']);
    expect([...found[0]!.subject_ids].sort()).toEqual([ids[0]!, ids[2]!].sort());
  });

  it('does not name the row that only tells whether there is another page', async () => {
    await read(organizer(), '{ members(first: 1) { nodes { id } pageInfo { hasNextPage } } }');
    expect((await entries())[0]!.subject_ids).toEqual([ids[0]]);
  });

  it('leaves nothing for a count, or for a member who reads themselves', async () => {
    await read(organizer(), '{ members { totalCount } }');
    const own = await read(linkActor(ids[0]!, 'rsvp'), '{ members { nodes { givenName } } }');
    expect(JSON.parse(own)).toEqual({ members: { nodes: [{ givenName: 'Ann' }] } });
    expect(await entries()).toEqual([]);
  });

  it('gives no data when the entry cannot be written', async () => {
    const broken: ReadLedger = {
      insert: (parts) => accessLedger.insert(parts).replace('app.purpose()', 'NULL'),
    };
    await expect(read(organizer(), '{ members { nodes { givenName } } }', broken)).rejects.toMatchObject({
      code: '23502',
    });
    expect(await entries()).toEqual([]);
  });

  it('refuses an actor whose rights have changed since they were looked up', async () => {
    const stale = new Actor({
      kind: 'user',
      userId: user,
      memberId: ids[1],
      purpose: 'organizing',
      authzVersion: 7,
    });
    await expect(read(stale, '{ members { nodes { givenName } } }')).rejects.toMatchObject({ code: 'UH001' });
  });
});
