// What goes wrong in a chaos run: the workers and the API end at named points and at random moments, one is stopped
// for longer than its leases last, and PostgreSQL, Redis and the queues are lost. A seed repeats the order.
import { spawnSync } from 'node:child_process';
import { between, pick } from './random.mjs';
import { asOwner } from './people.mjs';
import { API_POINTS, WORKER_POINTS } from './points.mjs';
import { LEASE_SECONDS, WORKERS } from './union.mjs';

const STOP_POINTS = [
  'outreach.claim.committed',
  'outreach.barrier.committed',
  'mail.handing-over',
  'outreach.barrier.committing',
  'mail.handed-over',
  'outreach.record.committing',
];
/** A worker that has not met its point by then ends anyway. */
const LONGEST_LIFE_MS = 2_000;
const LONGEST_START_MS = 30_000;
const STOPPED_MS = (LEASE_SECONDS + 3) * 1_000;
/** Longer than a lease and its sweep. */
const CALM_MS = (LEASE_SECONDS + 6) * 1_000;
/** So many kills bring each of the other faults once. */
const ROUND = 60;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const stopped = (pid) =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .startsWith('T');

function shuffled(random, list) {
  const left = [...list];
  return Array.from({ length: list.length }, () => left.splice(Math.floor(random() * left.length), 1)[0]);
}

/** Gives the points one after the other, in a new order each time round. */
function* forever(random, list) {
  for (;;) yield* shuffled(random, list);
}

/** @param options.at the points that workers are to end at; all of them when it is not said. */
export function openFaults({ union, backend, random, note, kills, at = WORKER_POINTS }) {
  const points = forever(random, at);
  const apiPoints = forever(random, API_POINTS);
  const stops = forever(random, STOP_POINTS);
  const living = new Map();
  let killed = 0;
  let toStop = 0;
  let storming = true;
  let over = false;

  const died = (worker, child, point, { code, signal }) => {
    living.delete(worker);
    if (signal === 'SIGKILL') {
      killed += 1;
      note('fault', { kind: 'kill', worker, point: child.killedBy ?? point });
    } else note('ended by itself', { worker, code, signal });
  };
  const kill = (child, how) => {
    child.killedBy = how;
    child.kill('SIGKILL');
  };

  /** One worker after the other in one place, until the faults are over; then one that lives. */
  const keepWorker = async (worker) => {
    while (storming) {
      const stops_ = toStop > 0;
      if (stops_) toStop -= 1;
      const armed = stops_ || random() < 0.75;
      const point = !armed ? undefined : (stops_ ? stops : points).next().value;
      const hits = stops_ ? 1 : 1 + Math.floor(random() * random() * 5);
      const setting = point === undefined ? undefined : `${point}@${hits}@${stops_ ? 'stop' : 'kill'}`;
      const child = union.startWorker(worker, setting);
      living.set(worker, child);
      const ended = child.ended.then((how) => died(worker, child, point, how));
      // Now and then one dies while it starts.
      if (random() < 0.05) setTimeout(() => kill(child, 'while starting'), between(random, 100, 900));
      // It may come to its point, and stop, before it says that it is ready.
      if (stops_) await stopAndGoOn(worker, child, point);
      if (!(await readyInTime(child))) continue;
      const life = armed ? LONGEST_LIFE_MS : between(random, 50, 1_200);
      const timer = setTimeout(() => kill(child, 'at random'), life);
      await Promise.race([ended, whenOver()]);
      clearTimeout(timer);
    }
  };

  /** Whoever is not ready by then never will be. */
  const readyInTime = async (child) => {
    const timer = setTimeout(() => kill(child, 'while starting'), LONGEST_START_MS);
    const isReady = await child.ready;
    clearTimeout(timer);
    return isReady;
  };

  const stopAndGoOn = async (worker, child, point) => {
    for (let tries = 0; tries < 100 && child.exitCode === null && child.signalCode === null; tries += 1) {
      await pause(100);
      if (!stopped(child.pid)) continue;
      note('fault', { kind: 'stop', worker, point });
      await pause(STOPPED_MS);
      note('fault', { kind: 'continue', worker, point });
      child.kill('SIGCONT');
      return pause(1_500);
    }
  };

  let end;
  const ending = new Promise((resolve) => (end = resolve));
  const whenOver = () => ending;

  const keepApi = async () => {
    while (storming) {
      const point = random() < 0.7 ? apiPoints.next().value : undefined;
      const child = union.startApi(point === undefined ? undefined : `${point}@3@kill`);
      living.set('api', child);
      const ended = child.ended.then(({ code, signal }) => {
        if (signal === 'SIGKILL') {
          killed += 1;
          note('fault', { kind: 'kill', worker: 'api', point: child.killedBy ?? point });
        } else note('ended by itself', { worker: 'api', code, signal });
      });
      if (!(await child.ready)) continue;
      const timer = setTimeout(() => kill(child, 'at random'), 15_000);
      await Promise.race([ended, whenOver()]);
      clearTimeout(timer);
    }
  };

  const flush = () =>
    backend === 'redis'
      ? union.flushRedis()
      : asOwner(union.databaseUrl, async (client) => {
          const { rows } = await client.query(
            `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names FROM pg_tables
              WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
          );
          await client.query(`SET lock_timeout = '5s'`);
          await client.query(`TRUNCATE ${rows[0].names}`);
          note('fault', { kind: 'queues flushed' });
        });

  /** The other faults, each when so many have been killed. */
  const others = async () => {
    const round = [
      () => flush(),
      async () => void (toStop += 2),
      () => union.killPostgres(),
      () => (backend === 'redis' ? union.killRedis() : flush()),
      async () => void (toStop += 2),
      () => flush(),
    ];
    for (let nth = 0; storming; nth += 1) {
      const at =
        Math.floor(nth / round.length) * ROUND + ((nth % round.length) + 1) * (ROUND / (round.length + 1));
      while (storming && killed < at) await pause(100);
      if (storming) await round[nth % round.length]();
    }
  };

  return {
    get killed() {
      return killed;
    },
    get over() {
      return over;
    },
    /** Until so many processes have been killed; when it is over, all of them live again. */
    async run(deadline) {
      const all = [keepApi(), others(), ...Array.from({ length: WORKERS }, (_, n) => keepWorker(n))];
      while (killed < kills && Date.now() < deadline) await pause(50);
      storming = false;
      end();
      note('storm over', { killed });
      await Promise.all(all);
      await this.restore();
      // Nothing dies now, and the mail server is slow for longer than a lease: so nothing may be uncertain.
      union.sinkBehaves('slow');
      await pause(CALM_MS);
      union.sinkBehaves('well');
      over = true;
    },
    /** Everybody who is armed or dead is replaced by one who lives. */
    async restore() {
      const fresh = [];
      for (let worker = 0; worker < WORKERS; worker += 1) {
        const child = living.get(worker);
        if (child !== undefined) {
          kill(child, 'at the end');
          await child.ended;
        }
        fresh.push(union.startWorker(worker).ready);
      }
      const api = living.get('api');
      if (api !== undefined) {
        kill(api, 'at the end');
        await api.ended;
      }
      fresh.push(union.startApi().ready);
      note('fault', { kind: 'last' });
      if (!(await Promise.all(fresh)).every(Boolean)) throw new Error('The union did not come up again.');
    },
    pick: (list) => pick(random, list),
  };
}
