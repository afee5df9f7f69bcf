// Imports of people beside a bare COPY with a hand-written merge of the same file, in the same run.
//   npm run bench:import -- --rows 30000,300000 --rounds 3
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';
import { as, cloneUnion, createUnion, outcomeOf } from './database.mjs';
import { mergeByHand } from './peer.mjs';
import { importFile, startUnion } from './union.mjs';

const require = createRequire(import.meta.url);
const { startEmbeddedPostgres } = require('../../../dist/apps/launcher/src/embedded-postgres.js');
const { report, knownPeople } = require('../../factories/action-network.js');

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '30000,300000' }, rounds: { type: 'string', default: '5' } },
});
const sizes = values.rows.split(',').map(Number);
const rounds = Number(values.rounds);
if (!sizes.every((rows) => Number.isInteger(rows) && rows > 0)) throw new Error('--rows: whole numbers.');
if (!(rounds >= 1)) throw new Error('--rounds: a whole number from 1.');

const folder = mkdtempSync(join(tmpdir(), 'unionhall-bench-import-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), fsync: true });
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (ms) => (ms / 1000).toFixed(2);
const mebibytes = (bytes) => Math.round(bytes / 1024 / 1024);
const summary = [];

try {
  for (const rows of sizes) {
    const file = join(folder, `report-${rows}.csv`);
    writeFileSync(file, [...report({ rows, known: rows / 2 })].join(''));
    const size = `${rows.toLocaleString('en')} rows, ${mebibytes(statSync(file).size)} MiB`;
    process.stdout.write(`${size}\n`);
    await createUnion(postgres.url, `template_${rows}`, knownPeople({ rows, known: rows / 2 }));
    const measured = [];
    // Larger files take minutes each; fewer rounds tell as much.
    for (let round = 1; round <= (rows > 100_000 ? Math.min(rounds, 3) : rounds); round++) {
      const ours = await oursOn(await cloneUnion(postgres.url, `template_${rows}`), file);
      const peer = await peerOn(await cloneUnion(postgres.url, `template_${rows}`), file);
      if (JSON.stringify(ours.outcome) !== JSON.stringify(peer.outcome))
        throw new Error(`the outcomes differ: ${JSON.stringify([ours.outcome, peer.outcome])}`);
      measured.push({ ...ours, peer: peer.ms, ratio: (ours.preview + ours.commit) / peer.ms });
      const last = measured.at(-1);
      process.stdout.write(
        `  round ${round}: preview ${seconds(last.preview)} s + commit ${seconds(last.commit)} s, by hand ${seconds(last.peer)} s, ` +
          `ratio ${last.ratio.toFixed(2)}; peak memory API ${mebibytes(last.api)} MiB, worker ${mebibytes(last.worker)} MiB\n`,
      );
    }
    const of = (key) => median(measured.map((one) => one[key]));
    summary.push({
      rows,
      'preview s': seconds(of('preview')),
      'commit s': seconds(of('commit')),
      'COPY + merge by hand s': seconds(of('peer')),
      ratio: of('ratio').toFixed(2),
      'API peak MiB': mebibytes(of('api')),
      'worker peak MiB': mebibytes(of('worker')),
    });
  }
  console.table(summary);
  if (summary.length > 1) {
    const [small, large] = [summary[0], summary.at(-1)];
    for (const who of ['API', 'worker'])
      console.log(
        `${who} memory at ${large.rows} rows is ${(large[`${who} peak MiB`] / small[`${who} peak MiB`]).toFixed(2)} times that at ${small.rows}.`,
      );
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function oursOn(url, file) {
  const union = await startUnion(url);
  try {
    const times = await importFile(union, file);
    return { ...times, ...union.memory(), outcome: await as(url, outcomeOf) };
  } finally {
    await union.stop();
  }
}

async function peerOn(url, file) {
  return as(url, async (client) => {
    const ms = await mergeByHand(client, file);
    return { ms, outcome: await outcomeOf(client) };
  });
}
