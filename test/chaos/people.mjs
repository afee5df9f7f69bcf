// The people of a chaos run, and what they and their organizer do, through the API. What was acknowledged is in the
// journal with the time of the acknowledgement; what was not is asked again, with the same key.
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pick } from './random.mjs';

const require = createRequire(import.meta.url);
const { Client } = require('pg');

export const ZONE = 'Etc/UTC';
/** A zone where it is about so many o'clock now. `Etc/GMT+3` is three hours behind UTC. */
const zoneWhereItIs = (hour) => {
  const behind = (((new Date().getUTCHours() - hour) % 24) + 24) % 24;
  return behind <= 12 ? `Etc/GMT+${behind}` : `Etc/GMT-${24 - behind}`;
};
const DAY = zoneWhereItIs(13);
const NIGHT = zoneWhereItIs(1);
/** Which of a training's people sleeps. */
const SLEEPER = 3;
const PEOPLE = 16;
const DAY_MS = 86_400_000;
/** How soon after the start of a training's sequence its reminder is due. */
const REMINDER_MS = 9_000;
const MOVED_AFTER_MS = 3_000;
const TRY_AGAIN_MS = 150;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs `work` on a connection of the owner, who sees every row; again, when the server is gone meanwhile. */
export async function asOwner(url, work) {
  for (let tries = 1; ; tries += 1) {
    const client = new Client({ connectionString: url, options: '-c unionhall.sees_all=on' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      const lost = error.code === undefined || /^(ECONN|57P|08)/.test(error.code);
      if (!lost || tries === 200) throw error;
      await pause(TRY_AGAIN_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** A chapter with people in it, a training for them, and no word to anybody yet; in one transaction. */
const ARRANGE = `
  WITH c AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ($1, 'city', $1, '${ZONE}', 'en') RETURNING id),
   made AS (INSERT INTO member (chapter_id, given_name, email, email_key, status, time_zone)
     SELECT c.id, 'Given', p.email, p.key, 'member', p.zone FROM c, unnest($2::text[], $3::text[], $6::text[]) AS p (email, key, zone) RETURNING id, chapter_id, email, email_key),
   agreed AS (INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
     SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'chaos' FROM made WHERE email <> ALL ($4::text[])),
   g AS (INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
     SELECT id, 'training', $1, $5::timestamptz, $5::timestamptz + interval '1 hour', '${ZONE}' FROM c RETURNING id, chapter_id)
  SELECT g.id AS gathering, g.chapter_id AS chapter, (SELECT json_agg(json_build_object('id', made.id, 'email', made.email)) FROM made) AS people FROM g`;

const SIGN_IN = `
  WITH u AS (INSERT INTO user_account (email, email_key) VALUES ('organizer@example.org', 'organizer@example.org') RETURNING id),
   r AS (INSERT INTO role_grant (user_id, role) SELECT id, 'admin' FROM u)
  INSERT INTO session (user_id, token_hash, method, expires_at) SELECT id, $1, 'password', now() + interval '5 hours' FROM u`;

export async function openPeople({ dist, secret, databaseUrl, address, random, note }) {
  const { Signer } = require(join(dist, 'libs/platform/src/ids/signer.js'));
  const signer = new Signer({ secret });
  const token = randomBytes(32).toString('base64url');
  await asOwner(databaseUrl, (client) =>
    client.query(SIGN_IN, [createHash('sha256').update(token).digest()]),
  );
  const trainings = [];
  const asked = new Set();
  const doing = new Set();
  const during = (work) => {
    const one = work.finally(() => doing.delete(one));
    doing.add(one);
    return one;
  };

  /** Until the API answers; an answer that refuses is a fault of the run itself. */
  const untilAnswered = async (request) => {
    for (;;) {
      try {
        const response = await request();
        if (response.ok) return await response.text();
        if (response.status < 500) throw new Error(`${response.status} ${await response.text()}`);
      } catch (error) {
        if (/^4\d\d /.test(error.message)) throw error;
      }
      await pause(TRY_AGAIN_MS);
    }
  };
  const ask = async (query, variables) => {
    for (;;) {
      const body = await untilAnswered(() =>
        fetch(`${address}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query, variables }),
          signal: AbortSignal.timeout(30_000),
        }),
      );
      const { data, errors } = JSON.parse(body);
      if (errors === undefined) return data;
      const codes = errors.map(({ extensions }) => extensions?.code);
      if (!codes.every((code) => code === 'INTERNAL' || code === undefined || /UNAVAILABLE/.test(code)))
        throw new Error(JSON.stringify(errors));
      await pause(TRY_AGAIN_MS);
    }
  };

  const startsAt = (reminderAt) => new Date(Math.ceil((reminderAt + DAY_MS) / 1000) * 1000);
  const plan = (title, start) => note('planned', { title, reminderAt: start.getTime() - DAY_MS });

  const open = async (moved) => {
    const title = `training-${trainings.length + 1}`;
    const emails = Array.from({ length: PEOPLE }, (_, n) => `${title}.m${n}@example.org`);
    // Two who share a mailbox, and one who never agreed.
    emails[1] = emails[0].toUpperCase();
    const keys = emails.map((email, n) => (n === 1 ? `${email}-2` : email));
    const silent = [emails[PEOPLE - 1]];
    const start = startsAt(Date.now() + (moved ? 9 * DAY_MS : REMINDER_MS));
    const training = { title, started: undefined, people: [] };
    trainings.push(training);
    const { rows } = await asOwner(databaseUrl, (client) =>
      client.query(ARRANGE, [
        title,
        emails,
        keys,
        silent,
        start,
        emails.map((_, n) => (n === SLEEPER ? NIGHT : DAY)),
      ]),
    );
    const { gathering, chapter, people } = rows[0];
    training.people = people;
    plan(title, start);
    note('asked', {
      title,
      people: people.filter(({ email }) => !silent.includes(email)),
      silent,
      asleep: [emails[SLEEPER]],
    });
    training.started = Date.now();
    await ask(
      `mutation ($g: ID!, $c: ID!, $k: String!) { startTrainingSequence(gatheringId: $g, segment: { chapterId: $c }, idempotencyKey: $k) { id } }`,
      { g: `Gathering_${gathering}`, c: `Chapter_${chapter}`, k: title },
    );
    note('acknowledged', { title });
    if (!moved) return;
    await pause(MOVED_AFTER_MS);
    const sooner = startsAt(Date.now() + REMINDER_MS);
    note('moving', { title, reminderAt: sooner.getTime() - DAY_MS });
    await ask(`mutation ($i: UpdateGatheringInput!) { updateGathering(input: $i) { id } }`, {
      i: {
        gatheringId: `Gathering_${gathering}`,
        times: { startsAt: sooner.toISOString().slice(0, 19), durationMinutes: 60, timeZone: ZONE },
      },
    });
    plan(title, sooner);
  };

  const anyoneDue = () =>
    asOwner(databaseUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT m.id, m.email FROM delivery d JOIN member m ON m.id = d.member_id WHERE d.state IN ('due', 'leased') ORDER BY random() LIMIT 1`,
      );
      return rows[0];
    });

  const optOut = async () => {
    const open = trainings.filter(({ started }) => started !== undefined);
    if (open.length === 0) return;
    // As often someone whose message is in a worker's hand just now.
    const person =
      (random() < 0.5 ? await anyoneDue() : undefined) ?? pick(random, pick(random, open.slice(-8)).people);
    if (asked.has(person.email)) return;
    asked.add(person.email);
    const link = signer.sign('unsubscribe', person.id, new Date(Date.now() + DAY_MS));
    note('opt-out asked', { email: person.email });
    await untilAnswered(() =>
      fetch(`${address}/u/${link}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
        signal: AbortSignal.timeout(30_000),
      }),
    );
    note('opted out', { email: person.email });
  };

  return {
    /** One more training; `moved`: it is first far away, then soon. */
    open: (moved) => during(open(moved)),
    optOut: () => during(optOut()),
    /** When everything asked for is acknowledged. */
    idle: async () => {
      while (doing.size > 0) await Promise.all(doing);
    },
  };
}
