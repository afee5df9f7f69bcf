import IORedis from 'ioredis';
import type { INestApplicationContext } from '@nestjs/common';
import { Queues } from '@unionhall/platform';
import { startWorker } from '../../apps/worker/src/create-worker';
import { onEachBackend } from '../support/backends';
import { testConfig } from '../support/database';
import { eventually } from '../support/eventually';
import { startSmtpSink, type SmtpSink } from '../support/smtp';
import { DAY, openOutreach, type OutreachHall } from './outreach-hall';

onEachBackend('queues that lose everything', (environment) => {
  let smtp: SmtpSink;
  let hall: OutreachHall;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    smtp = await startSmtpSink();
    hall = await openOutreach({ SMTP_URL: smtp.url, ...environment });
    worker = await startWorker({
      config: testConfig(hall.databaseUrl, { SMTP_URL: smtp.url, ...environment }),
      clock: hall.clock,
    });
  });
  afterAll(async () => {
    await worker.close();
    await hall.close();
    await smtp.close();
  });

  /** Every job and every schedule of this union, with all that the engine keeps about them; gives how much it was. */
  const loseQueues = async (): Promise<number> => {
    const url = environment['REDIS_URL'];
    if (url === undefined) {
      const tables = await hall.look<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
          WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      );
      const [{ n }] = (await hall.look<{ n: number }>(
        `SELECT (${tables.map(({ name }) => `(SELECT count(*) FROM ${name})`).join(' + ')})::int AS n`,
      )) as [{ n: number }];
      await hall.look(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
      return n;
    }
    const redis = new IORedis(url);
    const keys = await redis.keys(`unionhall:${new URL(hall.databaseUrl).pathname.slice(1)}:*`);
    const lost = keys.length === 0 ? 0 : await redis.del(...keys);
    await redis.quit();
    return lost;
  };

  it('cost time alone: the sweeps set themselves again and find every row that is due', async () => {
    expect(worker.get(Queues).backend).toBe(environment['REDIS_URL'] === undefined ? 'postgres' : 'redis');
    expect(await loseQueues()).toBeGreaterThan(0);
    await hall.invite({ people: 30 });
    await loseQueues();
    await eventually('30 invitations', async () => Promise.resolve(smtp.received.length === 30), 30_000);
    await loseQueues();
    hall.clock.advance(2.5 * DAY);
    await eventually('30 reminders', async () => Promise.resolve(smtp.received.length === 60), 30_000);
    // The server's answer is written down a moment after it was given.
    await eventually('60 accepted', async () =>
      (await hall.ledger()).every(({ state }) => state === 'accepted'),
    );
    expect(await hall.ledger()).toHaveLength(60);
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId)).size).toBe(60);
  }, 90_000);
});
