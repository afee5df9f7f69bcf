import type { Browser, BrowserContextOptions } from 'playwright-core';
import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import { openScreen, type Screen } from './browser';
import { asOwner } from './database';
import { eventually } from './eventually';
import { openUnion, type TestUnion } from './union';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';
const ORGANIZER = 'organizer@example.org';

export interface ScreenHallOptions {
  /** How many invented members Oakland has: Given1 Family0001, member1@example.org and on. */
  readonly members?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A union to look at: the chapter Oakland, its members, and an organizer who may do all there is to do in it. */
export interface ScreenHall {
  readonly union: TestUnion;
  /** The id of Oakland, as the database has it. */
  readonly chapterId: string;
  readonly password: string;
  /** Runs SQL as the owner of the database, past row-level security. */
  look<T = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>;
  /** A browser profile of its own in which nobody is signed in; paths are relative to the union. */
  stranger(options?: BrowserContextOptions): Promise<Screen>;
  /** As `stranger`, signed in as the organizer, or as another user with the same password. */
  organizer(options?: BrowserContextOptions, email?: string): Promise<Screen>;
  /** As `stranger`, signed in as a member by the link of a mail. */
  member(email: string, options?: BrowserContextOptions): Promise<Screen>;
  close(): Promise<void>;
}

export async function openScreenHall(
  browser: Browser,
  { members = 40, environment = {} }: ScreenHallOptions = {},
): Promise<ScreenHall> {
  const union = await openUnion(environment);
  const look = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, values)).rows as T[];
    });
  const [chapter] = await look<{ id: string }>(
    `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
  );
  const chapterId = chapter!.id;
  await look(
    `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
     SELECT $1, 'Given' || n, 'Family' || lpad(n::text, 4, '0'), 'member' || n || '@example.org', 'member' || n || '@example.org', 'member'
       FROM generate_series(1, $2::int) n`,
    [chapterId, members],
  );
  await union.api.get(UsersService).ensure(SYSTEM, { email: ORGANIZER, password: PASSWORD });
  await union.api.get(GrantsService).giveTo(SYSTEM, ORGANIZER, { role: 'admin', chapterId, purposes: [] });

  const stranger = (options: BrowserContextOptions = {}): Promise<Screen> =>
    openScreen(browser, { baseURL: union.address, locale: 'en-US', ...options });
  const send = async ({ page }: Screen, query: string, variables: object): Promise<void> => {
    const answer = await page.context().request.post('/graphql', { data: { query, variables } });
    const body = (await answer.json()) as { errors?: unknown };
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  };
  return {
    union,
    chapterId,
    password: PASSWORD,
    look,
    stranger,
    organizer: async (options, email = ORGANIZER) => {
      const screen = await stranger(options);
      await send(
        screen,
        `mutation ($email: String!, $password: String!) { signInWithPassword(email: $email, password: $password) { expiresAt } }`,
        { email, password: PASSWORD },
      );
      return screen;
    },
    member: async (email, options) => {
      const screen = await stranger(options);
      const before = union.smtp.received.length;
      await send(screen, `mutation ($email: String!) { requestSignInLink(email: $email) }`, { email });
      const letter = await eventually('the sign-in link', () =>
        Promise.resolve(
          union.smtp.received
            .slice(before)
            .find(({ to, mail }) => to.includes(email) && mail.text!.includes('/sign-in?token=')),
        ),
      );
      const token = /token=([\w-]+)/.exec(letter.mail.text!)![1]!;
      // The mail may be here a moment before the row that knows its link.
      await eventually('the link signs in', () =>
        send(screen, `mutation ($token: String!) { signInWithLink(token: $token) { expiresAt } }`, {
          token,
        }).then(
          () => true,
          (error: Error) => {
            if (error.message.includes('SIGN_IN.REFUSED')) return false;
            throw error;
          },
        ),
      );
      return screen;
    },
    close: () => union.close(),
  };
}
