import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const SIZES = [320, 1280] as const;

inChromium('the inbox', (browser) => {
  let hall: ScreenHall;
  let nth = 0;

  const organizer = async (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const wrote = async (email: string, body: string, asksToStop = false): Promise<void> => {
    await hall.look(
      `INSERT INTO reply (member_id, chapter_id, channel, body, source_id, asks_to_stop)
       SELECT id, chapter_id, 'email', $2, $3, $4 FROM member WHERE email = $1`,
      [email, body, `letter ${++nth}`, asksToStop],
    );
  };
  const looksRight = async (page: Page): Promise<void> => {
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  };

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: 5 });
  });
  afterAll(() => hall.close());

  it('says that nobody waits, what it is waiting for, and what failed', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/inbox');
      await page.getByText('Nobody waits for an answer.').waitFor();
      await page.getByText('There is nothing to do.').waitFor();
      await looksRight(page);
    }
    const { page } = await organizer(320);
    await interrupt(page, 'Replies', 'failed');
    await page.goto('/console/inbox');
    await page.getByRole('alert').waitFor();
    await looksRight(page);
  });

  it.each(SIZES)(
    'shows what members wrote, whole, and lets a person close it, %i pixels wide',
    async (width) => {
      const body = `Can I bring a friend?\nWe are ${width}.`;
      await wrote('member1@example.org', body);
      const { page, complaints } = await organizer(width);
      await page.goto('/console');
      const today = page.getByRole('region', { name: 'People who wait for you' });
      await today.getByText(`Can I bring a friend? We are ${width}.`).waitFor();
      await looksRight(page);
      await today.getByRole('link', { name: 'Open the inbox' }).click();
      const card = page.getByRole('list', { name: 'What members wrote' }).getByRole('listitem');
      await card.getByText(`We are ${width}.`).waitFor();
      await looksRight(page);
      await card.getByRole('button', { name: 'I have read it' }).click();
      await page.getByText('Nobody waits for an answer.').waitFor();
      const [row] = await hall.look(`SELECT outcome FROM reply WHERE body = $1`, [body]);
      expect(row).toEqual({ outcome: 'noted' });
      await page.getByLabel('Show').selectOption('everything');
      await page.getByText('Read', { exact: true }).first().waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it('stops all messages to somebody who asks for it, by keyboard alone, after it has said what that means', async () => {
    await wrote('member2@example.org', 'Please leave me alone', true);
    const { page } = await organizer(1280);
    await page.goto('/console/inbox');
    await page.getByText('Seems to ask for no more messages.').waitFor();
    await looksRight(page);
    await tabTo(page, 'Stop all messages to them');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Stop all messages to Given2 Family0002?' });
    await dialog.getByText('Only they can allow messages again.').waitFor();
    await looksRight(page);
    expect(await hall.look(`SELECT FROM opt_out`)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Nobody waits for an answer.').waitFor();
    expect(await hall.look(`SELECT FROM opt_out`)).not.toEqual([]);
  });

  it('shows what sequences ask for, and takes a task back that was not done after all', async () => {
    await hall.look(
      `INSERT INTO task (member_id, chapter_id, title) SELECT id, chapter_id, 'Call about the ad pause' FROM member WHERE email = 'member3@example.org'`,
    );
    const { page } = await organizer(360);
    await page.goto('/console/inbox');
    await page.getByRole('link', { name: 'Given3 Family0003' }).waitFor();
    await looksRight(page);
    await page.getByRole('button', { name: 'Done: Call about the ad pause' }).click();
    await page.getByText('There is nothing to do.').waitFor();
    await page.getByLabel('Show').selectOption('everything');
    await page.getByRole('button', { name: 'Not done after all: Call about the ad pause' }).click();
    await page.getByRole('button', { name: 'Done: Call about the ad pause' }).waitFor();
  });
});
