// A union of so many members with 10,000 gatherings, and its API.
import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { Client } = require('pg');
const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const { runMigrations } = require(join(dist, 'migrations/index.js'));

export const GATHERINGS = 10_000;
const FILL = [
  `INSERT INTO chapter (name, kind, slug, time_zone, language)
   SELECT 'City ' || n, 'city', 'city-' || n, 'America/New_York', 'en' FROM generate_series(1, 100) n`,
  `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
   SELECT c.ids[1 + n % 100], 'Person', n::text, 'person' || n || '@example.org', 'person' || n || '@example.org', 'member'
   FROM generate_series(1, $1::int) n, (SELECT array_agg(id ORDER BY slug) AS ids FROM chapter) c`,
  `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, capacity, listed)
   SELECT c.ids[1 + n % 100], CASE n % 2 WHEN 0 THEN 'training' ELSE 'listening_session' END, 'Gathering ' || n,
     now() + make_interval(hours => (n - ${GATHERINGS / 2}) * 3), now() + make_interval(hours => (n - ${GATHERINGS / 2}) * 3 + 2), 'America/New_York', 40, true
   FROM generate_series(1, ${GATHERINGS}) n, (SELECT array_agg(id ORDER BY slug) AS ids FROM chapter) c`,
  // Each member answered to ten gatherings, spread over all of them.
  `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status)
   SELECT g.ids[1 + (m.n * 7919 + k * 997) % ${GATHERINGS}], m.id, m.chapter_id, CASE k % 3 WHEN 0 THEN 'invited' WHEN 1 THEN 'maybe' ELSE 'declined' END
   FROM (SELECT id, chapter_id, row_number() OVER (ORDER BY id) AS n FROM member) m, generate_series(1, 10) k,
     (SELECT array_agg(id ORDER BY id) AS ids FROM gathering) g ON CONFLICT DO NOTHING`,
];

/** @param url of a new database, its owner's. */
export async function openUnion({ url, members, say }) {
  await runMigrations(url, () => undefined);
  const owner = new Client({ connectionString: url, options: '-c unionhall.sees_all=on' });
  await owner.connect();
  for (const text of FILL) {
    say(`  ${members} members: ${text.trim().split('\n')[0].slice(0, 40)}`);
    await owner.query(text, text.includes('$1') ? [members] : []);
  }
  await owner.query('VACUUM (ANALYZE)');
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    UNIONHALL_SECRET: 'a secret of the bench alone, 32 long',
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const api = fork(join(dist, 'apps/api/src/main.js'), [], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { address } = await new Promise((resolve, reject) => {
    api.on('message', (message) => message.type === 'ready' && resolve(message));
    api.once('exit', (code) => reject(new Error(`the API ended with ${code}`)));
  });
  /** A session of a new account; of a member when one is named. @returns its token. */
  const session = async (memberId, role) => {
    const token = randomBytes(32).toString('base64url');
    const email = `${token.slice(0, 16).toLowerCase()}@example.org`;
    await owner.query(
      `WITH u AS (INSERT INTO user_account (email, email_key, member_id) VALUES ($1, $1, $2) RETURNING id),
         r AS (INSERT INTO role_grant (user_id, role) SELECT id, $4 FROM u WHERE $4::text IS NOT NULL)
       INSERT INTO session (user_id, token_hash, method, expires_at) SELECT id, $3, 'password', now() + interval '5 hours' FROM u`,
      [email, memberId, createHash('sha256').update(token).digest(), role ?? null],
    );
    return token;
  };
  const ask = async (token, query, variables) => {
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
    owner,
    url,
    session,
    ask,
    async close() {
      await owner.end();
      await new Promise((resolve) => {
        api.once('exit', resolve);
        api.kill('SIGTERM');
      });
    },
  };
}
