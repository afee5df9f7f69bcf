import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { overflow } from './states';

const ZONE = 'America/Los_Angeles';

inChromium('planning on a screen', (browser) => {
  let hall: ScreenHall;
  const organizer = (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce', timezoneId: ZONE });
  const first = DateTime.now().setZone(ZONE).plus({ days: 20 }).set({ hour: 18, minute: 30 });
  const dates = (title: string): Promise<{ local: string; state: string }[]> =>
    hall.look(
      `SELECT to_char(starts_at AT TIME ZONE time_zone, 'YYYY-MM-DD HH24:MI') AS local, state FROM gathering WHERE title = $1 ORDER BY starts_at`,
      [title],
    );
  const schedule = async (page: Page, title: string, leaveOut?: DateTime): Promise<void> => {
    await page.goto('/console/gatherings/new?kind=LISTENING_SESSION');
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Date', { exact: true }).fill(first.toFormat('yyyy-LL-dd'));
    await page.getByLabel('Start time').fill('18:30');
    await page.getByLabel('Repeats').selectOption('WEEKLY');
    await page.getByLabel('How many times').fill('4');
    await eventually('the dates are shown', async () => (await page.getByRole('checkbox').count()) >= 4);
    if (leaveOut !== undefined)
      await page.getByLabel(leaveOut.toFormat('ccc, LLL d'), { exact: false }).uncheck();
  };

  beforeAll(async () => {
    hall = await openScreenHall(browser());
  });
  afterAll(() => hall.close());

  it.each([360, 1280])(
    'shows the dates of a series, leaves one out, and announces the rest, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const title = `What we hear, ${width}`;
      await schedule(page, title, first.plus({ weeks: 2 }));
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByText('One of a series').waitFor();
      expect((await dates(title)).map(({ local }) => local)).toEqual(
        [0, 1, 3].map((weeks) => first.plus({ weeks }).toFormat('yyyy-LL-dd HH:mm')),
      );
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('moves this date and those after it, and asks which dates to cancel', async () => {
    const { page } = await organizer(1280);
    const title = 'Moved together';
    await schedule(page, title);
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    const [, second] = await hall.look<{ id: string }>(
      `SELECT 'Gathering_' || id AS id FROM gathering WHERE title = $1 ORDER BY starts_at`,
      [title],
    );
    await page.goto(`/console/gatherings/${second!.id}/edit`);
    await page.getByLabel('This date and those after it').check();
    await page.getByLabel('Start time').fill('19:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    expect((await dates(title)).map(({ local }) => local.slice(-5))).toEqual([
      '18:30',
      '19:00',
      '19:00',
      '19:00',
    ]);
    await page.getByRole('button', { name: 'Cancel the gathering' }).click();
    await page.getByLabel('All dates that are not over').check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the gathering' }).click();
    await eventually('the dates of the second part are cancelled', async () =>
      (await dates(title)).every(({ state }, index) => state === (index === 0 ? 'scheduled' : 'cancelled')),
    );
  });

  it('asks somebody to lead, shows what conflicts, and decides about who asked to be let in', async () => {
    const { page } = await organizer(1280);
    await hall.look(
      `WITH g AS (INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place, admission)
         SELECT $1, 'listening_session', t, now() + interval '9 days', now() + interval '9 days 2 hours', $2, 'Room 1', 'approval'
         FROM unnest(ARRAY['Among ourselves', 'In the same room']) AS t RETURNING id, title),
        m AS (INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
         SELECT $1, n, 'Quist', n || '.quist@example.org', lower(n) || '.quist@example.org', 'member' FROM unnest(ARRAY['Ann', 'Bo', 'Cy']) AS n RETURNING id, chapter_id, given_name)
       INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, requested_at)
       SELECT g.id, m.id, m.chapter_id, 'waitlisted', now() FROM g, m WHERE g.title = 'Among ourselves' AND m.given_name <> 'Cy'`,
      [hall.chapterId, ZONE],
    );
    await page.goto('/console/gatherings');
    await page.getByRole('link', { name: 'Among ourselves' }).click();
    await page.getByRole('link', { name: 'In the same room' }).waitFor();
    await page.getByText('same place').waitFor();
    await page.getByRole('button', { name: 'Let in: Ann Quist', exact: true }).click();
    await eventually(
      'she is in',
      async () => (await hall.look(`SELECT FROM rsvp WHERE status = 'going'`)).length === 1,
    );
    await page.getByRole('button', { name: 'Do not let in: Bo Quist' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Do not let in' }).click();
    await dialog.getByText('Enter a reason').waitFor();
    await dialog.getByLabel('Why? They read this.').fill('This one is for workers.');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Do not let in' }).click();
    await eventually(
      'he reads why',
      async () =>
        (await hall.look(`SELECT FROM rsvp WHERE refusal = 'This one is for workers.'`)).length === 1,
    );
    await page.getByRole('button', { name: 'Ask someone' }).click();
    await page.getByLabel('Family name begins with').fill('Quist');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Cy Quist/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ask someone' }).click();
    await page.getByText('Cy Quist · Lead · asked').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('shows turnout as bars and as a table, and makes a calendar address that can be revoked', async () => {
    const { page } = await organizer(360);
    await hall.look(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Over', now() - interval '3 days', now() - interval '3 days' + interval '1 hour', $2)`,
      [hall.chapterId, ZONE],
    );
    await page.goto('/console/gatherings');
    await page.getByRole('link', { name: 'Turnout' }).click();
    await page.getByRole('columnheader', { name: 'Came' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.goto('/console/gatherings/calendars');
    await page.getByRole('button', { name: 'Make an address' }).click();
    const address = await page.getByLabel('Address').inputValue();
    expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
    expect(await violations(page)).toEqual([]);
    const fetched = await page.request.get(new URL(address).pathname);
    expect(fetched.headers()['content-type']).toContain('text/calendar');
    await page.getByRole('button', { name: /Revoke/ }).click();
    await page.getByText('No calendar program follows anything yet.').waitFor();
    expect((await page.request.get(new URL(address).pathname)).status()).toBe(404);
  });

  it('lets a member say on their own pages whether they will lead', async () => {
    const { page } = await hall.member('member3@example.org', {
      viewport: { width: 360, height: 800 },
      reducedMotion: 'reduce',
    });
    await hall.look(
      `WITH g AS (INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         VALUES ($1, 'training', 'Led by you', now() + interval '5 days', now() + interval '5 days 1 hour', $2) RETURNING id)
       INSERT INTO gathering_facilitator (gathering_id, member_id, chapter_id, role)
       SELECT g.id, m.id, m.chapter_id, 'note_taker' FROM g, member m WHERE m.email = 'member3@example.org'`,
      [hall.chapterId, ZONE],
    );
    await page.goto('/portal');
    await page.getByRole('heading', { name: 'Led by you' }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'I will', exact: true }).click();
    await page.getByText('Taking notes · you said that you will').waitFor();
    expect(await hall.look(`SELECT state FROM gathering_facilitator WHERE role = 'note_taker'`)).toEqual([
      { state: 'confirmed' },
    ]);
  });
});
