import { resolve } from 'node:path';
import { LaunchRefusal } from './refusal';

/** Where each part of the union runs. `undefined` stands for the built-in part. */
export interface LaunchSettings {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: URL | undefined;
  readonly redisUrl: URL | undefined;
  readonly smtpUrl: URL | undefined;
  /** Whether an empty local union is filled with an invented one, to look around in. */
  readonly sample: boolean;
}

/**
 * Reads the launcher's variables.
 * @throws LaunchRefusal naming the first variable that cannot be understood.
 */
export function readLaunchSettings(env: NodeJS.ProcessEnv, root: string): LaunchSettings {
  return {
    dataDir: resolve(root, env['DATA_DIR'] || '.data'),
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env['PORT']),
    databaseUrl: readUrl(
      env,
      'DATABASE_URL',
      ['postgres:', 'postgresql:'],
      'postgres://user:password@host:5432/database',
    ),
    redisUrl: readUrl(env, 'REDIS_URL', ['redis:', 'rediss:'], 'redis://:password@host:6379'),
    smtpUrl: readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@host:587'),
    sample: readYesNo(env, 'SAMPLE'),
  };
}

function readYesNo(env: NodeJS.ProcessEnv, name: string): boolean {
  const text = env[name];
  if (text === undefined || text === '' || text === 'yes') return true;
  if (text === 'no') return false;
  throw new LaunchRefusal(`${name}: "${text}" is neither yes nor no.`);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new LaunchRefusal(`PORT: "${text}" is not a port number (0 to 65535).`);
  return port;
}

function readUrl(
  env: NodeJS.ProcessEnv,
  name: string,
  protocols: readonly string[],
  example: string,
): URL | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  // The value may hold a password, so the complaint shows an example instead of it.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol)) {
    throw new LaunchRefusal(`${name}: this is not an address of the form ${example}.`);
  }
  if (url.hostname === '' && !url.searchParams.has('host'))
    throw new LaunchRefusal(`${name}: the host is missing (${example}).`);
  return url;
}
