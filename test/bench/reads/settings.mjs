import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '..', '..', '..');
export const dist = join(root, 'dist');
/** The product's driver, not the one that a peer brings. */
export const pg = createRequire(join(root, 'package.json'))('pg');
/** Of the organizers of the invented union. */
export const PASSWORD = 'a password of the bench alone';
export const CLIENTS = 32;
export const SECRET = 'a secret of the bench alone, 32 long';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '30000,300000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    queries: { type: 'string', default: 'Q1,Q2,Q3' },
    actors: { type: 'string', default: 'region,union' },
    pool: { type: 'string', default: String(Math.max(4, 2 * availableParallelism())) },
    data: { type: 'string' },
  },
});

const list = (text) => text.split(',').filter((one) => one !== '');
const positive = (name) => {
  const number = Number(values[name]);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number.`);
  return number;
};

export const settings = {
  sizes: list(values.members).map((one) => {
    if (!/^\d+$/.test(one) || Number(one) < 4000) throw new Error('--members: whole numbers from 4000.');
    return Number(one);
  }),
  rounds: positive('rounds'),
  seconds: positive('seconds'),
  /** Connections of each endpoint, the same for all. */
  pool: positive('pool'),
  queries: list(values.queries),
  actors: list(values.actors),
  /** A folder whose database is kept between runs, to look at plans; without it everything is thrown away. */
  data: values.data,
};
