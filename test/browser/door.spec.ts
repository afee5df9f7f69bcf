import type { Page } from 'playwright-core';
import { inChromium, violations, type Screen } from '../support/browser';
import { eventually } from '../support/eventually';
import { openScreenHall, type ScreenHall } from '../support/screen-hall';
import { interrupt, overflow, tabTo } from './states';

const EXPECTED = 180;
const PHONE = { viewport: { width: 360, height: 740 } };

inChromium('the door', (browser) => {
  let hall: ScreenHall;
  let gatheringId: string;

  const gathering = async (title: string, expected: number): Promise<string> => {
    const [made] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', $2, now() + interval '1 hour', now() + interval '3 hours', 'America/Los_Angeles') RETURNING id`,
      [hall.chapterId, title],
    );
    await hall.look(
      `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status)
       SELECT $1, id, chapter_id, 'going' FROM member WHERE family_name LIKE 'Family%' ORDER BY family_name LIMIT $2`,
      [made!.id, expected],
    );
    return made!.id;
  };
  const came = async (id: string): Promise<string[]> =>
    (
      await hall.look<{ name: string }>(
        `SELECT m.given_name || ' ' || m.family_name AS name FROM attendance a JOIN member m ON m.id = a.member_id
         WHERE a.gathering_id = $1 AND a.status = 'attended' ORDER BY m.sort_name`,
        [id],
      )
    ).map(({ name }) => name);
  const nameOf = (n: number): string => `Given${n} Family${String(n).padStart(4, '0')}`;
  /** Opens the door of a gathering and waits until the phone holds the list and the program. */
  const openDoor = async (id: string, options: object = PHONE): Promise<Screen> => {
    const screen = await hall.organizer(options);
    await screen.page.goto(`/door#Gathering_${id}`);
    await screen.page.getByRole('button', { name: `Check in ${nameOf(1)}` }).waitFor();
    await screen.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await eventually('the list is on the phone', async () => (await expected(screen.page)) > 0);
    return screen;
  };
  const expected = async (page: Page): Promise<number> =>
    Number(/of (\d+) here/.exec(await page.locator('.counter').innerText())?.[1]);
  const here = (page: Page, count: number): Promise<void> =>
    page.getByText(new RegExp(`^${count} of \\d+ here$`)).waitFor();
  const tap = (page: Page, n: number): Promise<void> =>
    page.getByRole('button', { name: `Check in ${nameOf(n)}` }).click();
  /** Checks in by the list's own buttons, in the page, as fast as it goes. */
  const tapAll = (page: Page, from: number, to: number): Promise<void> =>
    page.evaluate(
      async (names) => {
        for (const name of names) {
          const rows = [...document.querySelectorAll<HTMLButtonElement>('button.row')];
          rows.find(({ textContent }) => textContent!.includes(name))!.click();
          await new Promise((done) => requestAnimationFrame(done));
        }
      },
      Array.from({ length: to - from + 1 }, (_, i) => nameOf(from + i)),
    );

  beforeAll(async () => {
    hall = await openScreenHall(browser(), { members: EXPECTED + 20 });
    gatheringId = await gathering('How to log off together', EXPECTED);
  });
  afterAll(() => hall.close());

  it('loses none and doubles none of 200 check-ins on two phones without a connection, one of them killed', async () => {
    const first = await openDoor(gatheringId);
    const second = await openDoor(gatheringId);
    await eventually('both have the whole list', async () =>
      (await expected(first.page)) === EXPECTED ? (await expected(second.page)) === EXPECTED : false,
    );
    const phone = first.page.context();
    await phone.setOffline(true);
    await second.page.context().setOffline(true);
    await tapAll(first.page, 1, 100);
    await here(first.page, 100);
    await tapAll(second.page, 81, 180);
    await here(second.page, 100);
    expect(await came(gatheringId)).toEqual([]);
    await first.page.getByText('100 wait to be sent').waitFor();

    const session = await phone.newCDPSession(first.page);
    const killed = first.page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await killed;
    await first.page.close();
    const reopened = await phone.newPage();
    await reopened.goto(`/door#Gathering_${gatheringId}`);
    await here(reopened, 100);
    await reopened.getByText('100 wait to be sent').waitFor();

    await phone.setOffline(false);
    await second.page.context().setOffline(false);
    await Promise.all([reopened, second.page].map((page) => page.getByText('All sent').waitFor()));
    expect(await came(gatheringId)).toEqual(Array.from({ length: 180 }, (_, i) => nameOf(i + 1)));
    const [entries] = await hall.look<{ marks: number; people: number }>(
      `SELECT count(*)::int AS marks, count(DISTINCT member_id)::int AS people FROM attendance_entry WHERE gathering_id = $1`,
      [gatheringId],
    );
    expect(entries).toEqual({ marks: 200, people: 180 });
    expect(await violations(reopened)).toEqual([]);
  });

  it.each([360, 1280])(
    'takes a check-in by one tap, its undo, and somebody new by two taps and a name, %i pixels wide',
    async (width) => {
      const id = await gathering(`Evening ${width}`, 3);
      const { page, complaints } = await openDoor(id, { viewport: { width, height: 800 } });
      await tap(page, 1);
      await here(page, 1);
      await page.getByText('Given1 Family0001 is here.').waitFor();
      await tap(page, 2);
      await page.getByRole('button', { name: `Undo ${nameOf(2)}` }).click();
      await here(page, 1);
      await page.getByRole('button', { name: 'Somebody new' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Check in', exact: true }).click();
      await page.getByText('Enter a name').waitFor();
      await page.getByLabel('Given name').fill('Nadia');
      await page.getByLabel('Family name').fill('Newcomer');
      await page.getByRole('button', { name: 'Check in', exact: true }).click();
      await here(page, 2);
      await page.getByText('All sent').waitFor();
      await eventually('both are written', async () => (await came(id)).length === 2);
      expect(await came(id)).toEqual([nameOf(1), 'Nadia Newcomer']);
      expect(
        await hall.look(
          `SELECT status, chapter_id = $1 AS ours FROM member WHERE given_name = 'Nadia' LIMIT 1`,
          [hall.chapterId],
        ),
      ).toEqual([{ status: 'prospect', ours: true }]);
      expect(
        await hall.look(
          `SELECT 1 FROM consent c JOIN member m ON m.id = c.member_id WHERE m.given_name = 'Nadia'`,
        ),
      ).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it('finds whoever holds a ticket by its code, and finds members who are not on the list', async () => {
    const id = await gathering('Tickets', 3);
    const { page } = await openDoor(id);
    const [ticket] = await hall.look<{ id: string }>(
      `SELECT r.id FROM rsvp r JOIN member m ON m.id = r.member_id WHERE r.gathering_id = $1 AND m.family_name = 'Family0003'`,
      [id],
    );
    await page.getByLabel('Name, or the code of a ticket').fill(ticket!.id.slice(-8).toUpperCase());
    await page.getByRole('button', { name: /^Check in Given/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Check in Given/ }).count()).toBe(1);
    await tap(page, 3);
    await page.getByLabel('Name, or the code of a ticket').fill('Family0190');
    await page.getByText('Nobody on the list has this name.').waitFor();
    await page.getByRole('button', { name: 'Look among all members' }).click();
    await tap(page, 190);
    await eventually('both are written', async () => (await came(id)).length === 2);
    expect(await came(id)).toEqual([nameOf(3), nameOf(190)]);
  });

  it('says why a mark was not taken, sends the others, and lets it be put aside', async () => {
    const id = await gathering('Refusals', 3);
    const { page } = await openDoor(id);
    await page.context().setOffline(true);
    await tapAll(page, 1, 3);
    await here(page, 3);
    await hall.look(`UPDATE member SET erased_at = now() WHERE family_name = 'Family0002'`);
    await page.context().setOffline(false);
    await page.getByText('One mark was not taken:').waitFor();
    await page.getByText(`${nameOf(2)}: No such member.`).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put aside' }).click();
    await here(page, 2);
    expect(await came(id)).toEqual([nameOf(1), nameOf(3)]);
    await hall.look(`UPDATE member SET erased_at = NULL WHERE family_name = 'Family0002'`);
  });

  it('keeps what was marked when the session ends, and sends it after signing in again', async () => {
    const id = await gathering('Long evening', 3);
    const { page } = await openDoor(id);
    await hall.look(`UPDATE session SET revoked_at = now()`);
    await tap(page, 1);
    await page.getByText('Your session has ended.').waitFor();
    await page.getByText('1 waits to be sent').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('E-mail address').fill('organizer@example.org');
    await page.getByLabel('Password').fill(hall.password);
    await page.keyboard.press('Enter');
    await page.getByText('All sent').waitFor();
    expect(await came(id)).toEqual([nameOf(1)]);
  });

  it('can be worked by keyboard alone', async () => {
    const id = await gathering('Keys', 3);
    const { page } = await openDoor(id, { viewport: { width: 1280, height: 800 } });
    await tabTo(page, `Check in${nameOf(2)}Expected`);
    await page.keyboard.press('Enter');
    await here(page, 1);
    await tabTo(page, `Undo ${nameOf(2)}`);
    await page.keyboard.press('Space');
    await here(page, 0);
    await page.getByText('All sent').waitFor();
    await eventually('it is taken back', async () => (await came(id)).length === 0);
  });

  it.each([320, 1280])('holds to WCAG while empty, loading and failing, %i pixels wide', async (width) => {
    const options = { viewport: { width, height: 740 } };
    const [empty] = await hall.look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Nobody yet', now() + interval '1 hour', now() + interval '2 hours', 'UTC') RETURNING id`,
      [hall.chapterId],
    );
    const signedOut = (await hall.stranger(options)).page;
    await signedOut.goto('/door');
    await signedOut.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await violations(signedOut)).toEqual([]);
    const { page } = await hall.organizer(options);
    await page.goto('/door');
    await page.getByRole('heading', { name: 'Which gathering is it?' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.goto(`/door#Gathering_${empty!.id}`);
    await page.getByText('Nobody has said that they will come.').waitFor();
    expect(await violations(page)).toEqual([]);
    for (const how of ['unanswered', 'failed'] as const) {
      const other = (await hall.organizer(options)).page;
      await interrupt(other, 'DoorExpected', how);
      await other.goto(`/door#Gathering_${empty!.id}`);
      if (how === 'failed') await other.getByText('Something went wrong on our side.').waitFor();
      else await other.locator('.skeleton').waitFor();
      expect(await violations(other)).toEqual([]);
    }
  });
});
