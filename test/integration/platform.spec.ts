import {
  AppError,
  BACKGROUND,
  idempotent,
  Outbox,
  readConfig,
  RELAY_OUTBOX,
  type DomainEvent,
} from '@unionhall/platform';
import { startWorker } from '../../apps/worker/src/create-worker';
import { onEachBackend } from '../support/backends';
import {
  asOwner,
  openTestDb,
  cloneDatabase,
  testConfig,
  type TestDatabase,
  type TestDb,
} from '../support/database';
import { eventually } from '../support/eventually';
import type { INestApplicationContext } from '@nestjs/common';

describe('the database', () => {
  let test: TestDb;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  it('runs as a role that row-level security holds for', async () => {
    const { rows } = await test.db.read(BACKGROUND, {
      text: 'SELECT current_user AS who, (SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user) AS free',
      values: [],
    });
    expect(rows).toEqual([{ who: 'unionhall_app', free: false }]);
  });

  it('binds the actor to the transaction of a read and to no later one', async () => {
    const text = 'SELECT app.kind() AS kind, $1::int AS n';
    expect((await test.db.read(BACKGROUND, { text, values: [1] })).rows).toEqual([{ kind: 'system', n: 1 }]);
    const after = await test.db.source.query('SELECT app.kind() AS kind');
    expect(after).toEqual([{ kind: 'anonymous' }]);
  });

  it('gives the error of the statement that failed, and the connection goes on', async () => {
    await expect(test.db.read(BACKGROUND, { text: 'SELECT 1/$1::int', values: [0] })).rejects.toMatchObject({
      code: '22012',
    });
    expect((await test.db.read(BACKGROUND, { text: 'SELECT $1::int AS n', values: [7] })).rows).toEqual([
      { n: 7 },
    ]);
  });

  it('rolls a transaction back whole when its work throws', async () => {
    const work = test.db.tx(BACKGROUND, async (em) => {
      await em.query(`INSERT INTO setting (name, value) VALUES ('half', '1')`);
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(
      await test.db.tx(BACKGROUND, (em) => em.query(`SELECT * FROM setting WHERE name = 'half'`)),
    ).toEqual([]);
  });

  it('moves its time with the clock that is handed in', async () => {
    const now = async (): Promise<number> =>
      (
        (await test.db.read(BACKGROUND, { text: 'SELECT app.now() AS at', values: [] })).rows[0] as {
          at: Date;
        }
      ).at.getTime();
    const before = await now();
    test.clock.advance(86_400_000);
    const after = await now();
    test.clock.offsetMs = 0;
    expect(after - before).toBeGreaterThanOrEqual(86_400_000);
    expect(after - before).toBeLessThan(86_460_000);
  });
});

describe('an idempotency key', () => {
  let test: TestDb;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const request = { actorKey: 'a', operation: 'start', key: 'key-000001', request: { of: 'this' } };

  it('does the work once and gives the stored answer again, also to ten at once', async () => {
    let times = 0;
    const ask = (): Promise<number> =>
      test.db.tx(BACKGROUND, (em) => idempotent(em, request, async () => Promise.resolve(++times)));
    expect(await Promise.all(Array.from({ length: 10 }, ask))).toEqual(Array(10).fill(1));
    expect(times).toBe(1);
  });

  it('refuses the same key for another request', async () => {
    const other = test.db.tx(BACKGROUND, (em) =>
      idempotent(em, { ...request, request: { of: 'that' } }, () => Promise.resolve(2)),
    );
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY.KEY_REUSED' });
    await expect(other).rejects.toBeInstanceOf(AppError);
  });
});

onEachBackend('the outbox', (environment) => {
  let database: TestDatabase;
  let worker: INestApplicationContext;
  let outbox: Outbox;
  const seen: DomainEvent[] = [];
  let failures = 2;

  beforeAll(async () => {
    database = await cloneDatabase();
    worker = await startWorker({ config: testConfig(database.url, environment) });
    outbox = worker.get(Outbox);
    outbox.subscribe({
      name: 'test.records',
      event: 'test.happened',
      handle: async (em, event) => {
        await em.query(`INSERT INTO setting (name, value) VALUES ($1, '1')`, [
          `seen:${String(event.payload['n'])}`,
        ]);
        if (event.payload['n'] === 'flaky' && failures-- > 0) throw new Error('not yet');
        seen.push(event);
      },
    });
  });
  afterAll(async () => {
    await worker.close();
    await database.drop();
  });

  const emit = (n: string): Promise<unknown> =>
    outbox['db'].tx(BACKGROUND, (em) => outbox.emit(em, { type: 'test.happened', payload: { n } }));
  const stored = (name: string): Promise<number> =>
    asOwner(
      database.url,
      async (client) => (await client.query(`SELECT 1 FROM setting WHERE name = $1`, [name])).rowCount ?? 0,
    );

  it('brings a committed event to its subscriber, though nobody woke the relay', async () => {
    await emit('one');
    await eventually('the event is handled', async () => (await stored('seen:one')) === 1);
  });

  it('never shows an event whose transaction was rolled back', async () => {
    const work = outbox['db'].tx(BACKGROUND, async (em) => {
      await outbox.emit(em, { type: 'test.happened', payload: { n: 'undone' } });
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    await emit('after');
    await outbox.nudge();
    await eventually('a later event is handled', async () => (await stored('seen:after')) === 1);
    expect(await stored('seen:undone')).toBe(0);
  });

  it('tries a failing subscriber again, and its effects appear once', async () => {
    await emit('flaky');
    await eventually(
      'it succeeds at last',
      async () => seen.some((event) => event.payload['n'] === 'flaky') && (await stored('seen:flaky')) === 1,
    );
  });

  it('names its job for good', () => {
    expect(RELAY_OUTBOX.name).toBe('platform.relay-outbox');
  });
});

describe('a connection to the database that is lost', () => {
  let test: TestDb;
  beforeAll(async () => void (test = await openTestDb()));
  afterAll(() => test.close());

  it.each(['client', 'tx'] as const)('while it is in use fails that work (%s) alone', async (how) => {
    const slow = `SELECT pg_sleep(60) /* ${how} */`;
    const work =
      how === 'client'
        ? test.db.client(BACKGROUND, (client) => client.query(slow))
        : test.db.tx(BACKGROUND, (em) => em.query(slow));
    const failed = expect(work).rejects.toThrow();
    await eventually('the server ended it', () =>
      asOwner(test.url, async (client) => {
        const ended = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1 AND state = 'active'`,
          [slow],
        );
        return (ended.rowCount ?? 0) > 0;
      }),
    );
    await failed;
    const { rows } = await test.db.read(BACKGROUND, { text: 'SELECT 1 AS n', values: [] });
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('a failpoint', () => {
  it('is refused in production, which is also what a process without NODE_ENV is', () => {
    const environment = {
      DATABASE_URL: 'postgres://127.0.0.1/union',
      UNIONHALL_SECRET: 'a secret of the tests alone, 32 long',
      FAILPOINT: 'outreach.claim.committed@1@kill',
    };
    expect(readConfig({ ...environment, NODE_ENV: 'test' }).failpoint).toBe(environment.FAILPOINT);
    expect(() => readConfig(environment)).toThrow('FAILPOINT');
    expect(() => readConfig({ ...environment, NODE_ENV: 'production' })).toThrow('FAILPOINT');
  });
});
