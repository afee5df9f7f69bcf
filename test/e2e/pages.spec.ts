import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RsvpLinks } from '@unionhall/gatherings';
import { UsersService, systemActor } from '@unionhall/identity';
import { UnsubscribeLinks } from '@unionhall/outreach';
import { Clock, Mailer, Outbox } from '@unionhall/platform';
import { createApi } from '../../apps/api/src/create-api';
import { asOwner, cloneDatabase, testConfig, type TestDatabase } from '../support/database';

const TITLE = `<script>alert("1")</script> & more`;

describe('pages', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let production: NestFastifyApplication;
  let gatheringId: string;
  const members = new Map<string, string>();

  const build = (environment: string) =>
    createApi({ config: testConfig(database.url, { NODE_ENV: environment }), clock: new Clock() });
  const get = (url: string, language?: string, from = app) =>
    from.inject({
      url,
      headers: { accept: 'text/html', ...(language === undefined ? {} : { 'accept-language': language }) },
    });
  const post = (url: string, payload: object, language?: string) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: language === undefined ? {} : { 'accept-language': language },
    });
  const rsvpPath = (language: string): string =>
    new URL(
      app.get(RsvpLinks).address(gatheringId, members.get(language)!, new Date(Date.now() + 86_400_000)),
    ).pathname;
  const stopPath = (language: string): string =>
    new URL(app.get(UnsubscribeLinks).address(members.get(language)!)).pathname;

  beforeAll(async () => {
    database = await cloneDatabase();
    await asOwner(database.url, async (client) => {
      await client.query(`SELECT set_config('unionhall.sees_all', 'on', false)`);
      const id = async (sql: string, values: unknown[]): Promise<string> =>
        (await client.query<{ id: string }>(`${sql} RETURNING id`, values)).rows[0]!.id;
      const chapter = await id(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Oakland', 'city', 'oakland', 'UTC', 'en')`,
        [],
      );
      for (const language of ['en', 'es-MX', 'fr']) {
        const email = `${language}@example.org`.toLowerCase();
        const member = await id(
          `INSERT INTO member (chapter_id, given_name, email, email_key, language, status) VALUES ($1, 'Ada', $2, $2, $3, 'member')`,
          [chapter, email, language],
        );
        members.set(language, member);
        for (const purpose of ['events', 'campaigns'])
          await client.query(
            `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source) VALUES ($1, $2, $3, 'email', 'granted', 'Yes', 'test')`,
            [member, chapter, purpose],
          );
      }
      gatheringId = await id(
        `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
         VALUES ($1, 'training', $2, now() + interval '3 days', now() + interval '3 days 1 hour', 'UTC')`,
        [chapter, TITLE],
      );
    });
    app = await build('development');
    production = await build('production');
  });
  afterAll(async () => {
    await app.close();
    await production.close();
    await database.drop();
  });

  it('run no script, fetch nothing and escape what people wrote', async () => {
    for (const url of [rsvpPath('en'), stopPath('en'), '/r/x', '/u/x', '/sign-in', '/mailbox']) {
      const { headers, body } = await get(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; /);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(body).not.toMatch(/<script|src=|@import|url\(/);
    }
    expect((await get(rsvpPath('en'))).body).toContain(
      '<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more</h1>',
    );
  });

  it('are in the language of the member, whatever the browser asks for', async () => {
    expect((await get(rsvpPath('es-MX'), 'en')).body).toMatch(/lang="es"[^]*No puedo ir/);
    expect((await get(rsvpPath('en'), 'es')).body).toMatch(/lang="en"[^]*I cannot come/);
    expect((await get(stopPath('es-MX'), 'en')).body).toContain('No recibir más mensajes sobre campañas');
    expect((await get(stopPath('en'), 'es')).body).toContain('Stop messages about campaigns');
  });

  it('are in the language that the browser asks for where the member has none of ours, or none is known', async () => {
    expect((await get(rsvpPath('fr'), 'fr, es;q=0.8, en;q=0.2')).body).toContain('No puedo ir');
    expect((await get(rsvpPath('fr'), 'fr')).body).toContain('I cannot come');
    expect((await get(`/sign-in?token=${'a'.repeat(43)}`, 'es')).body).toContain('Iniciar sesión');
    const refused = await get('/r/x', 'es');
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toMatch(/Este enlace no está completo[^]*LINK\.MALFORMED/);
    expect((await get('/u/x')).body).toMatch(/This link is not complete[^]*LINK\.MALFORMED/);
  });

  it('say in the same language what an answer has done', async () => {
    const answered = await post(rsvpPath('es-MX'), { status: 'going' });
    expect(answered.body).toMatch(/Su respuesta ha quedado registrada[^]*Tiene un lugar/);
    expect((await post(rsvpPath('es-MX'), { status: 'going' })).body).toContain('sigue como estaba');
    const wrong = await post(rsvpPath('es-MX'), { status: 'perhaps' }, 'es');
    expect([wrong.statusCode, wrong.body]).toEqual([400, expect.stringContaining('RSVP.STATUS_INVALID')]);
    const stopped = await post(stopPath('es-MX'), { stop: 'events' });
    expect(stopped.body).toContain('No recibirá más mensajes sobre eventos.');
    expect(stopped.body).not.toContain('name="stop" value="events"');
    expect((await post(stopPath('es-MX'), { stop: 'everything' })).body).toContain(
      'No recibe ningún mensaje',
    );
  });

  it('write the sign-in mail in the language of the member, else in the one asked for', async () => {
    await app.get(UsersService).ensure(systemActor('test'), { email: 'staff@example.org' });
    const asked = [
      ['es-mx@example.org', 'en'],
      ['fr@example.org', 'es'],
      ['staff@example.org', 'es'],
      ['en@example.org', 'es'],
    ];
    for (const [email, language] of asked) {
      const query = `mutation { requestSignInLink(email: "${email}") }`;
      expect((await post('/graphql', { query }, language)).json()).toEqual({
        data: { requestSignInLink: true },
      });
    }
    await app.get(Outbox).relay();
    expect(app.get(Mailer).isLocal).toBe(true);
    const { messages } = (
      await app.inject({ url: '/mailbox', headers: { accept: 'application/json' } })
    ).json<{ messages: { recipient: string; subject: string }[] }>();
    expect(new Map(messages.map(({ recipient, subject }) => [recipient, subject]))).toEqual(
      new Map([
        ['es-mx@example.org', 'Su enlace para iniciar sesión'],
        ['fr@example.org', 'Su enlace para iniciar sesión'],
        ['staff@example.org', 'Su enlace para iniciar sesión'],
        ['en@example.org', 'Your link to sign in'],
      ]),
    );
  });

  it('show the local mailbox in development alone', async () => {
    const { body } = await get('/mailbox');
    const [, path] = /href="(\/mailbox\/[\w-]+)"/.exec(body)!;
    expect((await get(path!)).body).toMatch(/<a href="(http[^"]+token=[\w-]{43})">\1<\/a>/);
    expect((await get('/mailbox', undefined, production)).statusCode).toBe(404);
    const where = async (of: typeof app): Promise<unknown> =>
      (
        await of.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'content-type': 'application/json' },
          payload: { query: '{ localMailbox }' },
        })
      ).json();
    expect(await where(app)).toEqual({ data: { localMailbox: '/mailbox' } });
    expect(await where(production)).toEqual({ data: { localMailbox: null } });
  });

  it('explore the API in development alone, from our own origin', async () => {
    const page = await get('/graphiql');
    expect(page.statusCode).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\/\/|\*|unsafe-eval|\w\.\w/);
    const parts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part).toMatch(/^\/[^/]/);
      expect((await get(part)).statusCode).toBe(200);
    }
    expect((await get('/graphiql', undefined, production)).statusCode).toBe(404);
  });
});
