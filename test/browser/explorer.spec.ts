import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { inChromium, openScreen } from '../support/browser';
import { asOwner } from '../support/database';
import { openUnion, type TestUnion } from '../support/union';

const SYSTEM = systemActor('test');
const EMAIL = 'organizer@example.org';
const PASSWORD = 'correct horse battery';

inChromium('GraphiQL', (browser) => {
  let union: TestUnion;

  beforeAll(async () => {
    union = await openUnion({ NODE_ENV: 'development' });
    const chapterId = await asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      const { rows } = await client.query<{ id: string }>(
        `WITH home AS (INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'UTC', 'en') RETURNING id)
         INSERT INTO member (chapter_id, given_name, family_name, status) SELECT id, 'Ada', 'Example', 'member' FROM home RETURNING chapter_id AS id`,
      );
      return rows[0]!.id;
    });
    await union.api.get(UsersService).ensure(SYSTEM, { email: EMAIL, password: PASSWORD });
    await union.api.get(GrantsService).giveTo(SYSTEM, EMAIL, { role: 'organizer', chapterId, purposes: [] });
  });
  afterAll(() => union.close());

  it('asks as whoever is signed in, and nothing of another host', async () => {
    const { page, complaints } = await openScreen(browser(), { viewport: { width: 1280, height: 800 } });
    const hosts = new Set<string>();
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http')) hosts.add(url.origin);
    });
    const signIn = {
      query: `mutation { signInWithPassword(email: "${EMAIL}", password: "${PASSWORD}") { token } }`,
    };
    expect((await page.context().request.post(`${union.address}/graphql`, { data: signIn })).status()).toBe(
      200,
    );
    await page.goto(`${union.address}/graphiql`);
    await page.getByRole('button', { name: /Documentation Explorer/ }).click();
    // The schema is there, and with it the editor: before that, a click on the button does nothing.
    await page.getByText('Root Types').waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.result-window').getByText('"Ada"').waitFor();
    expect([...hosts]).toEqual([new URL(union.address).origin]);
    expect(complaints).toEqual([]);
  });
});
