import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serverAccount } from './postgres/account';
import { findBinaries, program } from './postgres/binaries';
import {
  createCluster,
  OWNER,
  prepareCluster,
  readCredentials,
  resetPasswords,
  writeCredentials,
} from './postgres/cluster';
import { lockData } from './postgres/data-lock';
import { stopLeftOver } from './postgres/left-over';
import { ServerRefusal, startServer, type ServerProcess } from './postgres/server-process';
import { oneLine, LaunchRefusal } from './refusal';

export interface EmbeddedPostgresOptions {
  /** Where data, passwords and log live; made when missing. */
  readonly dataDir: string;
  /** Whether a commit waits for the disk. Only tests say no. */
  readonly fsync: boolean;
  /** A loopback port; without one a free port is taken and remembered. */
  readonly port?: number;
  /** Further server settings, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Hears one line for each slow step. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Connection string of the union's database as its owner, who may make roles and databases. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** An earlier launcher on this data ended without stopping. */
  readonly recovered: boolean;
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<number | null>;
  /** Stops the server and lets go of the data. `now` does not wait for clients or a checkpoint. */
  stop(how?: 'fast' | 'now'): Promise<void>;
}

/**
 * Starts PostgreSQL over `dataDir`, making the cluster the first time. The server listens on loopback alone,
 * asks for a generated password, runs under an unprivileged account when we are root, and ends when this
 * process does, however it ends.
 * @throws LaunchRefusal, with one line for the operator; nothing is left running.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  try {
    // Node's recursive mkdir never returns where the parent exists and takes no children (/proc).
    if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: !existsSync(dirname(dataDir)), mode: 0o700 });
  } catch (error) {
    throw new LaunchRefusal(`The data directory ${dataDir} cannot be made: ${oneLine(error)}`);
  }
  const cluster = join(dataDir, 'postgres');
  const account = serverAccount(cluster);
  const lock = await lockData(dataDir);
  try {
    const binaries = findBinaries(account);
    await stopLeftOver(cluster, log);
    const credentials = readCredentials(dataDir);
    if (!existsSync(cluster)) {
      log('Creating the database');
      writeCredentials(dataDir, credentials);
      await createCluster(dataDir, binaries, account, credentials, options.fsync);
    } else if (!credentials.stored) {
      log('Making new database passwords: postgres.json was missing');
      await resetPasswords(cluster, binaries, account, credentials);
      writeCredentials(dataDir, credentials);
    }
    prepareCluster(cluster, binaries, account);

    const logFile = join(dataDir, 'logs', 'postgres.log');
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
    const settings = { ...durability(options.fsync), ...options.settings };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { server, port } = await startOnFreePort(options.port ?? null, credentials.port, (chosen) =>
      startServer(program(binaries, 'postgres'), ['-p', String(chosen), ...flags], cluster, account, logFile),
    );
    if (port !== credentials.port) writeCredentials(dataDir, { ...credentials, port });
    return {
      url: `postgres://${OWNER}:${credentials.password}@127.0.0.1:${port}/${OWNER}`,
      pid: server.pid,
      recovered: lock.tookOver,
      ended: server.ended,
      stop: async (how = 'fast') => {
        await server.stop(how);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function durability(fsync: boolean): Record<string, string> {
  const always = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  if (fsync) return { ...always, fsync: 'on' };
  return {
    ...always,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  };
}

async function startOnFreePort(
  asked: number | null,
  remembered: number | null,
  start: (port: number) => Promise<ServerProcess>,
): Promise<{ server: ServerProcess; port: number }> {
  let port = asked ?? (await freePort(remembered));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { server: await start(port), port };
    } catch (error) {
      if (!(error instanceof ServerRefusal) || !error.busy || attempt === 8) throw error;
      await pause(150 * attempt);
      if (asked === null) port = await freePort(port);
    }
  }
}

/** `wished` when it is free, else one the system picks. */
async function freePort(wished: number | null): Promise<number> {
  const tryPort = (port: number): Promise<number | undefined> =>
    new Promise((done) => {
      const probe = createServer();
      probe.once('error', () => done(undefined));
      probe.listen(port, '127.0.0.1', () => {
        const found = (probe.address() as AddressInfo).port;
        probe.close(() => done(found));
      });
    });
  const port = (wished === null ? undefined : await tryPort(wished)) ?? (await tryPort(0));
  if (port === undefined) throw new LaunchRefusal('No free port on 127.0.0.1 for PostgreSQL.');
  return port;
}
