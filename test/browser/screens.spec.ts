import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { report } from '../factories/action-network';
import { inChromium, openScreen, violations, type Screen } from '../support/browser';
import { asOwner } from '../support/database';
import { eventually } from '../support/eventually';
import { openUnion, type TestUnion } from '../support/union';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const MEMBERS = 400;

inChromium('the screens', (browser) => {
  let union: TestUnion;
  let folder: string;

  const look = <T>(sql: string): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql)).rows as T[];
    });
  const signedIn = async (width: number, language = 'en-US'): Promise<Screen> => {
    const screen = await openScreen(browser(), { viewport: { width, height: 800 }, locale: language });
    const { page } = screen;
    await page.goto(`${union.address}/console/members`);
    expect(await violations(page)).toEqual([]);
    await page.locator('input[type=email]').fill('organizer@example.org');
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('row').nth(5).waitFor();
    return screen;
  };
  const visit = (page: Page, path: string) => page.goto(`${union.address}${path}`);

  beforeAll(async () => {
    union = await openUnion();
    folder = mkdtempSync(join(tmpdir(), 'unionhall-browser-'));
    writeFileSync(join(folder, 'people.csv'), [...report({ rows: 1500 })].join(''));
    const [chapter] = (await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
    )) as [{ id: string }];
    await look(
      `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
       SELECT '${chapter.id}', 'Given' || n, 'Family' || lpad(n::text, 4, '0'), 'member' || n || '@example.org', 'member' || n || '@example.org', 'member'
         FROM generate_series(1, ${MEMBERS}) n`,
    );
    await look(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       SELECT id, 'training', 'How to log off together', now() + interval '3 days', now() + interval '3 days 1 hour', time_zone FROM chapter`,
    );
    await look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM member WHERE email_key = 'member7@example.org'`,
    );
    await union.api.get(UsersService).ensure(SYSTEM, { email: 'organizer@example.org', password: PASSWORD });
    await union.api
      .get(GrantsService)
      .giveTo(SYSTEM, 'organizer@example.org', { role: 'organizer', chapterId: chapter.id, purposes: [] });
  });
  afterAll(async () => {
    await union.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([360, 1280])(
    'let an organizer find a member and see contact data for a reason, %i pixels wide',
    async (width) => {
      const { page, complaints } = await signedIn(width);
      expect(await page.getByText(`${MEMBERS} members`).count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Find by name').fill('Family0007');
      await page.getByText('1 member', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Given7 Family0007' }).click();
      await page.getByRole('heading', { name: 'Given7 Family0007' }).waitFor();
      expect(await page.getByText('member7@example.org').count()).toBe(0);
      await page.getByRole('button', { name: 'Show contact data' }).click();
      await page.getByText('Say why you need it').waitFor();
      await page
        .getByLabel('Why do you need it? The member can read this.')
        .fill(`Calling about Tuesday, señora ${width}`);
      await page.keyboard.press('Enter');
      await page.getByText('member7@example.org').waitFor();
      expect(await violations(page)).toEqual([]);
      const [entry] = await look<{ reason: string }>(
        `SELECT reason FROM access_ledger WHERE operation = 'MemberContact' ORDER BY at DESC LIMIT 1`,
      );
      expect(entry).toEqual({ reason: `Calling about Tuesday, señora ${width}` });
      expect(complaints).toEqual([]);
    },
  );

  it('hold hundreds of members in a list that one can scroll to its end', async () => {
    const { page } = await signedIn(1280);
    const last = page.getByRole('link', { name: `Given${MEMBERS} Family0${MEMBERS}` });
    await eventually('the last member is in sight', async () => {
      await page.mouse.wheel(0, 4000);
      return (await last.count()) > 0;
    });
    expect(await page.getByRole('row').count()).toBeLessThan(100);
  });

  it.each([360, 1280])(
    'let an organizer look at an import, write it and take it back, %i pixels wide',
    async (width) => {
      const { page, complaints } = await signedIn(width);
      await visit(page, '/console/imports');
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByText('Choose a file', { exact: true }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator('input[type=file]').setInputFiles(join(folder, 'people.csv'));
      await page.getByLabel('Chapter of new people').selectOption({ label: 'Oakland' });
      await page.getByRole('button', { name: 'See what would change' }).click();
      await page.getByRole('tab', { name: 'New 1,500' }).waitFor();
      await page.getByRole('cell', { name: /Person\.0@example\.org/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Write 1,500 changes' }).click();
      await page.getByText('Written. You can take it back for 30 days.').waitFor();
      expect(await look(`SELECT count(*)::int AS n FROM member`)).toEqual([{ n: MEMBERS + 1500 }]);
      await page.getByRole('button', { name: 'Take it back' }).click();
      await page.getByText('Taken back. Everything is as it was.').waitFor();
      expect(await look(`SELECT count(*)::int AS n FROM member`)).toEqual([{ n: MEMBERS }]);
      expect(complaints).toEqual([]);
    },
  );

  it('speak Spanish to who reads Spanish, and show what is planned in the time of its place', async () => {
    const { page } = await signedIn(1280, 'es-MX');
    await page.getByRole('heading', { name: 'Miembros' }).waitFor();
    await page.getByRole('link', { name: 'Encuentros' }).click();
    const card = page.getByRole('article').filter({ hasText: 'How to log off together' });
    expect(await card.innerText()).toMatch(/GMT-[78]|P[SD]T/);
    expect(await violations(page)).toEqual([]);
  });

  it('say what failed when there is no connection, and go on when there is one again', async () => {
    const { page } = await signedIn(1280);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.getByRole('combobox', { name: 'Tag' }).fill('driver');
    await page.getByRole('alert').getByText('No connection. What you typed is kept.').waitFor();
    expect(await page.getByRole('combobox', { name: 'Tag' }).inputValue()).toBe('driver');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nobody matches these filters.').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
