import type { Page } from 'playwright-core';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow } from './states';

const SECOND = 'second@example.org';
const SIZES = [320, 1280] as const;

inChromium('the listening desk on a screen', (browser) => {
  let hall: ScreenHall;

  const organizer = async (width: number, email?: string): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' }, email);
  const fine = async (page: Page): Promise<void> => {
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  };
  const session = async (title: string): Promise<string> => {
    const [made] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'listening_session', $2, now() - interval '1 day', now(), 'America/Los_Angeles') RETURNING id`,
      [hall.chapterId, title],
    );
    return `/console/gatherings/Gathering_${made!.id}`;
  };
  const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const addTheme = async (page: Page, name: string): Promise<void> => {
    await page.getByLabel('New theme').fill(name);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: `Merge ${name} into another` }).waitFor();
  };

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: 5 });
    const system = systemActor('test');
    await hall.union.api.get(UsersService).ensure(system, { email: SECOND, password: hall.password });
    await hall.union.api
      .get(GrantsService)
      .giveTo(system, SECOND, { role: 'facilitator', chapterId: hall.chapterId, purposes: [] });
  });
  afterAll(() => hall.close());

  it.each(SIZES)('says what is not there yet, and what failed, %i pixels wide', async (width) => {
    const { page, complaints } = await organizer(width);
    await page.goto(await session(`Empty, ${width}`));
    await page.getByRole('link', { name: 'Listening desk' }).click();
    await page.getByText('Nothing has been written down yet.').waitFor();
    await fine(page);
    await tab(page, 'Coding');
    await page.getByText('Nothing waits for you.').waitFor();
    await page.getByText('The coders agree on everything.').waitFor();
    await fine(page);
    await tab(page, 'Agreement');
    await page.getByText('Nothing has been coded twice yet.').waitFor();
    await fine(page);
    await tab(page, 'Themes');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'Name the theme' }).waitFor();
    await fine(page);
    expect(complaints).toEqual([]);
    await interrupt(page, 'Spoken', 'failed');
    await page.reload();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Write what was said' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 30_000 });
    await fine(page);
  });

  it.each(SIZES)('leads from a note over two coders to a demand and back, %i pixels wide', async (width) => {
    const [one, two] = [`Appeals ${width}`, `Deleted ${width}`];
    const { page, complaints } = await organizer(width);
    const path = await session(`Heard, ${width}`);
    await page.goto(`${path}/listening`);
    await tab(page, 'Themes');
    await addTheme(page, one);
    await addTheme(page, two);
    await fine(page);
    await tab(page, 'Notes');
    await page.getByLabel('Their words').fill('Apelé tres veces y nadie contestó.');
    await page.getByRole('combobox', { name: 'Language', exact: true }).last().selectOption('es');
    await page.getByLabel('A member').check();
    await page.getByLabel('Family name begins with').fill('Family0002');
    await page.getByRole('button', { name: 'Given2 Family0002' }).click();
    await page.getByLabel('The union may quote it').selectOption('Word for word');
    await page.getByLabel('Who may read it').selectOption('Everyone');
    await page.getByLabel('Named as').selectOption('First name');
    await fine(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Spanish · Word for word · First name · Everyone').waitFor();
    await fine(page);

    await page.getByRole('button', { name: 'Translate' }).click();
    await page.getByLabel('Into').selectOption('en');
    await page.getByRole('form', { name: 'Translate' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Write the text' }).waitFor();
    await page.getByLabel('Text', { exact: true }).fill('I appealed three times and nobody answered.');
    await page.getByLabel('Translated by a machine').fill('Apertium 3.9');
    await fine(page);
    await page.getByRole('form', { name: 'Translate' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('English, translated by Apertium 3.9, not reviewed yet').waitFor();
    await page.getByRole('button', { name: 'English is right' }).press('Enter');
    await page.getByText('English, translated by Apertium 3.9', { exact: true }).waitFor();
    await tab(page, 'Coding');
    await page.getByLabel(one).check();
    await page.getByLabel(two).check();
    await fine(page);
    await page.getByRole('button', { name: 'Submit my codes' }).click();
    await page.getByText('Nothing waits for you.').waitFor();
    const second = await organizer(width, SECOND);
    await second.page.goto(`${path}/listening`);
    await tab(second.page, 'Coding');
    await second.page.getByLabel(one).check();
    await second.page.getByRole('button', { name: 'Submit my codes' }).click();
    await second.page.getByText('First coder').waitFor();
    await second.page.getByText(`${one}, ${two}`).waitFor();
    await fine(second.page);
    await second.page.getByRole('button', { name: 'We two say so' }).click();
    await second.page.getByText('The coders agree on everything.').waitFor();
    await tab(second.page, 'Agreement');
    await second.page.getByRole('rowheader', { name: 'All themes together' }).waitFor();
    await fine(second.page);

    await tab(page, 'Themes');
    await page.getByRole('article').filter({ hasText: one }).getByText('1 person · Rising').waitFor();
    await page.getByRole('button', { name: `Split ${one}` }).click();
    await page.getByText('Apelé tres veces y nadie contestó.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Split' }).click();
    await page.getByRole('link', { name: 'Name part 1' }).waitFor();
    await fine(page);
    await page.getByLabel('Name of part 1').fill(`${one}, ignored`);
    await page.getByLabel('Name of part 2').fill(`${one}, refused`);
    await page.getByRole('dialog').getByRole('button', { name: 'Split' }).click();
    await page.getByRole('button', { name: `Merge ${one}, refused into another` }).waitFor();
    await page.getByRole('button', { name: `Merge ${two} into another` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('link', { name: 'Choose the theme that stays' }).waitFor();
    await fine(page);
    await page.getByLabel('Into', { exact: true }).selectOption(`${one}, ignored`);
    await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('button', { name: `Merge ${two} into another` }).waitFor({ state: 'detached' });

    const [campaign] = await hall.look<{ id: string }>(
      `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone) VALUES ($1, $2, 'Hear us', 'Meta', now(), 'America/Los_Angeles') RETURNING id`,
      [hall.chapterId, `hear-us-${width}`],
    );
    await hall.look(
      `INSERT INTO demand (campaign_id, ordinal, wording) VALUES ($1, 1, 'Answer every appeal.')`,
      [campaign!.id],
    );
    await page.goto(`/console/campaigns/hear-us-${width}`);
    await page.getByLabel('Theme behind: Answer every appeal.').selectOption(`${one}, ignored`);
    await page.getByRole('button', { name: 'Put behind it' }).click();
    await page.getByRole('button', { name: 'Read what members said: Answer every appeal.' }).click();
    await page.getByText('Apelé tres veces y nadie contestó.').waitFor();
    await page.getByText('I appealed three times and nobody answered.').waitFor();
    await page.getByText(/^Given2 · Spanish · /).waitFor();
    await page.getByRole('button', { name: 'Publish what was heard' }).click();
    await page.getByText(`${one}, ignored (Too few to say)`).waitFor();
    await fine(page);
    const member = await hall.member('member2@example.org', {
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    await member.page.goto('/portal/said');
    await member.page.getByText('Apelé tres veces y nadie contestó.').first().waitFor();
    await fine(member.page);
    await member.page.getByLabel('Named as').first().selectOption('No name');
    await member.page.getByRole('button', { name: 'Save what I allow' }).first().click();
    await member.page.getByText('Saved. It holds from now on.').waitFor();
    await member.page.getByRole('button', { name: 'Take it back' }).first().click();
    await fine(member.page);
    await member.page.getByRole('button', { name: 'Yes, delete my words' }).click();
    await member.page.getByText('Its words are deleted.').waitFor();
    await fine(member.page);
    await page.reload();
    await page.getByRole('button', { name: 'Read what members said: Answer every appeal.' }).click();
    await page.getByText('Nothing may be quoted yet.').waitFor();
    await page.getByRole('button', { name: `Take ${one}, ignored from behind it` }).click();
    await page.getByText('No theme stands behind it yet.').waitFor();
    expect([...complaints, ...second.complaints, ...member.complaints]).toEqual([]);
  });
});
