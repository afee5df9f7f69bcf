import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { overflow } from './states';

inChromium('a session that ends', (browser) => {
  let hall: ScreenHall;

  const end = (): Promise<unknown> => hall.look(`DELETE FROM session`);
  const announce = async (page: Page, title: string): Promise<void> => {
    await page.goto('/console/gatherings/new');
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Date').fill(DateTime.now().plus({ days: 9 }).toFormat('yyyy-LL-dd'));
    await page.getByLabel('Start time').fill('18:15');
    await end();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor();
  };
  const announced = (title: string): Promise<unknown[]> =>
    hall.look(`SELECT id FROM gathering WHERE title = $1`, [title]);

  beforeAll(async () => {
    hall = await openScreenHall(browser());
  });
  afterAll(() => hall.close());

  it.each([320, 1280])(
    'in the middle of a form asks for the password and goes on, %i pixels wide',
    async (width) => {
      const { page, complaints } = await hall.organizer({
        viewport: { width, height: 800 },
        reducedMotion: 'reduce',
      });
      const title = `What we heard, ${width}`;
      await announce(page, title);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(await announced(title)).toEqual([]);

      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByText('The address or the password is not right.').waitFor();
      await page.getByLabel('Password', { exact: true }).fill(hall.password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: title }).waitFor();
      expect(await announced(title)).toHaveLength(1);
      expect(complaints).toEqual([]);
    },
  );

  it('leaves what was typed where it is when nobody signs in', async () => {
    const { page } = await hall.organizer();
    await announce(page, 'Not now, thank you');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('alert').getByText('Your session has ended.').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Not now, thank you');
    expect(await announced('Not now, thank you')).toEqual([]);
  });

  it('does not take the screen away when the page is looked at again', async () => {
    const { page } = await hall.organizer();
    await announce(page, 'Still here');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByLabel('Password', { exact: true }).fill(hall.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Still here' }).waitFor();
  });

  it('asks a member for a link, and goes on when it was opened', async () => {
    const { page } = await hall.member('member1@example.org', { viewport: { width: 360, height: 740 } });
    await page.goto('/portal');
    const consent = page.getByRole('switch').first();
    await consent.waitFor();
    await end();
    await consent.click();
    await page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor();
    const before = hall.union.smtp.received.length;
    await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
    const letter = await eventually('the link', () => Promise.resolve(hall.union.smtp.received[before]));
    await page.getByRole('button', { name: 'I have opened the link' }).click();
    await page.getByText('You are not signed in yet.').waitFor();

    const other = await page.context().newPage();
    await other.goto(/\/sign-in\?token=[\w-]+/.exec(letter.mail.text!)![0]);
    await other.getByRole('button').first().click();
    await other.getByText('You are signed in.').waitFor();
    await page.getByRole('button', { name: 'I have opened the link' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually('the consent', async () =>
      (await hall.look(`SELECT 1 FROM consent`)).length === 1 ? true : undefined,
    );
  });
});
