import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { overflow } from './states';

const CONSOLE = [
  '',
  '/members',
  '/gatherings',
  '/gatherings/new',
  '/sequences',
  '/campaigns',
  '/campaigns/log-off',
  '/chapters',
  '/roles',
  '/imports',
  '/partners',
  '/templates',
  '/templates/new',
];
const PORTAL = ['', '/consents', '/seen', '/commitments', '/profile', '/data'];

/** Every main screen, dark, and with its text from right to left. */
inChromium('every screen', (browser) => {
  let hall: ScreenHall;
  let gatheringId: string;
  let templateId: string;

  const settled = async (page: Page, path: string): Promise<void> => {
    await page.goto(path);
    await page
      .locator('h1')
      .first()
      .waitFor({ timeout: 10_000 })
      .catch(() => Promise.reject(new Error(`${path} has no heading`)));
    await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  };
  const paths = (): { who: 'organizer' | 'member' | 'stranger'; path: string }[] => [
    ...CONSOLE.map((path) => ({ who: 'organizer', path: `/console${path}` }) as const),
    { who: 'organizer', path: `/console/gatherings/Gathering_${gatheringId}` },
    { who: 'organizer', path: `/console/templates/Template_${templateId}` },
    { who: 'organizer', path: '/door' },
    { who: 'organizer', path: `/door#Gathering_${gatheringId}` },
    ...PORTAL.map((path) => ({ who: 'member', path: `/portal${path}` }) as const),
    { who: 'stranger', path: '/desk' },
    { who: 'stranger', path: '/portal' },
    { who: 'stranger', path: '/console' },
  ];

  beforeAll(async () => {
    hall = await openScreenHall(browser());
    const [gathering] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place)
       VALUES ($1, 'training', 'How to log off together', now() + interval '1 hour', now() + interval '3 hours', 'America/Los_Angeles', 'Union hall') RETURNING id`,
      [hall.chapterId],
    );
    gatheringId = gathering!.id;
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, id, chapter_id, 'going' FROM member`,
      [gatheringId],
    );
    await hall.look(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'log-off', 'Log off', 'Meta', now() - interval '1 day', 'America/Los_Angeles')`,
      [hall.chapterId],
    );
    const [template] = await hall.look<{ id: string }>(
      `INSERT INTO template (chapter_id, name, channel) VALUES ($1, 'Welcome', 'email') RETURNING id`,
      [hall.chapterId],
    );
    templateId = template!.id;
    await hall.look(
      `INSERT INTO template_text (template_id, chapter_id, language, revision, subject, body, state) VALUES ($1, $2, 'en', 1, 'Welcome', 'Hello {{name}}.', 'waiting')`,
      [templateId, hall.chapterId],
    );
  });
  afterAll(() => hall.close());

  it.each([
    ['dark', 320],
    ['dark', 1280],
    ['mirrored', 320],
    ['mirrored', 1280],
  ] as const)('breaks no rule and fits when %s, %i pixels wide', async (how, width) => {
    const options = {
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      colorScheme: how === 'dark' ? 'dark' : 'light',
    } as const;
    const screens = {
      organizer: await hall.organizer(options),
      member: await hall.member(`member${width === 320 ? 1 : 2}@example.org`, options),
      stranger: await hall.stranger(options),
    };
    const found: unknown[] = [];
    for (const { who, path } of paths()) {
      const { page } = screens[who];
      if (how === 'mirrored')
        await page.addInitScript(() => localStorage.setItem('unionhall.language', 'en-XB'));
      await settled(page, path);
      const direction = await page.evaluate(() => document.documentElement.dir);
      if ((how === 'mirrored') !== (direction === 'rtl')) found.push([path, direction]);
      const [broken, wider] = [await violations(page), await overflow(page)];
      if (broken.length > 0 || wider !== 0) found.push([path, broken, wider]);
    }
    expect(found).toEqual([]);
  });
});
