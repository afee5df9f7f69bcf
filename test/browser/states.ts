import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The names of the operations that the screens send, by their hashes. */
function operations(): Map<string, string> {
  const file = join(__dirname, '../../dist/apps/web/operations.json');
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return new Map(Object.entries(texts).map(([id, text]) => [id, /^\w+ (\w+)/.exec(text)![1]!]));
}

/** From now on an operation is never answered, or fails, as if the API could not; the others go through. */
export async function interrupt(page: Page, operation: string, how: 'unanswered' | 'failed'): Promise<void> {
  const names = operations();
  await page.route('**/graphql', async (route) => {
    const { documentId } = route.request().postDataJSON() as { documentId: string };
    if (names.get(documentId) !== operation) return route.continue();
    if (how === 'unanswered') return undefined;
    const error = { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } };
    return route.fulfill({ json: { data: null, errors: [error] } });
  });
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Presses Tab until the element whose name begins so has the focus. @throws Error when it is not reached. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement;
      if (element === document.body) return '';
      return element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
    });
    if (focused?.trim().startsWith(name)) return;
    seen.push(focused?.trim() ?? '');
  }
  throw new Error(`Tab does not reach ${name}: ${[...new Set(seen)].join(' · ')}`);
}
