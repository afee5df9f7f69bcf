import { runMigrations } from '@unionhall/migrations';
import { readLaunchSettings } from './launch-settings';
import { LaunchRefusal, oneLine } from './refusal';
import { checkDatabase } from './services/check-services';

/** Brings the database of DATABASE_URL up to date and ends: the one-shot service of a deployment. */
async function migrate(): Promise<void> {
  const { databaseUrl } = readLaunchSettings(process.env, process.cwd());
  if (databaseUrl === undefined)
    throw new LaunchRefusal('DATABASE_URL: it must name the database to bring up to date.');
  await checkDatabase(databaseUrl);
  const applied = await runMigrations(databaseUrl.href, (line) => void process.stdout.write(`${line}\n`));
  process.stdout.write(applied === 0 ? 'The database is up to date.\n' : `Applied ${applied} migrations.\n`);
}

migrate().catch((error: unknown) => {
  process.stderr.write(`unionhall: ${oneLine(error)}\n`);
  process.exitCode = 1;
});
