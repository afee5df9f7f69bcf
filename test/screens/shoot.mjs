// Pictures of the main screens, in light and dark, on a phone and on a desk, into docs/screens.
//   npm run screens -- --only portal --into /tmp/shots
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openChromium, openSampleUnion } from '../support/sample-union.mjs';
import { SCREENS } from './screens.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, into: { type: 'string', default: 'docs/screens' } },
});
const WIDTHS = { 360: 740, 1280: 800 };
const QUALITY = 70;

mkdirSync(values.into, { recursive: true });
const union = await openSampleUnion();
const browser = await openChromium();
try {
  const cookies = { organizer: await union.organizer(), member: await union.member(), nobody: '' };
  const found = await facts();
  await lookAtTheMember();
  for (const { name, who, path, act } of SCREENS.filter(({ name }) => name.includes(values.only)))
    for (const scheme of ['light', 'dark'])
      for (const [width, height] of Object.entries(WIDTHS)) {
        const context = await browser.newContext({
          viewport: { width: Number(width), height },
          colorScheme: scheme,
          locale: 'en-US',
          timezoneId: 'America/Los_Angeles',
          reducedMotion: 'reduce',
        });
        const [cookie, value] = cookies[who].split('=');
        if (value !== undefined) await context.addCookies([{ name: cookie, value, url: union.address }]);
        const page = await context.newPage();
        await page.goto(`${union.address}${path(found)}`);
        await act?.(page, { ...found, key: union.signIns.partner.key });
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
        await page.waitForLoadState('networkidle');
        const session = await context.newCDPSession(page);
        const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
        const file = join(values.into, `${name}-${width}-${scheme}.webp`);
        writeFileSync(file, Buffer.from(data, 'base64'));
        process.stdout.write(`${file}\n`);
        await context.close();
      }
} finally {
  await browser.close();
  await union.close();
}

/** Somebody reads the contact data of the member whose portal is shown, so that their ledger has an entry to show. */
async function lookAtTheMember() {
  await union.ask(
    'query MemberContact($email: String!) { members(first: 1, filter: { email: { eq: $email } }) { nodes { id email } } }',
    { email: union.signIns.member.email },
    await union.organizer(),
    { 'unionhall-reason': encodeURIComponent('A letter to this member came back') },
  );
}

/** The ids that the addresses of some screens need. */
async function facts() {
  const { data } = await union.ask(
    `{ gatherings(first: 40, filter: { from: "${new Date().toISOString()}" }) { nodes { id title capacity chapter { slug } } }
       members(first: 3, orderBy: NAME) { nodes { id } } }`,
    {},
    await union.organizer(),
  );
  const tonight = data.gatherings.nodes.find(({ title }) => title === 'How to log off together');
  return { gathering: tonight.id, chapter: tonight.chapter.slug, member: data.members.nodes[2].id };
}
