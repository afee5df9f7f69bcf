import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LaunchRefusal } from '../refusal';

interface Holder {
  readonly pid: number;
  readonly port: number;
  readonly nonce: string;
}

export interface DataLock {
  /** A holder before us went away without letting go. */
  readonly tookOver: boolean;
  release(): void;
}

const LOCK_FILE = 'launcher.json';

/**
 * @returns whoever held the data before and is gone.
 * @throws LaunchRefusal when the data is being run now.
 */
export async function refuseIfRunning(dataDir: string): Promise<Holder | undefined> {
  const holder = readHolder(join(dataDir, LOCK_FILE));
  if (holder !== undefined && (await answers(holder))) throw inUse(dataDir, holder.pid);
  return holder;
}

/**
 * Makes this process the only one that runs the data in `dataDir`. The holder answers on a loopback port with
 * what the lock file says, so a dead holder, a reused process id or a copied directory never counts as alive.
 * @throws LaunchRefusal when another process holds it.
 */
export async function lockData(dataDir: string): Promise<DataLock> {
  const file = join(dataDir, LOCK_FILE);
  const before = await refuseIfRunning(dataDir);
  const nonce = randomBytes(16).toString('hex');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(nonce);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const own: Holder = { pid: process.pid, port: (server.address() as AddressInfo).port, nonce };
  rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
  } catch {
    server.close();
    throw inUse(dataDir, readHolder(file)?.pid);
  }
  if (readHolder(file)?.nonce !== nonce) {
    server.close();
    throw inUse(dataDir, readHolder(file)?.pid);
  }
  return {
    tookOver: before !== undefined,
    release: () => {
      server.close();
      if (readHolder(file)?.nonce === nonce) rmSync(file, { force: true });
    },
  };
}

function inUse(dataDir: string, pid: number | undefined): LaunchRefusal {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new LaunchRefusal(
    `A union is already running on ${dataDir} (${who}). Stop it first, or set DATA_DIR to another directory.`,
  );
}

function readHolder(file: string): Holder | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return value.port !== undefined && value.nonce !== undefined && value.pid !== undefined
      ? (value as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the holder lives. One that accepts but is too busy to answer in time lives too. */
function answers(holder: Holder): Promise<boolean> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ host: '127.0.0.1', port: holder.port });
    socket.setTimeout(5000, () => {
      socket.destroy();
      resolve(isAlive(holder.pid));
    });
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(heard === holder.nonce));
  });
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
