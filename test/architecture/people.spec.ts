import { personalDataHandlers } from '@unionhall/consent';
import { collectHandlers, definedJobs } from '@unionhall/platform';
import { HANDLERS } from '../../apps/worker/src/worker.module';
import '../../apps/api/src/api.module';
import { asOwner, cloneDatabase, type TestDatabase } from '../support/database';

const PERSON = ['member_id', 'user_id', 'subject_ids', 'recorded_by_member_id'];
/** Tables whose person is the row itself, or hidden in it. */
const PERSON_TABLES = ['member', 'user_account', 'sign_in_attempt', 'mailbox_message'];
/** Tables with a person and no handler, each with its reason. */
const NO_HANDLER: Readonly<Record<string, string>> = {
  mailbox_message: 'the local mailbox of a union without a mail server; it stands open only in development',
};

describe('tables with a person in them', () => {
  let database: TestDatabase;
  let tables: { name: string; forced: boolean; enabled: boolean }[];

  beforeAll(async () => {
    database = await cloneDatabase();
    tables = await asOwner(database.url, async (client) => {
      const { rows } = await client.query<{ name: string; forced: boolean; enabled: boolean }>(
        `SELECT c.relname AS name, c.relforcerowsecurity AS forced, c.relrowsecurity AS enabled FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (c.relname = ANY($2) OR EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = ANY($1) AND NOT a.attisdropped))
          ORDER BY c.relname`,
        [PERSON, PERSON_TABLES],
      );
      return rows;
    });
  });
  afterAll(() => database.drop());

  it('are found', () => {
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'member',
        'rsvp',
        'attendance',
        'commitment',
        'consent',
        'access_ledger',
        'session',
      ]),
    );
  });

  it('force row-level security', () => {
    expect(tables.filter(({ forced, enabled }) => !forced || !enabled)).toEqual([]);
  });

  it('have a personal-data handler, or a reason for none', () => {
    const answered = new Set(personalDataHandlers().flatMap((handler) => handler.tables));
    expect(
      tables.map(({ name }) => name).filter((name) => !answered.has(name) && !(name in NO_HANDLER)),
    ).toEqual([]);
  });

  it('have no handler that answers for a table that is not there', async () => {
    const all = await asOwner(database.url, async (client) =>
      (
        await client.query<{ name: string }>(
          `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
        )
      ).rows.map((row) => row.name),
    );
    expect(
      personalDataHandlers()
        .flatMap((handler) => handler.tables)
        .filter((table) => !all.includes(table)),
    ).toEqual([]);
  });

  it('show nothing to someone who has not said who they are', async () => {
    const open = await asOwner(database.url, async (client) => {
      await client.query('SET ROLE unionhall_app');
      const seen: string[] = [];
      for (const { name } of tables) {
        const { rows } = await client
          .query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`)
          .catch(() => ({ rows: [{ n: 0 }] }));
        if (rows[0]!.n > 0) seen.push(name);
      }
      return seen;
    });
    expect(open).toEqual([]);
  });
});

describe('jobs', () => {
  it('have exactly one handler each', () => {
    const instances = HANDLERS.map((type) => Object.create(type.prototype as object) as object);
    expect([...collectHandlers(instances).keys()].sort()).toEqual(
      definedJobs()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
