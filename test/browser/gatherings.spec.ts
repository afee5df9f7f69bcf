import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const ZONE = 'America/Los_Angeles';
const SIZES = [320, 1280] as const;
/** The Sunday of next year on which clocks in Oakland go forward, and the one on which they go back. */
const sunday = (month: number, nth: number): DateTime => {
  const first = DateTime.fromObject({ year: DateTime.now().year + 1, month, day: 1 }, { zone: ZONE });
  return first.plus({ days: ((7 - (first.weekday % 7)) % 7) + 7 * (nth - 1) });
};

inChromium('the gatherings on a screen', (browser) => {
  let hall: ScreenHall;

  const organizer = async (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Madrid',
    });
  const held = (title: string, starts: string): Promise<{ id: string }[]> =>
    hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place)
       VALUES ($1, 'training', $2, now() + $3::interval, now() + $3::interval + interval '1 hour', $4, 'Union hall') RETURNING id`,
      [hall.chapterId, title, starts, ZONE],
    );
  const fill = async (page: Page, title: string, at: DateTime): Promise<void> => {
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Date').fill(at.toFormat('yyyy-LL-dd'));
    await page.getByLabel('Start time').fill(at.toFormat('HH:mm'));
  };
  const written = (title: string): Promise<{ kind: string; local: string }[]> =>
    hall.look(
      `SELECT kind, to_char(starts_at AT TIME ZONE time_zone, 'YYYY-MM-DD HH24:MI') AS local FROM gathering WHERE title = $1`,
      [title],
    );

  beforeAll(async () => {
    hall = await openScreenHall(browser());
  });
  afterAll(() => hall.close());

  it('say that nothing is planned, and offer to plan it', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/gatherings');
      await page.getByText('Nothing is planned here yet.').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
  });

  it.each([360, 1280])(
    'let an organizer schedule a training with two clicks beyond typing, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const title = `How to log off together, ${width}`;
      const at = DateTime.now().setZone(ZONE).plus({ days: 9 }).set({ hour: 18, minute: 15 });
      await page.goto('/console/gatherings');
      await page.getByRole('link', { name: 'Schedule a training' }).click();
      await fill(page, title, at);
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByText('In your time:').waitFor();
      expect(await written(title)).toEqual([{ kind: 'training', local: at.toFormat('yyyy-LL-dd HH:mm') }]);
      expect(complaints).toEqual([]);
    },
  );

  it('let an organizer schedule a listening session by keyboard alone', async () => {
    const { page } = await organizer(1280);
    const day = DateTime.now().setZone(ZONE).plus({ days: 12 });
    await page.goto('/console/gatherings');
    await page.getByRole('link', { name: 'Schedule a listening session' }).waitFor();
    await tabTo(page, 'Schedule a listening session');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Schedule a listening session' }).waitFor();
    await tabTo(page, 'Title');
    await page.keyboard.type('What the feed does to us');
    await tabTo(page, 'Date');
    await page.keyboard.type(day.toFormat('LLddyyyy'));
    await tabTo(page, 'Start time');
    await page.keyboard.type('0730PM');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What the feed does to us' }).waitFor();
    expect(await written('What the feed does to us')).toEqual([
      { kind: 'listening_session', local: day.toFormat("yyyy-LL-dd '19:30'") },
    ]);
  });

  it('say on top what is missing, lead there, and keep what was typed over a reload', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/gatherings/new?kind=TRAINING');
      await page.getByLabel('Place', { exact: true }).fill('Union hall');
      await page.getByLabel('Places').fill('many');
      await page.getByRole('button', { name: 'Schedule', exact: true }).click();
      const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
      await eventually('the summary has the focus', () =>
        summary.evaluate((element) => element === document.activeElement),
      );
      expect(await summary.getByRole('link').allInnerTexts()).toEqual([
        'Give it a title',
        'Choose a date',
        'Places are a whole number from 1 to 1,000,000, or empty',
      ]);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await summary.getByRole('link', { name: 'Give it a title' }).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('title');
      await page.reload();
      await page.getByLabel('Places').waitFor();
      expect(await page.getByLabel('Places').inputValue()).toBe('many');
      expect(await page.getByLabel('Place', { exact: true }).inputValue()).toBe('Union hall');
    }
  });

  it('offer the next time where the clocks skip one', async () => {
    const { page } = await organizer(360);
    const at = sunday(3, 2).set({ hour: 0 }).toFormat('yyyy-LL-dd');
    await page.goto('/console/gatherings/new?kind=TRAINING');
    await page.getByLabel('Title').fill('A night in March');
    await page.getByLabel('Date').fill(at);
    await page.getByLabel('Start time').fill('02:30');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    const offer = page.getByRole('button', { name: /^Use .*3:00\sAM$/ });
    await offer.waitFor();
    expect(await violations(page)).toEqual([]);
    await offer.click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('heading', { name: 'A night in March' }).waitFor();
    expect(await written('A night in March')).toEqual([{ kind: 'training', local: `${at} 03:00` }]);
  });

  it('ask which is meant where the clocks show a time twice', async () => {
    const { page } = await organizer(360);
    const day = sunday(11, 1).toFormat('yyyy-LL-dd');
    await page.goto('/console/gatherings/new?kind=TRAINING');
    await page.getByLabel('Title').fill('A night in November');
    await page.getByLabel('Date').fill(day);
    await page.getByLabel('Start time').fill('01:30');
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByLabel('The second one (UTC-08:00)').check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByRole('heading', { name: 'A night in November' }).waitFor();
    const [row] = await hall.look<{ at: string }>(
      `SELECT to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at FROM gathering WHERE title = 'A night in November'`,
    );
    expect(row).toEqual({ at: `${day} 09:30` });
  });

  it('let an organizer change a gathering without touching its time', async () => {
    const [gathering] = await held('A title with a mistake', '4 days');
    const { page } = await organizer(360);
    const before = await hall.look(`SELECT starts_at FROM gathering WHERE id = $1`, [gathering!.id]);
    await page.goto(`/console/gatherings/Gathering_${gathering!.id}`);
    await page.getByRole('link', { name: 'Change' }).click();
    await page.getByLabel('Title').fill('A title without one');
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByRole('heading', { name: 'A title without one' }).waitFor();
    expect(await hall.look(`SELECT starts_at FROM gathering WHERE id = $1`, [gathering!.id])).toEqual(before);
  });

  it.each([360, 1280])(
    'answer for someone, then cancel after saying who gets a notice, %i pixels wide',
    async (width) => {
      const [gathering] = await held(`To be cancelled, ${width}`, '5 days');
      const { page, complaints } = await organizer(width);
      await page.goto(`/console/gatherings/Gathering_${gathering!.id}`);
      await page.getByRole('button', { name: 'Answer for someone' }).click();
      const answering = page.getByRole('dialog', { name: 'Answer for someone' });
      await answering.getByLabel('Family name begins with').fill('Family0007');
      await answering.getByRole('button', { name: /Given7 Family0007/ }).click();
      expect(await violations(page)).toEqual([]);
      await answering.getByRole('button', { name: 'Write it down' }).click();
      await page.getByRole('link', { name: 'Given7 Family0007' }).waitFor();
      await page.getByRole('button', { name: 'Cancel the gathering' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cancel this gathering?' });
      await dialog.getByText('1 person who said that they come').waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel the gathering' }).click();
      await page.getByText('Cancelled', { exact: true }).first().waitFor();
      const letter = await eventually('the notice', () =>
        Promise.resolve(
          hall.union.smtp.received.find(
            ({ mail }) => mail.subject === `Cancelled: To be cancelled, ${width}`,
          ),
        ),
      );
      expect(letter.to).toBe('member7@example.org');
      expect(complaints).toEqual([]);
    },
  );

  it('take attendance: came, did not come, and undo', async () => {
    const [gathering] = await held('Tonight', '1 hour');
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source)
       SELECT $1, id, chapter_id, 'going', 'organizer' FROM member WHERE family_name IN ('Family0001', 'Family0002')`,
      [gathering!.id],
    );
    const marks = (): Promise<{ name: string; status: string }[]> =>
      hall.look(
        `SELECT m.family_name AS name, a.status FROM attendance a JOIN member m ON m.id = a.member_id WHERE a.gathering_id = $1 ORDER BY 1`,
        [gathering!.id],
      );
    const { page } = await organizer(360);
    await page.goto(`/console/gatherings/Gathering_${gathering!.id}`);
    const answers = page.getByRole('list', { name: 'Going' });
    await answers.getByRole('button', { name: 'Given1 Family0001 came' }).click();
    await answers.getByRole('button', { name: 'Given2 Family0002 did not come' }).click();
    await eventually('both marks are written', async () => (await marks()).length === 2);
    expect(await marks()).toEqual([
      { name: 'Family0001', status: 'attended' },
      { name: 'Family0002', status: 'no_show' },
    ]);
    await answers.getByRole('button', { name: 'Undo the mark of Given2 Family0002' }).click();
    await eventually('one mark stands', async () => (await marks()).length === 1);
    await page.getByText('1 person came').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('record a Zoom report after a look at it, and take it back', async () => {
    const [gathering] = await held('Online', '-1 hour');
    const start = DateTime.now().setZone(ZONE).minus({ minutes: 50 });
    const time = (at: DateTime): string => at.toFormat('LL/dd/yyyy hh:mm:ss a');
    const report = [
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest',
      `Given3 Family0003,member3@example.org,${time(start)},${time(start.plus({ minutes: 40 }))},40,Yes`,
      `Given4 Family0004,,${time(start)},${time(start.plus({ minutes: 30 }))},30,Yes`,
    ].join('\n');
    const { page } = await organizer(360);
    await page.goto(`/console/gatherings/Gathering_${gathering!.id}`);
    await page.getByRole('button', { name: 'See what it would record' }).click();
    await page.getByRole('link', { name: 'Choose a file' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'report.csv', mimeType: 'text/csv', buffer: Buffer.from(report) });
    await page.getByRole('button', { name: 'See what it would record' }).click();
    await page.getByText('2 people in the report').waitFor();
    await page.getByLabel('Given4 Family0004, 30 minutes').selectOption({ label: 'Given4 Family0004' });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('2 marks recorded.').waitFor();
    await page.getByText('2 people came').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back.').waitFor();
    await page.getByText('0 people came').waitFor();
  });

  it('show the agenda, a month and a gathering without a barrier: full, loading and failed', async () => {
    const [gathering] = await held('Without a barrier', '2 days');
    const path = `/console/gatherings/Gathering_${gathering!.id}`;
    for (const width of SIZES) {
      const full = await organizer(width);
      await full.page.goto('/console/gatherings');
      await full.page.getByRole('link', { name: 'Without a barrier' }).waitFor();
      expect(await violations(full.page)).toEqual([]);
      expect(await overflow(full.page)).toBe(0);
      await full.page.getByText('Month', { exact: true }).click();
      await full.page.getByRole('link', { name: /Without a barrier/ }).waitFor();
      expect(await violations(full.page)).toEqual([]);
      expect(await overflow(full.page)).toBe(0);
      await full.page.goto(path);
      await full.page.getByRole('heading', { name: 'Without a barrier' }).waitFor();
      expect(await violations(full.page)).toEqual([]);
      expect(await overflow(full.page)).toBe(0);
      for (const [operation, at] of [
        ['Agenda', '/console/gatherings'],
        ['Gathering', path],
      ] as const) {
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
