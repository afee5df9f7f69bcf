import { simpleParser } from 'mailparser';
import { GrantsService, SignInService, UsersService } from '@unionhall/identity';
import { PersonalDataService } from '@unionhall/consent';
import { Database } from '@unionhall/platform';
import { inviteByText, listening, openTexting } from '../integration/sms-hall';
import { DAY, openOutreach, SYSTEM, type OutreachHall } from '../integration/outreach-hall';
import { humanReply, postfixBounce, yahooComplaint } from '../support/returned-mail';
import { startSmsServer, type SmsServer } from '../support/sms-server';

const ADA = '+15550100001';
const BEN = '+15550100002';
const PASSWORD = 'correct horse battery';
const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

interface ReplyRead {
  readonly id: string;
  readonly body: string;
  readonly channel: string;
  readonly asksToStop: boolean;
  readonly outcome: string | null;
  readonly member: { readonly email: string | null };
}

describe('what telephones send', () => {
  let server: SmsServer;
  let hall: OutreachHall;
  let address: string;

  beforeEach(async () => {
    server = await startSmsServer();
    hall = await openTexting(server);
    address = await listening(hall);
    await inviteByText(hall, 3);
  });
  afterEach(async () => {
    await hall.close();
    await server.close();
  });

  const hear = async (from: string, body: string, more?: Record<string, string>): Promise<string> => {
    const response = await server.receive(address, from, body, more);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/xml');
    return response.text();
  };
  const optOuts = () => hall.look(`SELECT channel, reason FROM opt_out ORDER BY 1, 2`);
  const consents = async (): Promise<string[]> =>
    (
      await hall.look<{ row: string }>(
        `SELECT substr(m.email, 1, 4) || ' ' || c.channel || ' ' || c.state AS row FROM consent c JOIN member m ON m.id = c.member_id
          WHERE c.channel = 'sms' ORDER BY 1`,
      )
    ).map(({ row }) => row);
  const paused = async (): Promise<string[]> =>
    (
      await hall.look<{ email: string }>(
        `SELECT substr(m.email, 1, 4) AS email FROM enrollment e JOIN member m ON m.id = e.member_id WHERE paused_at IS NOT NULL ORDER BY 1`,
      )
    ).map(({ email }) => email);
  const bodies = async (): Promise<string[]> =>
    (await hall.look<{ body: string }>(`SELECT body FROM reply ORDER BY id`)).map(({ body }) => body);

  it('STOP ends all texts to a number, for every member who has it, and is confirmed once', async () => {
    await hall.look(`UPDATE member SET phone = $1, phone_key = $1 WHERE email LIKE 'm002%'`, [ADA]);
    expect(await hear(ADA, 'Stop.')).toMatch(
      /<Message>Oakland: you will get no more text messages from us\. Reply START[^<]*<\/Message>/,
    );
    expect(await hear(ADA, 'STOP')).toBe(SILENCE);
    expect(await optOuts()).toEqual([{ channel: 'sms', reason: 'member' }]);
    expect(await consents()).toEqual(['m001 sms withdrawn', 'm002 sms withdrawn', 'm003 sms granted']);
    await hall.send.send();
    expect(server.messages.map(({ to }) => to)).toEqual(['+15550100003']);
    expect(await bodies()).toEqual([]);
  });

  it('is obeyed in the words of other languages, and answered in them', async () => {
    expect(await hear(ADA, '¡Baja!')).toContain('no recibirá más mensajes de texto');
    expect(await hear(ADA, 'ayuda')).toContain('Oakland: mensajes de texto a miembros');
    expect(await hear(ADA, 'ALTA')).toContain('recibirá de nuevo');
    expect(await optOuts()).toEqual([]);
  });

  it('STOP of a number that nobody is known by counts when somebody comes to be', async () => {
    await hear('+15550100077', 'STOP');
    await hall.look(`UPDATE member SET phone = '+1 555 010 0077' WHERE email LIKE 'm001%'`);
    await hall.send.send();
    expect(server.messages.map(({ to }) => to)).not.toContain('+15550100077');
  });

  it('START takes back a STOP and what it withdrew; nothing that was stopped otherwise', async () => {
    await hall.look(
      `UPDATE consent c SET state = 'withdrawn', source = 'portal' FROM member m WHERE m.id = c.member_id AND c.channel = 'sms' AND m.email LIKE 'm002%'`,
    );
    await hall.look(`INSERT INTO consent_event (member_id, chapter_id, purpose, channel, state, wording, source, recorded_by)
      SELECT member_id, chapter_id, purpose, channel, 'granted', 'Text me', 'test', 'test' FROM consent WHERE channel = 'sms'`);
    await hall.look(`UPDATE member SET phone = $1, phone_key = $1 WHERE email LIKE 'm002%'`, [ADA]);
    await hear(ADA, 'STOP');
    expect(await hear(ADA, 'Unstop')).toContain('you will get text messages from us again');
    expect(await optOuts()).toEqual([]);
    expect(await consents()).toEqual(['m001 sms granted', 'm002 sms withdrawn', 'm003 sms granted']);
    expect(await hall.look(`SELECT wording, source FROM consent WHERE source LIKE 'text message%'`)).toEqual([
      { wording: 'Text me', source: 'text message START' },
    ]);
    expect(await hear(ADA, 'STOP')).toContain('no more text messages');
  });

  it('START leaves an imported opt-out, a bounce and a complaint where they are', async () => {
    await hear(ADA, 'STOP');
    await hall.look(
      `INSERT INTO opt_out (channel, address_hash, reason) SELECT channel, address_hash, r FROM opt_out, unnest(ARRAY['import', 'bounce', 'complaint']) r`,
    );
    await hear(ADA, 'START');
    expect(await optOuts()).toEqual(
      ['bounce', 'complaint', 'import'].map((reason) => ({ channel: 'sms', reason })),
    );
    await hall.send.send();
    expect(server.messages.map(({ to }) => to)).not.toContain(ADA);
  });

  it('is not answered a second time when the gateway has answered it, and is obeyed all the same', async () => {
    expect(await hear(ADA, 'Adiós', { OptOutType: 'STOP' })).toBe(SILENCE);
    expect(await optOuts()).toEqual([{ channel: 'sms', reason: 'member' }]);
    expect(await hear(ADA, 'Hola', { OptOutType: 'START' })).toBe(SILENCE);
    expect(await optOuts()).toEqual([]);
  });

  it('is a reply when it is anything else, also the yes of somebody who has stopped nothing; once', async () => {
    expect(await hear(ADA, 'Yes')).toBe(SILENCE);
    await hear(ADA, 'Can I bring a friend?', { MessageSid: 'SMsame' });
    await hear(ADA, 'Can I bring a friend?', { MessageSid: 'SMsame' });
    await hear('+15550100077', 'Hello?');
    expect(await bodies()).toEqual(['Yes', 'Can I bring a friend?']);
    expect(await paused()).toEqual([]);
  });

  it('pauses the sequences of who asks for silence in their own words, and of nobody else', async () => {
    await hear(ADA, 'Please stop texting me!!');
    await hear(BEN, 'Great, see you there');
    expect(await paused()).toEqual(['m001']);
    await hall.send.send();
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages.map(({ to }) => to)).not.toContain(ADA);
    expect(server.messages.filter(({ to }) => to === BEN)).toHaveLength(2);
    expect(await hall.ledger()).toContainEqual(
      expect.objectContaining({ name: 'invitation', state: 'suppressed', reason: 'asked_to_stop' }),
    );
  });

  it('holds off what another sequence would send to them too', async () => {
    await hear(ADA, 'leave me alone');
    await hall.look(
      `INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
       SELECT sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, 'again' FROM delivery`,
    );
    await hall.send.send();
    expect(server.messages.filter(({ to }) => to === ADA)).toEqual([]);
    expect(server.messages.filter(({ to }) => to === BEN)).toHaveLength(2);
  });

  it('is refused unless the gateway signed it', async () => {
    const form = { From: ADA, Body: 'STOP', MessageSid: 'SM1' };
    expect((await server.post(address, '/sms/inbound', form, 'forged')).status).toBe(403);
    const signature = server.signature('/sms/inbound', { ...form, From: BEN });
    expect((await server.post(address, '/sms/inbound', form, signature)).status).toBe(403);
    expect(await optOuts()).toEqual([]);
  });

  it('is exported to its writer, and goes with them', async () => {
    await hear(ADA, 'Where is it?');
    const [{ id }] = (await hall.look(`SELECT id FROM member WHERE email LIKE 'm001%'`)) as [{ id: string }];
    const data = hall.app.get(PersonalDataService);
    const db = hall.app.get(Database);
    const exported = await db.tx(SYSTEM, (em) => data.exportFor(em, id));
    expect(JSON.stringify(exported)).toContain('Where is it?');
    await db.tx(SYSTEM, (em) => data.erase(em, id));
    expect(await bodies()).toEqual([]);
  });

  describe('as an organizer reads it', () => {
    const say = async <T>(as: string, query: string, variables: object = {}) => {
      const answer = await hall.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${as}` },
        payload: { query, variables },
      });
      return answer.json<{ data: T; errors?: { extensions: { code: string } }[] }>();
    };
    const organizer = async (email: string, chapterId: string): Promise<string> => {
      await hall.app.get(UsersService).ensure(SYSTEM, { email, password: PASSWORD });
      await hall.app.get(GrantsService).giveTo(SYSTEM, email, { role: 'organizer', chapterId, purposes: [] });
      const signIn = hall.app.get(SignInService);
      return (await signIn.withPassword({ email, password: PASSWORD, address: '127.0.0.1' })).token;
    };
    const OPEN = `{ replies(filter: { handledAt: { isNull: true } }) { nodes { id body channel asksToStop outcome member { email } } } }`;
    const HANDLE = `mutation ($id: ID!, $outcome: ReplyOutcome!) { handleReply(id: $id, outcome: $outcome) { outcome handledAt } }`;
    const open = async (as: string): Promise<readonly ReplyRead[]> =>
      (await say<{ replies: { nodes: ReplyRead[] } }>(as, OPEN)).data.replies.nodes;
    let here: string;
    let elsewhere: string;

    beforeEach(async () => {
      const [chapter] = await hall.look<{ id: string }>(`SELECT id FROM chapter WHERE slug = 'oakland-1'`);
      const [other] = await hall.look<{ id: string }>(
        `INSERT INTO chapter (name, kind, slug, time_zone, language) VALUES ('Lima', 'city', 'lima', 'America/Lima', 'es') RETURNING id`,
      );
      here = await organizer('organizer@example.org', chapter!.id);
      elsewhere = await organizer('elsewhere@example.org', other!.id);
      await hear(ADA, 'No more messages please');
    });

    it('it is seen in their chapters alone, and that it was read is kept', async () => {
      expect(await open(here)).toMatchObject([
        { body: 'No more messages please', channel: 'SMS', asksToStop: true, outcome: null },
      ]);
      expect(await open(elsewhere)).toEqual([]);
      expect(
        await hall.look(
          `SELECT FROM access_ledger WHERE 'Reply.body' = ANY(fields) AND cardinality(subject_ids) = 1`,
        ),
      ).toHaveLength(1);
    });

    it('it is closed once, by who may; resumed sequences go on', async () => {
      const [{ id }] = (await open(here)) as [ReplyRead];
      const other = await say(elsewhere, HANDLE, { id, outcome: 'RESUMED' });
      expect(other.errors?.[0]?.extensions.code).toMatch(/NOT_FOUND$/);
      expect(await paused()).toEqual(['m001']);
      const done = await say<{ handleReply: object }>(here, HANDLE, { id, outcome: 'RESUMED' });
      expect(done.data.handleReply).toMatchObject({ outcome: 'RESUMED' });
      expect(await paused()).toEqual([]);
      const again = await say(here, HANDLE, { id, outcome: 'STOPPED' });
      expect(again.errors?.[0]?.extensions.code).toBe('REPLY.HANDLED');
      expect(await open(here)).toEqual([]);
    });

    it('sequences stay paused while another such reply waits', async () => {
      await hear(ADA, 'leave me alone');
      const [latest, first] = (await open(here)) as [ReplyRead, ReplyRead];
      await say(here, HANDLE, { id: latest.id, outcome: 'NOTED' });
      expect(await paused()).toEqual(['m001']);
      await say(here, HANDLE, { id: first.id, outcome: 'NOTED' });
      expect(await paused()).toEqual([]);
    });

    it('a text that they write themselves is measured before it is sent', async () => {
      const { data } = await say<object>(
        here,
        `{ short: textLength(text: "Hola") { encoding segments } long: textLength(text: "${'я'.repeat(71)}") { encoding segments } }`,
      );
      expect(data).toEqual({
        short: { encoding: 'GSM-7', segments: 1 },
        long: { encoding: 'UCS-2', segments: 2 },
      });
    });

    it('stopped ends every message to them', async () => {
      const [{ id }] = (await open(here)) as [ReplyRead];
      await say(here, HANDLE, { id, outcome: 'STOPPED' });
      expect(await optOuts()).toEqual([
        { channel: 'email', reason: 'member' },
        { channel: 'sms', reason: 'member' },
      ]);
      expect(await consents()).toContain('m001 sms withdrawn');
    });
  });
});

describe('mail that a mail server hands over', () => {
  const SECRET = 'what only our own mail server knows of';
  let hall: OutreachHall;
  let address: string;

  beforeAll(async () => {
    hall = await openOutreach({ INBOUND_SECRET: SECRET, PUBLIC_URL: 'https://union.example.org' });
    address = await listening(hall);
    await hall.invite({ people: 1 });
    await hall.send.send();
  });
  afterAll(() => hall.close());

  const hand = (raw: Buffer, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL('/inbound/mail', address), {
      method: 'POST',
      body: new Uint8Array(raw),
      headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${SECRET}`, ...headers },
    });
  const messageId = async (): Promise<string> => `<${(await hall.ledger())[0]!.id}@union.example.org>`;

  it('is refused to whoever does not know the secret, before it is looked at', async () => {
    const raw = postfixBounce({ messageId: await messageId() });
    for (const authorization of ['', 'Bearer wrong', SECRET, `Basic ${SECRET}`]) {
      const answer = await hand(raw, { authorization });
      expect([answer.status, await answer.json()]).toMatchObject([
        401,
        { error: { code: 'INBOUND.SECRET' } },
      ]);
    }
    expect(await hall.look(`SELECT FROM opt_out`)).toEqual([]);
  });

  it('is refused as anything but a raw message, and when it is too large', async () => {
    const form = await hand(Buffer.from('a=b'), { 'content-type': 'application/x-www-form-urlencoded' });
    expect([form.status, await form.json()]).toMatchObject([
      400,
      { error: { code: 'INBOUND.CONTENT_TYPE' } },
    ]);
    // The server answers while it is written to, and closes: which of the two its client sees is a race.
    const large = await hand(Buffer.alloc(26 * 1024 * 1024, 'a')).then(
      async (answer) => ((await answer.json()) as { error: { code: string } }).error.code,
      () => 'INBOUND.TOO_LARGE',
    );
    expect(large).toBe('INBOUND.TOO_LARGE');
  });

  it('is told what it was taken for', async () => {
    const taken = async (raw: Buffer): Promise<unknown> => (await hand(raw)).json();
    const id = await messageId();
    expect(await taken(Buffer.from('Subject: Hello\r\n\r\nHello'))).toEqual({ taken: 'ignored' });
    expect(await taken(humanReply({ messageId: id }, 'See you there'))).toEqual({ taken: 'reply' });
    expect(await taken(postfixBounce({ messageId: id }))).toEqual({ taken: 'bounce' });
    expect(await taken(yahooComplaint({ messageId: id }))).toEqual({ taken: 'complaint' });
    expect(await hall.look(`SELECT reason FROM opt_out ORDER BY 1`)).toEqual([
      { reason: 'bounce' },
      { reason: 'complaint' },
    ]);
  });

  it('has no door where no secret is set', async () => {
    const closed = await openOutreach({});
    const answer = await closed.app.inject({
      method: 'POST',
      url: '/inbound/mail',
      headers: { 'content-type': 'message/rfc822', authorization: 'Bearer undefined' },
      payload: 'Subject: Hello',
    });
    expect(answer.statusCode).toBe(404);
    await closed.close();
  });
});

describe('the links of a message', () => {
  it('change nothing when a scanner opens them, whichever there are', async () => {
    const hall = await openOutreach({});
    await hall.invite({ people: 1 });
    await hall.send.send();
    const [{ raw }] = (await hall.look(`SELECT raw FROM mailbox_message`)) as [{ raw: string }];
    const { text = '', headerLines } = await simpleParser(raw);
    const said = [text, ...headerLines.map(({ line }) => line)].join('\n');
    const paths = [...new Set(said.match(/(?<=http:\/\/localhost:\d+)\/[\w/.-]+/g))];
    expect(paths.map((path) => path.split('/')[1]).sort()).toEqual(['r', 'u']);
    const all = (): Promise<unknown> =>
      hall.look(
        `SELECT (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM consent t), (SELECT count(*) FROM opt_out),
                (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM rsvp t), (SELECT count(*) FROM outbox)`,
      );
    const before = await all();
    for (const path of paths)
      for (const method of ['HEAD', 'GET'] as const)
        expect((await hall.app.inject({ method, url: path })).statusCode).toBe(200);
    expect(await all()).toEqual(before);
    await hall.close();
  });
});
