import { DataSource, type MigrationInterface } from 'typeorm';
import { createPostgresQueueSchema } from '../queue/backend';

type MigrationClass = new () => MigrationInterface;

/** Two starts at once take turns. */
const LOCK = 7_262_001;

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
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
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
