// Places that many want at once, check-ins that come twice, and the agenda at two sizes of a union. Interleaved rounds.
//   npm run bench:gatherings -- --small 30000 --large 300000 --rounds 5
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openUnion } from './union.mjs';

const require = createRequire(import.meta.url);
const { Client, Pool } = require('pg');
const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const { startEmbeddedPostgres } = require(join(dist, 'apps/launcher/src/embedded-postgres.js'));
const { readRule, datesOf } = require(join(dist, 'libs/gatherings/src/series/series-rule.js'));

const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '30000' },
    large: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '5' },
  },
});
const rounds = Number(values.rounds);
const say = (line) => process.stderr.write(`${line}\n`);
const sorted = (list) => [...list].sort((a, b) => a - b);
const at = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * share))];
const ms = (value) => `${value.toFixed(1)} ms`;
const shuffled = (list) =>
  list
    .map((item) => [Math.random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
const timed = async (work) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const PEOPLE = 500;
const PLACES = 20;
const RSVP = `mutation ($input: RsvpInput!) { rsvp(input: $input) { status } }`;
const TAKE = `mutation ($input: TakeAttendanceInput!) { takeAttendance(input: $input) { recorded repeated } }`;
const AGENDA = `query ($from: Instant) { gatherings(first: 50, filter: { from: $from }) { edges { node { id title startsAt timeZone kind goingCount capacity admission chapter { name } } } pageInfo { hasNextPage endCursor } } }`;

async function newGathering(owner, capacity) {
  const { rows } = await owner.query(
    `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, capacity)
     SELECT id, 'training', 'Wanted', now() + interval '1 hour', now() + interval '3 hours', 'America/New_York', $1 FROM chapter LIMIT 1 RETURNING id`,
    [capacity],
  );
  return rows[0].id;
}

/** Everybody answers at once. @returns each answer's milliseconds, and how long all took. */
async function rush(union, tokens) {
  const id = await newGathering(union.owner, PLACES);
  const each = [];
  const whole = await timed(() =>
    Promise.all(
      tokens.map(async (token) => {
        each.push(
          await timed(() =>
            union.ask(token, RSVP, { input: { gatheringId: `Gathering_${id}`, status: 'GOING' } }),
          ),
        );
      }),
    ),
  );
  const { rows } = await union.owner.query(
    `SELECT status, count(*)::int AS n FROM rsvp WHERE gathering_id = $1 GROUP BY 1 ORDER BY 1`,
    [id],
  );
  const found = Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  if (found.going !== PLACES || found.waitlisted !== PEOPLE - PLACES)
    throw new Error(`${PLACES} places were given as ${JSON.stringify(found)}.`);
  return { whole, each };
}

/** The same rows by hand: a lock, a look and an insert in a transaction, over as many connections as the API has. */
async function byHand(union, pool, members) {
  const id = await newGathering(union.owner, PLACES);
  return timed(() =>
    Promise.all(
      members.map(async (member) => {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          const { rows } = await client.query(
            `SELECT going_count < capacity AS free FROM gathering WHERE id = $1 FOR UPDATE`,
            [id],
          );
          await client.query(
            `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, id, chapter_id, $3 FROM member WHERE id = $2`,
            [id, member, rows[0].free ? 'going' : 'waitlisted'],
          );
          await client.query('COMMIT');
        } finally {
          client.release();
        }
      }),
    ),
  );
}

/** 2,000 marks made offline come from two phones, each of which sends all of them, twice, in an order of its own. */
async function replay(union, token, members) {
  const id = await newGathering(union.owner, null);
  const marks = members.map((member, index) => ({
    id: randomUUID(),
    memberId: `Member_${member}`,
    status: index % 10 === 0 ? 'NO_SHOW' : 'ATTENDED',
    at: new Date(Date.now() - index * 100).toISOString(),
  }));
  const phone = async () => {
    for (let time = 0; time < 2; time += 1) {
      const order = shuffled(marks);
      for (let from = 0; from < order.length; from += 200)
        await union.ask(token, TAKE, {
          input: { gatheringId: `Gathering_${id}`, entries: order.slice(from, from + 200) },
        });
    }
  };
  const took = await timed(() => Promise.all([phone(), phone()]));
  const { rows } = await union.owner.query(
    `SELECT (SELECT count(*)::int FROM attendance_entry WHERE gathering_id = $1) AS marks,
       (SELECT count(*)::int FROM attendance WHERE gathering_id = $1 AND status = 'attended') AS attended,
       (SELECT attended_count FROM gathering WHERE id = $1) AS counted`,
    [id],
  );
  const { marks: kept, attended, counted } = rows[0];
  const expected = marks.filter(({ status }) => status === 'ATTENDED').length;
  if (kept !== marks.length || attended !== expected || counted !== expected)
    throw new Error(`${marks.length} marks became ${JSON.stringify(rows[0])}.`);
  return took;
}

/** @returns milliseconds of the slowest of many rules, sound and unsound. */
function slowestRule() {
  const some = (list) => list[Math.floor(Math.random() * list.length)];
  let worst = { ms: 0, rule: '' };
  for (let n = 0; n < 20_000; n += 1) {
    const rule = [
      `FREQ=${some(['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY'])}`,
      some(['', `INTERVAL=${1 + Math.floor(Math.random() * 52)}`]),
      some([
        '',
        'BYDAY=MO',
        'BYDAY=TU,FR',
        'BYDAY=5MO',
        'BYDAY=-1SU',
        'BYMONTHDAY=31',
        'BYMONTHDAY=30',
        'BYMONTHDAY=-31',
        'BYMONTH=2;BYMONTHDAY=30',
      ]),
      some([`COUNT=${1 + Math.floor(Math.random() * 250)}`, 'UNTIL=20280101', 'UNTIL=20270101', '']),
    ]
      .filter(Boolean)
      .join(';');
    const start = new Date(
      Date.UTC(2026, Math.floor(Math.random() * 12), 1 + Math.floor(Math.random() * 28), 18, 30),
    );
    const began = performance.now();
    try {
      datesOf(readRule(rule, 'America/New_York'), start.toISOString().slice(0, 16));
    } catch (error) {
      if (!String(error.code).startsWith('SERIES.')) throw error;
    }
    const took = performance.now() - began;
    if (n > 100 && took > worst.ms) worst = { ms: took, rule };
  }
  return worst;
}

const folder = mkdtempSync(join(tmpdir(), 'unionhall-gatherings-'));
const data = join(folder, 'data');
mkdirSync(data, { mode: 0o700 });
const postgres = await startEmbeddedPostgres({ dataDir: data, fsync: true });
const unions = [];
try {
  for (const size of [values.small, values.large]) {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`CREATE DATABASE bench_${size}`);
    await client.end();
    const url = Object.assign(new URL(postgres.url), { pathname: `/bench_${size}` }).href;
    unions.push(await openUnion({ url, members: Number(size), say }));
  }
  const [small, large] = unions;
  const ids = (await small.owner.query('SELECT id FROM member ORDER BY id LIMIT 2500')).rows.map(
    ({ id }) => id,
  );
  const tokens = [];
  for (const id of ids.slice(0, PEOPLE)) tokens.push(await small.session(id));
  const organizer = await small.session(null, 'admin');
  const readers = [await small.session(null, 'admin'), await large.session(null, 'admin')];
  const pool = new Pool({ connectionString: small.url, max: 10, options: '-c unionhall.sees_all=on' });
  const rushes = [];
  const hands = [];
  const replays = [];
  const agendas = [[], []];
  const from = new Date().toISOString();
  for (const [index, union] of unions.entries())
    for (let n = 0; n < 200; n += 1) await union.ask(readers[index], AGENDA, { from });
  for (let round = 1; round <= rounds; round += 1) {
    rushes.push(await rush(small, tokens));
    hands.push(await byHand(small, pool, ids.slice(0, PEOPLE)));
    replays.push(await replay(small, organizer, ids.slice(PEOPLE)));
    for (let n = 0; n < 200; n += 1)
      for (const [index, union] of unions.entries())
        agendas[index].push(await timed(() => union.ask(readers[index], AGENDA, { from })));
    say(
      `round ${round}: ${ms(rushes.at(-1).whole)} for ${PEOPLE} answers, ${ms(replays.at(-1))} for the replay`,
    );
  }
  await pool.end();
  const whole = at(
    rushes.map((one) => one.whole),
    0.5,
  );
  const each = rushes.flatMap((one) => one.each);
  const hand = at(hands, 0.5);
  const [few, many] = agendas.map((list) => at(list, 0.5));
  const worst = slowestRule();
  console.log(`${PEOPLE} answers at once for ${PLACES} places, over HTTP, ${rounds} rounds: always ${PLACES} going, ${PEOPLE - PLACES} waiting in order
  all of them              ${ms(whole)} (middle round); one: median ${ms(at(each, 0.5))}, 99 of 100 within ${ms(at(each, 0.99))}
  lock, look, insert by hand, 10 connections, no HTTP, rights or events: ${ms(hand)} = ${(hand / whole).toFixed(2)} of ours
2,000 check-ins made offline, sent twice by each of two phones in any order (8,000 marks): always the same 2,000
  all of them              ${ms(at(replays, 0.5))} = ${Math.round(8_000_000 / at(replays, 0.5))} marks a second
agenda, a page of 50 of 10,000 gatherings, median of ${agendas[0].length}
  ${values.small} members            ${ms(few)}
  ${values.large} members           ${ms(many)} = ${(many / few).toFixed(2)} times
20,000 rules of recurrence, sound and not: the slowest answer took ${ms(worst.ms)} (${worst.rule})`);
} finally {
  for (const union of unions) await union.close();
  await postgres.stop('now');
  rmSync(folder, { recursive: true, force: true });
}
