import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { overflow } from './states';

inChromium('courses on a screen', (browser) => {
  let hall: ScreenHall;
  const organizer = (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });

  beforeAll(async () => {
    hall = await openScreenHall(browser());
  });
  afterAll(() => hall.close());

  it.each([360, 1280])(
    'lets an organizer draft a course with two modules and open it, %i pixels wide',
    async (width) => {
      const { page, complaints } = await organizer(width);
      const title = `Running a listening session, ${width}`;
      await page.goto('/console/gatherings');
      await page.getByRole('link', { name: 'Courses' }).click();
      await page.getByRole('link', { name: 'New course' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').filter({ hasText: 'There is a problem' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator('#chapterId').selectOption({ index: 1 });
      await page.getByLabel('Title', { exact: true }).fill(title);
      await page.getByLabel('Title of module 1').fill('Hearing');
      await page.getByRole('button', { name: 'Add a module' }).click();
      await page.getByLabel('Title of module 2').fill('Asking');
      await page.getByRole('button', { name: 'Move up: Asking' }).click();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Open the course' }).click();
      await page.getByRole('button', { name: 'Retire the course' }).waitFor();
      expect(
        await hall.look(
          `SELECT c.state, array_agg(m.title ORDER BY m.ordinal) AS modules FROM course c JOIN course_module m ON m.course_id = c.id
         WHERE c.title = $1 GROUP BY 1`,
          [title],
        ),
      ).toEqual([{ state: 'open', modules: ['Asking', 'Hearing'] }]);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('shows who is ready for the next step, and takes the yes', async () => {
    const { page } = await organizer(360);
    await hall.look(
      `WITH m AS (INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
         VALUES ($1, 'Dee', 'Okoro', 'dee@example.org', 'dee@example.org', 'member') RETURNING id, chapter_id),
        c AS (INSERT INTO course (chapter_id, title, state, prepares_for) VALUES ($1, 'Leading', 'open', 'facilitator') RETURNING id),
        x AS (INSERT INTO certificate (course_id, member_id, chapter_id, code) SELECT c.id, m.id, m.chapter_id, 'ABCDEFGH12345678' FROM c, m)
       INSERT INTO ladder_place (member_id, chapter_id, rung, ready_for) SELECT id, chapter_id, 'trained', 'facilitator' FROM m`,
      [hall.chapterId],
    );
    await page.goto('/console/courses/ready');
    await page.getByRole('button', { name: 'Say yes: Dee Okoro' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Say yes: Dee Okoro' }).click();
    await page.getByText('Nobody is ready for this step yet.').waitFor();
    await eventually(
      'she may lead sessions',
      async () => (await hall.look(`SELECT FROM qualification WHERE kind = 'facilitator'`)).length === 1,
    );
  });
});
