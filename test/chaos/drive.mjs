// One chaos run, from an empty database to a judgement.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.mjs';
import { openFaults } from './faults.mjs';
import { journal } from './journal.mjs';
import { asOwner, openPeople } from './people.mjs';
import { seeded } from './random.mjs';
import { LEASE_SECONDS, SECRET, startUnion } from './union.mjs';

const TRAINING_EVERY_MS = 1_400;
const OPT_OUT_EVERY_MS = 400;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const UNSETTLED = `
  SELECT (SELECT count(*) FROM delivery WHERE state IN ('leased', 'attempting') OR state = 'due' AND (due_at <= now() OR reason IS DISTINCT FROM 'quiet_hours'))
       + (SELECT count(*) FROM enrollment WHERE state = 'active' AND due_at <= now())
       + (SELECT count(*) FROM outbox WHERE handled_at IS NULL AND parked_at IS NULL) AS n`;

/**
 * @param options `kills`, `backend`, `seed`, `minutes` at most, `dist` the compiled server, `settleSeconds` to wait for
 *   the union to recover, `at` the points that workers are to end at (all, when it is not said). @returns the judgement of the checker, and where the files of the run are.
 */
export async function drive({ kills, backend, seed, minutes, dist, settleSeconds = 75, keep = false, at }) {
  const folder = mkdtempSync(join(tmpdir(), 'unionhall-chaos-'));
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  const journalFile = join(folder, 'journal.jsonl');
  const note = journal(journalFile);
  let union;
  try {
    union = await startUnion({ dist, folder, backend, seed, note });
    const { databaseUrl, address, sinkLog } = union;
    const people = await openPeople({
      ...{ dist, secret: SECRET, databaseUrl, address, note },
      random: seeded(`${seed} people`),
    });
    const faults = openFaults({ union, backend, note, kills, at, random: seeded(`${seed} faults`) });
    const failed = [];
    const watch = (work) => void work.catch((error) => failed.push(error));
    const running = faults.run(Date.now() + minutes * 60_000);
    let trainings = 0;
    const keepAt = async (everyMs, does) => {
      while (!faults.over) {
        does();
        await pause(everyMs);
      }
    };
    await Promise.all([
      running,
      keepAt(TRAINING_EVERY_MS, () => watch(people.open(trainings++ % 3 === 2))),
      keepAt(OPT_OUT_EVERY_MS, () => watch(people.optOut())),
    ]);
    await people.idle();
    if (failed.length > 0) throw failed[0];
    await settle(union, journalFile, note, settleSeconds);
    union.stopApps();
    const judgement = await check({
      journalFile,
      sinkFile: sinkLog,
      databaseUrl,
      leaseSeconds: LEASE_SECONDS,
    });
    return { ...judgement, folder };
  } finally {
    await union?.stop();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** Until nothing is left to do, or time is up: the checker then says what is missing. */
async function settle(union, journalFile, note, seconds) {
  const { readJournal } = await import('./journal.mjs');
  const last = Math.max(...lastPlans(readJournal(journalFile)));
  const deadline = Math.max(Date.now(), last) + seconds * 1_000;
  while (Date.now() < deadline) {
    const { rows } = await asOwner(union.databaseUrl, (client) => client.query(UNSETTLED));
    if (Date.now() > last + 100 && Number(rows[0].n) === 0) return note('settled');
    await pause(250);
  }
}

function lastPlans(entries) {
  const plans = new Map();
  for (const { what, title, reminderAt } of entries) if (what === 'planned') plans.set(title, reminderAt);
  return plans.values();
}
