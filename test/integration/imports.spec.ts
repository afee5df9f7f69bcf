import { join } from 'node:path';
import fc from 'fast-check';
import { Addresses } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { ImportsService, ImportWorkService } from '@unionhall/members';
import { createLogger, Queues, Signer } from '@unionhall/platform';
import { knownPeople, report } from '../factories/action-network';
import { compileServer, type CompiledServer } from '../support/compiled-server';
import { asOwner, openTestDb, testConfig, type TestDb } from '../support/database';
import { runProgram, until, type Program } from '../support/programs';

const SYSTEM = systemActor('test');
const ROWS = 30_000;
const HALF = { rows: ROWS, known: ROWS / 2 };

interface Run {
  state: string;
  done_count: number;
  attempts: number;
  row_count: number;
  new_count: number;
  updated_count: number;
  unchanged_count: number;
  rejected_count: number;
  kept_count: number;
}

describe('imports over PostgreSQL', () => {
  let server: CompiledServer;
  let test: TestDb;
  let queues: Queues;
  let imports: ImportsService;
  let chapterId: string;
  const workers: Program[] = [];

  const look = <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(test.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query<T>(sql, values)).rows;
    });
  const runOf = async (id: string): Promise<Run> =>
    (await look<Run>(`SELECT * FROM import_run WHERE id = $1`, [id]))[0]!;
  const preview = (text: Iterable<string>) =>
    imports.preview(SYSTEM, {
      chapterId,
      bytes: (async function* () {
        for (const piece of text) yield Buffer.from(piece);
      })(),
    });
  const people = async (): Promise<string> =>
    JSON.stringify(
      await look(
        `SELECT count(*)::int AS members, md5(string_agg(concat_ws('|', email_key, given_name, family_name, phone, postal_code, custom, updated_at), ',' ORDER BY email_key))
                AS values, (SELECT count(*)::int FROM member_tag) AS tags FROM member`,
      ),
    );
  const startWorker = (): Program => {
    const program = runProgram(join(server.root, 'apps/worker/src/main.js'), [], {
      NODE_ENV: 'test',
      DATABASE_URL: test.url,
      UNIONHALL_SECRET: 'a secret of the tests alone, 32 long',
      LOG_LEVEL: 'silent',
      SMTP_URL: 'smtp://127.0.0.1:9',
    });
    workers.push(program);
    return program;
  };
  /** Kills the worker when the work is under way, and gives what it left; then lets another one finish. */
  const interrupted = async (id: string, ended: string): Promise<{ left: string; run: Run }> => {
    const first = startWorker();
    await until('some rows are done', async () => (await runOf(id)).done_count > 0, 30_000);
    first.child.kill('SIGKILL');
    await first.ended;
    const left = await people();
    const second = startWorker();
    await until(`the import is ${ended}`, async () => (await runOf(id)).state === ended, 40_000);
    second.child.kill('SIGTERM');
    await second.ended;
    return { left, run: await runOf(id) };
  };

  beforeAll(async () => {
    server = compileServer();
    test = await openTestDb();
    const config = testConfig(test.url);
    queues = new Queues(config, createLogger(config.logLevel, 'test'));
    imports = new ImportsService(test.db, new Addresses(new Signer(config)), queues);
    [{ id: chapterId }] = (await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
    )) as [{ id: string }];
    await look(
      `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, postal_code)
       SELECT $1, given_name, family_name, email, lower(email), postal_code
         FROM json_to_recordset($2::json) AS p (given_name text, family_name text, email text, postal_code text)`,
      [chapterId, JSON.stringify(knownPeople(HALF))],
    );
  });
  afterAll(async () => {
    for (const { child } of workers) child.kill('SIGKILL');
    await queues.onModuleDestroy();
    await test.close();
    server.remove();
  });

  it('begins anew when the worker is killed, in a commit and in an undo, and never half stands', async () => {
    const before = await people();
    const { id } = await preview(report(HALF));
    expect(await runOf(id)).toMatchObject({
      row_count: ROWS,
      new_count: ROWS / 2,
      updated_count: ROWS / 2,
      rejected_count: 0,
    });
    await imports.commit(SYSTEM, id);
    const commit = await interrupted(id, 'committed');
    expect(commit.left).toBe(before);
    expect(commit.run).toMatchObject({ done_count: ROWS, new_count: ROWS / 2, updated_count: ROWS / 2 });
    const after = await people();
    expect(JSON.parse(after)).toMatchObject([{ members: ROWS }]);

    const again = await preview(report(HALF));
    expect(await runOf(again.id)).toMatchObject({ unchanged_count: ROWS, new_count: 0, updated_count: 0 });

    await imports.undo(SYSTEM, id);
    const undo = await interrupted(id, 'undone');
    expect(undo.left).toBe(after);
    expect(undo.run).toMatchObject({ kept_count: 0 });
    expect(await people()).toBe(before);
  }, 150_000);

  it('is carried out once when two workers are woken for it', async () => {
    const { id } = await preview(report({ rows: 300 }));
    await imports.commit(SYSTEM, id);
    const work = new ImportWorkService(test.db);
    await Promise.all([work.work(id), work.work(id), work.sweep()]);
    expect(await runOf(id)).toMatchObject({ state: 'committed', attempts: 0 });
  });

  it('is given up, with a reason, when it fails again and again', async () => {
    const { id } = await preview(['email,last_name\n', 'never@example.org,Never\n']);
    await look(`ALTER TABLE member ADD CONSTRAINT no_never CHECK (family_name <> 'Never')`);
    await imports.commit(SYSTEM, id);
    const work = new ImportWorkService(test.db);
    for (let attempt = 0; attempt < 5; attempt++) await expect(work.work(id)).rejects.toThrow('no_never');
    expect(await runOf(id)).toMatchObject({ state: 'failed', problem: 'IMPORT.FAILED 23514', done_count: 0 });
    await work.work(id);
    await look(`ALTER TABLE member DROP CONSTRAINT no_never`);
  });

  it('forgets previews after a week and rows after a month; what is past undoing says so', async () => {
    const forgotten = await preview(report({ rows: 3 }));
    const kept = await preview(['email\n', 'kept@example.org\n']);
    const work = new ImportWorkService(test.db);
    await imports.commit(SYSTEM, kept.id);
    await work.work(kept.id);
    test.clock.advance(8 * 86_400_000);
    await work.expire();
    expect(await runOf(forgotten.id)).toBeUndefined();
    expect(await runOf(kept.id)).toMatchObject({ state: 'committed' });
    test.clock.advance(30 * 86_400_000);
    await work.expire();
    expect(await look(`SELECT 1 FROM import_row WHERE import_id = $1`, [kept.id])).toEqual([]);
    await expect(imports.undo(SYSTEM, kept.id)).rejects.toMatchObject({ code: 'IMPORT.STATE' });
  });

  it('keeps every character of a file', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\0\ufeff]/.test(text));
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (cells) => {
        const lines = cells.map(
          ([name, county], i) => `p${i}@example.org,${quoted(name)},${quoted(county)}\r\n`,
        );
        const { id } = await preview(['email,last_name,County\r\n', ...lines]);
        const rows = await look<{ family_name: string | null; county: string | null }>(
          `SELECT family_name, custom ->> 'County' AS county FROM import_row WHERE import_id = $1 ORDER BY email`,
          [id],
        );
        const kept = (text: string): string | null => text.normalize('NFC').trim() || null;
        expect(rows).toEqual(
          cells.map(([name, county]) => ({ family_name: kept(name), county: kept(county) })),
        );
      }),
      { numRuns: 25 },
    );
  });
});
