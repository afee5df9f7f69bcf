import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const installed = (): string | undefined =>
  [process.env['CHROME_PATH'], ...PLACES].find((path) => path !== undefined && existsSync(path));

/** Where Chromium is, installed from Debian when it is missing and we may; undefined when it cannot be had. */
export function findChromium(): string | undefined {
  if (installed() === undefined && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env,
    });
  }
  return installed();
}

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
      browser = await chromium.launch({
        executablePath,
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
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
