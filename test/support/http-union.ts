import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GrantsService, SignInService, systemActor, UsersService, type Role } from '@unionhall/identity';
import { Clock } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from './database';

const SYSTEM = systemActor('test');
const PASSWORD = 'correct horse battery';

export type Headers = Readonly<Record<string, string>>;
export interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
export interface Answer<T> {
  readonly data: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Refusal }[];
}

/** Two chapters beside each other, behind the real API on a database of its own. */
export interface HttpUnion {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly clock: Clock;
  /** New York, English. Ids as the API writes them. */
  readonly north: string;
  /** Denver, Spanish. */
  readonly south: string;
  /** Signs somebody in: with a role in chapters, and as a member of one if wanted. */
  person(
    name: string,
    as?: { role?: Role; chapters?: readonly string[]; memberOf?: string },
  ): Promise<Headers>;
  /** Members without an account; their ids as the API writes them. */
  members(count: number, chapter: string): Promise<string[]>;
  ask<T>(query: string, variables?: object, headers?: Headers): Promise<Answer<T>>;
  /** The data of an operation that must succeed. */
  must<T>(query: string, variables: object, headers: Headers): Promise<T>;
  /** The first refusal of an operation; code `none` when it was not refused. */
  refused(query: string, variables: object, headers?: Headers): Promise<Refusal>;
  rows<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** The uuid of an id as the API writes it. */
export const rowId = (id: string): string => id.slice(id.indexOf('_') + 1);

export async function openHttpUnion(): Promise<HttpUnion> {
  const database = await cloneDatabase();
  const clock = new Clock();
  const app = await createApi({ config: testConfig(database.url), clock });
  const rows = <T>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    asOwner(database.url, async (client) => (await client.query(text, [...values])).rows as T[]);
  const [north, south] = (
    await rows<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES
         ('North', 'city', 'north', 'America/New_York', 'en'), ('South', 'city', 'south', 'America/Denver', 'es')
       RETURNING 'Chapter_' || id AS id`,
    )
  ).map(({ id }) => id) as [string, string];
  const ask: HttpUnion['ask'] = async (query, variables = {}, headers = {}) =>
    (
      await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', ...headers },
        payload: { query, variables },
      })
    ).json();
  const members: HttpUnion['members'] = async (count, chapter) =>
    (
      await rows<{ id: string }>(
        `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
         SELECT $1, 'Ann' || n, 'Lee', k, k, 'member'
         FROM (SELECT n, 'ann' || n || '.' || gen_random_uuid() || '@example.org' AS k FROM generate_series(1, $2::int) n) s
         RETURNING 'Member_' || id AS id`,
        [rowId(chapter), count],
      )
    ).map(({ id }) => id);
  return {
    app,
    database,
    clock,
    north,
    south,
    ask,
    rows,
    members,
    async person(name, { role, chapters = [], memberOf } = {}) {
      const email = `${name}@example.org`;
      await app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
      if (memberOf !== undefined)
        await rows(
          `WITH m AS (INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status)
             VALUES ($1, initcap($2), 'Lee', $3, $3, 'member') RETURNING id)
           UPDATE user_account u SET member_id = m.id FROM m WHERE u.email_key = $3`,
          [rowId(memberOf), name, email],
        );
      if (role !== undefined)
        for (const chapter of chapters)
          await app
            .get(GrantsService)
            .giveTo(SYSTEM, email, { role, chapterId: rowId(chapter), purposes: [] });
      const { token } = await app
        .get(SignInService)
        .withPassword({ email, password: PASSWORD, address: '127.0.0.1' });
      return { authorization: `Bearer ${token}` };
    },
    async must<T>(query: string, variables: object, headers: Headers) {
      const { data, errors } = await ask<T>(query, variables, headers);
      if (errors !== undefined || data === null) throw new Error(JSON.stringify(errors));
      return data;
    },
    refused: async (query, variables, headers) =>
      (await ask(query, variables, headers)).errors?.[0]?.extensions ?? { code: 'none' },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
