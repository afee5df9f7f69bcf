// A union whose processes are killed, judged from outside.
//   npm run chaos -- --kills 1000 --backend postgres|redis [--seed S] [--minutes M] [--keep]
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drive } from './drive.mjs';
import { report } from './report.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    backend: { type: 'string', default: 'postgres' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    minutes: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills: a whole number from 1.');
if (!['postgres', 'redis'].includes(values.backend)) throw new Error('--backend: postgres or redis.');
const minutes = Number(values.minutes ?? Math.max(3, kills / 20));
if (!(minutes > 0)) throw new Error('--minutes: a number.');

const { backend, seed, keep } = values;
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const began = Date.now();
process.stdout.write(`chaos on ${backend}: ${kills} kills, seed ${seed}\n`);
const { figures, violations, folder } = await drive({ kills, backend, seed, minutes, dist, keep });
if (figures.kills < kills)
  violations.push({ what: 'too few kills', whom: `${figures.kills}`, why: `of ${kills}` });
if (values.json) process.stdout.write(`figures ${JSON.stringify(figures)}\n`);
process.stdout.write(report(figures, violations));
process.stdout.write(`${Math.round((Date.now() - began) / 1000)} s; again with --seed ${seed}\n`);
if (keep) process.stdout.write(`kept in ${folder}\n`);
process.exit(violations.length === 0 ? 0 : 1);
