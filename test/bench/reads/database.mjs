// The union that is measured: a database of its own, filled by set-based statements.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dist, PASSWORD, pg } from './settings.mjs';

const require = createRequire(import.meta.url);
const { runMigrations } = require(join(dist, 'migrations/index.js'));
const { hashPassword } = require(join(dist, 'libs/identity/src/passwords.js'));

/** A role without row-level security; the application's role is never that. */
export const UNGUARDED = 'unionhall_bench_unguarded';
const REGIONS = 5;
const CITIES = 34;

/** Makes and fills a database of `members` members; gives its address and what the queries need of it. */
export async function createUnion({ postgres, dataDir, members, say }) {
  const name = `bench_${members}`;
  await as(postgres.url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
  });
  const url = addressOf(postgres.url, name);
  await runMigrations(url, () => undefined);
  await as(url, async (client) => {
    await client.query(TREE);
    await client.query(ACCOUNTS, [await hashPassword(PASSWORD)]);
    await client.query(unguardedRole);
  });
  const { superuserPassword } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
  const super_ = new URL(url);
  super_.username = 'postgres';
  super_.password = superuserPassword;
  await as(super_.href, async (client) => {
    // The rows hold together by the way they are made; checking three million foreign keys takes minutes.
    await client.query('SET session_replication_role = replica');
    for (const [what, sql, values] of rowsOf(members)) {
      say(`  ${what}`);
      await client.query(sql, values);
    }
    say('  vacuum');
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  });
  await as(url, (client) => client.query(readFileSync(new URL('peer-schema.sql', import.meta.url), 'utf8')));
  return { url, facts: await as(url, factsOf) };
}

/** Runs `work` on a connection that ends with it. */
export async function as(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function addressOf(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

const TREE = `
  WITH top AS (
    INSERT INTO chapter (name, kind, slug, time_zone, language, path)
    VALUES ('Union', 'union', 'union', 'UTC', 'en', '') RETURNING id)
  INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language, path)
  SELECT top.id, 'Region ' || i, 'region', 'region-' || i, 'UTC', 'en', '' FROM top, generate_series(1, ${REGIONS}) i;
  INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language, path)
  SELECT r.id, 'City ' || i, 'city', 'city-' || i, 'UTC', 'en', ''
    FROM generate_series(1, ${CITIES}) i JOIN chapter r ON r.slug = 'region-' || 1 + i % ${REGIONS};
  INSERT INTO tag (name) SELECT 'tag' || i FROM generate_series(1, 10) i;
  INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
  SELECT c.id, 'training', 'Training ' || i, app.now() - make_interval(days => 10 * i),
         app.now() - make_interval(days => 10 * i, hours => -1), 'UTC'
    FROM generate_series(1, 10) i, chapter c WHERE c.slug = 'union';
  INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone)
  SELECT c.id, 'campaign-' || i, 'Campaign ' || i, 'A company', app.now() - make_interval(days => 100 * i), 'UTC'
    FROM generate_series(1, 2) i, chapter c WHERE c.slug = 'union'`;

const ACCOUNTS = `
  WITH made AS (
    INSERT INTO user_account (email, email_key, password_hash)
    SELECT e, e, $1 FROM unnest(ARRAY['union@example.org', 'region@example.org']) AS e RETURNING id, email)
  INSERT INTO role_grant (user_id, role, chapter_id)
  SELECT made.id, 'organizer', CASE made.email WHEN 'region@example.org' THEN c.id END
    FROM made, chapter c WHERE c.slug = 'region-1'`;

const unguardedRole = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${UNGUARDED}') THEN
      CREATE ROLE ${UNGUARDED} NOLOGIN BYPASSRLS IN ROLE unionhall_app;
    END IF;
  END $$`;

/** A number below `n` for the row `i`, the same in every run. */
const draw = (salt, n) => `abs(hashint8(i * 31 + ${salt})::bigint) % ${n}`;

const rowsOf = (members) => [
  [
    `${members.toLocaleString('en')} members in 40 chapters`,
    `INSERT INTO member (chapter_id, given_name, family_name, status, language, email, email_key)
     SELECT c.ids[1 + i % 40], 'Given' || ${draw(1, 400)}, 'Family' || ${draw(2, 4000)},
            (ARRAY['member', 'member', 'prospect', 'lapsed'])[1 + ${draw(3, 4)}],
            (ARRAY['en', 'es', 'fr', 'de'])[1 + ${draw(4, 4)}],
            'member' || i || '@example.org', 'member' || i || '@example.org'
       FROM generate_series(1, $1::int) i, (SELECT array_agg(id ORDER BY path) AS ids FROM chapter) c`,
    [members],
  ],
  [
    'two tags each',
    `INSERT INTO member_tag (member_id, chapter_id, tag_id)
     SELECT m.id, m.chapter_id, t.ids[1 + (m.i * 7 + k * (1 + m.i % 9)) % 10]
       FROM (SELECT id, chapter_id, row_number() OVER () AS i FROM member) m,
            (SELECT array_agg(id ORDER BY name) AS ids FROM tag) t, generate_series(0, 1) k`,
  ],
  [
    'ten attendances each',
    `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, minutes, source)
     SELECT g.id, m.id, m.chapter_id, CASE WHEN random() < 0.8 THEN 'attended' ELSE 'no_show' END, 60, 'door'
       FROM gathering g CROSS JOIN member m`,
  ],
  [
    'two commitments each',
    `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind, status, pledged_at)
     SELECT c.id, m.id, m.chapter_id, 'log_off', 'pledged', app.now() - random() * interval '90 days'
       FROM campaign c CROSS JOIN member m`,
  ],
];

/** What requests are made of. A region is the subtree that the second organizer holds. */
export async function factsOf(client) {
  const column = async (text, values) => (await client.query(text, values)).rows.map((row) => row.id);
  const inRegion = `SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.slug = 'region-1'`;
  const people = (of) =>
    column(`SELECT id FROM member WHERE chapter_id IN (${of}) ORDER BY md5(id::text) LIMIT 2000`);
  return {
    union: {
      chapters: await column('SELECT id FROM chapter ORDER BY path'),
      members: await people('SELECT id FROM chapter'),
      scope: null,
    },
    region: {
      chapters: await column(`${inRegion} ORDER BY d.path`),
      members: await people(inRegion),
      scope: await column(inRegion),
    },
  };
}
