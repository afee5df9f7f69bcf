import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { SMTPServer } from 'smtp-server';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/launcher/src/embedded-postgres';
import { compileServer, type CompiledServer } from '../support/compiled-server';
import { commandOf, descendants, parentOf, runProgram, runs, until, type Program } from '../support/programs';

jest.setTimeout(90_000);

let server: CompiledServer;
let dataDir: string;
let cleanUp: (() => Promise<unknown> | void)[] = [];

beforeAll(() => {
  server = compileServer();
});
afterAll(() => server.remove());

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'unionhall-launcher-'));
});
afterEach(async () => {
  for (const action of cleanUp.reverse()) await action();
  cleanUp = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(fsync = false): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, fsync });
  cleanUp.push(() => postgres.stop('now'));
  return postgres;
}

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A process that runs the embedded server and does nothing else. */
function holdServer(): Program {
  const script = join(server.root, 'hold-server.js');
  const module = join(server.root, 'apps/launcher/src/embedded-postgres.js');
  writeFileSync(
    script,
    `require(${JSON.stringify(module)}).startEmbeddedPostgres({ dataDir: process.argv[2], fsync: true }).then(
       (postgres) => { console.log('server ' + postgres.pid + ' at ' + postgres.url + ' end'); setInterval(() => undefined, 1000); },
       (error) => { console.error(error.message); process.exitCode = 1; });`,
  );
  const program = runProgram(script, [dataDir]);
  cleanUp.push(() => void program.child.kill('SIGKILL'));
  return program;
}

async function heldServer(program: Program): Promise<{ pid: number; url: string }> {
  const [, pid, url] = await program.says(/server (\d+) at (\S+) end/);
  return { pid: Number(pid), url: String(url) };
}

function launch(env: NodeJS.ProcessEnv = {}): Program {
  const program = runProgram(join(server.root, 'apps/launcher/src/main.js'), [], {
    DATA_DIR: dataDir,
    SAMPLE: 'no',
    PORT: '0',
    ...env,
  });
  cleanUp.push(() => void program.child.kill('SIGKILL'));
  return program;
}

/** Listens until the test ends. */
function portOf(listener: Server): Promise<number> {
  cleanUp.push(() => new Promise((done) => listener.close(done)));
  return new Promise((resolve) =>
    listener.listen(0, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port)),
  );
}

