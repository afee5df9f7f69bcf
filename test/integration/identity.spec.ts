import type { Mailer, Outbox } from '@unionhall/platform';
import { Signer } from '@unionhall/platform';
import {
  ActorsService,
  GrantsService,
  SignInService,
  systemActor,
  UsersService,
  type Actor,
} from '@unionhall/identity';
import { AttemptsService } from '../../libs/identity/src/attempts.service';
import { asOwner, openTestDb, testConfig, type TestDb } from '../support/database';

const SYSTEM = systemActor('test');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INTENT = { purpose: 'organizing' };
const PASSWORD = 'correct horse battery';

describe('identity over PostgreSQL', () => {
  let test: TestDb;
  let users: UsersService;
  let grants: GrantsService;
  let actors: ActorsService;
  let signIn: SignInService;
  let sent: string[];
  let relay: () => Promise<void>;
  let root: string;
  let north: string;
  let south: string;
  let ada: string;

  beforeAll(async () => {
    test = await openTestDb();
    const config = testConfig(test.url);
    users = new UsersService(test.db);
    grants = new GrantsService(test.db, users);
    actors = new ActorsService(test.db);
    sent = [];
    const events: { type: string; payload: object }[] = [];
    let handle: (em: never, event: never) => Promise<void>;
    const outbox = {
      subscribe: (one: { handle: typeof handle }) => (handle = one.handle),
      emit: (_em: unknown, ...all: typeof events) => Promise.resolve(void events.push(...all)),
      nudge: () => Promise.resolve(),
    };
    relay = async () => {
      for (const event of events.splice(0))
        await test.db.tx(SYSTEM, (em) => handle(em as never, event as never));
    };
    const mailer = {
      send: (mail: { text: string }) =>
        Promise.resolve({ state: 'accepted', id: String(sent.push(mail.text)) }),
    };
    signIn = new SignInService(
      test.db,
      new AttemptsService(test.db, new Signer(config)),
      outbox as unknown as Outbox,
      mailer as unknown as Mailer,
      config,
      {
        findMemberByEmail: async (em, key) => {
          const [row] = (await em.query(`SELECT id FROM member WHERE email_key = $1`, [key])) as {
            id: string;
          }[];
          return row === undefined ? undefined : { memberId: row.id };
        },
        languageOfMember: async (em, id) => {
          const [row] = (await em.query(`SELECT language FROM member WHERE id = $1`, [id])) as {
            language: string;
          }[];
          return row?.language;
        },
      },
    );
    signIn.onModuleInit();
    [root, north, south] = await asOwner(test.url, async (client) => {
      const add = async (name: string, parent: string | null): Promise<string> => {
        const { rows } = await client.query<{ id: string }>(
          `INSERT INTO chapter (name, kind, slug, time_zone, language, parent_id) VALUES ($1, $2, $1, 'UTC', 'en', $3) RETURNING id`,
          [name, parent === null ? 'union' : 'region', parent],
        );
        return rows[0]!.id;
      };
      const top = await add('all', null);
      return [top, await add('north', top), await add('south', top)] as const;
    });
    ada = await users.ensure(SYSTEM, { email: 'ada@example.org', password: PASSWORD });
  });
  afterAll(() => test.close());

  const signedIn = async (email = 'ada@example.org'): Promise<{ token: string; actor: Actor }> => {
    const { token } = await signIn.withPassword({ email, password: PASSWORD, address: '192.0.2.9' });
    return { token, actor: (await actors.ofSession(token, INTENT))!.actor };
  };
  const read = (actor: Actor) => test.db.read(actor, { text: 'SELECT app.kind() AS kind', values: [] });

  it('signs in by password, keeping neither the password nor the token', async () => {
    const { token, actor } = await signedIn();
    expect(actor.userId).toBe(ada);
    const stored = await asOwner(test.url, (client) =>
      client.query<{ text: string }>(
        `SELECT (SELECT json_agg(u)::text FROM user_account u) || (SELECT json_agg(s)::text FROM session s) AS text`,
      ),
    );
    const text = stored.rows[0]!.text;
    expect(text).toContain('$argon2id$v=19$m=47104,t=1,p=1$');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(token);
  });

  it('binds the actor to the transaction and leaves nothing behind', async () => {
    const { actor } = await signedIn();
    expect((await read(actor)).rows).toEqual([{ kind: 'user' }]);
    const { rows } = await test.db.pool.query(`SELECT app.kind() AS kind, app.user_id() AS id`);
    expect(rows).toEqual([{ kind: 'anonymous', id: null }]);
  });

  it('expands a grant to its subtree, and refuses the old actor from the next read on', async () => {
    const { token, actor } = await signedIn();
    const id = await grants.give(SYSTEM, { userId: ada, role: 'organizer', chapterId: root, purposes: [] });
    await expect(read(actor)).rejects.toMatchObject({ code: 'UH001' });
    const fresh = (await actors.ofSession(token, INTENT))!.actor;
    expect(fresh.can('members.read')).toEqual([root, north, south].sort());
    expect((await read(fresh)).rows).toEqual([{ kind: 'user' }]);
    await grants.revoke(SYSTEM, id);
    await expect(read(fresh)).rejects.toMatchObject({ code: 'UH001' });
    expect((await actors.ofSession(token, INTENT))!.actor.can('members.read')).toBe(false);
  });

  it('refuses an actor as soon as one of their grants has run out, without a sweep', async () => {
    const until = new Date(Date.now() + test.clock.offsetMs + HOUR);
    await grants.give(SYSTEM, {
      userId: ada,
      role: 'facilitator',
      chapterId: north,
      purposes: [],
      expiresAt: until,
    });
    const { actor, token } = await signedIn();
    await read(actor);
    test.clock.advance(HOUR + MINUTE);
    await expect(read(actor)).rejects.toMatchObject({ code: 'UH001' });
    expect((await actors.ofSession(token, INTENT))!.actor.can('members.read')).toBe(false);
  });

  it('follows the tree when a chapter is added below a grant', async () => {
    await grants.give(SYSTEM, { userId: ada, role: 'facilitator', chapterId: north, purposes: [] });
    const { actor, token } = await signedIn();
    await asOwner(test.url, (client) =>
      client.query(
        `INSERT INTO chapter (name, kind, slug, time_zone, language, parent_id) VALUES ('hill', 'city', 'hill', 'UTC', 'en', $1)`,
        [north],
      ),
    );
    await expect(read(actor)).rejects.toMatchObject({ code: 'UH001' });
    expect((await actors.ofSession(token, INTENT))!.actor.can('members.read')).toHaveLength(2);
  });

  it('ends a session at once when it is signed out of', async () => {
    const { actor, token } = await signedIn();
    await signIn.signOut(actor);
    await expect(read(actor)).rejects.toMatchObject({ code: 'UH002' });
    expect(await actors.ofSession(token, INTENT)).toBeUndefined();
  });

  it('replaces an old token, keeps the old one through a grace, and ends the session when it comes back later', async () => {
    const { token } = await signedIn();
    test.clock.advance(7 * HOUR);
    const { renewed } = (await actors.ofSession(token, INTENT))!;
    expect(renewed?.token).toHaveLength(43);
    expect((await actors.ofSession(token, INTENT))?.renewed).toBeUndefined();
    expect((await actors.ofSession(renewed!.token, INTENT))?.actor.userId).toBe(ada);
    test.clock.advance(3 * MINUTE);
    expect(await actors.ofSession(token, INTENT)).toBeUndefined();
    expect(await actors.ofSession(renewed!.token, INTENT)).toBeUndefined();
  });

  it('refuses wrong passwords alike for known and unknown addresses, and stops counting at the limit', async () => {
    await users.ensure(SYSTEM, { email: 'bo@example.org', password: PASSWORD });
    const guess = (email: string) =>
      signIn.withPassword({ email, password: 'not the password', address: '192.0.2.1' });
    await expect(guess('nobody@example.org')).rejects.toMatchObject({ code: 'SIGN_IN.REFUSED' });
    const answers = await Promise.allSettled(Array.from({ length: 14 }, () => guess('bo@example.org')));
    const codes = answers
      .map((one) => (one as PromiseRejectedResult).reason as { code: string })
      .map(({ code }) => code);
    expect(codes.filter((code) => code === 'SIGN_IN.REFUSED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'SIGN_IN.LIMITED')).toHaveLength(4);
    await expect(signedIn('bo@example.org')).rejects.toMatchObject({ code: 'SIGN_IN.LIMITED' });
    test.clock.advance(16 * MINUTE);
    await expect(signedIn('bo@example.org')).resolves.toBeDefined();
  });

  it('makes the account of a member who signs in by a link, which works once', async () => {
    const memberId = await asOwner(test.url, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO member (chapter_id, given_name, email, email_key) VALUES ($1, 'Cleo', 'Cleo@example.org', 'cleo@example.org') RETURNING id`,
        [north],
      );
      return rows[0]!.id;
    });
    await signIn.requestLink({ email: 'Cleo@Example.org ', address: '192.0.2.2' });
    await signIn.requestLink({ email: 'stranger@example.org', address: '192.0.2.2' });
    await relay();
    expect(sent).toHaveLength(1);
    const token = /token=([\w-]+)/.exec(sent[0]!)![1]!;
    const session = await signIn.withLink({ token, address: '192.0.2.2' });
    const { actor } = (await actors.ofSession(session.token, INTENT))!;
    expect(actor.memberId).toBe(memberId);
    const { rows } = await test.db.read(actor, { text: `SELECT given_name FROM member`, values: [] });
    expect(rows).toEqual([{ given_name: 'Cleo' }]);
    await expect(signIn.withLink({ token, address: '192.0.2.2' })).rejects.toMatchObject({
      code: 'SIGN_IN.LINK_USED',
    });
  });

  it('refuses a link after fifteen minutes, and one that was never sent', async () => {
    await signIn.requestLink({ email: 'ada@example.org', address: '192.0.2.3' });
    await relay();
    const token = /token=([\w-]+)/.exec(sent.at(-1)!)![1]!;
    test.clock.advance(16 * MINUTE);
    await expect(signIn.withLink({ token, address: '192.0.2.3' })).rejects.toMatchObject({
      code: 'SIGN_IN.LINK_EXPIRED',
    });
    await expect(signIn.withLink({ token: 'x'.repeat(43), address: '192.0.2.3' })).rejects.toMatchObject({
      code: 'SIGN_IN.REFUSED',
    });
  });

  it('lets a chapter admin give roles in their subtree alone, and nobody else see the grants', async () => {
    await users.ensure(SYSTEM, { email: 'dee@example.org', password: PASSWORD });
    await grants.giveTo(SYSTEM, 'dee@example.org', { role: 'admin', chapterId: north, purposes: [] });
    const dee = (await signedIn('dee@example.org')).actor;
    const given = await grants.giveTo(dee, 'eve@example.org', {
      role: 'organizer',
      chapterId: north,
      purposes: [],
    });
    await expect(
      grants.giveTo(dee, 'eve@example.org', { role: 'organizer', chapterId: south, purposes: [] }),
    ).rejects.toMatchObject({ code: 'AUTHZ.NOT_FOUND' });
    await expect(
      grants.giveTo(dee, 'eve@example.org', { role: 'organizer', purposes: [] }),
    ).rejects.toMatchObject({
      code: 'AUTHZ.FORBIDDEN',
    });
    await expect(
      grants.giveTo(dee, 'eve@example.org', { role: 'chief' as never, chapterId: north, purposes: ['war'] }),
    ).rejects.toMatchObject({ code: 'GRANT.INVALID' });
    await grants.revoke(dee, given);
    const far = await grants.giveTo(SYSTEM, 'far@example.org', {
      role: 'organizer',
      chapterId: south,
      purposes: [],
    });
    await expect(grants.revoke(dee, far)).rejects.toMatchObject({ code: 'GRANT.NOT_FOUND' });
  });

  it('shuts a disabled user out at the next read', async () => {
    await users.ensure(SYSTEM, { email: 'gil@example.org', password: PASSWORD });
    const { actor } = await signedIn('gil@example.org');
    await users.disable(SYSTEM, actor.userId!);
    await expect(read(actor)).rejects.toMatchObject({ code: 'UH002' });
    await expect(signedIn('gil@example.org')).rejects.toMatchObject({ code: 'SIGN_IN.REFUSED' });
  });
});
