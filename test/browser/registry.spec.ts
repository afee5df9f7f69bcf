import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { inChromium, violations, type Screen } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { seedRegistry } from './registry-hall';
import { interrupt, overflow, tabTo } from './states';

const SYSTEM = systemActor('test');
const EVERYONE = 30_012;

inChromium('the registry of the console', (browser) => {
  let hall: ScreenHall;

  const open = async (path: string, width: number, email?: string): Promise<Screen> => {
    const screen = await hall.organizer({ viewport: { width, height: 800 } }, email);
    await screen.page.goto(`/console${path}`);
    return screen;
  };
  const tagged = async (tag: string): Promise<number> =>
    (
      await hall.look<{ total: number }>(
        `SELECT count(*)::int AS total FROM member_tag mt JOIN tag g ON g.id = mt.tag_id WHERE g.name = $1`,
        [tag],
      )
    )[0]!.total;

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: EVERYONE - 12 });
    await seedRegistry(hall);
  });
  afterAll(() => hall.close());

  it.each([360, 1280])(
    'says what needs somebody today, and leads to each place that one may go, %i pixels wide',
    async (width) => {
      const { page, complaints } = await open('', width);
      await page.getByRole('link', { name: 'How to log off together' }).waitFor();
      await page.getByRole('link', { name: '1,500 people' }).waitFor();
      expect(await violations(page)).toEqual([]);
      const menu = page.getByRole('button', { name: 'Menu' });
      if (width === 360) {
        await menu.press('Enter');
        await page.locator('nav a:focus').waitFor();
        await page.keyboard.press('Escape');
        expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true);
        await menu.click();
      }
      const places = page.getByRole('navigation', { name: 'Main navigation' });
      for (const name of ['Chapters', 'Roles', 'Partners', 'Import people'])
        expect(await places.getByRole('link', { name }).isVisible()).toBe(true);
      expect(await violations(page)).toEqual([]);
      await places.getByRole('link', { name: 'Chapters' }).click();
      await page.getByRole('heading', { name: 'Chapters' }).waitFor();
      expect(await overflow(page)).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('hides the places that need a permission which one does not hold', async () => {
    const { page } = await open('', 1280, 'facilitator@example.org');
    const places = page.getByRole('navigation', { name: 'Main navigation' });
    await places.getByRole('link', { name: 'Gatherings' }).waitFor();
    await page.getByRole('heading', { name: 'Next gatherings' }).waitFor();
    for (const name of ['Roles', 'Partners', 'Import people', 'Outreach'])
      expect(await places.getByRole('link', { name }).count()).toBe(0);
    await page.goto('/console/members?named=given7%20');
    await page.getByRole('link', { name: 'Given7 Family0007' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    expect(await page.getByRole('button', { name: 'Show contact data' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
  });

  it('goes anywhere by keyboard alone: a person, a place, something to create', async () => {
    const { page, complaints } = await open('', 1280);
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.keyboard.press('Control+k');
    const bar = page.getByRole('combobox', { name: 'A name, a place or what to do' });
    await bar.waitFor();
    expect(await violations(page)).toEqual([]);
    const looks = async (): Promise<number> =>
      (await hall.look(`SELECT FROM access_ledger WHERE operation = 'CommandMembers'`)).length;
    const before = await looks();
    await page.keyboard.type('G');
    await page.getByRole('option', { name: 'Gatherings' }).waitFor();
    await page.keyboard.type('iven77 ');
    await page.getByRole('option', { name: /Given77 Family0077/ }).waitFor();
    expect(await looks()).toBe(before + 1);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await bar.getAttribute('aria-activedescendant')).toMatch(/^Member_/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Given77 Family0077' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByRole('link', { name: 'Schedule a training' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Start a campaign' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('has keys that can be switched off, and that never fire while one types', async () => {
    const { page } = await open('/members', 1280);
    await page.getByRole('row').nth(3).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('c?/');
    expect(await page.getByLabel('Find by name').inputValue()).toBe('c?/');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByLabel('Find by name').fill('');
    await page.keyboard.press('Tab');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('switch', { name: 'Use keys without Ctrl' }).press('Space');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').filter({ visible: true }).first().waitFor();
    expect(await page.getByRole('heading', { name: 'What do you want to create?' }).count()).toBe(0);
  });

  it.each([360, 1280])(
    'tags everyone of thirty thousand that matches, and takes it back from those alone, %i pixels wide',
    async (width) => {
      const tag = `everyone ${width}`;
      const { page, complaints } = await open('/members', width);
      await page.getByText('30,012 members').waitFor();
      await hall.look(
        `WITH g AS (INSERT INTO tag (name) VALUES ($1) RETURNING id)
         INSERT INTO member_tag (member_id, chapter_id, tag_id) SELECT m.id, m.chapter_id, g.id FROM member m, g WHERE m.email_key = 'member7@example.org'`,
        [tag],
      );
      await page.getByRole('button', { name: 'Select all 30,012 matching' }).click();
      await page.getByRole('checkbox', { name: 'Select Given2 Family0002' }).click();
      await page.getByText('30,011 selected').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Add a tag' }).click();
      await page.getByRole('dialog').getByText('This is for 30,011 people.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Add a tag' }).click();
      await page.getByRole('alert').getByText('Write a tag').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByLabel('Tag').fill(tag);
      await page.keyboard.press('Enter');
      await page.getByText(`30,010 people now have “${tag}”.`).waitFor();
      expect(await tagged(tag)).toBe(30_011);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Undone for 30,010 people.').waitFor();
      expect(await tagged(tag)).toBe(1);
      expect(complaints).toEqual([]);
    },
  );

  it('finds, selects and tags a few by keyboard alone, and opens one', async () => {
    const { page } = await open('/members', 1280);
    await page.getByRole('row').nth(3).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('given50');
    await page.getByText('111 members').waitFor();
    await tabTo(page, 'Select all 111 matching');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Tag').waitFor();
    await page.keyboard.type('by keys');
    await page.keyboard.press('Enter');
    await page.getByText('3 people now have “by keys”.').waitFor();
    expect(await tagged('by keys')).toBe(3);
    await tabTo(page, 'Select all 111 matching');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Given50 Family0050' }).waitFor();
  });

  it('stays quick in the middle of thirty thousand, with few of them on the page', async () => {
    const { page } = await open('/members', 1280);
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('row').nth(1).focus();
    await eventually('the five-hundredth has the focus', async () => {
      await page.keyboard.press('PageDown');
      const at = await page.evaluate(() => Number(document.activeElement?.getAttribute('aria-rowindex')));
      return at > 500;
    });
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(EVERYONE + 1));
  });

  it.each([320, 1280])(
    'says that nobody matches, and takes back what was asked for last, %i pixels wide',
    async (width) => {
      const { page } = await open('/members', width);
      await page.getByRole('row').nth(3).waitFor();
      await page.getByRole('button', { name: 'Filters', exact: true }).click();
      await page.getByLabel('Tag').fill('phone bank');
      await page.getByRole('button', { name: 'Remove “Tag: phone bank”' }).waitFor();
      await page.getByLabel('Status').selectOption({ label: 'Lapsed' });
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText('Nobody matches these filters.').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('button', { name: 'Remove “Status: Lapsed”' }).last().click();
      await page.getByRole('link', { name: 'Given3 Family0003', exact: true }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Remove “Tag: phone bank”' }).waitFor();
    },
  );

  it('remembers in this browser which columns are shown, and reads only those', async () => {
    const { page } = await open('/members', 1280);
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Tags' }).uncheck();
    await page.getByRole('checkbox', { name: 'City' }).check();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.getByRole('columnheader', { name: 'City' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Tags' }).count()).toBe(0);
    const [entry] = await hall.look<{ fields: string[] }>(
      `SELECT fields FROM access_ledger WHERE operation = 'Members' ORDER BY at DESC LIMIT 1`,
    );
    expect(entry!.fields).toContain('Member.city');
    expect(entry!.fields).not.toContain('Member.tags');
  });

  it.each([360, 1280])(
    'shows what happened with a member in one line of time, and changes the record, %i pixels wide',
    async (width) => {
      const { page, complaints } = await open('/members?named=given7%20', width);
      await page.getByRole('link', { name: 'Given7 Family0007' }).click();
      const history = page.getByRole('region', { name: 'What happened' });
      await history.getByText('Came, 55 minutes').waitFor();
      await history.getByText('Gatherings by e-mail: Yes').waitFor();
      await history.getByText('Log off: Pledged').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await history.getByLabel('Show').selectOption({ label: 'Pledges' });
      expect(await history.getByRole('listitem').count()).toBe(1);
      await page.getByLabel('New tag').fill(`host ${width}`);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: `Remove the tag host ${width}` }).click();
      await page.getByRole('button', { name: `Remove the tag host ${width}` }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Given name').fill('');
      await dialog.getByLabel('Family name').fill('');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').getByText('Write a name').waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByLabel('Given name').fill('Given7');
      await dialog.getByLabel('Family name').fill('Family0007');
      await dialog.getByLabel('Chapter').selectOption({ label: width === 360 ? 'Fruitvale' : 'Oakland' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      const [member] = await hall.look<{ name: string }>(
        `SELECT c.name FROM member m JOIN chapter c ON c.id = m.chapter_id WHERE m.email_key = 'member7@example.org'`,
      );
      expect(member!.name).toBe(width === 360 ? 'Fruitvale' : 'Oakland');
      expect(complaints).toEqual([]);
    },
  );

  it.each([360, 1280])('shows the tree of chapters, adds one and moves it, %i pixels wide', async (width) => {
    const name = `Temescal ${width}`;
    const { page, complaints } = await open('/chapters', width);
    await page.getByRole('listitem').getByText('Fruitvale').waitFor();
    await page
      .getByText(/of them right here/)
      .first()
      .waitFor();
    await page.getByText(/organizer@example\.org \(Admin\)/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add below Oakland' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add a chapter' }).click();
    await dialog.getByRole('alert').getByText('Write a name').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    expect(await dialog.getByLabel('Short name in addresses').inputValue()).toBe(`temescal-${width}`);
    await dialog.getByRole('button', { name: 'Add a chapter' }).click();
    await page.getByRole('button', { name: `Move ${name}` }).click();
    await dialog.getByLabel('Under which chapter').selectOption({ label: 'Fruitvale' });
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByRole('button', { name: 'Show what is below Fruitvale' }).press('Enter');
    const moved = page.getByRole('button', { name: `Move ${name}` });
    await eventually('it is left of its old place, and stands below the new', async () => {
      return (await moved.count()) === 1;
    });
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each([360, 1280])('gives a role and takes it back, %i pixels wide', async (width) => {
    const email = `newcomer${width}@example.org`;
    const { page, complaints } = await open('/roles', width);
    await page.getByRole('rowheader', { name: 'facilitator@example.org' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Give a role' }).click();
    await dialog.getByRole('alert').getByText('Choose a chapter').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('E-mail address').fill(email);
    await dialog.getByRole('radio', { name: 'Facilitator' }).check();
    await dialog.getByLabel('In which chapter').selectOption({ label: 'Fruitvale' });
    await dialog.getByRole('checkbox', { name: 'Trainings' }).check();
    await dialog.getByRole('button', { name: 'Give a role' }).click();
    await page.getByRole('button', { name: `Take back: Facilitator, ${email}` }).click();
    await dialog.getByText(`${email} will no longer have the role “Facilitator” in Fruitvale.`).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('rowheader', { name: email }).waitFor({ state: 'detached' });
    const [grant] = await hall.look<{ role: string; live: boolean; purposes: string[] }>(
      `SELECT g.role, g.revoked_at IS NULL AS live, g.purposes FROM role_grant g JOIN user_account u ON u.id = g.user_id WHERE u.email = $1`,
      [email],
    );
    expect(grant).toEqual({ role: 'facilitator', live: false, purposes: ['training'] });
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('holds its form in the other direction and in Spanish', async () => {
    const { page } = await hall.organizer({ viewport: { width: 360, height: 800 }, locale: 'es-MX' });
    await page.goto('/console/members');
    await page.getByRole('heading', { name: 'Miembros' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => localStorage.setItem('unionhall.language', 'en-XB'));
    for (const path of ['', '/members', '/chapters', '/roles', '/imports']) {
      await page.goto(`/console${path}`);
      await page.locator('main h1').waitFor();
      expect(await overflow(page)).toBe(0);
    }
  });

  const SCREENS = [
    { path: '', operation: 'Today', part: 'Next gatherings' },
    { path: '/members', operation: 'Members', part: 'Given1 Family0001' },
    { path: '/chapters', operation: 'ChapterLevel', part: 'right here' },
    { path: '/roles', operation: 'RoleGrants', part: 'facilitator@example.org' },
    { path: '/imports', operation: 'RecentImports', part: 'Waits for you' },
  ];
  it.each(SCREENS.flatMap((one) => [320, 1280].map((width) => ({ ...one, width }))))(
    '$path waits, says what failed and goes on, by the rules of WCAG, $width pixels wide',
    async ({ path, operation, part, width }) => {
      const { page } = await hall.organizer({ viewport: { width, height: 800 } });
      await interrupt(page, operation, 'unanswered');
      await page.goto(`/console${path}`);
      await page.getByLabel('Loading').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.unroute('**/graphql');
      await interrupt(page, operation, 'failed');
      await page.goto(`/console${path}`);
      await page.getByRole('alert').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('main').getByText(part).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    },
  );

  it.each([320, 1280])('says where nothing is yet, and what to do, %i pixels wide', async (width) => {
    const email = `fresh${width}@example.org`;
    const [chapter] = await hall.look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Fresno', 'city', $1, 'America/Los_Angeles', 'en') RETURNING id`,
      [`fresno-${width}`],
    );
    await hall.union.api.get(UsersService).ensure(SYSTEM, { email, password: hall.password });
    await hall.union.api
      .get(GrantsService)
      .giveTo(SYSTEM, email, { role: 'organizer', chapterId: chapter!.id, purposes: [] });
    const { page } = await open('/members', width, email);
    await page.getByText('Nobody is here yet. Import people to begin.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto('/console/imports');
    await page.getByText('Nothing has been imported yet.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.goto('/console');
    await page.getByText('No import waits for a decision.').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
