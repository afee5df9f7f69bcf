import { applyMigrations } from '@unionhall/platform';
import { Platform1767225600000 } from './1767225600000-platform';
import { Identity1767225610000 } from './1767225610000-identity';
import { Chapters1767225620000 } from './1767225620000-chapters';

/** One line of history, oldest first. A migration that has landed is never edited. */
export const migrations = [Platform1767225600000, Identity1767225610000, Chapters1767225620000];

/** Brings the database of `databaseUrl` (its owner) up to date; gives the number of migrations that ran. */
export function runMigrations(databaseUrl: string, log: (line: string) => void): Promise<number> {
  return applyMigrations(databaseUrl, migrations, log);
}
