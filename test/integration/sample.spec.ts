import { fillSampleIfEmpty } from '../../apps/launcher/src/sample';
import { asOwner, cloneDatabase, type TestDatabase } from '../support/database';

const quiet = (): void => undefined;
const KEYS = `SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition, convalidated AS checked
  FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`;

interface Key {
  readonly table: string;
  readonly definition: string;
  readonly checked: boolean;
}

const keysOf = (url: string): Promise<Key[]> =>
  asOwner(url, async (client) =>
    (await client.query<Key>(KEYS)).rows.map(({ table, definition, checked }) => ({
      table,
      definition,
      checked,
    })),
  );
const membersOf = (url: string): Promise<number> =>
  asOwner(url, async (client) => {
    await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
    return (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM member')).rows[0]!.n;
  });

describe('the sample union', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await cloneDatabase();
  });
  afterEach(() => database.drop());

  it('puts back and checks every foreign key that it loads without', async () => {
    const before = await keysOf(database.url);
    await fillSampleIfEmpty({ databaseUrl: database.url, progress: quiet, members: 300 });
    const after = await keysOf(database.url);
    expect(after).toEqual(before);
    expect(after.filter(({ checked }) => !checked)).toEqual([]);
  });

  it('counts the members of its chapters as they are', async () => {
    await fillSampleIfEmpty({ databaseUrl: database.url, progress: quiet, members: 300 });
    const [row] = await asOwner(database.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (
        await client.query<{ counted: number; wrong: number }>(
          `SELECT (SELECT sum(total)::int FROM chapter_member_count) AS counted,
             (SELECT count(*)::int FROM (
                (SELECT chapter_id, status, count(*) FROM member GROUP BY 1, 2) EXCEPT
                (SELECT chapter_id, status, total FROM chapter_member_count)) d) AS wrong`,
        )
      ).rows;
    });
    expect(row).toEqual({ counted: 300, wrong: 0 });
  });

  it('leaves a union that is not empty as it is', async () => {
    expect(
      await fillSampleIfEmpty({ databaseUrl: database.url, progress: quiet, members: 20 }),
    ).not.toBeNull();
    expect(await fillSampleIfEmpty({ databaseUrl: database.url, progress: quiet, members: 20 })).toBeNull();
    expect(await membersOf(database.url)).toBe(20);
  });

  it('fills nothing when a part of it fails', async () => {
    await asOwner(database.url, (client) =>
      client.query(`ALTER TABLE commitment ADD CONSTRAINT nobody_pledges CHECK (false)`),
    );
    const before = await keysOf(database.url);
    await expect(
      fillSampleIfEmpty({ databaseUrl: database.url, progress: quiet, members: 50 }),
    ).rejects.toMatchObject({ code: '23514' });
    expect(await membersOf(database.url)).toBe(0);
    expect(await keysOf(database.url)).toEqual(before);
  });
});
