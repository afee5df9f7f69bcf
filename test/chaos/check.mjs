// Judges a chaos run from outside: it imports nothing of the product, and reads only what the driver was told
// (journal.jsonl), what the mail server did (sink.jsonl) and what the tables say at the end.
import { createRequire } from 'node:module';
import { readJournal } from './journal.mjs';

const require = createRequire(import.meta.url);
const { Client } = require('pg');

const RECOVERY_SECONDS = 60;
/** Messages that one death may leave uncertain: twenty leave, twenty wait behind them, and two jobs of a worker send. */
const MOST_OF_ONE_DEATH = 80;
/** Between the answer of the mail server and its commit in the ledger, or from a transaction's begin to its lock, on a busy machine. */
const LATE_MS = 2_000;
/** A lease is renewed when a quarter of it has passed. */
const SIGNS_FROM = 3 / 4;
const TO_STEP = { 'Join us': 'invitation', Tomorrow: 'reminder' };
const BREAKS_OFF = /^(closes in DATA|drops before 250|hangs before 250)$/;

const LEDGER = `
  SELECT d.id, d.member_id AS member, lower(m.email) AS email, g.title, st.config->>'name' AS step, d.state, d.reason,
         (extract(epoch FROM d.attempted_at) * 1000)::float8 AS attempted, (extract(epoch FROM d.decided_at) * 1000)::float8 AS decided
    FROM delivery d JOIN member m ON m.id = d.member_id JOIN sequence_step st ON st.id = d.step_id
    JOIN sequence s ON s.id = d.sequence_id JOIN gathering g ON g.id = s.gathering_id`;

/** The final tables. */
export async function readLedger(databaseUrl) {
  const client = new Client({ connectionString: databaseUrl, options: '-c unionhall.sees_all=on' });
  await client.connect();
  try {
    return (await client.query(LEDGER)).rows;
  } finally {
    await client.end();
  }
}

const grouped = (list, keyOf) => {
  const groups = new Map();
  for (const one of list) {
    const key = keyOf(one);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(one);
  }
  return groups;
};

