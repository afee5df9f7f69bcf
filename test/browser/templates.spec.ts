import type { Page } from 'playwright-core';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow } from './states';

const SECOND = 'second@example.org';
const SIZES = [360, 1280] as const;

inChromium('templates on a screen', (browser) => {
  let hall: ScreenHall;

  const organizer = (width: number, email?: string): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' }, email);
  const fine = async (page: Page): Promise<void> => {
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  };
  /** Makes one and saves its English text; gives the path of its page. */
  const written = async (page: Page, name: string, body = 'Hello {{name}}, welcome.'): Promise<string> => {
    await page.goto('/console/templates/new');
    await page.getByLabel('Name, for organizers').fill(name);
    await page.getByRole('button', { name: 'Make the template' }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await page.getByLabel('Subject').fill('Welcome, {{name}}');
    await page.getByLabel('Message', { exact: true }).fill(body);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Ask for review' }).waitFor();
    return new URL(page.url()).pathname;
  };

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: 5 });
    const system = systemActor('test');
    await hall.union.api.get(UsersService).ensure(system, { email: SECOND, password: hall.password });
    await hall.union.api
      .get(GrantsService)
      .giveTo(system, SECOND, { role: 'organizer', chapterId: hall.chapterId, purposes: [] });
  });
  afterAll(() => hall.close());

  it('say that there are none, and lead to the first', async () => {
    for (const width of SIZES) {
      const { page } = await organizer(width);
      await page.goto('/console/sequences');
      await page.getByRole('link', { name: 'Templates of messages' }).click();
      await page.getByText('There are no templates here yet.').waitFor();
      await fine(page);
      await page.getByRole('link', { name: 'New template' }).click();
      await page.getByRole('button', { name: 'Make the template' }).click();
      await page.getByRole('link', { name: 'Give the template a name' }).waitFor();
      await fine(page);
    }
  });

  it.each(SIZES)(
    'are written by one person, approved by a second, and seen as a member sees them, %i pixels wide',
    async (width) => {
      const name = `Welcome, ${width}`;
      const { page, complaints } = await organizer(width);
      await written(page, name);
      await fine(page);
      await page.getByRole('button', { name: 'Ask for review' }).click();
      await page.getByText('You saved this text, so somebody else has to review it.').waitFor();
      const second = await organizer(width, SECOND);
      await second.page.goto('/console/templates');
      await second.page.getByLabel('Show').selectOption('Waiting for review');
      await second.page.getByRole('link', { name }).click();
      await second.page.getByRole('button', { name: 'Send back' }).click();
      await second.page.getByText('Say what should be different.').waitFor();
      await fine(second.page);
      await second.page.getByRole('button', { name: 'Approve' }).click();
      await second.page.getByText('Sequences may use it. A change needs a new review.').waitFor();

      await second.page.getByLabel('Family name begins with').fill('Family0002');
      await second.page.getByRole('button', { name: 'Given2 Family0002' }).click();
      await second.page.getByText('Welcome, Given2').waitFor();
      const mail = second.page.frameLocator('iframe[title="The message"]');
      await mail.getByText('Hello Given2, welcome.').waitFor();
      expect(await mail.locator('a[href]').count()).toBe(0);
      await fine(second.page);
      const looked = await hall.look(
        `SELECT FROM access_ledger WHERE operation = 'previewTemplate' AND subject_ids @> ARRAY[(SELECT id FROM member WHERE family_name = 'Family0002')]`,
      );
      expect(looked.length).toBeGreaterThan(0);
      expect([...complaints, ...second.complaints]).toEqual([]);
      await page.goto('/console/templates');
      await page.getByText('English: Approved').first().waitFor();
      await fine(page);
    },
  );

  it('put in what differs for each person, and say at which line something is wrong', async () => {
    const { page } = await organizer(1280);
    await written(page, 'With names', 'Hello.');
    await page.getByLabel('Message', { exact: true }).fill('One\n');
    await page.getByLabel('Insert what differs for each person').selectOption('chapter');
    await page.getByRole('button', { name: 'Insert' }).click();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('One\n{{chapter}}');
    await page.keyboard.type(' {{secret}}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Line 2: there is no {{secret}}. Choose from the list.' }).waitFor();
    await fine(page);
    await page.getByRole('button', { name: 'Undo my changes' }).click();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('Hello.');
  });

  it('have a text for each language', async () => {
    const { page } = await organizer(360);
    await written(page, 'In two languages');
    await page.getByLabel('Language', { exact: true }).last().selectOption('es');
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('');
    await page.getByLabel('Subject').fill('Bienvenida');
    await page.getByLabel('Message', { exact: true }).fill('Hola {{name}}.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Ask for review' }).waitFor();
    await page.goto('/console/templates');
    await page.getByText('Spanish: Draft').waitFor();
  });

  it('stand without a barrier while they load and when they cannot be loaded', async () => {
    const { page } = await organizer(1280);
    const path = await written(page, 'Without a barrier');
    for (const [operation, at] of [
      ['Templates', '/console/templates'],
      ['Template', path],
    ] as const) {
      const loading = await organizer(360);
      await interrupt(loading.page, operation, 'unanswered');
      await loading.page.goto(at);
      await loading.page.getByRole('status', { name: 'Loading' }).waitFor();
      await fine(loading.page);
      const failed = await organizer(360);
      await interrupt(failed.page, operation, 'failed');
      await failed.page.goto(at);
      await failed.page.getByRole('button', { name: 'Try again' }).waitFor();
      await fine(failed.page);
    }
  });
});
