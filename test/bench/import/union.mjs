// The union as it runs: an API and a worker, each a process, and an organizer who imports over HTTP.
import { fork } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EMAIL, PASSWORD } from './database.mjs';

const dist = fileURLToPath(new URL('../../../dist/apps/', import.meta.url));

/** Starts API and worker over a database. */
export async function startUnion(databaseUrl) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    UNIONHALL_SECRET: 'a secret of the bench alone, 32 long',
    PORT: '0',
    LOG_LEVEL: 'warn',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
  const start = (app) =>
    fork(`${dist}${app}/src/main.js`, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const api = start('api');
  const worker = start('worker');
  const [{ address }] = await Promise.all([ready(api), ready(worker)]);
  return {
    address,
    memory: () => ({ api: peakOf(api.pid), worker: peakOf(worker.pid) }),
    stop: () => Promise.all([api, worker].map(end)),
  };
}

/** Uploads and commits a file as an organizer. @returns milliseconds of both. */
export async function importFile({ address }, file) {
  const { signInWithPassword } = await ask(
    address,
    'mutation ($e: String!, $p: String!) { signInWithPassword(email: $e, password: $p) { token } }',
    { e: EMAIL, p: PASSWORD },
  );
  const { token } = signInWithPassword;
  const { chapters } = await ask(address, '{ chapters(first: 1) { nodes { id } } }', {}, token);
  const begun = performance.now();
  const answer = await fetch(`${address}/imports?chapterId=${chapters.nodes[0].id}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
    body: createReadStream(file),
    duplex: 'half',
  });
  if (answer.status !== 201) throw new Error(`the upload was refused: ${await answer.text()}`);
  const { id } = await answer.json();
  const previewed = performance.now();
  await ask(address, 'mutation ($id: ID!) { commitImport(input: { id: $id }) { state } }', { id }, token);
  for (;;) {
    const { importRun } = await ask(
      address,
      'query ($id: ID!) { importRun(id: $id) { state problem rejectedCount } }',
      { id },
      token,
    );
    if (importRun.state === 'COMMITTED' && importRun.rejectedCount === 0) break;
    if (importRun.state !== 'COMMITTING') throw new Error(`the import ended ${JSON.stringify(importRun)}`);
    await pause(20);
  }
  return { preview: previewed - begun, commit: performance.now() - previewed };
}

async function ask(address, query, variables, token) {
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const ready = (child) =>
  new Promise((ok, no) => {
    child.on('message', (message) =>
      message.type === 'ready' ? ok(message) : no(new Error(message.message)),
    );
    child.once('exit', (code) => no(new Error(`a process ended with ${code}`)));
  });

/** The most memory that a process held so far, in bytes, as Linux counts it. */
const peakOf = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
