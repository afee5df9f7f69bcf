// A union with as many members as are to be written to, its API and one worker.
import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { Client } = require('pg');
const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const { startEmbeddedPostgres } = require(join(dist, 'apps/launcher/src/embedded-postgres.js'));
const { runMigrations } = require(join(dist, 'migrations/index.js'));

const FILL = `
  WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id),
   made AS (INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
     SELECT c.id, 'Person', n::text, 'person' || n || '@example.org', 'person' || n || '@example.org', 'member' FROM c, generate_series(1, $1::int) n RETURNING id, chapter_id)
  INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
  SELECT id, chapter_id, 'events', 'email', 'granted', 'Write to me.', 'bench' FROM made`;
const SIGN_IN = `
  WITH u AS (INSERT INTO user_account (email, email_key) VALUES ('organizer@example.org', 'organizer@example.org') RETURNING id),
   r AS (INSERT INTO role_grant (user_id, role) SELECT id, 'admin' FROM u)
  INSERT INTO session (user_id, token_hash, method, expires_at) SELECT id, $1, 'password', now() + interval '5 hours' FROM u`;
const TRAINING = `
  INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place)
  SELECT id, 'training', 'How to log off together', now() + interval '9 days', now() + interval '9 days 2 hours', 'America/Los_Angeles', 'Union hall'
    FROM chapter RETURNING id, chapter_id`;

/** @param options `members`, `folder` of the database, `smtpPort`, `redisUrl`, `connections` to the mail server. */
export async function openUnion({ members, folder, smtpPort, redisUrl, connections }) {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, fsync: true });
  await runMigrations(postgres.url, () => undefined);
  const owner = new Client({ connectionString: postgres.url, options: '-c unionhall.sees_all=on' });
  await owner.connect();
  const token = randomBytes(32).toString('base64url');
  await owner.query(FILL, [members]);
  await owner.query(SIGN_IN, [createHash('sha256').update(token).digest()]);
  await owner.query('VACUUM ANALYZE');
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: postgres.url,
    UNIONHALL_SECRET: 'a secret of the bench alone, 32 long',
    PORT: '0',
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    SMTP_CONNECTIONS: String(connections),
    SEND_FROM_HOUR: '0',
    SEND_UNTIL_HOUR: '24',
    APPROVAL_FROM: '0',
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };
  const start = (app) =>
    fork(join(dist, `apps/${app}/src/main.js`), [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [api, worker] = [start('api'), start('worker')];
  const [{ address }] = await Promise.all([ready(api), ready(worker)]);

  const ask = async (query, variables) => {
    const answer = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    pids: { node: [api.pid, worker.pid], postgres: postgres.pid },
    /** A new training for everyone. @returns milliseconds until its start was acknowledged. */
    async startTraining(key) {
      const { rows } = await owner.query(TRAINING);
      const began = performance.now();
      await ask(
        `mutation ($g: ID!, $c: ID!, $k: String!) { startTrainingSequence(gatheringId: $g, segment: { chapterId: $c }, idempotencyKey: $k) { id } }`,
        { g: `Gathering_${rows[0].id}`, c: `Chapter_${rows[0].chapter_id}`, k: key },
      );
      return performance.now() - began;
    },
    /** What the ledger says of every message so far. */
    async ledger() {
      const { rows } = await owner.query('SELECT state, count(*)::int AS n FROM delivery GROUP BY state');
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    /** Ends what the last round left, so that rounds are alike. */
    async rest() {
      await owner.query(`UPDATE sequence SET state = 'ended'`);
      await owner.query(`DELETE FROM delivery`);
      await owner.query(`DELETE FROM enrollment`);
      await owner.query('VACUUM (ANALYZE) delivery, enrollment');
    },
    async close() {
      await owner.end();
      await Promise.all([api, worker].map(end));
      await postgres.stop('now');
    },
  };
}

const ready = (child) =>
  new Promise((resolve, reject) => {
    child.on('message', (message) => message.type === 'ready' && resolve(message));
    child.once('exit', (code) => reject(new Error(`an app ended with ${code}`)));
  });
const end = (child) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

const TICK = 100;
const spent = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { ms: ((Number(fields[11]) + Number(fields[12])) * 1000) / TICK, parent: Number(fields[1]) };
};

/** Milliseconds of processor time so far of processes, and of a PostgreSQL with all its backends (those that ended too). */
export function cpuOf({ node, postgres }) {
  const children = readFileSync(`/proc/${postgres}/task/${postgres}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  const ended = readFileSync(`/proc/${postgres}/stat`, 'utf8').split(') ')[1].split(' ');
  return {
    node: node.reduce((sum, pid) => sum + spent(pid).ms, 0),
    postgres:
      [postgres, ...children].reduce((sum, pid) => sum + spent(pid).ms, 0) +
      ((Number(ended[13]) + Number(ended[14])) * 1000) / TICK,
  };
}
