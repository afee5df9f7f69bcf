import { readFileSync } from 'node:fs';
import decodeQR from 'qr/decode.js';
import { loadImage, createCanvas } from '@napi-rs/canvas';
import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const SIZES = [360, 1280] as const;
const HALL_ZONE = 'America/Los_Angeles';
const PAGES = [
  ['', 'MyGatherings', 'Hello'],
  ['/consents', 'MyConsents', 'What you allow'],
  ['/consents', 'CoalitionPartners', 'What you allow'],
  ['/seen', 'WhoSawMyData', 'Who saw your data'],
  ['/commitments', 'MyCommitments', 'Your commitments'],
  ['/said', 'MyTestimony', 'What you said'],
  ['/profile', 'MyProfile', 'Your profile'],
] as const;

inChromium('the portal', (browser) => {
  let hall: ScreenHall;
  let gatheringId: string;

  const member = async (n: number, width = 360) =>
    hall.member(`member${n}@example.org`, {
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Madrid',
    });
  const idOf = async (n: number): Promise<string> =>
    (
      await hall.look<{ id: string }>(`SELECT id FROM member WHERE email_key = $1`, [
        `member${n}@example.org`,
      ])
    )[0]!.id;
  const goes = async (n: number): Promise<string> =>
    (
      await hall.look<{ id: string }>(
        `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status) SELECT $1, id, chapter_id, 'going' FROM member
         WHERE email_key = $2 RETURNING id`,
        [gatheringId, `member${n}@example.org`],
      )
    )[0]!.id;
  const there = (page: Page, heading: string): Promise<void> =>
    page.getByRole('heading', { level: 1, name: heading }).waitFor();

  beforeAll(async () => {
    hall = await openScreenHall(browser());
    const [gathering] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place)
       VALUES ($1, 'training', 'How to log off together', now() + interval '3 days', now() + interval '3 days 2 hours', $2, 'Union hall') RETURNING id`,
      [hall.chapterId, HALL_ZONE],
    );
    gatheringId = gathering!.id;
    const [partner] = await hall.look<{ id: string }>(
      `INSERT INTO partner (name, slug) VALUES ('Fair Feeds Alliance', 'fair-feeds') RETURNING id`,
    );
    await hall.look(
      `INSERT INTO agreement (partner_id, purposes, field_groups, starts_at) VALUES ($1, '{campaigning}', '{name,contact}', now() - interval '1 day')`,
      [partner!.id],
    );
    const [campaign] = await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'logout', 'Log off', 'Meta', now() - interval '1 day', $2) RETURNING id`,
      [hall.chapterId, HALL_ZONE],
    );
    await hall.look(
      `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind) SELECT $1, id, chapter_id, 'log_off' FROM member`,
      [campaign!.id],
    );
  });
  afterAll(() => hall.close());

  it.each(SIZES)('lets a member cancel in one tap and come again, %i pixels wide', async (width) => {
    const n = width === 360 ? 1 : 2;
    const { page, complaints } = await member(n, width);
    await goes(n);
    const status = async (): Promise<string | undefined> =>
      (
        await hall.look<{ status: string }>(
          `SELECT r.status FROM rsvp r JOIN member m ON m.id = r.member_id WHERE m.email_key = $1`,
          [`member${n}@example.org`],
        )
      )[0]?.status;
    await page.goto('/portal');
    await page.getByText('You have a place.').waitFor();
    await page.getByText('In your time:').waitFor();
    await page.getByRole('button', { name: 'I cannot come' }).first().click();
    await page.getByText('You said that you cannot come.').waitFor();
    expect(await status()).toBe('declined');
    await page.getByRole('button', { name: 'I will come' }).click();
    await page.getByText('You have a place.').waitFor();
    expect(await status()).toBe('going');
    expect(complaints).toEqual([]);
  });

  it('shows a ticket whose code is the answer, and nothing about the person', async () => {
    const rsvpId = await goes(3);
    const { page } = await member(3);
    await page.goto('/portal');
    const ticket = page.getByRole('img', { name: 'Your ticket' });
    const picture = await loadImage(await ticket.screenshot());
    const canvas = createCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, picture.width, picture.height);
    const code = rsvpId.replaceAll('-', '').toUpperCase();
    expect(decodeQR({ data: Uint8ClampedArray.from(data), width, height })).toBe(code);
    await page.getByText(`Or say this code: ${code.slice(-8)}`).waitFor();
  });

  it.each(SIZES)(
    'lets a member take a consent back in one tap, and stop everything, %i pixels wide',
    async (width) => {
      const n = width === 360 ? 4 : 5;
      const memberId = await idOf(n);
      await hall.look(
        `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, p, 'email', 'granted', 'Write to me.', 'sign-up form' FROM member, unnest(ARRAY['events', 'campaigns']) p WHERE id = $1`,
        [memberId],
      );
      const states = async (): Promise<string> =>
        (
          await hall.look<{ state: string }>(
            `SELECT state FROM consent WHERE member_id = $1 ORDER BY purpose`,
            [memberId],
          )
        )
          .map(({ state }) => state)
          .join(' ');
      const { page } = await member(n, width);
      await page.goto('/portal');
      await page.getByRole('switch', { name: 'Campaigns' }).click();
      await page.getByText('Taken back. It holds from now on.').waitFor();
      expect(await states()).toBe('withdrawn granted');
      await page.getByRole('link', { name: 'Consents' }).click();
      await there(page, 'What you allow');
      await page.getByText('“Write to me.” (sign-up form)').waitFor();
      await page.getByRole('button', { name: 'Stop everything' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Yes, stop everything' }).click();
      await page.getByText('Nothing that has not left by now will leave.').waitFor();
      expect(await states()).toBe('withdrawn withdrawn');
    },
  );

  it('lets a member share with a partner, and take it back at once', async () => {
    const { page } = await member(6);
    const shared = async (): Promise<string[]> =>
      (
        await hall.look<{ line: string }>(
          `SELECT field_group || ' ' || state AS line FROM partner_consent WHERE member_id = $1 ORDER BY 1`,
          [await idOf(6)],
        )
      ).map(({ line }) => line);
    await page.goto('/portal/consents');
    const name = page.getByRole('switch', { name: 'Fair Feeds Alliance may see your name for campaigns.' });
    await name.click();
    await page.getByText('Allowed. You can take it back here at any time.').waitFor();
    expect(await shared()).toEqual(['name granted']);
    await page.getByRole('switch', { name: 'may see how to reach you' }).click();
    await page.getByRole('button', { name: 'Stop sharing with Fair Feeds Alliance' }).click();
    await eventually(
      'both are taken back',
      async () => (await shared()).join() === 'contact withdrawn,name withdrawn',
    );
    expect(await name.isChecked()).toBe(false);
  });

  it.each(SIZES)('shows who looked, one tap after signing in, %i pixels wide', async (width) => {
    const memberId = await idOf(7);
    const { page: organizer } = await hall.organizer();
    await organizer.goto(`/console/members/Member_${memberId}`);
    await organizer.getByRole('heading', { name: 'Given7 Family0007' }).waitFor();
    const { page } = await member(7, width);
    await page.goto('/portal');
    await page.getByRole('link', { name: 'Who saw me' }).click();
    await page.getByRole('heading', { name: 'An organizer' }).first().waitFor();
    await page
      .getByText(/Saw: .*name/)
      .first()
      .waitFor();
    expect(await page.title()).toBe('Who saw me – Unionhall');
    await page.goBack();
    await there(page, 'Hello, Given7');
  });

  it('takes the word of a member about a commitment', async () => {
    const { page } = await member(8);
    await page.goto('/portal/commitments');
    await page.getByRole('button', { name: 'I kept it' }).click();
    await page.getByText('Thank you for telling us.').waitFor();
    const [row] = await hall.look(`SELECT status, evidence FROM commitment WHERE member_id = $1`, [
      await idOf(8),
    ]);
    expect(row).toEqual({ status: 'kept', evidence: 'self_reported' });
  });

  it('keeps what was typed into the profile through a refusal, a lost connection and a reload', async () => {
    const { page } = await member(9);
    await page.goto('/portal/profile');
    await page.getByLabel('Given name').fill('Zoë');
    await page.getByLabel('Telephone').fill('nobody’s number');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.getByLabel('Telephone').evaluate((input) => input === document.activeElement)).toBe(
      true,
    );
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Telephone').fill('+1 415 555 0132');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('No connection. What you typed is kept.').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    expect(await page.getByLabel('Given name').inputValue()).toBe('Zoë');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const [row] = await hall.look(`SELECT given_name, phone FROM member WHERE id = $1`, [await idOf(9)]);
    expect(row).toEqual({ given_name: 'Zoë', phone: '+14155550132' });
  });

  it('hands a member everything in a file', async () => {
    const { page } = await member(10);
    await page.goto('/portal/data');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^unionhall-\d{4}-\d{2}-\d{2}\.json$/);
    const data = JSON.parse(readFileSync(await file.path(), 'utf8')) as { member: object; account: object };
    expect(data.member).toMatchObject({ given_name: 'Given10', email_address: 'member10@example.org' });
    expect(data).toHaveProperty('account.email', 'member10@example.org');
  });

  it('lets a member leave and be erased, by keyboard alone', async () => {
    const { page } = await member(11, 1280);
    await page.goto('/portal');
    await there(page, 'Hello, Given11');
    await tabTo(page, 'My data');
    await page.keyboard.press('Enter');
    await there(page, 'Your data');
    await tabTo(page, 'Leave and erase my data');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Erase everything now');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Tick that you understand').waitFor();
    expect(await hall.look(`SELECT 1 FROM member WHERE email_key = 'member11@example.org'`)).toHaveLength(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await tabTo(page, 'Erase everything now');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You have left, and your data is erased' }).waitFor();
    expect(await hall.look(`SELECT 1 FROM member WHERE email_key = 'member11@example.org'`)).toEqual([]);
    await page.goto('/portal');
    await page.getByLabel('E-mail address').waitFor();
  });

  it('lets a member take a consent back, see who looked and cancel, by keyboard alone', async () => {
    await goes(15);
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Write to me.', 'sign-up form' FROM member WHERE id = $1`,
      [await idOf(15)],
    );
    const { page } = await member(15, 1280);
    await page.goto('/portal');
    await page.getByText('You have a place.').waitFor();
    await tabTo(page, 'I cannot come');
    await page.keyboard.press('Enter');
    await page.getByText('You said that you cannot come.').waitFor();
    await page.getByRole('switch', { name: 'Gatherings', checked: true }).waitFor();
    await tabTo(page, 'Gatherings');
    await page.keyboard.press('Space');
    await page.getByRole('switch', { name: 'Gatherings', checked: false }).waitFor();
    await tabTo(page, 'Who saw me');
    await page.keyboard.press('Enter');
    await there(page, 'Who saw your data');
    const [row] = await hall.look(
      `SELECT (SELECT state FROM consent WHERE member_id = $1) AS consent, (SELECT status FROM rsvp WHERE member_id = $1) AS answer`,
      [await idOf(15)],
    );
    expect(row).toEqual({ consent: 'withdrawn', answer: 'declined' });
  });

  it('ends every session when a phone is lost', async () => {
    const { page } = await member(12);
    const { page: phone } = await member(12);
    await page.goto('/portal/data');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByLabel('E-mail address').waitFor();
    await phone.goto('/portal');
    await phone.getByLabel('E-mail address').waitFor();
  });

  it.each([320, 1280])('breaks no rule in any state, %i pixels wide', async (width) => {
    const { page } = await member(13, width);
    await goes(13).catch(() => undefined);
    for (const [path, operation, heading] of PAGES) {
      await page.goto(`/portal${path}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect([path, 'full', await violations(page), await overflow(page)]).toEqual([path, 'full', [], 0]);
      await interrupt(page, operation, 'unanswered');
      await page.reload();
      await page.locator('[aria-busy=true]').first().waitFor();
      expect([path, 'loading', await violations(page)]).toEqual([path, 'loading', []]);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await interrupt(page, operation, 'failed');
      await page.reload();
      await page.getByRole('alert').first().waitFor();
      expect([path, 'failed', await violations(page), await overflow(page)]).toEqual([path, 'failed', [], 0]);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    }
  });

  it.each([320, 1280])('says so where there is nothing yet, %i pixels wide', async (width) => {
    await hall.look(`DELETE FROM commitment WHERE member_id = $1`, [await idOf(14)]);
    const { page } = await member(14, width);
    for (const [path, sentence] of [
      ['', 'Nothing yet. See what is planned below.'],
      ['/seen', 'Nobody has looked at your data.'],
      ['/commitments', 'You have made no pledge yet.'],
      ['/nowhere', 'There is no such page.'],
    ] as const) {
      await page.goto(`/portal${path}`);
      await page.getByText(sentence).waitFor();
      expect([path, await violations(page), await overflow(page)]).toEqual([path, [], 0]);
    }
  });
});
