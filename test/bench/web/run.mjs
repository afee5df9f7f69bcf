// What each entry weighs and how soon it is ready with the processor slowed four times, beside its budget.
//   npm run bench:web -- --runs 9
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openChromium, openSampleUnion } from '../../support/sample-union.mjs';
import { openDoor, timeToReady } from './ready.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '9' } } });
const runs = Number(values.runs);
if (!(runs >= 1)) throw new Error('--runs: a whole number from 1.');

/** kB of script compressed by gzip, and seconds until ready. */
const BUDGETS = {
  public: { kB: 15, seconds: 0.5 },
  portal: { kB: 140, seconds: 1.6 },
  door: { kB: 130, seconds: 1.0 },
  console: { kB: 220, seconds: 2.5 },
};

const weights = JSON.parse(readFileSync('dist/apps/web/weights.json', 'utf8'));
const heaviest = (entry) => Math.max(weights[entry].begin, ...Object.values(weights[entry].then));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const table = [];
let missed = false;
const row = (what, figure, budget, unit) => {
  const met = figure <= budget;
  missed ||= !met;
  table.push({
    what,
    measured: `${figure.toFixed(unit === 'ms' ? 0 : 2)} ${unit}`,
    budget: `${budget} ${unit}`,
    met,
  });
};

const union = await openSampleUnion();
const browser = await openChromium();
try {
  const [organizer, member] = [await union.organizer(), await union.member()];
  const times = { public: [], portal: [], door: [], console: [], tap: [] };
  const scripts = { public: 0, portal: 0, console: 0 };
  const visits = [
    ['public', '/c/seven-changes', ''],
    ['portal', '/portal', member],
    ['console', '/console', organizer],
  ];
  const door = await openDoor(browser, union.address, organizer);
  for (let run = 1; run <= runs; run += 1) {
    for (const [entry, path, cookie] of visits) {
      const { ms, scriptBytes } = await timeToReady(browser, `${union.address}${path}`, cookie);
      times[entry].push(ms / 1000);
      scripts[entry] = Math.max(scripts[entry], scriptBytes / 1000);
    }
    const { ready, tap } = await door.measure();
    times.door.push(ready / 1000);
    times.tap.push(tap);
    process.stdout.write(
      `run ${run}: ${Object.entries(times)
        .map(([what, all]) => `${what} ${all.at(-1).toFixed(2)}`)
        .join(', ')}\n`,
    );
  }
  await door.close();
  for (const entry of ['public', 'portal', 'console'])
    row(`${entry}: script loaded, as sent`, scripts[entry], BUDGETS[entry].kB, 'kB');
  for (const entry of ['portal', 'door', 'console'])
    row(`${entry}: script, heaviest first screen, gzip`, heaviest(entry), BUDGETS[entry].kB, 'kB');
  for (const entry of ['public', 'portal', 'console'])
    row(`${entry}: ready, empty cache`, median(times[entry]), BUDGETS[entry].seconds, 's');
  row('door: ready, warm and offline', median(times.door), BUDGETS.door.seconds, 's');
  row('door: from tap to confirmed', median(times.tap), 100, 'ms');
  console.table(table);
} finally {
  await browser.close();
  await union.close();
}
process.exit(missed ? 1 : 0);
