import { chownSync, existsSync, lchownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchRefusal } from '../refusal';

/** The account a server runs under when we are root; PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly name: string;
  readonly ids: { readonly uid: number; readonly gid: number };
}

/**
 * Who runs the server over `cluster`: `undefined` for ourselves; as root, whoever owns the existing data,
 * else `postgres` or `nobody`.
 * @throws LaunchRefusal when the data belongs to another user.
 */
export function serverAccount(cluster: string): ServerAccount | undefined {
  const self = process.getuid?.();
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (self !== 0) {
    if (owner !== undefined && self !== undefined && owner.uid !== self) {
      throw new LaunchRefusal(
        `The data in ${cluster} belongs to ${nameOf(owner.uid)}. Start as the user who started it first, or as root, or set DATA_DIR.`,
      );
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0)
    return { name: nameOf(owner.uid), ids: { uid: owner.uid, gid: owner.gid } };
  const line = passwd().find(([name]) => name === 'postgres') ?? passwd().find(([name]) => name === 'nobody');
  return line === undefined
    ? { name: 'uid 65534', ids: { uid: 65534, gid: 65534 } }
    : { name: String(line[0]), ids: { uid: Number(line[2]), gid: Number(line[3]) } };
}

/** Gives a path, and all below it, to the server's account. Nothing happens when we run the server ourselves. */
export function giveTo(account: ServerAccount | undefined, path: string): void {
  if (account === undefined) return;
  const { uid, gid } = account.ids;
  if (!lstatSync(path).isDirectory()) return lchownSync(path, uid, gid);
  for (const name of readdirSync(path)) giveTo(account, join(path, name));
  chownSync(path, uid, gid);
}

function nameOf(uid: number): string {
  return passwd().find((line) => Number(line[2]) === uid)?.[0] ?? `uid ${uid}`;
}

function passwd(): string[][] {
  if (!existsSync('/etc/passwd')) return [];
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.map((line) => line.split(':')).filter((line) => line.length >= 4);
}
