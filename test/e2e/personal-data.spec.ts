import { systemActor } from '@unionhall/identity';
import { PersonalDataService } from '@unionhall/consent';
import { Database } from '@unionhall/platform';
import type { Client } from 'pg';
import { asOwner } from '../support/database';
import { eventually } from '../support/eventually';
import { openUnion, type TestUnion } from '../support/union';

const EMAIL = 'ana@example.org';

describe('a person in the union', () => {
  let union: TestUnion;
  let chapterId: string;
  let gatheringId: string;

  const look = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    asOwner(union.databaseUrl, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      return (await client.query(sql, values)).rows as T[];
    });
  const join = async (email: string): Promise<string> =>
    (
      await look<{ id: string }>(
        `INSERT INTO member (chapter_id, given_name, family_name, email, email_key, status) VALUES ($1, 'Ana', 'Ito', $2, $2, 'member') RETURNING id`,
        [chapterId, email],
      )
    )[0]!.id;
  const signIn = async (email: string): Promise<string> => {
    const before = union.smtp.received.length;
    await union.ask(`mutation ($e: String!) { requestSignInLink(email: $e) }`, { e: email });
    const letter = await eventually('the link', () => Promise.resolve(union.smtp.received[before]));
    const token = /token=([\w-]+)/.exec(letter.mail.text!)![1];
    return eventually('the link is known', async () => {
      const { data } = await union.ask<{ signInWithLink: { token: string } | undefined }>(
        `mutation ($t: String!) { signInWithLink(token: $t) { token } }`,
        { t: token },
      );
      return data?.signInWithLink?.token;
    });
  };
  /** Leaves a trace in every domain. */
  const live = async (token: string): Promise<void> => {
    for (const [mutation, variables] of [
      [`setMyConsent(purpose: EVENTS, channel: EMAIL, granted: true, wording: "Yes.") { id }`, {}],
      [`rsvp(input: { gatheringId: "Gathering_${gatheringId}", status: GOING }) { id }`, {}],
      [`updateMyProfile(input: { postalCode: "94601" }) { id }`, {}],
    ] as const) {
      const answer = await union.ask(`mutation { ${mutation} }`, variables, token);
      expect(answer.errors).toEqual([]);
    }
  };
  /** The tables in whose rows a text stands, with how many. */
  const traces = (text: string): Promise<Record<string, number>> =>
    asOwner(union.databaseUrl, async (client: Client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      await client.query(`SELECT set_config('unionhall.kind', 'system', false)`);
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
      );
      const found: Record<string, number> = {};
      for (const { name } of tables) {
        const { rows } = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM ${name} t WHERE t::text ILIKE '%' || $1 || '%'`,
          [text],
        );
        if (rows[0]!.n > 0) found[name] = rows[0]!.n;
      }
      return found;
    });

  beforeAll(async () => {
    union = await openUnion();
    [{ id: chapterId }] = (await look<{ id: string }>(
      `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'America/Los_Angeles', 'en') RETURNING id`,
    )) as [{ id: string }];
    [{ id: gatheringId }] = (await look<{ id: string }>(
      `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
       VALUES ($1, 'training', 'Log off', now() + interval '1 day', now() + interval '2 days', 'America/Los_Angeles') RETURNING id`,
      [chapterId],
    )) as [{ id: string }];
  });
  afterAll(() => union.close());

  it('is erased with every trace, the account too, when they leave', async () => {
    const memberId = await join(EMAIL);
    const token = await signIn(EMAIL);
    await live(token);
    expect(Object.keys(await traces(memberId))).toEqual(
      expect.arrayContaining(['member', 'user_account', 'consent', 'consent_event', 'rsvp']),
    );
    expect((await union.ask(`mutation { leaveAndErase }`, {}, token)).errors).toEqual([]);
    // News on its way names the record by its id alone, until it has been told.
    await eventually('the news is told', async () =>
      Object.keys(await traces(memberId)).every((table) => table.startsWith('outbox')),
    );
    expect(await traces(EMAIL)).toEqual({});
    expect((await union.ask(`{ me { id } }`, {}, token)).errors[0]?.extensions.code).toBe(
      'AUTHZ.UNAUTHENTICATED',
    );
  });

  it('keeps the account and the consents of both records when they are one person', async () => {
    const [keep, drop] = [await join('keep@example.org'), await join('drop@example.org')];
    await live(await signIn('drop@example.org'));
    await union.api
      .get(Database)
      .tx(systemActor('merge'), (em) => union.api.get(PersonalDataService).merge(em, keep, drop));
    expect(await look(`SELECT email FROM user_account WHERE member_id = $1`, [keep])).toEqual([
      { email: 'drop@example.org' },
    ]);
    expect(await look(`SELECT purpose, state FROM consent WHERE member_id = $1`, [keep])).toEqual([
      { purpose: 'events', state: 'granted' },
    ]);
    expect(await look(`SELECT status FROM rsvp WHERE member_id = $1`, [keep])).toEqual([{ status: 'going' }]);
    expect(await look(`SELECT 1 FROM member WHERE id = $1`, [drop])).toEqual([]);
  });
});