describe('the embedded server', () => {
  it('keeps its data, its port and its password over a restart', async () => {
    const first = await start(true);
    await query(first.url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('solidarity')");
    await first.stop();
    expect(runs(first.pid)).toBe(false);
    const second = await start(true);
    expect(second.url).toBe(first.url);
    expect(second.recovered).toBe(false);
    expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'solidarity' }]);
  });

  it('waits for the disk, speaks UTF-8 with ICU, and gives the owner no superuser rights', async () => {
    const { url } = await start(true);
    const [row] = await query(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding, lower('ÄÉ') AS lowered,
              'Özlem' < 'Peter' AS sorted, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser,
              (SELECT datlocprovider FROM pg_database WHERE datname = current_database()) AS provider`,
    );
    expect(row).toEqual({
      fsync: 'on',
      encoding: 'UTF8',
      lowered: 'äé',
      sorted: true,
      superuser: false,
      provider: 'i',
    });
  });

  it('asks for its password, listens on loopback alone and shows its secrets to nobody', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const elsewhere = new URL(url);
    elsewhere.hostname = '127.0.0.2';
    await expect(query(elsewhere.href, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
  });

  it('makes new passwords when the file that held them is lost', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (i int)');
    await first.stop();
    rmSync(join(dataDir, 'postgres.json'));
    const second = await start();
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
    expect(await query(second.url, 'SELECT i FROM kept')).toEqual([]);
  });

  it('takes another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const port = await portOf(createServer((socket) => socket.destroy()));
    const stored = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as object;
    writeFileSync(join(dataDir, 'postgres.json'), JSON.stringify({ ...stored, port }));
    const second = await start();
    expect(Number(new URL(second.url).port)).not.toBe(port);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data of another major version in one line', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres({ dataDir, fsync: false })).rejects.toThrow(
      /was written by PostgreSQL 12/,
    );
  });

  it('ends when its process is killed, and the next start finds what was committed', async () => {
    const holder = holdServer();
    const { pid, url } = await heldServer(holder);
    await query(url, 'CREATE TABLE kept (i int); INSERT INTO kept VALUES (1)');
    holder.child.kill('SIGKILL');
    await until('the server ends', () => !runs(pid));
    const next = await start(true);
    expect(next.recovered).toBe(true);
    expect(await query(next.url, 'SELECT i FROM kept')).toEqual([{ i: 1 }]);
  });

  it('stops a server that outlived both its process and the watchdog', async () => {
    const holder = holdServer();
    const { pid, url } = await heldServer(holder);
    await query(url, 'CREATE TABLE kept (i int); INSERT INTO kept VALUES (1)');
    const watchdog = parentOf(pid);
    const guards = [
      watchdog,
      ...descendants(watchdog).filter((below) => parentOf(below) === watchdog && below !== pid),
    ];
    for (const guard of [...guards, holder.pid]) process.kill(guard, 'SIGKILL');
    await holder.ended;
    expect(runs(pid)).toBe(true);
    const next = await start(true);
    expect(runs(pid)).toBe(false);
    expect(next.recovered).toBe(true);
    expect(await query(next.url, 'SELECT i FROM kept')).toEqual([{ i: 1 }]);
  });

  it('recovers when the server itself was killed', async () => {
    const holder = holdServer();
    const { pid, url } = await heldServer(holder);
    await query(url, 'CREATE TABLE kept (i int); INSERT INTO kept VALUES (1)');
    process.kill(pid, 'SIGKILL');
    holder.child.kill('SIGKILL');
    await holder.ended;
    const next = await start(true);
    expect(await query(next.url, 'SELECT i FROM kept')).toEqual([{ i: 1 }]);
  });

  it('refuses a second process on the same data and leaves the first alone', async () => {
    const first = await start();
    const second = holdServer();
    expect(await second.ended).toBe(1);
    expect(second.err()).toMatch(
      /^A union is already running on .+ \(process \d+\)\. Stop it first, or set DATA_DIR .+\n$/,
    );
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('the launcher', () => {
  async function refusal(env: NodeJS.ProcessEnv): Promise<string> {
    const program = launch(env);
    expect(await program.ended).toBe(1);
    expect(program.out()).not.toMatch(/open at/);
    expect(program.err().trimEnd().split('\n')).toHaveLength(1);
    return program.err().trimEnd();
  }

  it.each([
    ['an unreadable DATABASE_URL', { DATABASE_URL: 'here' }, /^unionhall: DATABASE_URL: .*not an address/],
    [
      'a DATABASE_URL of another kind',
      { DATABASE_URL: 'mysql://u:hidden@h/d' },
      /^unionhall: DATABASE_URL: .*not an address/,
    ],
    [
      'a DATABASE_URL where nothing answers',
      { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d' },
      /DATABASE_URL: nothing answers at 127\.0\.0\.1:1 /,
    ],
    [
      'a REDIS_URL where nothing answers',
      { REDIS_URL: 'redis://:hidden@127.0.0.1:1' },
      /REDIS_URL: nothing answers at 127\.0\.0\.1:1 /,
    ],
    [
      'an SMTP_URL where nothing answers',
      { SMTP_URL: 'smtp://u:hidden@127.0.0.1:1' },
      /SMTP_URL: nothing answers at 127\.0\.0\.1:1 /,
    ],
    ['a PORT that is no number', { PORT: '80a' }, /PORT: "80a" is not a port number/],
    [
      'a HOST of another machine',
      { HOST: '192.0.2.1' },
      /HOST: "192\.0\.2\.1" is not an address of this machine/,
    ],
  ])('refuses %s in one line without its password', async (_name, env, expected) => {
    const line = await refusal(env);
    expect(line).toMatch(expected);
    expect(line).not.toContain('hidden');
  });

  it('refuses a PORT in use in one line', async () => {
    const port = await portOf(createServer((socket) => socket.destroy()));
    expect(await refusal({ PORT: String(port) })).toBe(
      `unionhall: PORT: ${port} is already in use on 127.0.0.1. Stop what runs there, or set PORT to another one.`,
    );
  });

  it('refuses a wrong password and a missing database in one line', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'hidden';
    expect(await refusal({ DATABASE_URL: wrong.href })).toMatch(
      /DATABASE_URL: PostgreSQL at .+ refuses the user "unionhall" or its password\.$/,
    );
    const missing = new URL(url);
    missing.pathname = '/elsewhere';
    expect(await refusal({ DATABASE_URL: missing.href })).toMatch(
      /DATABASE_URL: PostgreSQL at .+ has no database "elsewhere"\.$/,
    );
  });

  it('refuses wrong passwords for Redis and for the mail server in one line', async () => {
    const redis = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () =>
        socket.write('-WRONGPASS invalid username-password pair or user is disabled.\r\n'),
      );
    });
    expect(await refusal({ REDIS_URL: `redis://:hidden@127.0.0.1:${await portOf(redis)}` })).toMatch(
      /REDIS_URL: Redis at 127\.0\.0\.1:\d+ refuses the user or its password\.$/,
    );
    const mail = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(new Error('no')),
    });
    expect(await refusal({ SMTP_URL: `smtp://union:hidden@127.0.0.1:${await portOf(mail.server)}` })).toMatch(
      /SMTP_URL: The mail server at 127\.0\.0\.1:\d+ refuses the user or its password\.$/,
    );
  });

  it('refuses what an app cannot be configured with in one line', async () => {
    expect(await refusal({ UNIONHALL_SECRET: 'short' })).toBe(
      'unionhall: UNIONHALL_SECRET must have at least 32 characters',
    );
  });

  it('opens a union, closes it on a signal and leaves nothing running', async () => {
    const program = launch();
    const [, address] = await program.says(/Unionhall is open at (\S+)/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const processes = descendants(program.pid);
    expect(processes.length).toBeGreaterThanOrEqual(4);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(processes.filter(runs)).toEqual([]);
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  });

  it('leaves nothing running when it is killed, and opens again', async () => {
    const first = launch();
    await first.says(/Unionhall is open at/);
    const processes = descendants(first.pid);
    first.child.kill('SIGKILL');
    await until('all of its processes end', () => processes.filter(runs).length === 0);
    const second = launch();
    const [, address] = await second.says(/Unionhall is open at (\S+)/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('starts an app again that died', async () => {
    const program = launch();
    const [, address] = await program.says(/Unionhall is open at (\S+)/);
    const worker = descendants(program.pid).find((pid) => commandOf(pid).includes('apps/worker/src/main.js'));
    process.kill(worker as number, 'SIGKILL');
    await program.says(/The worker runs again/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });
});
