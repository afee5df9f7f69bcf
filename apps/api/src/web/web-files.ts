import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built screens, whether this runs as compiled or from its source; undefined when they were not built. */
function builtScreens(): string | undefined {
  const from = [join(__dirname, '..', '..', '..', 'web'), join(__dirname, '../../../../dist/apps/web')];
  return from.find((folder) => existsSync(join(folder, 'operations.json')));
}

/** The operations that the screens send, by name; none when the screens were not built. */
export function readOperations(): ReadonlyMap<string, string> {
  const folder = builtScreens();
  if (folder === undefined) return new Map();
  const texts = JSON.parse(readFileSync(join(folder, 'operations.json'), 'utf8')) as Record<string, string>;
  return new Map(Object.entries(texts));
}

/** No script but ours, no other host at all. Mantine sets styles on elements, which needs `unsafe-inline` there. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ENTRIES = { console: '/console', portal: '/portal', door: '/door', desk: '/desk' };
/** GraphiQL, where one builds against the API. */
const DEVELOPMENT_ENTRIES = { explorer: '/graphiql' };

/** Serves the screens: each entry under its name, and their hashed parts, which a browser keeps for a year. */
export async function serveScreens(fastify: FastifyInstance, development: boolean): Promise<void> {
  const folder = builtScreens();
  if (folder === undefined) return;
  await fastify.register(fastifyStatic as never, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  const entries = { ...ENTRIES, ...(development ? DEVELOPMENT_ENTRIES : {}) };
  for (const [entry, at] of Object.entries(entries)) {
    const page = readFileSync(join(folder, `${entry}.html`));
    for (const path of [at, `${at}/*`])
      fastify.get(path, (_request, reply) =>
        reply
          .type('text/html; charset=utf-8')
          .header('cache-control', 'no-cache')
          .header('content-security-policy', POLICY)
          .header('referrer-policy', 'same-origin')
          .header('x-content-type-options', 'nosniff')
          .send(page),
      );
  }
  const mark = readdirSync(join(folder, 'assets')).find((name) => /^mark-.*\.svg$/.test(name))!;
  serveDoor(fastify, folder, `/assets/${mark}`);
  fastify.get('/favicon.ico', (_request, reply) => reply.redirect(`/assets/${mark}`));
}

/** What makes the door a program of the phone: its service worker, and what a phone shows of it. */
function serveDoor(fastify: FastifyInstance, folder: string, mark: string): void {
  const worker = readFileSync(join(folder, 'door-worker.js'));
  fastify.get('/door/worker.js', (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('service-worker-allowed', '/door')
      .send(worker),
  );
  fastify.get('/door/manifest.webmanifest', (_request, reply) =>
    reply
      .type('application/manifest+json')
      .header('cache-control', 'no-cache')
      .send({
        name: 'Unionhall',
        short_name: 'Unionhall',
        start_url: '/door',
        scope: '/door',
        display: 'standalone',
        background_color: '#fffbf5',
        theme_color: '#8c3822',
        icons: [{ src: mark, sizes: 'any', type: 'image/svg+xml', purpose: 'any maskable' }],
      }),
  );
}
