import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LocalRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis of our own on a free loopback port, or the reason why there is none. */
export async function startRedis(): Promise<LocalRedis | { missing: string }> {
  if (!installed() && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
  }
  if (!installed()) return { missing: 'redis-server is not installed and could not be installed' };
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'unionhall-redis-'));
  // Behind a shell that holds our pipe: when this process is gone, its standard input ends and Redis with it.
  const child = spawn(
    'sh',
    [
      '-c',
      `redis-server --port ${port} --bind 127.0.0.1 --dir "${dir}" --save "" --appendonly no >/dev/null 2>&1 & P=$!; cat >/dev/null; kill $P; wait $P`,
    ],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  await answers(port, child);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const installed = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const { connect } = await import('node:net');
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error('Redis ended while starting.');
    const ok = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('Redis did not answer.');
}
