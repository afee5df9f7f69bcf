import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Clock, Database, dataSourceOptions, readConfig, type Config } from '@unionhall/platform';
import { DataSource } from 'typeorm';
import { servers, TEMPLATE } from './servers';
import { eventually } from './eventually';

export interface TestDatabase {
  /** The owner's address. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A migrated database of a test file's own, cloned from the template. */
export function cloneDatabase(): Promise<TestDatabase> {
  return newDatabase(async (client, name) => {
    // Two clones at once meet on the template; the second waits its turn.
    await client.query('SELECT pg_advisory_lock(7262002)');
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
  });
}

/** A database that no migration has seen. */
export function emptyDatabase(): Promise<TestDatabase> {
  return newDatabase((client, name) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
}

async function newDatabase(
  create: (client: Client, name: string) => Promise<unknown>,
): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = servers().databaseUrl;
  await asOwner(admin, (client) => create(client, name));
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      // A vacuum that the server has just begun there is not ours to end; it is over in a moment.
      await eventually(`the end of ${name}`, () =>
        asOwner(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)).then(
          () => true,
          (error: { code?: string }) => {
            if (error.code === '42501') return false;
            throw error;
          },
        ),
      );
    },
  };
}

/** Runs `work` on a connection as the owner: for arranging and asserting, past row-level security's application role. */
export async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Tests run at any time of the day. */
export const NO_QUIET_HOURS = { SEND_FROM_HOUR: '0', SEND_UNTIL_HOUR: '24' } as const;

/** The configuration of a process under test. */
export function testConfig(databaseUrl: string, more: NodeJS.ProcessEnv = {}): Config {
  return readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    UNIONHALL_SECRET: 'a secret of the tests alone, 32 long',
    PORT: '0',
    ...NO_QUIET_HOURS,
    LOG_LEVEL: 'silent',
    ...more,
  });
}

export interface TestDb {
  readonly db: Database;
  readonly clock: Clock;
  readonly url: string;
  close(): Promise<void>;
}

/** A `Database` over a clone, as the application's role, without an app around it. */
export async function openTestDb(entities: readonly (new () => object)[] = []): Promise<TestDb> {
  const clone = await cloneDatabase();
  const source = new DataSource({
    ...dataSourceOptions(testConfig(clone.url), 'unionhall test'),
    entities: [...entities],
  } as never);
  await source.initialize();
  const clock = new Clock();
  return {
    db: new Database(source, clock),
    clock,
    url: clone.url,
    close: async () => {
      await source.destroy();
      await clone.drop();
    },
  };
}
