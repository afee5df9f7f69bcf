// Plants bugs in copies of the compiled server, one at a time: the checker must catch each, and must not catch the
// server as it is.
//   npm run chaos:mutants -- [--only words] [--kills N] [--seed S] [--backend postgres|redis]
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drive } from './drive.mjs';
import { PLANTED } from './planted-bugs.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    kills: { type: 'string', default: '24' },
    seed: { type: 'string', default: 'planted' },
    backend: { type: 'string', default: 'postgres' },
  },
});
/** A bug that shows only in rare moments may need a second run; a third is not given. */
const MOST_RUNS = 2;
const SETTLE_SECONDS = 30;
const root = realpathSync(fileURLToPath(new URL('../../', import.meta.url)));
const cache = join(root, 'node_modules', '.cache');

/** A copy of the compiled server with the edits made. @throws Error when one does not apply. */
function planted(edits) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(realpathSync(cache), 'planted-'));
  cpSync(join(root, 'dist'), folder, { recursive: true });
  for (const [file, from, to] of edits) {
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(from);
    if (parts.length !== 2) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`${file} does not hold this once: ${from}`);
    }
    writeFileSync(path, parts.join(to));
  }
  return folder;
}

async function run(edits, seed, at) {
  const dist = planted(edits);
  try {
    const kills = Number(values.kills);
    const options = {
      kills,
      backend: values.backend,
      seed,
      minutes: 3,
      settleSeconds: SETTLE_SECONDS,
      dist,
      at,
    };
    return (await drive(options)).violations;
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

const found = (violations) => {
  const counts = {};
  for (const { what } of violations) counts[what] = (counts[what] ?? 0) + 1;
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
};

const chosen = PLANTED.filter(({ name }) => name.includes(values.only));
for (const { edits } of PLANTED) rmSync(planted(edits), { recursive: true, force: true });
const escaped = [];
for (const { name, by, edits, at } of chosen) {
  let violations = [];
  const isCaught = () => violations.some(({ what }) => by.includes(what));
  const began = Date.now();
  for (let nth = 1; nth <= MOST_RUNS && !isCaught(); nth += 1)
    violations = await run(edits, `${values.seed} ${nth}`, at);
  if (!isCaught()) escaped.push(name);
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(
    `${isCaught() ? 'caught ' : 'ESCAPED'}  ${name} (${found(violations)}; ${seconds} s)\n`,
  );
}
const sound = values.only === '' ? await run([], values.seed) : [];
if (values.only === '')
  process.stdout.write(
    `${sound.length === 0 ? 'sound  ' : 'ACCUSED'}  the server as it is (${found(sound)})\n`,
  );
process.stdout.write(`${chosen.length - escaped.length} of ${chosen.length} planted bugs caught\n`);
process.exit(escaped.length === 0 && sound.length === 0 ? 0 : 1);
