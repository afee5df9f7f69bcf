// The processes of a chaos run: PostgreSQL, Redis, the mail server, the API and the workers, each real and each
// of this run alone. Whatever is started here ends with this process.
import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const SKEWS_MS = [300_000, -300_000, 0];

export const SECRET = 'a secret of the chaos runs alone, 32 long';
export const WORKERS = SKEWS_MS.length;
/** Short, so that a run sees them run out; the rest of a run is measured by them. */
export const LEASE_SECONDS = 6;
const SMTP_TIMEOUT_SECONDS = LEASE_SECONDS + 5;
const SLOW_SECONDS = LEASE_SECONDS + 3;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = async (port) => {
  for (let tries = 0; tries < 400; tries += 1) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Nothing answers at port ${port}.`);
};

/** @param options `dist`: the compiled server; `folder`: a folder of the run; `note`: its journal. */
export async function startUnion({ dist, folder, backend, seed, note }) {
  const { startEmbeddedPostgres } = require(join(dist, 'apps/launcher/src/embedded-postgres.js'));
  const { runMigrations } = require(join(dist, 'migrations/index.js'));
  const children = new Set();
  const endAll = () => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', endAll);
  const started = (child) => {
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };

  // A killed server loses what it had not handed to the system: so a commit waits for that, if not for the disk.
  const settings = { synchronous_commit: 'on', full_page_writes: 'on', max_connections: '200' };
  const port = await freePort();
  const openPostgres = () =>
    startEmbeddedPostgres({ dataDir: join(folder, 'data'), fsync: false, port, settings });
  let postgres = await openPostgres();
  const databaseUrl = postgres.url;
  await runMigrations(databaseUrl, () => undefined);

  const redisPort = backend === 'redis' ? await freePort() : undefined;
  let redis;
  const openRedis = async () => {
    mkdirSync(join(folder, 'redis'), { recursive: true });
    redis = started(
      spawn(
        'redis-server',
        [
          ...['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
          ...['--dir', join(folder, 'redis')],
        ],
        { stdio: 'ignore' },
      ),
    );
    await answers(redisPort);
  };
  if (backend === 'redis') {
    if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0)
      throw new Error('redis-server is not installed.');
    await openRedis();
  }

  const smtpPorts = [];
  for (let worker = 0; worker < WORKERS; worker += 1) smtpPorts.push(await freePort());
  const sinkLog = join(folder, 'sink.jsonl');
  const sink = started(
    fork(here('sink.mjs'), [sinkLog, seed, smtpPorts.join(','), String(SLOW_SECONDS)], { stdio: 'inherit' }),
  );
  await new Promise((resolve) => sink.once('message', resolve));

  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    UNIONHALL_SECRET: SECRET,
    MESSAGES_A_WEEK: '0',
    DATABASE_POOL: '5',
    LOG_LEVEL: process.env.CHAOS_LOG ?? 'silent',
    LEASE_SECONDS: String(LEASE_SECONDS),
    RETRY_SECONDS: '2',
    SMTP_TIMEOUT_SECONDS: String(SMTP_TIMEOUT_SECONDS),
    ...(redisPort === undefined ? {} : { REDIS_URL: `redis://127.0.0.1:${redisPort}` }),
  };
  /** Starts one app; `child.ready` resolves with true when it works, with false when it ended before. */
  const startApp = (app, more) => {
    const child = started(
      fork(join(dist, `apps/${app}/src/main.js`), {
        env: { ...environment, ...more },
        execArgv: ['--require', here('skewed-clock.cjs')],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      }),
    );
    child.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    child.ready = Promise.race([
      new Promise((resolve) => child.on('message', ({ type }) => type === 'ready' && resolve(true))),
      child.ended.then(() => false),
    ]);
    return child;
  };

  const apiPort = await freePort();
  return {
    databaseUrl,
    sinkLog,
    address: `http://127.0.0.1:${apiPort}`,
    startApi: (failpoint) =>
      startApp('api', {
        PORT: String(apiPort),
        ...(failpoint === undefined ? {} : { FAILPOINT: failpoint }),
      }),
    startWorker: (worker, failpoint) =>
      startApp('worker', {
        SMTP_URL: `smtp://127.0.0.1:${smtpPorts[worker]}`,
        CLOCK_SKEW_MS: String(SKEWS_MS[worker]),
        ...(failpoint === undefined ? {} : { FAILPOINT: failpoint }),
      }),
    /** `faulty`, `slow` or `well`. */
    sinkBehaves: (mood) => sink.send({ mood }),
    async killPostgres() {
      note('fault', { kind: 'postgres down' });
      process.kill(postgres.pid, 'SIGKILL');
      await postgres.ended;
      await postgres.stop('now');
      postgres = await openPostgres();
      note('fault', { kind: 'postgres up' });
    },
    async killRedis() {
      note('fault', { kind: 'redis down' });
      const ended = new Promise((resolve) => redis.once('exit', resolve));
      redis.kill('SIGKILL');
      await ended;
      await openRedis();
      note('fault', { kind: 'redis up' });
    },
    async flushRedis() {
      const { default: IORedis } = await import('ioredis');
      const client = new IORedis(`redis://127.0.0.1:${redisPort}`);
      await client.flushall();
      await client.quit();
      note('fault', { kind: 'queues flushed' });
    },
    async stop() {
      endAll();
      process.off('exit', endAll);
      await postgres.stop('now');
    },
    /** Without the processes that use it, so that what it says is final. */
    stopApps: endAll,
  };
}
