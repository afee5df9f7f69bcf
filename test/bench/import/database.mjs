// Unions to import into: a template for each size, cloned for each round.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Client } = require('pg');
const { runMigrations } = require('../../../dist/migrations/index.js');
const { hashPassword } = require('../../../dist/libs/identity/src/passwords.js');

export const EMAIL = 'organizer@example.org';
export const PASSWORD = 'a password of the bench alone';

/** Runs `work` on a connection of the owner, who sees every row. */
export async function as(url, work) {
  const client = new Client({ connectionString: url, options: '-c unionhall.sees_all=on' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const addressOf = (url, name) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** A migrated database with one chapter, one organizer and the people who are known already. */
export async function createUnion(url, name, known) {
  await as(url, (client) => client.query(`CREATE DATABASE ${name}`));
  await runMigrations(addressOf(url, name), () => undefined);
  await as(addressOf(url, name), async (client) => {
    const chapter = `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`;
    const { id } = (await client.query(chapter)).rows[0];
    await client.query(
      `WITH made AS (INSERT INTO user_account (email, email_key, password_hash) VALUES ($1, $1, $2) RETURNING id)
       INSERT INTO role_grant (user_id, role, chapter_id) SELECT id, 'organizer', $3 FROM made`,
      [EMAIL, await hashPassword(PASSWORD), id],
    );
    await client.query(
      `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, postal_code)
       SELECT $1, given_name, family_name, email, lower(email), postal_code
         FROM json_to_recordset($2::json) AS p (given_name text, family_name text, email text, postal_code text)`,
      [id, JSON.stringify(known)],
    );
    await client.query('VACUUM (ANALYZE)');
  });
}

let clones = 0;

/** A fresh copy of a template; gives its address. */
export async function cloneUnion(url, template) {
  const name = `clone_${++clones}`;
  await as(url, async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  return addressOf(url, name);
}

/** What an import must leave, whoever did it. */
export async function outcomeOf(client) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM member) AS members,
            (SELECT md5(string_agg(concat_ws('|', email_key, given_name, family_name, phone, postal_code, city, custom), ',' ORDER BY email_key))
               FROM member) AS people,
            (SELECT count(*)::int FROM member_tag) AS tags`,
  );
  return rows[0];
}
