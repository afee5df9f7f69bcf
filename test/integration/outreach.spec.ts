import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { ConsentService } from '@unionhall/consent';
import { systemActor } from '@unionhall/identity';
import { AdvanceService, SendService, SequencesService } from '@unionhall/outreach';
import { Clock, Database } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { waitEnds } from '../../libs/outreach/src/sequences/wait-sql';
import { onEachBackend } from '../support/backends';
import { compileServer } from '../support/compiled-server';
import { asOwner, cloneDatabase, NO_QUIET_HOURS, testConfig, type TestDatabase } from '../support/database';
import { runProgram, until } from '../support/programs';
import { startSmtpSink, type SmtpSink } from '../support/smtp';

const SYSTEM = systemActor('test');
const MINUTE = 60_000;

interface Delivery {
  email: string;
  state: string;
  reason: string | null;
  attempts: number;
  waits: boolean;
}

describe('the delivery ledger', () => {
  let database: TestDatabase;
  let smtp: SmtpSink;
  let clock: Clock;
  let app: NestFastifyApplication;
  let send: SendService;

  const look = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(database.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, values)).rows as T[];
    });
  const ledger = (): Promise<Delivery[]> =>
    look(
      `SELECT m.email, d.state, d.reason, d.attempts, d.due_at > now() AS waits FROM delivery d JOIN member m ON m.id = d.member_id ORDER BY m.email`,
    );
  const states = async (): Promise<string[]> => (await ledger()).map(({ state }) => state);
  const recipients = (): string[] => smtp.received.map(({ to }) => to).sort();

  /** A training in three days, and so many members who may be written to about it; their invitations are due. */
  const invite = async (people: number): Promise<void> => {
    const [chapter] = (await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
    )) as [{ id: string }];
    await look(
      `WITH made AS (
         INSERT INTO member (chapter_id, given_name, email, email_key, status)
         SELECT $1, 'Given', 'm' || lpad(n::text, 3, '0') || '@example.org', 'm' || lpad(n::text, 3, '0') || '@example.org', 'member'
           FROM generate_series(1, $2::int) n RETURNING id, chapter_id)
       INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM made`,
      [chapter.id, people],
    );
    const [gathering] = (await look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Log off', now() + interval '3 days', now() + interval '3 days 1 hour', 'America/Los_Angeles') RETURNING id`,
      [chapter.id],
    )) as [{ id: string }];
    await app.get(SequencesService).startTraining(SYSTEM, {
      gatheringId: gathering.id,
      segment: { chapterId: chapter.id },
      idempotencyKey: 'the only training',
    });
    await app.get(AdvanceService).advance();
    expect(await look(`SELECT count(*)::int AS n FROM delivery WHERE state = 'due'`)).toEqual([
      { n: people },
    ]);
  };

  beforeEach(async () => {
    database = await cloneDatabase();
    smtp = await startSmtpSink();
    clock = new Clock();
    app = await createApi({ config: testConfig(database.url, { SMTP_URL: smtp.url }), clock });
    send = app.get(SendService);
  });
  afterEach(async () => {
    await app.close();
    await smtp.close();
    await database.drop();
  });

  it('sends once, however many workers send at once', async () => {
    await invite(60);
    await Promise.all([send.send(), send.send(), send.send()]);
    expect(new Set(await states())).toEqual(new Set(['accepted']));
    expect(recipients()).toEqual((await ledger()).map(({ email }) => email));
    await send.send();
    expect(recipients()).toHaveLength(60);
  });

  it('takes a lease back that ended before the attempt, and sends then', async () => {
    await invite(1);
    await look(
      `UPDATE delivery SET state = 'leased', fence = fence + 1, lease_until = now() - interval '1 second'`,
    );
    expect(await send.send()).toBe(0);
    expect(await send.recover()).toBe(1);
    await send.send();
    expect(await states()).toEqual(['accepted']);
    expect(recipients()).toHaveLength(1);
  });

  it('never sends again what may have been sent, and says that it does not know', async () => {
    await invite(1);
    await look(
      `UPDATE delivery SET state = 'attempting', attempts = 1, fence = fence + 1, lease_until = now() - interval '1 second'`,
    );
    expect(await send.recover()).toBe(1);
    expect(await ledger()).toMatchObject([{ state: 'uncertain', reason: 'interrupted' }]);
    clock.advance(30 * 24 * 60 * MINUTE);
    await send.send();
    expect(recipients()).toEqual([]);
    expect(await states()).toEqual(['uncertain']);
  });

  it('does not listen to a worker whose lease was taken back while it was sending', async () => {
    await invite(1);
    let letGo = (): void => undefined;
    let arrived = (): void => undefined;
    const atServer = new Promise<void>((resolve) => (arrived = resolve));
    smtp.before = () => {
      arrived();
      return new Promise((resolve) => (letGo = resolve));
    };
    const sending = send.send();
    await atServer;
    await look(`UPDATE delivery SET lease_until = now() - interval '1 second'`);
    expect(await send.recover()).toBe(1);
    letGo();
    await sending;
    expect(await ledger()).toMatchObject([{ state: 'uncertain', attempts: 1 }]);
    expect(recipients()).toHaveLength(1);
  });

  it('lets an opt-out that is being written win', async () => {
    await invite(2);
    let committed = (): void => undefined;
    let written = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const optingOut = app.get(Database).tx(SYSTEM, async (em) => {
      await app.get(ConsentService).optOut(em, 'email', 'm001@example.org', 'member');
      written();
      await new Promise<void>((resolve) => (committed = resolve));
    });
    await isWritten;
    const sending = send.send();
    await until('the gate waits for the opt-out', async () => {
      const waiting = await look(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return waiting.length > 0;
    });
    committed();
    await Promise.all([optingOut, sending]);
    expect(await ledger()).toMatchObject([
      { email: 'm001@example.org', state: 'suppressed', reason: 'opted_out', attempts: 0 },
      { email: 'm002@example.org', state: 'accepted' },
    ]);
    expect(recipients()).toEqual(['m002@example.org']);
  });

  it('asks for consent at the last moment, not when someone was enrolled', async () => {
    await invite(2);
    await look(
      `UPDATE consent SET state = 'withdrawn' WHERE member_id = (SELECT id FROM member WHERE email = 'm002@example.org')`,
    );
    await send.send();
    expect(await ledger()).toMatchObject([
      { state: 'accepted' },
      { state: 'suppressed', reason: 'no_consent' },
    ]);
  });

  it('writes once for each step to an address, whoever it belongs to by then', async () => {
    await invite(2);
    await look(
      `UPDATE delivery SET due_at = now() + interval '1 hour' WHERE member_id = (SELECT id FROM member WHERE email = 'm002@example.org')`,
    );
    await send.send();
    await look(
      `UPDATE member SET email = 'moved@example.org', email_key = 'moved@example.org' WHERE email = 'm001@example.org'`,
    );
    await look(
      `UPDATE member SET email = 'M001@example.org', email_key = 'm001@example.org' WHERE email = 'm002@example.org'`,
    );
    clock.advance(61 * MINUTE);
    await send.send();
    expect(await ledger()).toMatchObject([
      { email: 'M001@example.org', state: 'suppressed', reason: 'same_address' },
      { email: 'moved@example.org', state: 'accepted' },
    ]);
    expect(recipients()).toEqual(['m001@example.org']);
  });

  it('writes to the other of two with one address when the first is not written to after all', async () => {
    await invite(2);
    await look(`UPDATE member SET email = 'home@example.org'`);
    smtp.refuse = () => 'Try later';
    smtp.code = 451;
    await send.send();
    const [first] = await look<{ member_id: string }>(`SELECT member_id FROM delivery WHERE state = 'due'`);
    expect((await states()).sort()).toEqual(['due', 'suppressed']);
    await send.recover();
    expect((await states()).sort()).toEqual(['due', 'suppressed']);

    smtp.refuse = () => undefined;
    await look(`UPDATE consent SET state = 'withdrawn' WHERE member_id = $1`, [first!.member_id]);
    clock.advance(1_440 * MINUTE);
    await send.send();
    expect(await states()).toEqual(['suppressed', 'suppressed']);
    expect(recipients()).toEqual([]);
    await send.recover();
    await send.send();
    expect(recipients()).toEqual(['home@example.org']);
    expect(
      await look(`SELECT reason, member_id = $1 AS first FROM delivery WHERE state = 'suppressed'`, [
        first!.member_id,
      ]),
    ).toEqual([{ reason: 'no_consent', first: true }]);
    await send.recover();
    await send.send();
    expect(recipients()).toEqual(['home@example.org']);
  });

  it('tries again later what a server refused for now, and gives up after six times', async () => {
    await invite(1);
    smtp.refuse = () => 'Try later';
    smtp.code = 451;
    for (let attempt = 1; attempt <= 6; attempt++) {
      await send.send();
      expect(await ledger()).toMatchObject([{ state: attempt < 6 ? 'due' : 'rejected', attempts: attempt }]);
      expect(await send.send()).toBe(0);
      clock.advance(800 * MINUTE);
    }
  });

  it('does not try again what a server refused for good', async () => {
    await invite(2);
    smtp.refuse = (recipient) => (recipient.startsWith('m001') ? 'No such person' : undefined);
    await send.send();
    expect(await ledger()).toMatchObject([
      { state: 'rejected', reason: 'refused_by_server', attempts: 1 },
      { state: 'accepted' },
    ]);
  });

  it('keeps everything, to be sent later, when no server answers', async () => {
    await invite(3);
    await smtp.close();
    await send.send();
    expect(new Set(await states())).toEqual(new Set(['due']));
    expect((await ledger()).every(({ waits }) => waits)).toBe(true);
    smtp = await startSmtpSink();
  });
});

