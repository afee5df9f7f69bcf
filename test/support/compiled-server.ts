import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..');
const SOURCES = ['apps', 'libs', 'migrations'];

/** The server as plain JavaScript, for tests that kill the process that runs it. */
export interface CompiledServer {
  /** The folder that holds `apps/launcher/src/main.js` and its siblings. */
  readonly root: string;
  remove(): void;
}

/**
 * Compiles the server, without checking types, below `node_modules/.cache`, so that packages are found as usual.
 * The aliases `@unionhall/*` stand there as small packages.
 */
export function compileServer(): CompiledServer {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, 'server-'));
  for (const source of SOURCES) for (const file of sourceFiles(join(ROOT, source))) compile(file, root);
  alias(root, 'migrations', 'migrations/index.js');
  for (const lib of readdirSync(join(ROOT, 'libs'))) alias(root, lib, `libs/${lib}/src/index.js`);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function compile(file: string, root: string): void {
  const { code } = transformFileSync(file, {
    cwd: ROOT,
    swcrc: false,
    module: { type: 'commonjs', ignoreDynamic: true },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  const target = join(root, relative(ROOT, file).replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

function alias(root: string, name: string, target: string): void {
  const folder = join(root, 'node_modules', '@unionhall', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'index.js'),
    `module.exports = require(${JSON.stringify(join(root, target))});\n`,
  );
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        !name.startsWith('web/') &&
        name.endsWith('.ts') &&
        !name.endsWith('.spec.ts') &&
        !name.endsWith('.d.ts'),
    )
    .map((name) => join(folder, name));
}
