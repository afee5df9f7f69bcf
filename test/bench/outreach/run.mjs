// Personalised messages to everyone of a union into a mail server on this machine, beside two ceilings without queue
// or database: pooled Nodemailer that composes each message, and one that is handed ready ones. Interleaved rounds.
//   npm run bench:outreach -- --members 30000 --rounds 3 --backends postgres,redis --connections 5
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpuOf, openUnion } from './union.mjs';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '30000' },
    rounds: { type: 'string', default: '3' },
    backends: { type: 'string', default: 'postgres,redis' },
    connections: { type: 'string', default: '5' },
    ceilings: { type: 'string', default: '10000' },
  },
});
const members = Number(values.members);
const rounds = Number(values.rounds);
const connections = Number(values.connections);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const sink = fork(here('sink.mjs'));
const said = () => new Promise((resolve) => sink.once('message', resolve));
const { port } = await said();
const counted = (reset = false) => {
  const answer = said();
  sink.send({ reset });
  return answer;
};

async function ceiling(how) {
  await counted(true);
  const child = fork(here('ceiling.mjs'), [how, String(port), values.ceilings, String(connections)]);
  await new Promise((resolve) => child.once('message', resolve));
  const done = new Promise((resolve) => child.once('message', resolve));
  child.send('go');
  const { ms } = await done;
  return (Number(values.ceilings) / ms) * 1000;
}

async function ours(union, key) {
  await union.rest();
  await counted(true);
  const before = cpuOf(union.pids);
  const began = performance.timeOrigin + performance.now();
  const enrolled = await union.startTraining(key);
  for (;;) {
    const { taken, last } = await counted();
    if (taken < members) {
      await pause(100);
      continue;
    }
    for (let tries = 0; tries < 100; tries += 1) {
      const ledger = await union.ledger();
      if (ledger.accepted === members) {
        const cpu = cpuOf(union.pids);
        const a = (what) => ((cpu[what] - before[what]) / members) * 1000;
        return {
          rate: (members / (last - began)) * 1000,
          enrolled,
          node: a('node'),
          postgres: a('postgres'),
        };
      }
      await pause(100);
    }
    throw new Error(`The ledger says ${JSON.stringify(await union.ledger())} of ${members}.`);
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });

const folder = mkdtempSync(join(tmpdir(), 'unionhall-outreach-'));
const unions = [];
let redis;
try {
  for (const backend of values.backends.split(',')) {
    let redisUrl;
    if (backend === 'redis') {
      const redisPort = await freePort();
      redis = spawn(
        'redis-server',
        ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
        {
          stdio: 'ignore',
        },
      );
      redisUrl = `redis://127.0.0.1:${redisPort}`;
      await pause(500);
    }
    const data = join(folder, backend);
    mkdirSync(data, { mode: 0o700 });
    unions.push({
      backend,
      union: await openUnion({ members, folder: data, smtpPort: port, redisUrl, connections }),
      rounds: [],
    });
  }
  const composed = [];
  const ready = [];
  for (let round = 1; round <= rounds; round += 1) {
    composed.push(await ceiling('compose'));
    for (const one of unions) one.rounds.push(await ours(one.union, `round ${round} of ${one.backend}`));
    ready.push(await ceiling('ready'));
    const rates = unions
      .map(({ backend, rounds: all }) => `${backend} ${Math.round(all.at(-1).rate)}`)
      .join(', ');
    process.stdout.write(
      `round ${round}: composing ${Math.round(composed.at(-1))}, ${rates}, ready ${Math.round(ready.at(-1))} messages a second\n`,
    );
  }
  console.table(
    unions.map(({ backend, rounds: all }) => ({
      backend,
      'messages a second': Math.round(median(all.map(({ rate }) => rate))),
      'of composing (aim 2)': median(all.map(({ rate }, n) => rate / composed[n])).toFixed(2),
      'of ready (aim 0.8)': median(all.map(({ rate }, n) => rate / ready[n])).toFixed(2),
      'start acknowledged, ms (aim 1000)': Math.round(median(all.map(({ enrolled }) => enrolled))),
      'µs of Node a message': Math.round(median(all.map(({ node }) => node))),
      'µs of PostgreSQL a message': Math.round(median(all.map(({ postgres }) => postgres))),
    })),
  );
} finally {
  for (const { union } of unions) await union.close();
  redis?.kill();
  sink.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
