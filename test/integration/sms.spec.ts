import { SmsGateway } from '@unionhall/platform';
import { PUBLIC_URL, SMS_FROM, startSmsServer, type SmsFault, type SmsServer } from '../support/sms-server';
import { inviteByText, listening, openTexting } from './sms-hall';
import { DAY, openOutreach, type OutreachHall } from './outreach-hall';

const TEXT = { to: '+15550100001', body: 'Hello', reference: 'one' };

describe('text messages', () => {
  let server: SmsServer;
  let hall: OutreachHall;

  beforeEach(async () => {
    server = await startSmsServer();
    hall = await openTexting(server);
  });
  afterEach(async () => {
    await hall.close();
    await server.close();
  });

  it('leave once for each member, in their language, and tell how to stop them and where reports go', async () => {
    await inviteByText(hall, 2);
    await hall.look(`UPDATE member SET language = 'es-MX' WHERE email LIKE 'm002%'`);
    await hall.send.send();
    const rows = await hall.look<{ id: string; provider_id: string }>(
      `SELECT d.id, d.provider_id FROM delivery d JOIN member m ON m.id = d.member_id WHERE d.state = 'accepted' ORDER BY m.email`,
    );
    const sent = [...server.messages].sort((a, b) => a.to.localeCompare(b.to));
    expect(sent.map(({ to, sender }) => [to, sender])).toEqual([
      ['+15550100001', SMS_FROM],
      ['+15550100002', SMS_FROM],
    ]);
    expect(sent[0]!.body).toMatch(/^Hello Given,[^]+ you will come: https:[^]+\nReply STOP to stop\.$/);
    expect(sent[1]!.body).toMatch(/^Hola, Given:[^]+\nResponda BAJA para no recibir más\.$/);
    expect(rows.map((row) => row.provider_id)).toEqual(sent.map(({ sid }) => sid));
    expect(sent.map(({ callback }) => callback)).toEqual(
      rows.map(({ id }) => `${PUBLIC_URL}/sms/status?reference=${id}`),
    );
  });

  it('tell how to stop them once in a sequence', async () => {
    await inviteByText(hall, 1);
    await hall.send.send();
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages).toHaveLength(2);
    expect(server.messages[0]!.body).toContain('Reply STOP');
    expect(server.messages[1]!.body).toContain('is about to begin');
    expect(server.messages[1]!.body).not.toContain('Reply STOP');
  });

  it('do not leave without consent, to an opted-out number, or to what is no number', async () => {
    await inviteByText(hall, 3);
    await hall.look(`UPDATE consent SET state = 'withdrawn' FROM member m
      WHERE m.id = member_id AND channel = 'sms' AND m.email LIKE 'm001%'`);
    await hall.look(`UPDATE member SET phone = 'ask Ada' WHERE email LIKE 'm003%'`);
    await server.receive(await listening(hall), '+15550100002', 'STOP');
    await hall.send.send();
    expect(await hall.ledger()).toMatchObject([
      { state: 'suppressed', reason: 'no_consent' },
      { state: 'suppressed', reason: 'opted_out' },
      { state: 'suppressed', reason: 'cannot_be_written' },
    ]);
    expect(server.requests).toBe(0);
  });

  it.each<SmsFault>(['drop', 'hang', 'trickle', 'nonsense', { status: 500 }, { status: 503 }])(
    'are uncertain, and never sent again, when the gateway takes one and does this: %j',
    async (fault) => {
      await inviteByText(hall, 1);
      server.fault = fault;
      await hall.send.send();
      expect(await hall.ledger()).toMatchObject([
        { state: 'uncertain', reason: 'connection_lost', attempts: 1 },
      ]);
      server.fault = undefined;
      hall.clock.advance(2 * DAY);
      await hall.send.recover();
      await hall.send.send();
      expect(server.messages).toHaveLength(1);
    },
  );

  it.each<SmsFault>([{ status: 429 }, { status: 401 }])(
    'leave later, once, when the gateway answers this before it takes one: %j',
    async (fault) => {
      await inviteByText(hall, 1);
      server.fault = fault;
      await hall.send.send();
      expect(await hall.ledger()).toMatchObject([{ state: 'due', attempts: 1 }]);
      server.fault = undefined;
      hall.clock.advance(DAY / 2);
      await hall.send.send();
      expect(await hall.ledger()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
      expect(server.messages).toHaveLength(1);
    },
  );

  it('are rejected when the gateway refuses one for good', async () => {
    await inviteByText(hall, 1);
    server.fault = { status: 400, code: 21617 };
    await hall.send.send();
    expect(await hall.look(`SELECT FROM opt_out`)).toEqual([]);
    expect(await hall.ledger()).toMatchObject([{ state: 'rejected', reason: 'refused_by_server' }]);
    hall.clock.advance(DAY);
    expect(await hall.send.send()).toBe(0);
  });

  it.each([
    [21211, 'bounce'],
    [21610, 'member'],
  ])('end to a number that the gateway refuses as dead or stopped (%d)', async (code, reason) => {
    await inviteByText(hall, 1);
    server.fault = { status: 400, code };
    await hall.send.send();
    expect(await hall.look(`SELECT channel, reason FROM opt_out`)).toEqual([{ channel: 'sms', reason }]);
    server.fault = undefined;
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages).toEqual([]);
  });

  it('wait when nothing listens at the gateway: nothing was handed over', async () => {
    await server.close();
    const gateway = hall.app.get(SmsGateway);
    expect(await gateway.send(TEXT)).toMatchObject({ state: 'rejected', permanent: false });
  });

  it('leave ten at a time, however many there are', async () => {
    await inviteByText(hall, 60);
    let inside = 0;
    let most = 0;
    server.before = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise(setImmediate);
      inside -= 1;
    };
    await hall.send.send();
    expect(new Set(server.messages.map(({ to }) => to)).size).toBe(60);
    expect(server.messages).toHaveLength(60);
    expect(most).toBeLessThanOrEqual(10);
    expect((await hall.ledger()).every(({ state }) => state === 'accepted')).toBe(true);
  });

  it('wait when the connection cannot be made safe: nothing was handed over', async () => {
    const safe = await openTexting(server, { SMS_URL: server.url.replace('http:', 'https:') });
    expect(await safe.app.get(SmsGateway).send(TEXT)).toMatchObject({ state: 'rejected', permanent: false });
    expect(server.messages).toEqual([]);
    await safe.close();
  });

  it('are taken back when their lease is gone before the first byte', async () => {
    const gateway = hall.app.get(SmsGateway);
    expect(await gateway.send(TEXT, () => false)).toEqual({ state: 'taken_back' });
    expect(server.requests).toBe(0);
    expect(await gateway.send(TEXT, () => true)).toMatchObject({ state: 'accepted' });
  });
});

describe('text messages without a gateway', () => {
  it('are kept in the local mailbox with the mail', async () => {
    const hall = await openOutreach({});
    const outcome = await hall.app.get(SmsGateway).send({ ...TEXT, body: 'Mañana, 18:00' });
    expect(outcome).toMatchObject({ state: 'accepted' });
    const [{ id }] = (await hall.look(`SELECT id FROM mailbox_message WHERE recipient = $1`, [TEXT.to])) as [
      { id: string },
    ];
    const shown = await hall.app.inject({ url: `/mailbox/${id}` });
    expect(shown.json()).toMatchObject({ subject: 'Text message', text: 'Mañana, 18:00' });
    await hall.close();
  });

  it('are refused where mail leaves the house, for nobody reads the mailbox there', async () => {
    const hall = await openOutreach({ SMTP_URL: 'smtp://127.0.0.1:9' });
    expect(await hall.app.get(SmsGateway).send(TEXT)).toMatchObject({ state: 'rejected', permanent: true });
    await hall.close();
  });
});
