// `npm run bench:reads`: what declared reads cost beside a hand-written endpoint and beside PostGraphile.
import { isDeepStrictEqual } from 'node:util';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createUnion } from './database.mjs';
import { ask, rate } from './http-client.mjs';
import { normalised, requestsOf } from './queries.mjs';
import { CLIENTS, dist, here, settings } from './settings.mjs';
import { signIn, startTargets } from './targets.mjs';

const CHECKED = 40;
const started = performance.now();
const say = (line) =>
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

function preparePeer() {
  if (existsSync(join(here, 'node_modules', '.package-lock.json'))) return;
  say('installing the peers');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed.');
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Every endpoint must give the same people before any of them is measured. */
async function compare(query, targets, requests) {
  const [first, ...others] = targets;
  const step = Math.max(1, Math.floor(requests.get(first).length / CHECKED));
  for (let i = 0; i < requests.get(first).length; i += step) {
    const answerOf = async (target) =>
      normalised(query, target.kind, await ask(target.port, requests.get(target)[i]));
    const expected = await answerOf(first);
    for (const other of others) {
      const given = await answerOf(other);
      if (!isDeepStrictEqual(given, expected)) {
        const show = (value) => JSON.stringify(value).slice(0, 1500);
        throw new Error(
          `${query}, request ${i}: ${other.name} differs from ${first.name}\n${show(given)}\n${show(expected)}`,
        );
      }
    }
  }
}

/** Rounds in which every endpoint has its turn; ratios are taken inside a round. */
async function measure(targets, requests) {
  for (const target of targets) await rate(target.port, requests.get(target), CLIENTS, settings.seconds / 2);
  const rounds = [];
  for (let round = 0; round < settings.rounds; round++) {
    const rates = {};
    for (let turn = 0; turn < targets.length; turn++) {
      const target = targets[(turn + round) % targets.length];
      rates[target.name] = await rate(target.port, requests.get(target), CLIENTS, settings.seconds);
    }
    rounds.push(rates);
  }
  const ofAll = (take) => median(rounds.map(take));
  const rates = Object.fromEntries(targets.map(({ name }) => [name, ofAll((round) => round[name])]));
  const ratio = (left, right) => ofAll((round) => round[left] / round[right]);
  return { rates, ratio };
}

async function measureUnion(members, postgres, dataDir, rows) {
  say(`a union of ${members.toLocaleString('en')} members`);
  const { url, facts } = await createUnion({ postgres, dataDir, members, say });
  say('starting the endpoints');
  const { targets, stop } = await startTargets(url);
  try {
    for (const actor of settings.actors) {
      for (const target of targets)
        if (target.kind === 'ours') target.token = await signIn(target.port, actor);
      for (const query of settings.queries) {
        const requests = new Map();
        for (const target of targets) requests.set(target, await requestsOf(query, target, facts[actor]));
        await compare(query, targets, requests);
        const { rates, ratio } = await measure(targets, requests);
        const row = {
          members,
          organizer: actor,
          query,
          ...Object.fromEntries(
            ['bare', 'ours', 'PostGraphile'].map((name) => [`${name}/s`, Math.round(rates[name])]),
          ),
          'ours/bare': ratio('ours', 'bare').toFixed(2),
          'ours/PostGraphile': ratio('ours', 'PostGraphile').toFixed(2),
          'no RLS/bare': ratio('ours, no RLS', 'bare').toFixed(2),
          'no ledger/bare': ratio('ours, no ledger', 'bare').toFixed(2),
          'neither/bare': ratio('ours, neither', 'bare').toFixed(2),
        };
        rows.push(row);
        say(
          `  ${Object.entries(row)
            .slice(1)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
        );
      }
    }
  } finally {
    await stop();
  }
}

async function main() {
  if (!existsSync(join(dist, 'apps/api/src/main.js'))) throw new Error('Run npm run build first.');
  preparePeer();
  const { startEmbeddedPostgres } = createRequire(import.meta.url)(
    join(dist, 'apps/launcher/src/embedded-postgres.js'),
  );
  const dataDir =
    settings.data === undefined ? mkdtempSync(join(tmpdir(), 'unionhall-bench-')) : resolve(settings.data);
  if (settings.data === undefined)
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  // The server and the endpoints end when this process does.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const postgres = await startEmbeddedPostgres({ dataDir, fsync: true });
  const rows = [];
  try {
    for (const members of settings.sizes) await measureUnion(members, postgres, dataDir, rows);
  } finally {
    await postgres.stop('now');
  }
  console.table(rows);
  say(
    `${CLIENTS} clients, ${settings.pool} connections, ${settings.rounds} interleaved rounds of ${settings.seconds} s, medians of paired ratios; answers equal`,
  );
}

main().catch((error) => {
  process.stderr.write(`bench:reads: ${error.message}\n`);
  process.exitCode = 1;
});
