import { parse } from 'graphql';
import { Actor, type HeldGrant } from '@unionhall/identity';
import { accessLedger, Catalog, Reads, type Statement } from '@unionhall/platform';
import { apiSchema, partnersSchema } from '../../apps/api/src/schemas';
import { asOwner, openTestDb, type TestDb } from '../support/database';

const QUERY = `{ members(first: 10, filter: { status: { eq: MEMBER } }) {
  totalCount
  nodes { givenName email chapter { name } consents { nodes { state } } commitments(first: 3) { nodes { status } } attendanceCount } } }`;

interface Page {
  readonly members: {
    readonly totalCount: number;
    readonly nodes: readonly Record<string, unknown>[];
  };
}

describe('rows below a member', () => {
  let test: TestDb;
  let user: string;
  let here: string;
  let there: string;
  const sent: Statement[] = [];

  beforeAll(async () => {
    test = await openTestDb();
    await asOwner(test.url, async (client) => {
      const one = async (text: string, values: unknown[]): Promise<string> =>
        (await client.query<{ id: string }>(text, values)).rows[0]!.id;
      const chapter = `INSERT INTO chapter (name, kind, slug, time_zone, language, path) VALUES ($1, 'city', $1, 'UTC', 'en', '') RETURNING id`;
      [here, there] = [await one(chapter, ['here']), await one(chapter, ['there'])];
      const gathering = await one(
        `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         VALUES ($1, 'training', 'T', now(), now() + interval '1 hour', 'UTC') RETURNING id`,
        [here],
      );
      for (const [name, at, status] of [
        ['Ann', here, 'member'],
        ['Bea', there, 'member'],
        ['Cam', here, 'lapsed'],
      ]) {
        const id = await one(
          `INSERT INTO member (chapter_id, given_name, family_name, email, status) VALUES ($1, $2, $2, $2 || '@example.org', $3) RETURNING id`,
          [at, name, status],
        );
        await client.query(
          `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
           VALUES ($1, $2, 'events', 'email', 'granted', 'w', 'portal')`,
          [id, at],
        );
        await client.query(
          `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, source) VALUES ($1, $2, $3, 'attended', 'door')`,
          [gathering, id, at],
        );
      }
      user = await one(
        `INSERT INTO user_account (email, email_key) VALUES ('o@example.org', 'o@example.org') RETURNING id`,
        [],
      );
    });
  });
  afterAll(() => test.close());

  const read = async (...grants: Omit<HeldGrant, 'id' | 'purposes'>[]): Promise<Page> => {
    const actor = new Actor({
      kind: 'user',
      userId: user,
      purpose: 'organizing',
      authzVersion: 1,
      grants: grants.map((grant) => ({ ...grant, id: user, purposes: [] })),
    });
    const database = {
      read: (who: Actor, statement: Statement) => {
        sent.push(statement);
        return test.db.read(who, statement);
      },
    };
    const reads = new Reads(apiSchema.reads, database as never, accessLedger);
    const answer = await reads.run(reads.prepare(QUERY, parse(QUERY)), actor, {});
    return JSON.parse(answer) as Page;
  };

  it('are not asked what their member has already answered', async () => {
    const page = await read({ role: 'organizer', chapters: [here] });
    expect(page.members).toMatchObject({
      totalCount: 1,
      nodes: [{ givenName: 'Ann', email: 'Ann@example.org', attendanceCount: 1 }],
    });
    const { text, values } = sent.at(-1)!;
    expect(text.match(/= ANY/g)).toHaveLength(1);
    expect(values.filter((value) => value === `{${here}}`)).toHaveLength(1);
  });

  it('are held back where another permission reaches less far than the one that shows the member', async () => {
    const page = await read(
      { role: 'organizer', chapters: [here] },
      { role: 'facilitator', chapters: [there] },
    );
    expect(page.members.totalCount).toBe(2);
    const [ann, bea] = page.members.nodes;
    expect(ann).toMatchObject({ email: 'Ann@example.org', consents: { nodes: [{ state: 'GRANTED' }] } });
    expect(bea).toMatchObject({ givenName: 'Bea', email: null, consents: { nodes: [] }, attendanceCount: 1 });
  });

  it('are kept by row-level security alone when the declared policies are wrong', async () => {
    const [row] = (
      await test.db.read(
        new Actor({
          kind: 'user',
          userId: user,
          purpose: 'organizing',
          authzVersion: 1,
          grants: [{ id: user, role: 'organizer', chapters: [here], purposes: [] }],
        }),
        {
          text: `SELECT (SELECT count(*)::int FROM member) AS members, (SELECT count(*)::int FROM attendance) AS attendances`,
          values: [],
        },
      )
    ).rows;
    expect(row).toEqual({ members: 2, attendances: 2 });
  });
});

describe('the columns that relations call the same', () => {
  it('are kept equal by a foreign key', async () => {
    const test = await openTestDb();
    const keys = await asOwner(test.url, async (client) => {
      const { rows } = await client.query<{ from: string; to: string; pairs: string[] }>(
        `SELECT c.conrelid::regclass::text AS from, c.confrelid::regclass::text AS to,
           (SELECT array_agg(a.attname || '=' || b.attname) FROM unnest(c.conkey, c.confkey) k (x, y)
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = x
              JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = y) AS pairs
         FROM pg_constraint c WHERE c.contype = 'f'`,
      );
      return rows;
    });
    await test.close();
    const checked: string[] = [];
    const loose: string[] = [];
    for (const { reads } of [apiSchema, partnersSchema]) {
      const catalog = new Catalog(reads);
      for (const type of catalog.types.values()) {
        for (const [name, member] of type.fields) {
          if (member.kind === 'field' || member.sameColumns === undefined) continue;
          const [ours, theirs] = [type.declaration.table, catalog.type(member.type).declaration.table];
          const same = [[member.foreign, member.local], ...member.sameColumns.map((one) => [one, one])];
          const kept = (from: string, to: string, pairs: string[]): boolean =>
            keys.some(
              (key) => key.from === from && key.to === to && pairs.every((one) => key.pairs.includes(one)),
            );
          const holds =
            kept(
              theirs,
              ours,
              same.map(([foreign, local]) => `${foreign}=${local}`),
            ) ||
            kept(
              ours,
              theirs,
              same.map(([foreign, local]) => `${local}=${foreign}`),
            );
          (holds ? checked : loose).push(`${type.name}.${name}`);
        }
      }
    }
    expect(loose).toEqual([]);
    expect(checked).toEqual(
      expect.arrayContaining(['Member.commitments', 'Member.attendanceCount', 'Attendance.member']),
    );
  });
});
