import { applyMigrations } from '@unionhall/platform';
import { migrations, runMigrations } from '@unionhall/migrations';
import type { Client } from 'pg';
import { asOwner, emptyDatabase, type TestDatabase } from '../support/database';
import { fillLandedUnion, NORTH, SOUTH } from './upgrade-union';

/** The version that the small union of `upgrade-union.ts` is written for. */
const LANDED = 'Partners1767225680000';
const landed = migrations.slice(0, migrations.findIndex(({ name }) => name === LANDED) + 1);
const since = migrations.slice(landed.length);
const quiet = (): void => undefined;

interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
  readonly secured: boolean;
  readonly forced: boolean;
  readonly granted: readonly string[];
}

const SHAPES = `
  SELECT c.relname AS table, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
          ORDER BY attname) AS columns,
    ARRAY(SELECT privilege::text FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
          WHERE has_table_privilege('unionhall_app', c.oid, privilege)) AS granted
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
  ORDER BY c.relname`;

async function shapesOf(client: Client): Promise<Shape[]> {
  return (await client.query<Shape>(SHAPES)).rows;
}

/** Every row of the given columns, in an order of its own. */
async function rowsOf(client: Client, shapes: readonly Shape[]): Promise<Record<string, string[]>> {
  await client.query(
    `SELECT set_config('unionhall.kind', 'system', false), set_config('unionhall.sees_all', 'on', false)`,
  );
  const found: Record<string, string[]> = {};
  for (const { table, columns } of shapes) {
    const list = columns.map((name) => `"${name}"`).join(', ');
    const { rows } = await client.query<{ row: string }>(
      `SELECT row_to_json(r)::text AS row FROM (SELECT ${list} FROM "${table}") r ORDER BY 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

describe('a union of an earlier version', () => {
  let database: TestDatabase;
  let before: { shapes: Shape[]; rows: Record<string, string[]> };
  let ran: number[];

  beforeAll(async () => {
    database = await emptyDatabase();
    await applyMigrations(database.url, landed, quiet);
    before = await asOwner(database.url, async (client) => {
      await fillLandedUnion(client);
      const shapes = await shapesOf(client);
      return { shapes, rows: await rowsOf(client, shapes) };
    });
    ran = [];
    for (const [index] of since.entries()) {
      const known = migrations.slice(0, landed.length + index + 1);
      ran.push(await applyMigrations(database.url, known, quiet));
      ran.push(await applyMigrations(database.url, known, quiet));
    }
  });
  afterAll(() => database.drop());

  it('is written for a version of this history, and has a row in each of its tables', () => {
    expect(landed.at(-1)?.name).toBe(LANDED);
    expect(Object.keys(before.rows).filter((table) => before.rows[table]?.length === 0)).toEqual([]);
  });

  it('takes each later migration once, however often it starts', async () => {
    expect(ran).toEqual(since.flatMap(() => [1, 0]));
    expect(await runMigrations(database.url, quiet)).toBe(0);
  });

  it('keeps every row as it was', async () => {
    const after = await asOwner(database.url, (client) => rowsOf(client, before.shapes));
    expect(after).toEqual(before.rows);
  });

  it('keeps row-level security and the grants of the application', async () => {
    const after = await asOwner(database.url, shapesOf);
    const kept = (shapes: readonly Shape[]): unknown[] =>
      shapes
        .filter(({ table }) => before.shapes.some((one) => one.table === table))
        .map(({ table, secured, forced, granted }) => ({ table, secured, forced, granted }));
    expect(kept(after)).toEqual(kept(before.shapes));
    expect(after.filter(({ granted }) => granted.length === 0).map(({ table }) => table)).toEqual([]);
  });

  it.each([
    ['nobody', '', []],
    ['an organizer of the south', SOUTH, ['Bo']],
    ['an organizer of the north', NORTH, ['Ada']],
  ])('shows its members to whom it did: %s', async (_who, chapter, names) => {
    const seen = await asOwner(database.url, async (client) => {
      await client.query('SET ROLE unionhall_app');
      await client.query(
        `SELECT set_config('unionhall.kind', 'user', false), set_config('unionhall.chapters', $1, false)`,
        [`{${chapter}}`],
      );
      return client.query<{ given_name: string }>('SELECT given_name FROM member');
    });
    expect(seen.rows.map((row) => row.given_name)).toEqual(names);
  });

  it('lets two starts at once migrate it together', async () => {
    const fresh = await emptyDatabase();
    try {
      const counts = await Promise.all([runMigrations(fresh.url, quiet), runMigrations(fresh.url, quiet)]);
      expect(counts.sort((a, b) => a - b)).toEqual([0, migrations.length]);
    } finally {
      await fresh.drop();
    }
  });
});