/** @returns `{ figures, violations }`: every violation names what, whom and why. */
export function judge({ journal, sink, ledger, leaseSeconds }) {
  const violations = [];
  const violate = (what, whom, why) => violations.push({ what, whom, why });
  const of = (what) => journal.filter((entry) => entry.what === what);

  const trainings = new Map(
    of('asked').map(({ title, people, silent, asleep }) => [
      title,
      {
        people: people.map(lower),
        silent: silent.map((email) => email.toLowerCase()),
        asleep: asleep.map((email) => email.toLowerCase()),
        plans: [],
      },
    ]),
  );
  for (const { title, reminderAt } of [...of('planned'), ...of('moving')])
    trainings.get(title)?.plans.push(reminderAt);
  for (const { title } of of('acknowledged')) trainings.get(title).acknowledged = true;
  const outs = new Map(of('opted out').map(({ email, at }) => [email.toLowerCase(), at]));
  // The first time: an answer that was lost is asked for again.
  const outAsked = new Map();
  for (const { email, at } of of('opt-out asked').reverse()) outAsked.set(email.toLowerCase(), at);
  const settledAt = of('settled')[0]?.at ?? Infinity;

  const letters = sink
    .filter(({ subject }) => subject !== undefined)
    .map((entry) => ({ ...entry, to: entry.to.toLowerCase(), ...titleOf(entry.subject) }));
  const kept = grouped(
    letters.filter(({ what }) => what === 'kept'),
    ({ to, subject }) => `${to} ${subject}`,
  );
  const rows = grouped(ledger, ({ email, title, step }) => `${email} ${title} ${step}`);
  const rowOf = new Map(ledger.map((row) => [`${row.member} ${row.title} ${row.step}`, row]));

  // Nothing lost: everyone who was promised a message has a row that is settled, and it is true.
  let promised = 0;
  const reminders = new Map();
  for (const [title, { people, silent, asleep, plans, acknowledged }] of trainings) {
    if (!acknowledged) violate('lost', title, 'the run ended before its start was acknowledged');
    reminders.set(title, { last: plans.at(-1), first: Math.min(...plans) });
    const steps = ['invitation', ...(lastPlan(journal, title) <= settledAt ? ['reminder'] : [])];
    for (const { id, email } of people) {
      for (const step of steps) {
        promised += 1;
        const row = rowOf.get(`${id} ${title} ${step}`);
        if (row === undefined) violate('lost', `${email} (${title}, ${step})`, 'there is no delivery');
        else if (asleep.includes(email) && row.state === 'due' && row.reason === 'quiet_hours') continue;
        else if (!['accepted', 'rejected', 'suppressed', 'uncertain'].includes(row.state))
          violate('lost', `${email} (${title}, ${step})`, `still ${row.state}`);
      }
    }
    for (const email of asleep)
      for (const [key, list] of kept)
        if (key.startsWith(`${email} `)) violate('in quiet hours', email, `was sent ${list.length} at night`);
    for (const email of silent)
      for (const [key, list] of kept)
        if (key.startsWith(`${email} `))
          violate('unexpected', email, `never agreed, and was sent ${list.length}`);
  }

  const lettersTo = grouped(letters, ({ to, subject }) => `${to} ${subject}`);
  const tries = grouped(
    withSubjects(sink)
      .filter(({ to }) => to !== undefined)
      .map((entry) => ({ ...entry, to: entry.to.toLowerCase() })),
    ({ to }) => to,
  );
  const faults = of('fault');
  const deaths = new Map();
  const explained = { 'by the mail server': 0, 'by a death': 0, 'by a stop': 0, 'by PostgreSQL': 0 };
  let uncertain = 0;

  for (const row of ledger) {
    const whom = `${row.email} (${row.title}, ${row.step})`;
    const subject = subjectOf(row);
    const copies = kept.get(`${row.email} ${subject}`)?.length ?? 0;
    const out = outs.get(row.email);
    if (out !== undefined && row.attempted !== null && row.attempted > out)
      violate(
        'after opt-out',
        whom,
        `attempted ${Math.round(row.attempted - out)} ms after the acknowledgement`,
      );
    if (row.state === 'accepted' && copies === 0) violate('lost', whom, 'accepted, and no server has it');
    if (row.state === 'rejected' && !isRefused(lettersTo.get(`${row.email} ${subject}`) ?? []))
      violate('lost', whom, 'rejected, and no server refused it');
    if (row.state === 'suppressed') {
      const why = reasonFails(row, { trainings, outAsked, rows });
      if (why !== undefined) violate('lost', whom, why);
    }
    if (row.state !== 'uncertain') continue;
    uncertain += 1;
    const cause = causeOf(row, tries.get(row.email) ?? [], { faults, deaths, leaseSeconds });
    if (cause === undefined)
      violate(
        'unexplained',
        whom,
        `uncertain (${row.reason}), and nothing broke then: ${around(row, tries.get(row.email) ?? [], faults)}`,
      );
    else explained[cause] += 1;
  }
  for (const [death, count] of deaths)
    if (count > MOST_OF_ONE_DEATH) violate('unexplained', death, `${count} uncertain of one death`);

  for (const [key, list] of grouped(ledger, ({ member, title, step }) => `${member} ${title} ${step}`))
    if (list.length > 1) violate('duplicated', key, `${list.length} deliveries`);

  // Nothing twice, nothing that nobody asked for, nothing before its time.
  for (const [key, list] of kept) {
    const { to, title, step, subject } = list[0];
    if (list.length > 1) violate('duplicated', key, `${list.length} copies`);
    const known = rows.get(`${to} ${title} ${step}`) ?? [];
    if (known.length === 0) violate('unexpected', key, 'no delivery says so');
    else if (known.every(({ state }) => state === 'suppressed'))
      violate('unexpected', key, 'sent, and said to be suppressed');
    if (step === 'reminder' && list[0].at < reminders.get(title)?.first)
      violate('unexpected', key, `${reminders.get(title).first - list[0].at} ms before its time`);
    const ids = new Set(
      (lettersTo.get(`${to} ${subject}`) ?? []).map(({ messageId }) => messageId).filter(Boolean),
    );
    if (ids.size > 1) violate('duplicated', key, 'copies with different Message-IDs');
    const out = outs.get(to);
    const begun = sink.find(
      (one) =>
        one.what === 'begun' &&
        one.session === list[0].session &&
        one.to.toLowerCase() === to &&
        one.at <= list[0].at,
    );
    if (out !== undefined && (begun?.at ?? 0) > out + leaseSeconds * 1_000)
      violate('after opt-out', key, 'begun longer than a lease after the acknowledgement');
  }

  const lastFault = Math.max(
    ...faults.map(({ at }) => at),
    ...sink.filter(({ what }) => what === 'fault' || what === 'slow').map(({ at }) => at),
  );
  const recovery = Math.max(
    0,
    ...ledger
      .filter(({ decided }) => decided !== null && decided > lastFault)
      .map(
        ({ decided, step, title }) =>
          decided - Math.max(lastFault, step === 'reminder' ? (reminders.get(title)?.last ?? 0) : 0),
      ),
  );
  if (settledAt === Infinity || recovery > RECOVERY_SECONDS * 1_000)
    violate('slow recovery', 'the union', `not settled within ${RECOVERY_SECONDS} s of the last fault`);

  const count = (what) => violations.filter((one) => one.what === what).length;
  const kinds = (list) =>
    Object.fromEntries([...grouped(list, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));
  const kills = faults.filter(({ kind }) => kind === 'kill');
  return {
    violations,
    figures: {
      kills: kills.length,
      'points hit': new Set(kills.filter(({ point }) => point?.includes('.')).map(({ point }) => point)).size,
      'other faults': kinds(
        faults.filter(({ kind }) => !['kill', 'last', 'continue', 'postgres up', 'redis up'].includes(kind)),
      ),
      'mail server faults': kinds(sink.filter(({ what }) => what === 'fault')),
      promised,
      states: Object.fromEntries(
        [...grouped(ledger, ({ state }) => state)].map(([state, all]) => [state, all.length]),
      ),
      'opt-outs acknowledged': outs.size,
      lost: count('lost'),
      duplicated: count('duplicated'),
      unexpected: count('unexpected'),
      'after opt-out': count('after opt-out'),
      'in quiet hours': count('in quiet hours'),
      uncertain,
      explained,
      unexplained: count('unexplained'),
      'recovery s': settledAt === Infinity ? 'never' : Math.round(recovery / 100) / 10,
      'ended by themselves': of('ended by itself').length,
    },
  };
}

const lower = (person) => ({ ...person, email: person.email.toLowerCase() });
const lastPlan = (journal, title) =>
  journal.filter((entry) => entry.what === 'planned' && entry.title === title).at(-1)?.reminderAt ?? Infinity;

function titleOf(subject) {
  const [, words, title] = /^(Join us|Tomorrow): (.+)$/.exec(subject) ?? [];
  return { title, step: TO_STEP[words] };
}
const subjectOf = ({ step, title }) => `${step === 'invitation' ? 'Join us' : 'Tomorrow'}: ${title}`;

const isRefused = (entries) => entries.some(({ what, code }) => what === 'answered' && code >= 500);

/** What is noted before a server has read a letter is about that letter too; one that broke off has no subject. */
function withSubjects(sink) {
  const letters = new Map();
  const seen = sink.map((entry) => {
    if (entry.what === 'asked') letters.set(entry.session, {});
    const letter = letters.get(entry.session) ?? {};
    letter.subject ??= entry.subject;
    return { entry, letter };
  });
  return seen.map(({ entry, letter }) => ({ ...entry, subject: entry.subject ?? letter.subject }));
}

/** Why a suppression is not true; undefined when it is. */
function reasonFails(row, { trainings, outAsked, rows }) {
  if (row.reason === 'no_consent' || row.reason === 'opted_out') {
    if (trainings.get(row.title)?.silent.includes(row.email)) return undefined;
    const asked = outAsked.get(row.email);
    if (asked === undefined) return `suppressed (${row.reason}), and nobody opted out`;
    return row.decided < asked - LATE_MS ? `suppressed (${row.reason}) before anybody opted out` : undefined;
  }
  if (row.reason === 'same_address') {
    const others = rows.get(`${row.email} ${row.title} ${row.step}`).filter(({ id }) => id !== row.id);
    return others.some(({ state }) => state !== 'suppressed') ? undefined : 'nobody else has that address';
  }
  return `suppressed for no known reason (${row.reason})`;
}

/** The injected fault that left a delivery uncertain, or undefined. */
function causeOf(row, entries, { faults, deaths, leaseSeconds }) {
  const from = row.attempted - 500;
  // What names no letter and comes after the decision is about another letter to the same person.
  const mine = entries.filter(
    ({ at, subject }) =>
      at >= from &&
      (subject === undefined ? at <= row.decided : at <= row.decided + 500 && subject === subjectOf(row)),
  );
  if (mine.some(({ what, kind }) => what === 'fault' && BREAKS_OFF.test(kind))) return 'by the mail server';
  const workers = new Set(mine.map(({ worker }) => worker));
  const answered = mine.filter(({ what }) => what === 'answered').at(-1);
  const sign = mine.filter(({ what }) => what !== 'answered').at(-1);
  // Without an answer the worker renewed its lease until it broke off; so it had broken off before the lease ran out.
  // On a busy machine a renewal may come late: what the worker said to the server is a sign of life too.
  const until =
    answered !== undefined
      ? answered.at + LATE_MS
      : Math.max(
          row.decided - leaseSeconds * 1_000 * SIGNS_FROM + LATE_MS,
          sign === undefined ? 0 : sign.at + LATE_MS,
        );
  const here = ({ worker }) => worker !== 'api' && (workers.size === 0 || workers.has(worker));
  for (const stop of faults.filter(({ kind, worker }) => kind === 'stop' && here({ worker }))) {
    const on = faults.find(
      ({ kind, worker, at }) => kind === 'continue' && worker === stop.worker && at > stop.at,
    );
    if (from <= (on?.at ?? Infinity) && until >= stop.at) return 'by a stop';
  }
  const death = faults.find(
    ({ kind, worker, at }) => kind === 'kill' && here({ worker }) && at >= from && at <= until,
  );
  if (death !== undefined) {
    const name = `worker ${death.worker} at ${death.point}, ${new Date(death.at).toISOString()}`;
    deaths.set(name, (deaths.get(name) ?? 0) + 1);
    return 'by a death';
  }
  for (const down of faults.filter(({ kind }) => kind === 'postgres down')) {
    const up = faults.find(({ kind, at }) => kind === 'postgres up' && at > down.at);
    if (from <= (up?.at ?? Infinity) && until >= down.at) return 'by PostgreSQL';
  }
  return undefined;
}

/** What happened about it, in milliseconds after its attempt: for whoever looks for the cause. */
function around(row, entries, faults) {
  const near = [...entries, ...faults]
    .filter(({ at }) => at > row.attempted - 2_000 && at < row.decided + 2_000)
    .sort((left, right) => left.at - right.at)
    .map(
      ({ at, what, kind, worker, point }) =>
        `${Math.round(at - row.attempted)} ${[what, kind, worker, point].filter((one) => one !== undefined).join(' ')}`,
    );
  return `${[...near, `${Math.round(row.decided - row.attempted)} decided`].join('; ')}`;
}

/** Judges the files of a run. */
export async function check({ journalFile, sinkFile, databaseUrl, ...times }) {
  return judge({
    journal: readJournal(journalFile),
    sink: readJournal(sinkFile),
    ledger: await readLedger(databaseUrl),
    ...times,
  });
}
