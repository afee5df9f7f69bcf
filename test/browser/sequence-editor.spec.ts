import type { Page } from 'playwright-core';
import { inChromium, violations } from '../support/browser';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const MEMBERS = 20;
const ALLOWED = 15;
const SIZES = [320, 1280] as const;

inChromium('the sequence editor', (browser) => {
  let hall: ScreenHall;

  const organizer = async (width: number): Promise<{ page: Page; complaints: string[] }> =>
    hall.organizer({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const looksRight = async (page: Page): Promise<void> => {
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  };
  /** A draft for everyone in Oakland with one message of its own; gives the path of its page. */
  const drafted = async (page: Page, title: string, text = 'Hello {{name}}'): Promise<string> => {
    await page.goto('/console/sequences/new');
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Everyone in').selectOption({ label: 'Oakland' });
    await page.getByText(`${MEMBERS} people match`).waitFor();
    await page.getByRole('button', { name: 'Edit: Step 1: Message' }).click();
    await page.getByLabel('Name, for organizers').fill('Hello');
    await page.getByLabel('Subject, English').fill(title);
    await page.getByLabel('Text, English').fill(text);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('heading', { name: `Change: ${title}` }).waitFor();
    return new URL(page.url()).pathname.replace(/\/edit$/, '');
  };
  const publish = async (page: Page, people?: string): Promise<void> => {
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (people !== undefined) await dialog.getByLabel(people).check();
    await looksRight(page);
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Running', { exact: true }).first().waitFor();
  };
  const stateOf = async (title: string): Promise<unknown> =>
    (await hall.look(`SELECT state, version FROM sequence WHERE title = $1`, [title]))[0];

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: MEMBERS, environment: { APPROVAL_FROM: '1000' } });
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'test' FROM member ORDER BY family_name LIMIT ${ALLOWED}`,
    );
  });
  afterAll(() => hall.close());

  it.each(SIZES)('drafts, looks at who would get what, and publishes, %i pixels wide', async (width) => {
    const { page, complaints } = await organizer(width);
    const title = `Come and see, ${width}`;
    await page.goto('/console/sequences');
    await page.getByRole('link', { name: 'Write a sequence' }).click();
    await page.getByRole('heading', { name: 'Write a sequence' }).waitFor();
    await looksRight(page);
    await drafted(page, title);
    expect(await stateOf(title)).toEqual({ state: 'draft', version: 0 });
    await looksRight(page);
    await page.getByRole('button', { name: 'Dry run' }).click();
    const dry = page.getByRole('region', { name: 'Who would get what' });
    await dry.getByText(`${MEMBERS} people are meant now.`).waitFor();
    await dry.getByText(`${ALLOWED} may be written to by e-mail`).waitFor();
    await dry.getByText('5 not, by e-mail: did not allow messages about gatherings').waitFor();
    await looksRight(page);
    await publish(page);
    expect(await stateOf(title)).toEqual({ state: 'active', version: 1 });
    expect(complaints).toEqual([]);
  });

  it('says what stands against publishing, leads to the step, and loses nothing', async () => {
    const { page } = await organizer(1280);
    await drafted(page, 'Nothing fits', 'Hello {{title}}');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    const summary = page.getByRole('alert');
    await summary.getByText('Step 1: Hello').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
    await looksRight(page);
    await summary.getByRole('link').first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('steps[0].body.en');
    expect(await page.getByLabel('Text, English').inputValue()).toBe('Hello {{title}}');
    await page.getByLabel('Text, English').fill('');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await summary.getByText('must be a text of 1 to 20000 characters').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Edit: Step 1: Hello' }).click();
    expect(await page.getByLabel('Text, English').inputValue()).toBe('');
    await page.getByLabel('Text, English').fill('Hello {{name}}');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Nothing stands against publishing.').waitFor();
  });

  it('writes, moves and takes out steps by keyboard alone, and repairs ways that would lead back', async () => {
    const { page } = await organizer(1280);
    await drafted(page, 'By keyboard');
    for (const kind of ['Ways part', 'Message', 'Leave']) {
      await tabTo(page, 'Add a step');
      await page.keyboard.type(kind);
      await tabTo(page, 'Add');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.id.startsWith('steps['));
    }
    await page.getByLabel('Name, for organizers').last().fill('Later');
    await page.getByLabel('They go to').selectOption({ label: 'Step 4: Leave' });
    await tabTo(page, 'Move down: Step 2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Move down: Step 3/ }).waitFor();
    await tabTo(page, 'Move down: Step 3');
    await page.keyboard.press('Enter');
    await page.getByText('A way led back').waitFor();
    await looksRight(page);
    await tabTo(page, 'Remove: Step 4');
    await page.keyboard.press('Enter');
    await page.getByText('Removed:').waitFor();
    await tabTo(page, 'Undo');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('list', { name: 'Steps' }).getByRole('heading').count()).toBe(4);
  });

  it('begins with a recipe, and shows its steps as a picture that leads to their forms', async () => {
    for (const width of SIZES) {
      const { page, complaints } = await organizer(width);
      await page.goto('/console/sequences/new');
      await page.getByLabel('Everyone in').selectOption({ label: 'Oakland' });
      const recipes = page.getByLabel('Begin with');
      await recipes.locator('option').nth(2).waitFor({ state: 'attached' });
      await recipes.selectOption({ index: 2 });
      await page.getByRole('button', { name: /^Edit: Step 2/ }).waitFor();
      await looksRight(page);
      await page.getByRole('button', { name: 'As a picture' }).click();
      const picture = page.getByRole('group', { name: 'The steps in a picture' });
      await picture.getByText(/^Step 1: /).waitFor();
      await looksRight(page);
      await picture.getByText(/^Step 1: /).click();
      await page.getByRole('button', { name: /^Close: Step 1/ }).waitFor();
      expect(complaints).toEqual([]);
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('heading', { name: /^Change: / }).waitFor();
    }
  });

  it('asks what becomes of those inside when a new version is published, and shows the versions', async () => {
    const { page } = await organizer(360);
    const title = 'Two versions';
    const path = await drafted(page, title);
    await page.getByLabel('Add a step').selectOption({ label: 'Wait' });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('How long', { exact: true }).waitFor();
    await publish(page);
    const [row] = await hall.look<{ id: string }>(`SELECT id FROM sequence WHERE title = $1`, [title]);
    await hall.look(
      `INSERT INTO enrollment (sequence_id, version, member_id, chapter_id, position, due_at) SELECT $1, 1, id, chapter_id, 3, now() + interval '1 day' FROM member LIMIT 7`,
      [row!.id],
    );
    await page.goto(path);
    await page.getByRole('link', { name: 'Change it' }).click();
    await page.getByLabel('Add a step').selectOption({ label: 'Do something' });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('Tag', { exact: true }).fill('second');
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByText('7 people are inside the version before.').waitFor();
    await publish2(page);
    await page.getByText('Version 2').waitFor();
    await page.getByText('those inside moved to it').waitFor();
    await looksRight(page);
    expect(
      await hall.look(
        `SELECT version, count(*)::int AS n FROM enrollment WHERE sequence_id = $1 GROUP BY 1`,
        [row!.id],
      ),
    ).toEqual([{ version: 2, n: 7 }]);
  });
  const publish2 = async (page: Page): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('They move to the same step of the new version').check();
    await looksRight(page);
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  };

  it('closes and opens the way in, each time saying what it means', async () => {
    const { page } = await organizer(1280);
    await drafted(page, 'Ways in');
    await publish(page);
    for (const [name, means, open] of [
      ['Stop entries', 'Nobody enters any more.', false],
      ['Allow entries', 'People enter again from now on.', true],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(means).waitFor();
      await looksRight(page);
      await dialog.getByRole('button', { name, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      const [row] = await hall.look(`SELECT entries_open AS open FROM sequence WHERE title = 'Ways in'`);
      expect(row).toEqual({ open });
    }
  });

  it('shows that it waits, and what failed', async () => {
    const { page } = await organizer(320);
    const path = await drafted(page, 'Slow');
    for (const how of ['failed', 'unanswered'] as const) {
      const other = await organizer(320);
      await interrupt(other.page, 'SequenceDraft', how);
      await other.page.goto(`${path}/edit`);
      await other.page
        .getByRole(how === 'failed' ? 'alert' : 'status')
        .first()
        .waitFor();
      await looksRight(other.page);
    }
  });

  it('does not write over what somebody else has saved meanwhile', async () => {
    const { page } = await organizer(1280);
    await drafted(page, 'Two of us');
    await hall.look(
      `UPDATE sequence_version v SET revision = revision + 1 FROM sequence s WHERE s.id = v.sequence_id AND s.title = 'Two of us'`,
    );
    await page.getByRole('button', { name: 'Edit: Step 1: Hello' }).click();
    await page.getByLabel('Subject, English').fill('Mine');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('alert').getByText('Somebody else has changed this draft.').waitFor();
    expect(await page.getByLabel('Subject, English').inputValue()).toBe('Mine');
  });
});
