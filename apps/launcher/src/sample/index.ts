import { Client } from 'pg';
import type { SignIns } from '../sign-ins';
import { fillCampaigns, fillCommitments } from './campaigns';
import { fillChapters } from './chapters';
import { fillGatherings, fillRsvps, fillTonight } from './gatherings';
import { fillAboutMembers, fillMembers } from './members';
import { fillPartner, fillUsers } from './sign-ins';

export interface SampleOptions {
  /** The owner of the migrated database. */
  readonly databaseUrl: string;
  /** Told what is done, one line each. */
  readonly progress: (line: string) => void;
  /** How many people; at least one. */
  readonly members?: number;
}

const LOCK = 5_081_230_001;

/**
 * Fills a union that has no chapter and no member with invented people, all or nothing. The same people
 * come each time; ids, the password, the key and what is counted from today differ.
 * @returns the ways in, shown here and never again; null when the union is not empty, which is left as it is.
 * @throws Error of PostgreSQL, with nothing filled.
 */
export async function fillSampleIfEmpty({
  databaseUrl,
  progress,
  members = 30_000,
}: SampleOptions): Promise<SignIns | null> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `SELECT set_config('unionhall.kind', 'system', false), set_config('unionhall.sees_all', 'on', false)`,
    );
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const { rows } = await client.query<{ filled: boolean }>(
      'SELECT EXISTS (SELECT FROM chapter) OR EXISTS (SELECT FROM member) AS filled',
    );
    if (rows[0]?.filled !== false) {
      await client.query('ROLLBACK');
      return null;
    }
    const signIns = await fill(client, members, progress);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    progress('Sample union filled');
    return signIns;
  } finally {
    await client.end();
  }
}

async function fill(client: Client, members: number, progress: (line: string) => void): Promise<SignIns> {
  await client.query(`SET LOCAL work_mem = '64MB'; SET LOCAL jit = off`);
  progress(`Filling a sample union of ${members} invented members`);
  const chapters = await fillChapters(client);
  await fillMembers(client, chapters, members);
  await fillAboutMembers(client);
  progress('Sample: members, tags and consents');
  await fillGatherings(client);
  await fillRsvps(client);
  await fillTonight(client, chapters.homeCity);
  progress('Sample: gatherings, answers and attendances');
  const campaigns = await fillCampaigns(client, chapters.union);
  await fillCommitments(client, campaigns);
  progress('Sample: campaigns and commitments');
  const partner = await fillPartner(client, campaigns);
  return { ...(await fillUsers(client, chapters)), partner };
}
