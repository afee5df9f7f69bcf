import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchRefusal, oneLine } from '../refusal';
import { isAlive } from './data-lock';

/** What a running server says of itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid`: its first line is the process id, its eighth the state (PostgreSQL, utils/pidfile.h). */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Stops a server that an earlier, killed launcher left over `cluster`, and waits until it is gone.
 * A pid file that names some other process is removed: after a restart of the machine ids are used again.
 * @throws LaunchRefusal when it does not stop.
 */
export async function stopLeftOver(cluster: string, log: (line: string) => void): Promise<void> {
  const file = readPostmasterFile(cluster);
  if (file === undefined) return;
  if (!isServerOn(file.pid, cluster)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  log(`Stopping PostgreSQL (process ${file.pid}), left over from an earlier start`);
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 10],
  ] as const) {
    try {
      process.kill(file.pid, signal);
    } catch (error) {
      if (isAlive(file.pid))
        throw new LaunchRefusal(
          `Cannot stop the PostgreSQL left over on ${cluster} (process ${file.pid}): ${oneLine(error)}`,
        );
    }
    for (let waited = 0; waited < seconds * 1000; waited += 25) {
      if (!isServerOn(file.pid, cluster)) return;
      await pause(25);
    }
  }
  throw new LaunchRefusal(`The PostgreSQL left over on ${cluster} (process ${file.pid}) does not stop.`);
}

function isServerOn(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (!existsSync('/proc/self/cwd')) {
    const ps = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.stdout.includes('postgres');
  }
  try {
    const here = statSync(cluster);
    const there = statSync(`/proc/${pid}/cwd`);
    return (
      here.ino === there.ino &&
      here.dev === there.dev &&
      /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`))
    );
  } catch {
    return false;
  }
}
