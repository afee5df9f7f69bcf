import { readFileSync } from 'node:fs';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';

const SYSTEM = systemActor('test');

inChromium('the partner desk', (browser) => {
  let hall: ScreenHall;

  beforeAll(async () => {
    hall = await openScreenHall(browser());
    await hall.union.api
      .get(UsersService)
      .ensure(SYSTEM, { email: 'ada@example.org', password: hall.password });
    await hall.union.api
      .get(GrantsService)
      .giveTo(SYSTEM, 'ada@example.org', { role: 'admin', purposes: [] });
    await hall.look(
      `WITH c AS (INSERT INTO campaign (chapter_id, slug, title, target, starts_at, ends_at, time_zone)
          VALUES ('${hall.chapterId}', 'log-off', 'Log off', 'Facebook', now(), now() + interval '9 days', 'UTC') RETURNING id),
        p AS (INSERT INTO partner (name, slug) VALUES ('Allies', 'allies') RETURNING id),
        a AS (INSERT INTO agreement (partner_id, purposes, field_groups, starts_at)
          SELECT id, '{campaigning}', '{name}', now() - interval '1 day' FROM p RETURNING id),
        ac AS (INSERT INTO agreement_campaign SELECT a.id, c.id FROM a, c),
        t AS (INSERT INTO pledge_table (campaign_id, taken_at, looked_at, total) SELECT id, now(), now(), 52 FROM c RETURNING campaign_id)
       INSERT INTO pledge_cell (campaign_id, kind, region_id, shown)
       SELECT campaign_id, k, '${hall.chapterId}', n FROM t, (VALUES ('log_off', 40), ('recruit', NULL)) v (k, n)`,
    );
  });
  afterAll(() => hall.close());

  it.each([360, 1280])(
    'takes a key from the admin to a table and its CSV, and is shut when suspended, at %i px',
    async (width) => {
      const viewport = { width, height: 800 };
      const { page: admin } = await hall.organizer({ viewport }, 'ada@example.org');
      await admin.goto('/console/partners');
      await admin.getByLabel('What is the key for?').fill(`reports ${width}`);
      await admin.getByRole('button', { name: 'Issue a key' }).click();
      const key = (await admin.locator('code').textContent())!;
      expect(key).toMatch(/^uhp_/);
      expect(await violations(admin)).toEqual([]);

      const { page, complaints } = await hall.stranger({ viewport });
      await page.goto('/desk');
      await page.locator('input').fill(key);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Allies' }).waitFor();
      await page.getByRole('button', { name: 'What would it cost?' }).click();
      await page.getByText(/It would cost \d+ of 2,000 rows/).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('cell', { name: 'fewer than 11' }).waitFor();
      await page.getByText(/2,000 people, [1-9]\d* quer/).waitFor();
      expect(await violations(page)).toEqual([]);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      expect(readFileSync(await file.path(), 'utf8')).toBe(
        'Pledge,Region,People\r\nLOG_OFF,Oakland,40\r\nRECRUIT,Oakland,fewer than 11\r\n',
      );
      expect(complaints).toEqual([]);

      await admin.getByRole('button', { name: 'Suspend' }).click();
      await admin.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
      await admin.getByText('suspended', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
      await admin.getByRole('button', { name: 'Readmit' }).click();
      await admin.getByRole('dialog').getByRole('button', { name: 'Readmit' }).click();
      await admin.getByText('active', { exact: true }).waitFor();
    },
  );
});