onEachBackend('a worker that is killed while it sends', (environment) => {
  it('leaves every message in one state; none is lost, and none arrives twice', async () => {
    const PEOPLE = 300;
    const server = compileServer();
    const database = await cloneDatabase();
    const smtp = await startSmtpSink();
    const look = <T>(sql: string): Promise<T[]> =>
      asOwner(database.url, async (client) => {
        await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
        return (await client.query(sql)).rows as T[];
      });
    const counts = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        (
          await look<{ state: string; n: number }>(
            `SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`,
          )
        ).map(({ state, n }) => [state, n]),
      );
    const startWorker = () =>
      runProgram(join(server.root, 'apps/worker/src/main.js'), [], {
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        UNIONHALL_SECRET: 'a secret of the tests alone, 32 long',
        ...NO_QUIET_HOURS,
        LOG_LEVEL: 'silent',
        SMTP_URL: smtp.url,
        ...environment,
      });
    const app = await createApi({ config: testConfig(database.url, { SMTP_URL: smtp.url }) });
    const started: ReturnType<typeof startWorker>[] = [];
    try {
      await look(
        `WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id),
              made AS (INSERT INTO member (chapter_id, email, email_key) SELECT c.id, 'm' || n || '@example.org', 'm' || n || '@example.org' FROM c, generate_series(1, ${PEOPLE}) n RETURNING id, chapter_id),
              allowed AS (INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source) SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM made)
         INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         SELECT id, 'training', 'Log off', now() + interval '3 days', now() + interval '3 days 1 hour', 'America/Los_Angeles' FROM c`,
      );
      const [ids] = (await look<{ g: string; c: string }>(
        `SELECT id AS g, chapter_id AS c FROM gathering`,
      )) as [{ g: string; c: string }];
      await app.get(SequencesService).startTraining(SYSTEM, {
        gatheringId: ids.g,
        segment: { chapterId: ids.c },
        idempotencyKey: 'the only training',
      });
      for (const enough of [40, 140]) {
        const worker = startWorker();
        started.push(worker);
        await until(`${enough} messages arrived`, () => smtp.received.length >= enough, 30_000);
        worker.child.kill('SIGKILL');
        await worker.ended;
        // The minute that a lease lasts is over.
        await look(
          `UPDATE delivery SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`,
        );
        await app.get(SendService).recover();
      }
      started.push(startWorker());
      await until(
        'all is decided',
        async () => {
          const { accepted = 0, uncertain = 0 } = await counts();
          return accepted + uncertain === PEOPLE;
        },
        40_000,
      );
      const arrived = smtp.received.map(({ to }) => to);
      expect(new Set(arrived).size).toBe(arrived.length);
      const { accepted = 0, uncertain = 0 } = await counts();
      expect(arrived.length).toBeGreaterThanOrEqual(accepted);
      // Each of the two that were killed had two batches in hand: twenty messages of each on their way, twenty behind them.
      expect(uncertain).toBeLessThanOrEqual(2 * 2 * 2 * 20);
      const accepted_ = await look<{ email: string }>(
        `SELECT m.email FROM delivery d JOIN member m ON m.id = d.member_id WHERE d.state = 'accepted'`,
      );
      expect(accepted_.filter(({ email }) => !arrived.includes(email))).toEqual([]);
    } finally {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ ended }) => ended));
      await app.close();
      await smtp.close();
      await database.drop();
      server.remove();
    }
  }, 120_000);
});

