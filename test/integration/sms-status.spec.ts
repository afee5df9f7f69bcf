import { eventually } from '../support/eventually';
import { startSmsServer, type SmsServer } from '../support/sms-server';
import { DAY, type OutreachHall } from './outreach-hall';
import { inviteByText, listening, openTexting } from './sms-hall';

interface Row {
  readonly state: string;
  readonly reported: string | null;
  readonly reported_reason: string | null;
}

describe('reports of the SMS gateway', () => {
  let server: SmsServer;
  let hall: OutreachHall;
  let address: string;

  beforeEach(async () => {
    server = await startSmsServer();
    hall = await openTexting(server);
    address = await listening(hall);
    await inviteByText(hall, 1);
  });
  afterEach(async () => {
    await hall.close();
    await server.close();
  });
  const row = async (): Promise<Row> =>
    (await hall.look<Row>(`SELECT state, reported, reported_reason FROM delivery ORDER BY id`))[0]!;
  const optOuts = () => hall.look(`SELECT channel, reason FROM opt_out`);
  const sid = (): string => server.messages[0]!.sid;

  it.each([
    ['delivered', undefined, 'accepted'],
    ['sent', undefined, 'accepted'],
    ['undelivered', 30008, 'rejected'],
    ['failed', 30007, 'rejected'],
  ])('settle an uncertain message, late as they are: %s', async (status, code, state) => {
    server.fault = 'drop';
    await hall.send.send();
    expect(await row()).toMatchObject({ state: 'uncertain' });
    expect((await server.report(address, sid(), status, code)).status).toBe(204);
    expect(await row()).toMatchObject({ state });
    hall.clock.advance(DAY);
    await hall.send.recover();
    await hall.send.send();
    expect(server.messages).toHaveLength(1);
  });

  it('settle a message whose sender is still waiting for its answer, who then changes nothing', async () => {
    server.fault = 'hang';
    const sending = hall.send.send();
    const [message] = await arrived(server);
    await server.report(address, message!.sid, 'delivered');
    expect(await row()).toMatchObject({ state: 'accepted' });
    await sending;
    expect(await row()).toMatchObject({ state: 'accepted' });
  });

  it('of a failure stay, whatever comes twice, late or in another order', async () => {
    await hall.send.send();
    const reports = [
      ['undelivered', 30008],
      ['sent', undefined],
      ['undelivered', 30008],
      ['queued', undefined],
      ['sending', undefined],
    ] as const;
    for (const [status, code] of reports)
      expect((await server.report(address, sid(), status, code)).status).toBe(204);
    expect(await row()).toEqual({ state: 'accepted', reported: 'failed', reported_reason: 'sms_30008' });
    expect(await optOuts()).toEqual([]);
  });

  it.each([30005, 30006, 21614])('of a dead number (%d) end all texts to it', async (code) => {
    await hall.send.send();
    await server.report(address, sid(), 'undelivered', code);
    expect(await optOuts()).toEqual([{ channel: 'sms', reason: 'bounce' }]);
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages).toHaveLength(1);
    expect((await hall.ledger()).at(-1)).toMatchObject({ state: 'suppressed', reason: 'opted_out' });
  });

  it('of a telephone that is off end texts to it after three times in thirty days, not before', async () => {
    for (const times of [1, 2, 3]) {
      await hall.send.send();
      const message = server.messages.at(-1)!;
      await server.report(address, message.sid, 'undelivered', 30003);
      await server.report(address, message.sid, 'undelivered', 30003);
      expect(await optOuts()).toHaveLength(times === 3 ? 1 : 0);
      // The same person again, in a sequence of another training.
      await hall.look(
        `WITH again AS (INSERT INTO sequence (chapter_id, title, purpose, gathering_id, segment)
           SELECT chapter_id, title, purpose, gathering_id, segment FROM sequence LIMIT 1 RETURNING id, chapter_id, gathering_id),
         step AS (INSERT INTO sequence_step (sequence_id, chapter_id, version, position, kind, config, key)
           SELECT a.id, a.chapter_id, 1, 1, 'message', st.config, st.key FROM again a, sequence_step st WHERE st.position = 1 LIMIT 1
           RETURNING id, sequence_id, key)
         INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose)
         SELECT st.sequence_id, st.id, st.key, m.id, m.chapter_id, a.gathering_id, 'events'
           FROM step st, again a, member m WHERE m.email LIKE 'm001%'`,
      );
    }
    await hall.send.send();
    expect(server.messages).toHaveLength(3);
  });

  it('of a number that was stopped at the carrier withdraw what was allowed', async () => {
    await hall.send.send();
    await server.report(address, sid(), 'failed', 21610);
    expect(await optOuts()).toEqual([{ channel: 'sms', reason: 'member' }]);
    expect(
      await hall.look(`SELECT state, source FROM consent WHERE channel = 'sms' AND state = 'withdrawn'`),
    ).toEqual([{ state: 'withdrawn', source: 'the SMS gateway' }]);
  });

  it('change nothing unless they are signed for this address, and are not about a stranger', async () => {
    await hall.send.send();
    const { callback } = server.messages[0]!;
    const path = callback!.slice(callback!.indexOf('/sms/'));
    const form = { MessageSid: sid(), MessageStatus: 'failed', ErrorCode: '30005' };
    expect((await server.post(address, path, form, 'forged')).status).toBe(403);
    expect((await fetch(new URL(path, address), { method: 'POST' })).status).toBe(403);
    const signedForAnother = server.signature('/sms/status?reference=other', form);
    expect((await server.post(address, path, form, signedForAnother)).status).toBe(403);
    const stranger = '/sms/status?reference=018f2f6e-0000-7000-8000-000000000000';
    expect((await server.post(address, stranger, { ...form, MessageSid: 'SMother' })).status).toBe(204);
    expect(await row()).toEqual({ state: 'accepted', reported: null, reported_reason: null });
    expect(await optOuts()).toEqual([]);
  });
});

/** The messages, once there is one. */
function arrived(server: SmsServer): Promise<SmsServer['messages']> {
  return eventually('a message', () => Promise.resolve(server.messages.length > 0 && server.messages));
}
