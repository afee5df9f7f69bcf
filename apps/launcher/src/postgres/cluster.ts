import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LaunchRefusal } from '../refusal';
import { giveTo, type ServerAccount } from './account';
import { program, type PostgresBinaries } from './binaries';
import { ownDirectory, runTool } from './run-tool';
import { SERVER_SETTINGS } from './server-settings';

/** What opens the embedded server; kept in `postgres.json` (0600) beside the data. */
export interface Credentials {
  readonly port: number | null;
  readonly password: string;
  readonly superuserPassword: string;
}

/** Database and owner role of the union. The owner makes roles and databases but is no superuser. */
export const OWNER = 'unionhall';

/** The stored credentials, or new ones (not stored yet). */
export function readCredentials(dataDir: string): Credentials & { readonly stored: boolean } {
  const file = join(dataDir, 'postgres.json');
  if (existsSync(file)) {
    try {
      const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Credentials>;
      if (value.password !== undefined && value.superuserPassword !== undefined) {
        return {
          port: value.port ?? null,
          password: value.password,
          superuserPassword: value.superuserPassword,
          stored: true,
        };
      }
    } catch {
      // Written anew below: a damaged file only costs new passwords.
    }
  }
  const secret = (): string => randomBytes(24).toString('base64url');
  return { port: null, password: secret(), superuserPassword: secret(), stored: false };
}

export function writeCredentials(dataDir: string, credentials: Credentials): void {
  const { port, password, superuserPassword } = credentials;
  const draft = join(dataDir, `.postgres.json-${process.pid}`);
  writeFileSync(draft, `${JSON.stringify({ port, password, superuserPassword }, null, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(draft, join(dataDir, 'postgres.json'));
}

/**
 * Makes a new cluster with the owner role and the database. It is made beside and renamed, so an
 * interrupted first start leaves nothing that looks like a union.
 */
export async function createCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  credentials: Credentials,
  fsync: boolean,
): Promise<void> {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('.initdb-')) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  const draft = join(dataDir, `.initdb-${process.pid}`);
  const data = join(draft, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(draft, 'password'), `${credentials.superuserPassword}\n`, { mode: 0o600 });
  giveTo(account, draft);

  const args = [
    '-D',
    ownDirectory(data, account),
    '-U',
    'postgres',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
  ];
  args.push(
    '--auth=scram-sha-256',
    '--pwfile=../password',
    '--no-instructions',
    ...(fsync ? [] : ['--no-sync']),
  );
  const ctype = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  await runTool(program(binaries, 'initdb'), [...args, '--locale=C', `--lc-ctype=${ctype}`], data, account);

  const sql = [
    `CREATE ROLE ${OWNER} LOGIN CREATEDB CREATEROLE BYPASSRLS PASSWORD '${credentials.password}'`,
    `ALTER ROLE ${OWNER} SET createrole_self_grant = 'set, inherit'`,
    `CREATE DATABASE ${OWNER} OWNER ${OWNER}`,
  ];
  await runSingle(binaries, data, account, sql);
  renameSync(data, join(dataDir, 'postgres'));
  rmSync(draft, { recursive: true, force: true });
}

/** Sets the passwords anew on data whose `postgres.json` was lost. */
export async function resetPasswords(
  cluster: string,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  credentials: Credentials,
): Promise<void> {
  await runSingle(binaries, cluster, account, [
    `ALTER ROLE ${OWNER} PASSWORD '${credentials.password}'`,
    `ALTER ROLE postgres PASSWORD '${credentials.superuserPassword}'`,
  ]);
}

/**
 * Refuses data of another major version, and writes the settings file that `postgresql.conf` includes.
 * @throws LaunchRefusal
 */
export function prepareCluster(
  cluster: string,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
): void {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const brought = binaries.version.split('.')[0];
  if (written !== brought) {
    throw new LaunchRefusal(
      `The data in ${cluster} was written by PostgreSQL ${written}, and this version of Unionhall brings PostgreSQL ${brought}; see "Upgrading" in docs/operators-guide.md.`,
    );
  }
  if (account !== undefined) {
    giveTo(account, cluster);
    chmodSync(cluster, 0o700);
  }
  const settings = join(cluster, 'unionhall.conf');
  writeFileSync(settings, SERVER_SETTINGS, { mode: 0o600 });
  giveTo(account, settings);
  const main = join(cluster, 'postgresql.conf');
  const text = readFileSync(main, 'utf8');
  if (!text.startsWith("include_if_exists = 'unionhall.conf'")) {
    writeFileSync(
      main,
      `include_if_exists = 'unionhall.conf'\n${text.replace(/^(max_connections|shared_buffers|max_wal_size|min_wal_size)\b/gm, '#$1')}`,
    );
  }
}

async function runSingle(
  binaries: PostgresBinaries,
  cluster: string,
  account: ServerAccount | undefined,
  statements: readonly string[],
): Promise<void> {
  const args = ['--single', '-D', ownDirectory(cluster, account), '-c', 'log_checkpoints=off', 'postgres'];
  await runTool(program(binaries, 'postgres'), args, cluster, account, `${statements.join('\n')}\n`);
}
