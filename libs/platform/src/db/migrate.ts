import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createPostgresQueueSchema } from '../queue/backend';

type MigrationClass = new () => MigrationInterface;

/** Two starts at once take turns. */
const LOCK = 7_262_001;
const ASK_AGAIN_MS = 200;

/**
 * Brings a database up to date as the owner that `databaseUrl` names: the given migrations in
 * order, each in its own transaction, and the queue's own schema.
 * @returns how many migrations ran.
 */
export async function applyMigrations(
  databaseUrl: string,
  migrations: readonly MigrationClass[],
  log: (line: string) => void,
): Promise<number> {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: { max: 2, options: '-c TimeZone=UTC' },
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await takeTurn(runner);
    const ran = await source.runMigrations();
    for (const one of ran) log(`migrated: ${one.name}`);
    await createPostgresQueueSchema(databaseUrl);
    return ran.length;
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    await runner.release();
    await source.destroy();
  }
}

/** A statement that waits for a lock would hold up an index that is built concurrently by whoever has it; so it asks again. */
async function takeTurn(runner: QueryRunner): Promise<void> {
  for (;;) {
    const [row] = (await runner.query('SELECT pg_try_advisory_lock($1) AS mine', [LOCK])) as {
      mine: boolean;
    }[];
    if (row!.mine) return;
    await pause(ASK_AGAIN_MS);
  }
}