describe('a wait of days', () => {
  it('ends at the same local hour, across clock changes, in any zone', async () => {
    const database = await cloneDatabase();
    const zones = [
      'America/Los_Angeles',
      'Europe/Madrid',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Santiago',
      'UTC',
    ];
    try {
      await asOwner(database.url, async (client) => {
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...zones.filter((zone) => IANAZone.isValidZone(zone))),
            fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
            fc.integer({ min: -10, max: 10 }),
            async (zone, start, days) => {
              const { rows } = await client.query<{ ends: Date }>(
                `SELECT ${waitEnds('$1::jsonb', 'g')} AS ends FROM (SELECT $2::timestamptz AS starts_at, $2::timestamptz AS ends_at, $3::text AS time_zone) g`,
                [JSON.stringify({ anchor: 'start', days, minutes: 0 }), start, zone],
              );
              const from = DateTime.fromJSDate(start, { zone });
              const local = from.plus({ days });
              // Where clocks skip the hour there is none to keep; both then take the one behind the gap.
              const skipped = local.hour !== from.hour || local.minute !== from.minute;
              const ends = DateTime.fromJSDate(rows[0]!.ends, { zone });
              expect(ends.toISODate()).toBe(local.toISODate());
              if (!skipped) expect(ends.toFormat('HH:mm:ss.SSS')).toBe(from.toFormat('HH:mm:ss.SSS'));
            },
          ),
          { numRuns: 300 },
        );
      });
    } finally {
      await database.drop();
    }
  });
});
