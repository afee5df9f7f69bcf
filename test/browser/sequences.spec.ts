import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const ALLOWED = 30;
const MEMBERS = 40;
const SIZES = [320, 1280] as const;

inChromium('outreach on a screen', (browser) => {
  let hall: ScreenHall;

  const organizer = async (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const training = async (title: string): Promise<string> => {
    const [row] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone, place)
       VALUES ($1, 'training', $2, now() + interval '3 days', now() + interval '3 days 1 hour', 'America/Los_Angeles', 'Union hall') RETURNING id`,
      [hall.chapterId, title],
    );
    return `/console/gatherings/Gathering_${row!.id}`;
  };
  const received = (title: string): string[] =>
    hall.union.smtp.received.filter(({ mail }) => mail.subject?.endsWith(title)).map(({ to }) => to);
  /** Starts outreach for everyone in Oakland; gives the path of its page. */
  const started = async (page: Page, title: string): Promise<string> => {
    await page.goto(await training(title));
    await page.getByRole('link', { name: 'Start outreach' }).click();
    await page.getByText(`${MEMBERS} people match`).waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: `Start for ${MEMBERS} people` }).click();
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    return new URL(page.url()).pathname;
  };
  const change = async (page: Page, name: string, consequence: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(consequence).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const states = (title: string): Promise<{ state: string; n: number }[]> =>
    hall.look(
      `SELECT d.state, count(*)::int AS n FROM delivery d JOIN sequence s ON s.id = d.sequence_id WHERE s.title = $1 GROUP BY 1 ORDER BY 1`,
      [title],
    );

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: MEMBERS });
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM member ORDER BY family_name LIMIT ${ALLOWED}`,
    );
    await hall.look(`UPDATE member SET language = 'es' WHERE family_name <= 'Family0005'`);
  });
  afterAll(() => hall.close());

  it('say that nothing has been sent, and lead to the trainings', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/sequences');
      await page.getByRole('link', { name: 'Choose a training' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
  });

  it.each([360, 1280])(
    'let an organizer enrol a segment in four actions, and watch its messages arrive, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const title = `Log off together, ${width}`;
      await page.goto(await training(title));
      await page.getByRole('link', { name: 'Start outreach' }).click();
      await page.getByText(`${MEMBERS} people match`).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByLabel('whose status is').selectOption({ label: 'Member' });
      await page.getByText(`${MEMBERS} people match`).waitFor();
      await page.getByText('Given1 Family0001, Oakland').waitFor();
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('heading', { name: 'Who gets what, and when' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: `Start for ${MEMBERS} people` }).click();
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: `${ALLOWED} sent, 0 due, 10 not sent` })
        .waitFor();
      expect(new Set(received(title)).size).toBe(ALLOWED);
      await page.getByText('10: did not allow messages about gatherings').waitFor();
      await page.getByText(`${MEMBERS} people wait for this`).waitFor();
      await page.getByRole('button', { name: '10 Not sent' }).click();
      const list = page.getByRole('list', { name: 'Messages' });
      await list.getByRole('link', { name: 'Given31 Family0031' }).waitFor();
      expect(await list.getByRole('listitem').count()).toBe(10);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('enrol those who read Spanish by keyboard alone', async () => {
    const { page } = await organizer(1280);
    await page.goto(await training('Desconectarse'));
    await page.getByRole('link', { name: 'Start outreach' }).waitFor();
    await tabTo(page, 'Start outreach');
    await page.keyboard.press('Enter');
    await page.getByText(`${MEMBERS} people match`).waitFor();
    await tabTo(page, 'who reads');
    await page.keyboard.type('Spanish');
    await page.getByText('5 people match').waitFor();
    await tabTo(page, 'Review');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Who gets what, and when' }).waitFor();
    await tabTo(page, 'Start for 5 people');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: '5 sent' }).waitFor();
  });

  it('refuse to review a segment of nobody, and say why', async () => {
    const { page } = await organizer(360);
    await page.goto(`${await training('For nobody')}/outreach`);
    await page.getByLabel('with the tag').fill('no such tag');
    await page.getByText('Nobody matches all of this. Take a condition away.').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('link', { name: 'Nobody matches. Choose other people' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it.each([360, 1280])(
    'hold, resume and end, each after saying who gets what, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const title = `Held, ${width}`;
      const path = await started(page, title);
      await page
        .getByRole('status')
        .filter({ hasText: `${ALLOWED} sent, 0 due` })
        .waitFor();
      await change(page, 'Hold', `${MEMBERS} people stay where they are; they get nothing until you resume.`);
      await page.getByText('On hold', { exact: true }).waitFor();
      await change(page, 'Resume', `${MEMBERS} people go on from where they are.`);
      await page.getByText('Running', { exact: true }).waitFor();
      await change(page, 'End', `${MEMBERS} people leave it and get nothing more from it.`);
      await page.getByText('Ended', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Hold' }).count()).toBe(0);
      const [row] = await hall.look(
        `SELECT s.state, count(*) FILTER (WHERE e.state = 'active')::int AS inside FROM sequence s JOIN enrollment e ON e.sequence_id = s.id WHERE s.id = $1 GROUP BY 1`,
        [path.split('_')[1]],
      );
      expect(row).toEqual({ state: 'ended', inside: 0 });
      expect(await states(title)).toEqual([
        { state: 'accepted', n: ALLOWED },
        { state: 'suppressed', n: MEMBERS - ALLOWED },
      ]);
      expect(complaints).toEqual([]);
    },
  );

  it('show the list and a running sequence without a barrier: full, loading and failed', async () => {
    const { page } = await organizer(1280);
    const path = await started(page, 'Without a barrier');
    for (const width of SIZES) {
      for (const [operation, at, seen] of [
        ['Sequences', '/console/sequences', 'Without a barrier'],
        ['Sequence', path, 'Invitation'],
      ] as const) {
        const full = await organizer(width);
        await full.page.goto(at);
        await full.page.getByText(seen).first().waitFor();
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
