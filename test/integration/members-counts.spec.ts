import { parse } from 'graphql';
import { Actor, identityReads, type Role } from '@unionhall/identity';
import { chaptersReads } from '@unionhall/chapters';
import { consentReads } from '@unionhall/consent';
import { membersReads } from '@unionhall/members';
import { accessLedger, Reads } from '@unionhall/platform';
import { asOwner, openTestDb, type TestDb } from '../support/database';

const QUERY = '{ chapters { edges { node { slug memberCount peopleByStatus } } } }';

interface Counted {
  readonly slug: string;
  readonly memberCount: number | null;
  readonly peopleByStatus: Record<string, number> | null;
}

describe('the counts of a chapter', () => {
  let test: TestDb;
  let reads: Reads;
  let user: string;
  let north: string;
  let south: string;

  const run = (sql: string, values: unknown[] = []): Promise<void> =>
    asOwner(test.url, async (client) => void (await client.query(sql, values)));
  const organizer = (role: Role, chapters: readonly string[]): Actor =>
    new Actor({
      kind: 'user',
      purpose: 'organizing',
      userId: user,
      authzVersion: 1,
      grants: [{ id: user, role, chapters, purposes: [] }],
    });
  const counts = async (actor: Actor): Promise<Counted[]> => {
    const text = await reads.run(reads.prepare(QUERY, parse(QUERY)), actor, {});
    return (JSON.parse(text) as { chapters: { edges: { node: Counted }[] } }).chapters.edges.map(
      ({ node }) => node,
    );
  };

  beforeAll(async () => {
    test = await openTestDb();
    reads = new Reads([identityReads, chaptersReads, consentReads, membersReads], test.db, accessLedger);
    await asOwner(test.url, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('north', 'region', 'north', 'UTC', 'en'), ('south', 'region', 'south', 'UTC', 'en') RETURNING id`,
      );
      [north, south] = rows.map(({ id }) => id) as [string, string];
      const account = await client.query<{ id: string }>(
        `INSERT INTO user_account (email, email_key) VALUES ('ada@example.org', 'ada@example.org') RETURNING id`,
      );
      user = account.rows[0]!.id;
    });
  });
  afterAll(() => test.close());

  it('follow members who join, change, move, are erased and leave', async () => {
    const both = organizer('organizer', [north, south]);
    await run(
      `INSERT INTO member (chapter_id, given_name, status) SELECT $1, 'M' || n, CASE WHEN n <= 3 THEN 'member' ELSE 'prospect' END FROM generate_series(1, 5) n`,
      [north],
    );
    expect(await counts(both)).toEqual([
      { slug: 'north', memberCount: 3, peopleByStatus: { member: 3, prospect: 2 } },
      { slug: 'south', memberCount: 0, peopleByStatus: {} },
    ]);
    await run(`UPDATE member SET status = 'lapsed' WHERE given_name = 'M1'`);
    await run(`UPDATE member SET chapter_id = $1 WHERE given_name = 'M2'`, [south]);
    await run(`UPDATE member SET erased_at = app.now() WHERE given_name = 'M4'`);
    await run(`DELETE FROM member WHERE given_name = 'M5'`);
    expect(await counts(both)).toEqual([
      { slug: 'north', memberCount: 1, peopleByStatus: { lapsed: 1, member: 1 } },
      { slug: 'south', memberCount: 1, peopleByStatus: { member: 1 } },
    ]);
  });

  it('are shown in the chapters whose members one may list, and withheld in others', async () => {
    expect(await counts(organizer('organizer', [south]))).toEqual([
      { slug: 'north', memberCount: null, peopleByStatus: null },
      { slug: 'south', memberCount: 1, peopleByStatus: { member: 1 } },
    ]);
  });

  it('cannot be written by the application', async () => {
    const forge = test.db.tx(organizer('admin', [north]), (em) =>
      em.query(`UPDATE chapter_member_count SET total = 99`),
    );
    await expect(forge).rejects.toMatchObject({ code: '42501' });
  });
});
