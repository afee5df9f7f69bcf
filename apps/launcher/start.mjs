// `npm start`: installs and builds what is missing or out of date, then opens the union in this process.
// Plain JavaScript without dependencies, because nothing is installed or built before it has run.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const startedAt = Date.now();
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = [20, 19];

/** What is built from what. A part is built again when the contents of its sources have changed. */
const BUILDS = [
  {
    name: 'the server',
    sources: [
      'apps',
      'libs',
      'migrations',
      'nest-cli.json',
      'tsconfig.base.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    except: (path) => path === 'apps/web' || path.endsWith('.spec.ts'),
    stamp: 'dist/.server-stamp',
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'unionhall'],
    before: removeOrphans,
  },
  {
    name: 'the screens',
    sources: ['apps/web', 'package-lock.json'],
    except: (path) => path.endsWith('graphql-env.d.ts'),
    stamp: 'dist/.web-stamp',
    command: [
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'apps/web/vite.config.ts',
      '--logLevel',
      'error',
    ],
  },
];

class Refusal extends Error {}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Refusal(
      `Unionhall needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    );
  }
}

async function install() {
  const lockText = readFileSync('package-lock.json');
  const want = hash(lockText);
  const stamp = 'node_modules/.unionhall-stamp';
  if (read(stamp) === want) return;
  if (!installedMatches(JSON.parse(lockText))) {
    const npm = process.env.npm_execpath;
    const [file, ...args] = npm?.endsWith('.js') ? [process.execPath, npm, 'ci'] : ['npm', 'ci'];
    // The build needs the development packages, whatever NODE_ENV says.
    await step('Installing packages', file, [
      ...args,
      '--include=dev',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
  }
  writeFileSync(stamp, want);
}

/** Whether what npm last installed here (its own record) is what the lock file asks for. */
function installedMatches(lock) {
  const record = read('node_modules/.package-lock.json');
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const found = installed[path];
    return found === undefined ? Boolean(wanted.optional || wanted.peer) : found.version === wanted.version;
  });
}

async function build({ name, sources, except, stamp, command, before }) {
  const files = sources.flatMap((path) => listFiles(path, except)).sort();
  const digest = createHash('sha256');
  for (const file of files) digest.update(`\n${file}\n`).update(readFileSync(file));
  const want = digest.digest('hex');
  if (read(stamp) === want) return;
  before?.(files);
  rmSync(stamp, { force: true });
  await step(`Building ${name}`, process.execPath, command);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, want);
}

/** The compiler leaves the output of a source that is gone; code that nobody can read must not run. */
function removeOrphans(files) {
  const sources = new Set(files);
  for (const file of listFiles('dist', () => false)) {
    const source = file.slice('dist/'.length).replace(/\.(js|js\.map|d\.ts)$/, '.ts');
    if (source.endsWith('.ts') && !sources.has(source) && !source.startsWith('apps/web/')) rmSync(file);
  }
  // Nothing to compile against may be left either, or the compiler would skip what it thinks is there.
  if (!existsSync('dist/apps/launcher/src/main.js')) rmSync('dist/.tsbuildinfo', { force: true });
}

async function step(what, file, args) {
  const begun = Date.now();
  console.log(`${what} …`);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => child.kill(signal));
    child.on('error', (error) => reject(new Refusal(`${what} failed: ${error.message}`)));
    child.on('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  if (code !== 0) throw new Refusal(`${what} failed (${code}); the lines above say why.`);
  console.log(`${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function listFiles(path, except) {
  if (!existsSync(path) || except(path)) return [];
  const found = [];
  const visit = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const child = `${directory}/${entry.name}`;
      if (entry.name === 'node_modules' || except(child)) continue;
      if (entry.isDirectory()) visit(child);
      else found.push(child);
    }
  };
  try {
    visit(path);
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    found.push(path);
  }
  return found;
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function hash(content) {
  return createHash('sha256').update(content).digest('hex');
}

try {
  checkNode();
  process.chdir(root);
  await install();
  for (const part of BUILDS) await build(part);
  // Compiled code is kept between starts where Node can (22 and newer), in the apps as well.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  await createRequire(import.meta.url)(join(root, 'dist/apps/launcher/src/main.js')).main(startedAt);
} catch (error) {
  console.error(
    `unionhall: ${error instanceof Refusal ? error.message : String(error.message).split('\n')[0]}`,
  );
  process.exit(1);
}
