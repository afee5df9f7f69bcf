import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { errorCode, LaunchRefusal, oneLine } from '../refusal';
import type { LaunchSettings } from '../launch-settings';

const TIMEOUT_MS = 5000;
const OLDEST_POSTGRES = 150000;

/**
 * Tries every real service the settings name, and the port to listen on.
 * @throws LaunchRefusal: one line that names the variable, the place and what to do.
 */
export async function checkServices(settings: LaunchSettings): Promise<void> {
  const { databaseUrl, redisUrl, smtpUrl } = settings;
  await checkPort(settings);
  await Promise.all([
    databaseUrl && checkDatabase(databaseUrl),
    redisUrl && checkRedis(redisUrl),
    smtpUrl && checkSmtp(smtpUrl),
  ]);
}

export async function checkDatabase(url: URL): Promise<void> {
  const place = placeOf(url, 5432);
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    );
    const version = Number(rows[0]?.version);
    if (version < OLDEST_POSTGRES) {
      throw new LaunchRefusal(
        `DATABASE_URL: PostgreSQL at ${place} is version ${Math.floor(version / 10000)}; Unionhall needs 15 or newer.`,
      );
    }
  } catch (error) {
    throw error instanceof LaunchRefusal
      ? error
      : new LaunchRefusal(`DATABASE_URL: ${databaseComplaint(error, url, place)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL's error codes: appendix A of its manual. */
function databaseComplaint(error: unknown, url: URL, place: string): string {
  switch (errorCode(error)) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${place} refuses the user "${decodeURIComponent(url.username)}" or its password.`;
    case '3D000':
      return `PostgreSQL at ${place} has no database "${decodeURIComponent(url.pathname.slice(1))}".`;
    default:
      return networkComplaint(error, 'PostgreSQL', place);
  }
}

async function checkRedis(url: URL): Promise<void> {
  const place = placeOf(url, 6379);
  const redis = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
  });
  // A refused password is said on the event alone; what connect() then throws is "Connection is closed".
  let heard: unknown;
  redis.on('error', (error) => (heard = error));
  try {
    await redis.connect();
    await within(redis.ping());
  } catch (error) {
    const said = oneLine(/closed/i.test(oneLine(error)) && heard !== undefined ? heard : error);
    const password = /WRONGPASS|NOAUTH|invalid password|ERR AUTH/i.test(said);
    throw new LaunchRefusal(
      `REDIS_URL: ${password ? `Redis at ${place} refuses the user or its password.` : networkComplaint(heard ?? error, 'Redis', place)}`,
    );
  } finally {
    redis.disconnect();
  }
}

async function checkSmtp(url: URL): Promise<void> {
  const place = placeOf(url, url.protocol === 'smtps:' ? 465 : 587);
  const limits = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ ...limits, url: url.href });
  try {
    await transport.verify();
  } catch (error) {
    const password = errorCode(error) === 'EAUTH';
    throw new LaunchRefusal(
      `SMTP_URL: ${password ? `The mail server at ${place} refuses the user or its password.` : networkComplaint(error, 'The mail server', place)}`,
    );
  } finally {
    transport.close();
  }
}

/** A launcher that was just killed may hold its port for a moment longer; a living one holds it for good. */
export async function checkPort(
  { host, port }: Pick<LaunchSettings, 'host' | 'port'>,
  patienceMs = 1500,
): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const error = await listenOnce(host, port);
    if (error === undefined) return;
    if (error.code !== 'EADDRINUSE' || waited >= patienceMs) {
      throw new LaunchRefusal(
        portComplaint(error.code, host, port) ??
          `HOST, PORT: cannot listen on ${host}:${port}: ${oneLine(error)}.`,
      );
    }
    await pause(100);
  }
}

function portComplaint(code: string | undefined, host: string, port: number): string | undefined {
  if (code === 'EADDRINUSE')
    return `PORT: ${port} is already in use on ${host}. Stop what runs there, or set PORT to another one.`;
  if (code === 'EACCES')
    return `PORT: ${port} needs more rights than this user has. Set PORT to 1024 or above.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST: "${host}" is not an address of this machine.`;
  return undefined;
}

function listenOnce(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function networkComplaint(error: unknown, what: string, place: string): string {
  const code = errorCode(error);
  const said = oneLine(error);
  if (code === 'ECONNREFUSED' || said.includes('ECONNREFUSED'))
    return `nothing answers at ${place} (connection refused). Is it running there?`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EDNS')
    return `the host of ${place} is not known.`;
  if (code === 'ETIMEDOUT' || code === 'ECONNTIMEDOUT' || /timeout|timed out/i.test(said))
    return `${what} at ${place} did not answer within ${TIMEOUT_MS / 1000} s.`;
  return `${what} at ${place}: ${said}`;
}

function placeOf(url: URL, port: number): string {
  return `${url.hostname || url.searchParams.get('host')}:${url.port || port}`;
}

function within<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    pause(TIMEOUT_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('timeout'))),
  ]);
}
