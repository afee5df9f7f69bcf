// How soon a page is ready: its heading stands and nothing on it waits, as the browser's own clock has it.
const SLOWED = 4;

/** Runs in the page before anything else: notes when it was last found ready, painted. */
function watch() {
  let ready = false;
  const look = () => {
    const now =
      document.querySelector('h1') !== null && document.querySelector('[aria-busy="true"]') === null;
    if (now && !ready)
      requestAnimationFrame(() => setTimeout(() => (globalThis.unionhallReady = performance.now())));
    if (!now) delete globalThis.unionhallReady;
    ready = now;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  document.addEventListener('DOMContentLoaded', look);
}

async function slowPage(context) {
  const page = await context.newPage();
  await page.addInitScript(watch);
  const session = await context.newCDPSession(page);
  const at = (rate) => session.send('Emulation.setCPUThrottlingRate', { rate });
  await at(SLOWED);
  // Chromium slows a page by keeping a core busy, so a page that nobody measures runs at full speed.
  return { page, slow: () => at(SLOWED), rest: () => at(1) };
}

async function whenReady(page) {
  await page.waitForLoadState('networkidle');
  const ready = await page.waitForFunction(() => globalThis.unionhallReady);
  return ready.jsonValue();
}

const context = async (browser, address, cookie, options = {}) => {
  const made = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-US',
    ...options,
  });
  const [name, value] = cookie.split('=');
  if (value !== undefined) await made.addCookies([{ name, value, url: address }]);
  return made;
};

/** Opens a page with an empty cache. @returns milliseconds until ready, and the bytes of script that came. */
export async function timeToReady(browser, url, cookie) {
  const visit = await context(browser, new URL(url).origin, cookie);
  try {
    const { page } = await slowPage(visit);
    const scripts = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.sizes());
    });
    await page.goto(url);
    const ms = await whenReady(page);
    const sizes = await Promise.all(scripts);
    return { ms, scriptBytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) };
  } finally {
    await visit.close();
  }
}

/** A phone at the door that has the list of a gathering, without a connection. */
export async function openDoor(browser, address, cookie) {
  const visit = await context(browser, address, cookie);
  const { page, slow, rest } = await slowPage(visit);
  await page.goto(`${address}/door`);
  await page.locator('main a.row').first().click();
  await page.locator('button.row').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await visit.setOffline(true);
  await rest();
  return {
    /** @returns milliseconds from opening to ready, and from a tap to the row that confirms it. */
    async measure() {
      await slow();
      await page.reload();
      await page.locator('button.row').first().waitFor();
      const measured = { ready: await whenReady(page), tap: await checkIn(page) };
      await rest();
      return measured;
    },
    close: () => visit.close(),
  };
}

/** Taps the first person who is not here. @returns milliseconds until the row that says so is painted. */
const checkIn = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const before = document.querySelectorAll('.row.here').length;
        let begun = 0;
        const watching = new MutationObserver(() => {
          if (document.querySelectorAll('.row.here').length === before) return;
          watching.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
        });
        watching.observe(document.body, { subtree: true, childList: true });
        begun = performance.now();
        document.querySelector('button.row').click();
      }),
  );
