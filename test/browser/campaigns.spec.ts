import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const SIZES = [320, 1280] as const;

inChromium('the campaigns on a screen', (browser) => {
  let hall: ScreenHall;

  const organizer = async (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });

  beforeAll(async () => {
    hall = await openScreenHall(browser());
  });
  afterAll(() => hall.close());

  it('say that there is no campaign, and offer to start one', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/campaigns');
      await page.getByText('There is no campaign here yet.').waitFor();
      await page.getByRole('link', { name: 'Start a campaign' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
  });

  it.each([360, 1280])(
    'let an organizer open a campaign, add a demand and note an answer, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const slug = `log-off-day-${width}`;
      await page.goto('/console/campaigns');
      await page.getByRole('link', { name: 'Start a campaign' }).click();
      await page.getByLabel('Title').fill(`Log-off day ${width}`);
      expect(await page.getByLabel('Web address').inputValue()).toBe(slug);
      await page.getByLabel('The company it is aimed at').fill('Example Social');
      await page.getByLabel('First day', { exact: true }).fill('2027-04-01');
      await page.getByLabel('Last day').fill('2027-04-30');
      await page.getByLabel('Demand 1').fill('Publish the audit of the ranking');
      await page.getByRole('button', { name: 'Add a phase' }).click();
      await page.getByLabel('Phase 1', { exact: true }).fill('Warm-up');
      await page.getByLabel('First day of phase 1').fill('2027-04-01');
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Open the campaign' }).click();
      await page.getByRole('heading', { name: `Log-off day ${width}` }).waitFor();
      await page.getByText('The campaign is open.').waitFor();
      await page.getByText('Apr 1, 2027 to Apr 30, 2027').waitFor();
      await page.getByRole('button', { name: 'Add a demand' }).click();
      await page.getByLabel('What do we demand?').fill('No infinite scroll for minors');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      const demand = page.getByRole('article').filter({ hasText: 'No infinite scroll for minors' });
      await demand.getByRole('button', { name: /^Note an answer/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Note an answer' });
      await dialog.getByRole('button', { name: 'Add' }).click();
      await dialog.getByRole('link', { name: 'Choose the day' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByLabel('What did they answer?').selectOption({ label: 'Partly conceded' });
      await dialog.getByLabel('Day').fill('2027-04-12');
      await dialog.getByLabel('Where is this known from?').fill('Press release of April 12');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await demand.getByText('Partly conceded').waitFor();
      await demand.getByText('Apr 12, 2027. Source: Press release of April 12').waitFor();
      expect(
        await hall.look(
          `SELECT to_char(c.starts_at AT TIME ZONE c.time_zone, 'YYYY-MM-DD HH24:MI') AS from, to_char(c.ends_at AT TIME ZONE c.time_zone, 'YYYY-MM-DD HH24:MI') AS to,
             (SELECT count(*)::int FROM demand d WHERE d.campaign_id = c.id) AS demands, (SELECT count(*)::int FROM campaign_phase p WHERE p.campaign_id = c.id) AS phases
             FROM campaign c WHERE slug = $1`,
          [slug],
        ),
      ).toEqual([{ from: '2027-04-01 00:00', to: '2027-05-01 00:00', demands: 2, phases: 1 }]);
      expect(complaints).toEqual([]);
    },
  );

  it('open a campaign by keyboard alone', async () => {
    const { page } = await organizer(1280);
    await page.goto('/console/campaigns');
    await page.getByRole('link', { name: 'Start a campaign' }).waitFor();
    await tabTo(page, 'Start a campaign');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start a campaign' }).waitFor();
    await tabTo(page, 'Title');
    await page.keyboard.type('By keyboard');
    await tabTo(page, 'The company it is aimed at');
    await page.keyboard.type('Example Social');
    await tabTo(page, 'First day');
    await page.keyboard.type('05012027');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
  });

  it('say on top what is missing, and that an address is taken', async () => {
    await hall.look(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'taken', 'Taken', 'Example Social', now(), 'UTC')`,
      [hall.chapterId],
    );
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/campaigns/new');
      await page.getByRole('button', { name: 'Open the campaign' }).click();
      await page.getByRole('link', { name: 'Give it a title' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByLabel('Title').fill('Taken');
      await page.getByLabel('The company it is aimed at').fill('Example Social');
      await page.getByLabel('First day', { exact: true }).fill('2027-04-01');
      await page.getByRole('button', { name: 'Open the campaign' }).click();
      const taken = page.getByRole('link', { name: 'Another campaign has this address' });
      await taken.click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('slug');
    }
  });

  it('count what was pledged and kept, say what nobody knows, and give words to share', async () => {
    const [campaign] = await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, 'counted', 'Counted', 'Example Social', now(), 'UTC') RETURNING id`,
      [hall.chapterId],
    );
    await hall.look(
      `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind, status, evidence)
       SELECT $1, id, chapter_id, CASE WHEN n % 2 = 0 THEN 'log_off' ELSE 'pause_ads' END,
         CASE WHEN n <= 6 THEN 'kept' WHEN n <= 8 THEN 'broken' WHEN n <= 13 THEN 'unknown' WHEN n <= 30 THEN 'pledged' ELSE 'withdrawn' END,
         CASE WHEN n <= 6 THEN 'self_reported' END
       FROM (SELECT *, row_number() OVER (ORDER BY family_name) AS n FROM member) m`,
      [campaign!.id],
    );
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/campaigns/counted');
      await page.getByText('30 pledges', { exact: true }).waitFor();
      await page.getByText('6 of 8 checked pledges were kept (75%)').waitFor();
      await page.getByText('5 are unknown').waitFor();
      const row = page.getByRole('row').filter({ hasText: 'Log off' });
      expect(await row.getByRole('cell').allInnerTexts()).toEqual(['9', '3', '1', '2', '5']);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        `${hall.union.address}/c/counted`,
      );
    }
  });

  it('show the list and a campaign without a barrier: full, loading and failed', async () => {
    for (const width of SIZES) {
      for (const [operation, at] of [
        ['Campaigns', '/console/campaigns'],
        ['Campaign', '/console/campaigns/counted'],
      ] as const) {
        const full = await organizer(width);
        await full.page.goto(at);
        await full.page.getByText('Counted').first().waitFor();
        expect(await violations(full.page)).toEqual([]);
        expect(await overflow(full.page)).toBe(0);
        const loading = await organizer(width);
        await interrupt(loading.page, operation, 'unanswered');
        await loading.page.goto(at);
        await loading.page.getByRole('status', { name: 'Loading' }).waitFor();
        expect(await violations(loading.page)).toEqual([]);
        const failed = await organizer(width);
        await interrupt(failed.page, operation, 'failed');
        await failed.page.goto(at);
        await failed.page.getByRole('button', { name: 'Try again' }).waitFor();
        expect(await violations(failed.page)).toEqual([]);
      }
    }
  });
});
