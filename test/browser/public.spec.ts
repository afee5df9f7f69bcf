import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import type { Page } from 'playwright-core';
import { RsvpLinks } from '@unionhall/gatherings';
import { UnsubscribeLinks } from '@unionhall/outreach';
import { inChromium, violations, type Screen } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { overflow, tabTo } from './states';

const ZONE = 'America/Los_Angeles';
const SIZES = [360, 1280] as const;

inChromium('the public pages', (browser) => {
  let hall: ScreenHall;
  const ids: Record<string, string> = {};

  /** A visitor whose browser runs no script. */
  const visitor = (width: number, scripts = false): Promise<Screen> =>
    hall.stranger({ viewport: { width, height: 800 }, javaScriptEnabled: scripts, reducedMotion: 'reduce' });
  const letterTo = async (to: string): Promise<string> =>
    (
      await eventually(`a mail to ${to}`, () =>
        Promise.resolve(hall.union.smtp.received.find((letter) => letter.to.includes(to))),
      )
    ).mail.text!;
  const confirmation = async (to: string): Promise<string> =>
    /\/confirm\/[\w-]{43}/.exec(await letterTo(to))![0];
  const idOf = async (n: number): Promise<string> =>
    (
      await hall.look<{ id: string }>(`SELECT id FROM member WHERE email_key = $1`, [
        `member${n}@example.org`,
      ])
    )[0]!.id;
  const fill = async (page: Page, name: string, email: string): Promise<void> => {
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Your email address').fill(email);
  };
  const gathering = async (name: string, columns: string): Promise<void> => {
    const [row] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place, listed, capacity, going_count, state, cancelled_at)
       SELECT $1, 'training', $2, at, at + interval '2 hours', $3, 'Union hall', listed, capacity, going, state, CASE WHEN state = 'cancelled' THEN now() END
       FROM (SELECT ${columns}) g RETURNING id`,
      [hall.chapterId, `Training: ${name}`, ZONE],
    );
    ids[name] = row!.id;
  };

  beforeAll(async () => {
    hall = await openScreenHall(browser());
    const soon = `now() + interval '3 days' AS at`;
    await gathering('open', `${soon}, true AS listed, 40 AS capacity, 2 AS going, 'scheduled' AS state`);
    await gathering('full', `${soon}, true AS listed, 2 AS capacity, 2 AS going, 'scheduled' AS state`);
    await gathering(
      'cancelled',
      `${soon}, true AS listed, NULL::int AS capacity, 0 AS going, 'cancelled' AS state`,
    );
    await gathering(
      'over',
      `now() - interval '3 days' AS at, true AS listed, NULL::int AS capacity, 0 AS going, 'scheduled' AS state`,
    );
    await gathering(
      'unlisted',
      `${soon}, false AS listed, NULL::int AS capacity, 0 AS going, 'scheduled' AS state`,
    );
    await hall.look(
      `INSERT INTO campaign (chapter_id, slug, title, summary, target, starts_at, ends_at, time_zone)
       SELECT $1, slug, title, 'We log off together.', 'Meta', now() + starts, now() + ends, $2
       FROM (VALUES ('log-off', 'Log off', interval '-1 day', interval '9 days'), ('early', 'Not begun', interval '1 day', interval '9 days'),
         ('ended', 'Ended', interval '-9 days', interval '-1 day')) c (slug, title, starts, ends)`,
      [hall.chapterId, ZONE],
    );
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, p, 'email', 'granted', 'Write to me about ' || p || '.', 'sign-up form' FROM member, unnest(ARRAY['events', 'campaigns']) p`,
    );
    await hall.look(
      `INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
       SELECT member_id, chapter_id, purpose, channel, state, wording, source, 'system' FROM consent`,
    );
  });
  afterAll(() => hall.close());

  it.each(SIZES)(
    'take a pledge with three fields and one click, confirmed from the mail, %i pixels wide',
    async (width) => {
      const { page, complaints } = await visitor(width);
      const email = `new${width}@example.org`;
      await page.goto('/');
      await page.getByRole('link', { name: 'Log off' }).click();
      await page.getByText('Fewer than 11').waitFor();
      await fill(page, 'Zoë Ünal', email);
      await page.getByLabel('Write to me by email about this campaign and others.').check();
      await page.getByRole('button', { name: 'Pledge' }).click();
      await page.getByRole('heading', { name: 'Check your email' }).waitFor();
      await page.goto(await confirmation(email));
      await page.getByRole('button', { name: 'Confirm my pledge' }).click();
      await page.getByText('Your pledge counts.').waitFor();
      expect(
        await hall.look(
          `SELECT m.given_name, k.status FROM commitment k JOIN member m ON m.id = k.member_id WHERE m.email_key = $1`,
          [email],
        ),
      ).toEqual([{ given_name: 'Zoë Ünal', status: 'pledged' }]);
      expect(complaints).toEqual([]);
    },
  );

  it('take a pledge by keyboard alone, and lead from each error to its field', async () => {
    const { page } = await visitor(1280, true);
    await page.goto('/c/log-off');
    await tabTo(page, 'Your name');
    await page.keyboard.type('Ana');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /email address/ })
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('ana@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    expect(await confirmation('ana@example.org')).toMatch(/^\/confirm\//);
  });

  it.each(SIZES)('sign people up for a gathering and into their calendar, %i pixels wide', async (width) => {
    const { page } = await visitor(width);
    const email = `comes${width}@example.org`;
    await page.goto('/chapters/oakland');
    await page.getByRole('link', { name: 'Training: open' }).click();
    await page.getByText(/places left/).waitFor();
    await fill(page, 'Ben', email);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.goto(await confirmation(email));
    await page.getByRole('button', { name: 'Confirm that I am coming' }).click();
    await page.getByText('You have a place. See you there.').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Put it into my calendar' }).click();
    const path = await (await download).path();
    const text = readFileSync(path, 'utf8');
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(text) as never).getFirstSubcomponent('vevent')!,
    );
    const [row] = await hall.look<{ starts_at: Date }>(`SELECT starts_at FROM gathering WHERE id = $1`, [
      ids['open'],
    ]);
    expect(event.startDate.toJSDate().getTime()).toBe(Math.floor(row!.starts_at.getTime() / 1000) * 1000);
    expect(text).not.toContain('Ben');
  });

  it('let somebody join a chapter, who hears of what they ticked and of nothing else', async () => {
    const { page } = await visitor(360);
    await page.goto('/chapters/oakland');
    await page.getByRole('link', { name: 'Get involved here' }).click();
    await fill(page, 'Chi', 'chi@example.org');
    await page.getByLabel('Write to me by email about gatherings.').check();
    await page.getByRole('button', { name: 'Get involved' }).click();
    await page.goto(await confirmation('chi@example.org'));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('You are in touch with us.').waitFor();
    expect(
      await hall.look(
        `SELECT m.status, c.purpose, c.wording FROM member m JOIN consent c ON c.member_id = m.id WHERE m.email_key = 'chi@example.org'`,
      ),
    ).toEqual([{ status: 'prospect', purpose: 'events', wording: 'Write to me by email about gatherings.' }]);
  });

  it.each(SIZES)(
    'withdraw a consent two clicks from the mail, and undo it, %i pixels wide',
    async (width) => {
      const n = width === 360 ? 1 : 2;
      const { page } = await visitor(width);
      const state = async (): Promise<string> =>
        (
          await hall.look<{ state: string }>(
            `SELECT state FROM consent WHERE member_id = $1 AND purpose = 'events'`,
            [await idOf(n)],
          )
        )[0]!.state;
      await page.goto(new URL(hall.union.api.get(UnsubscribeLinks).preferences(await idOf(n))).pathname);
      await page.getByText('Write to me about events.').waitFor();
      expect(await state()).toBe('granted');
      await page.getByRole('button', { name: 'Stop messages about events' }).click();
      await page.getByText('You will get no more messages about events.').waitFor();
      expect(await state()).toBe('withdrawn');
      await page.getByRole('button', { name: 'Undo: write to me again about events' }).click();
      await page.getByText('We may write to you again about events.').waitFor();
      expect(await state()).toBe('granted');
      await page.getByRole('button', { name: 'Stop everything' }).click();
      await page.getByText('You will get no more messages from us.').waitFor();
      expect(await state()).toBe('withdrawn');
    },
  );

  it('cancel an answer with one click from the mail', async () => {
    const { page } = await visitor(360);
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, id, chapter_id, 'going' FROM member WHERE id = $2`,
      [ids['open'], await idOf(3)],
    );
    const address = hall.union.api
      .get(RsvpLinks)
      .address(ids['open']!, await idOf(3), new Date(Date.now() + 86_400_000));
    await page.goto(new URL(address).pathname);
    await page.getByRole('button', { name: 'I cannot come' }).click();
    await page.getByText('You said that you cannot come.').waitFor();
  });

  it('stop messages and cancel an answer from the mail by keyboard alone', async () => {
    const { page } = await visitor(1280, true);
    const id = await idOf(5);
    await page.goto(new URL(hall.union.api.get(UnsubscribeLinks).preferences(id)).pathname);
    await tabTo(page, 'Stop everything');
    await page.keyboard.press('Enter');
    await page.getByText('You will get no more messages from us.').waitFor();
    const address = hall.union.api
      .get(RsvpLinks)
      .address(ids['open']!, id, new Date(Date.now() + 86_400_000));
    await page.goto(new URL(address).pathname);
    await tabTo(page, 'I cannot come');
    await page.keyboard.press('Enter');
    await page.getByText('You said that you cannot come.').waitFor();
  });

  it('show themselves where they are shared, with a picture of their own', async () => {
    const { page } = await visitor(1280);
    for (const path of ['/c/log-off', `/g/${ids['open']}`, '/chapters/oakland']) {
      await page.goto(path);
      expect(await page.locator('meta[property="og:title"]').getAttribute('content')).not.toBe('');
      const image = await page.locator('meta[property="og:image"]').getAttribute('content');
      const answer = await page.request.get(new URL(image!).pathname);
      expect(answer.headers()['content-type']).toBe('image/png');
      const picture = await answer.body();
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
      const again = await page.request.get(new URL(image!).pathname, {
        headers: { 'if-none-match': answer.headers()['etag']! },
      });
      expect(again.status()).toBe(304);
    }
  });

  it.each([320, 1280])('break no rule in any state, in light and dark, %i pixels wide', async (width) => {
    const member = await idOf(4);
    const preferences = new URL(hall.union.api.get(UnsubscribeLinks).preferences(member)).pathname;
    const answer = hall.union.api
      .get(RsvpLinks)
      .address(ids['full']!, member, new Date(Date.now() + 86_400_000));
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await hall.stranger({
        viewport: { width, height: 800 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      for (const path of [
        '/',
        '/chapters',
        '/chapters/oakland',
        '/get-involved',
        '/c/log-off',
        '/c/early',
        '/c/ended',
        '/c/none',
        ...['open', 'full', 'cancelled', 'over', 'unlisted'].map((name) => `/g/${ids[name]}`),
        '/sign-in',
        preferences,
        new URL(answer).pathname,
        '/confirm/nothing',
      ]) {
        await page.goto(path);
        expect([path, await violations(page), await overflow(page)]).toEqual([path, [], 0]);
      }
    }
  });

  it('say plainly what is full, cancelled, over, and not for everyone', async () => {
    const { page } = await visitor(360);
    for (const [name, sentence] of [
      ['full', 'All places are taken.'],
      ['cancelled', 'This gathering has been cancelled.'],
      ['over', 'This gathering is over.'],
      ['unlisted', 'GATHERING.NOT_FOUND'],
    ] as const) {
      await page.goto(`/g/${ids[name]}`);
      await page.getByText(sentence).waitFor();
      expect(await page.getByRole('button', { name: 'Sign up' }).count()).toBe(0);
    }
  });
});
