import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchRefusal } from '../refusal';
import type { ServerAccount } from './account';
import { readPostmasterFile } from './left-over';
import { lastComplaint, ownDirectory, SERVER_ENV } from './run-tool';

/**
 * Runs the server and stops it when the pipe on our standard input closes, which the kernel does
 * whatever way the launcher ends. A line on the pipe asks for the same; `now` for an immediate stop.
 */
const WATCHDOG = `
exec 3<&0
"$@" </dev/null >&2 3<&- &
server=$!
echo "$server"
exec >/dev/null
( read -r how <&3
  case "$how" in now) kill -QUIT "$server" ;; *) kill -INT "$server" ;; esac ) 2>/dev/null &
dog=$!
exec 3<&-
trap 'kill -INT "$server" 2>/dev/null' TERM INT HUP
while :; do
  wait "$server"; code=$?
  kill -0 "$server" 2>/dev/null || break
done
kill "$dog" 2>/dev/null
exit "$code"
`;

/** A running server and the watchdog that holds it. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server has ended, with its exit code. */
  readonly ended: Promise<number | null>;
  stop(how: 'fast' | 'now'): Promise<void>;
}

const LOG_LIMIT = 10 * 1024 * 1024;

/**
 * Starts `postgres` over `cluster` and waits until it takes connections.
 * @throws LaunchRefusal with the server's last complaint; `busy` names the reasons worth another try.
 */
export async function startServer(
  file: string,
  args: readonly string[],
  cluster: string,
  account: ServerAccount | undefined,
  logFile: string,
): Promise<ServerProcess> {
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.1`);
  const before = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    const command = [
      '-c',
      WATCHDOG,
      'unionhall-postgres',
      file,
      '-D',
      ownDirectory(cluster, account),
      ...args,
    ];
    // Of its own session: a Ctrl-C in the terminal must reach the launcher alone.
    child = spawn('/bin/sh', command, {
      cwd: cluster,
      env: SERVER_ENV,
      ...account?.ids,
      stdio: ['pipe', 'pipe', log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  const finished = { is: false };
  void ended.then(() => (finished.is = true));
  const pid = await serverPid(child, ended);
  while (!finished.is) {
    const state = readPostmasterFile(cluster);
    if (state?.pid === pid && state.ready) break;
    await pause(15);
  }
  if (finished.is) {
    const said = existsSync(logFile) ? readFileSync(logFile).subarray(before).toString('utf8') : '';
    throw new ServerRefusal(lastComplaint(said) ?? `it ended at once; see ${logFile}`);
  }
  return { pid, ended, stop: (how) => stopServer(child, pid, ended, how, cluster) };
}

/** The server did not come up. `busy`: the port or the memory of a dying predecessor was still taken. */
export class ServerRefusal extends LaunchRefusal {
  readonly busy: boolean;
  constructor(complaint: string) {
    super(`PostgreSQL did not start: ${complaint}`);
    this.busy = /could not (bind|create any TCP)|still in use|already exists/.test(complaint);
  }
}

function serverPid(child: ChildProcess, ended: Promise<unknown>): Promise<number> {
  return new Promise((resolve, reject) => {
    let line = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      line += chunk.toString();
      if (line.includes('\n')) resolve(Number(line.trim()));
    });
    void ended.then(() =>
      reject(new LaunchRefusal('PostgreSQL did not start: /bin/sh could not run its watchdog')),
    );
  });
}

async function stopServer(
  child: ChildProcess,
  pid: number,
  ended: Promise<unknown>,
  how: 'fast' | 'now',
  cluster: string,
): Promise<void> {
  child.stdin?.end(`${how}\n`);
  if (how === 'now') signal(pid, 'SIGQUIT');
  // A fast stop writes all that is in memory first, so it may take its time on a slow disk.
  const late = setTimeout(() => signal(pid, 'SIGQUIT'), 60_000);
  await ended;
  clearTimeout(late);
  // The watchdog was killed before the server: the server is ours to stop.
  for (let i = 0; i < 400 && readPostmasterFile(cluster)?.pid === pid; i += 1) {
    if (!signal(pid, how === 'now' ? 'SIGQUIT' : 'SIGINT'))
      rmSync(`${cluster}/postmaster.pid`, { force: true });
    await pause(25);
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
