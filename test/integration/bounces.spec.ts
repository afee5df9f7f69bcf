import { MailInboundService } from '@unionhall/outreach';
import {
  exchangeBounce,
  gmailBounce,
  humanReply,
  postfixBounce,
  sesBounce,
  yahooComplaint,
} from '../support/returned-mail';
import { startBrokenSmtp, type BrokenSmtp } from '../support/broken-smtp';
import { DAY, openOutreach, type OutreachHall } from './outreach-hall';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly reported: string | null;
  readonly reported_reason: string | null;
}

describe('mail that comes back', () => {
  let server: BrokenSmtp;
  let hall: OutreachHall;

  beforeEach(async () => {
    server = await startBrokenSmtp();
    hall = await openOutreach({
      SMTP_URL: server.url,
      SMTP_TIMEOUT_SECONDS: '1',
      PUBLIC_URL: 'https://union.example.org',
    });
    await hall.invite({ people: 1 });
  });
  afterEach(async () => {
    await hall.close();
    await server.close();
  });

  const take = (raw: Buffer): Promise<string> => hall.app.get(MailInboundService).receive(raw);
  const rows = (): Promise<Row[]> =>
    hall.look(`SELECT id, state, reported, reported_reason FROM delivery ORDER BY id`);
  const optOuts = () => hall.look(`SELECT channel, reason FROM opt_out ORDER BY 1, 2`);
  const consents = () => hall.look(`SELECT channel, state FROM consent ORDER BY 1`);
  /** The Message-ID that the newest message left with. */
  const messageId = (): string => /^Message-ID: (<.+>)/im.exec(server.messages.at(-1)!)![1]!;
  const sent = async (): Promise<string> => {
    await hall.send.send();
    return messageId();
  };
  /** One more message to the same person, at once. */
  const another = async (): Promise<string> => {
    await hall.look(
      `INSERT INTO delivery (sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, occasion)
       SELECT sequence_id, step_id, step_key, member_id, chapter_id, gathering_id, purpose, gen_random_uuid()::text FROM delivery LIMIT 1`,
    );
    return sent();
  };

  it.each([
    ['Postfix', postfixBounce],
    ['Exchange', exchangeBounce],
    ['Gmail', gmailBounce],
  ])('as a bounce of %s ends all mail to an address that is dead; twice is once', async (_, write) => {
    const raw = write({ messageId: await sent(), status: '5.1.1' });
    expect([await take(raw), await take(raw)]).toEqual(['bounce', 'bounce']);
    expect(await rows()).toMatchObject([
      { state: 'accepted', reported: 'bounced', reported_reason: 'smtp_5.1.1' },
    ]);
    expect(await optOuts()).toEqual([{ channel: 'email', reason: 'bounce' }]);
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages).toHaveLength(1);
    expect((await hall.ledger()).at(-1)).toMatchObject({ state: 'suppressed', reason: 'opted_out' });
  });

  it('is known by what the server called the message, where it wrote that over our Message-ID', async () => {
    server.fault = { at: 'message', does: '250 Ok 0100018f2f6e1111-77778888-000000' };
    await sent();
    const raw = sesBounce({ messageId: '<0100018f2f6e1111-77778888-000000@amazonses.example>' });
    expect(await take(raw)).toBe('bounce');
    expect(await rows()).toMatchObject([{ state: 'accepted', reported: 'bounced' }]);
  });

  it('settles a message that nobody knew the end of', async () => {
    server.fault = { at: 'message', does: 'drop' };
    const id = await sent();
    expect(await rows()).toMatchObject([{ state: 'uncertain' }]);
    await take(postfixBounce({ messageId: id }));
    expect(await rows()).toMatchObject([{ state: 'rejected', reported: 'bounced' }]);
  });

  it.each([
    ['relayed', 'accepted'],
    ['delayed', 'uncertain'],
  ])('as %s is no bounce, and an uncertain message is then %s', async (action, state) => {
    server.fault = { at: 'message', does: 'drop' };
    const id = await sent();
    expect(await take(postfixBounce({ messageId: id, action, status: '4.4.1' }))).toBe('ignored');
    expect(await rows()).toMatchObject([{ state, reported: null }]);
    expect(await optOuts()).toEqual([]);
  });

  it.each(['4.4.7', '5.2.2', '5.7.1'])(
    'with %s says nothing bad of the address, until it has come of three messages within thirty days',
    async (status) => {
      const first = await sent();
      for (const id of [first, await another()]) {
        await take(postfixBounce({ messageId: id, status }));
        await take(postfixBounce({ messageId: id, status }));
      }
      expect((await rows()).map(({ reported }) => reported)).toEqual(['soft', 'soft']);
      expect(await optOuts()).toEqual([]);
      await take(postfixBounce({ messageId: await another(), status }));
      expect(await optOuts()).toEqual([{ channel: 'email', reason: 'bounce' }]);
    },
  );

  it('for now is forgotten after thirty days', async () => {
    for (const id of [await sent(), await another()])
      await take(postfixBounce({ messageId: id, status: '4.4.7' }));
    const third = await another();
    hall.clock.advance(31 * DAY);
    await take(postfixBounce({ messageId: third, status: '4.4.7' }));
    expect(await optOuts()).toEqual([]);
  });

  it('as a complaint ends all mail to its writer and withdraws what they allowed, and nothing undoes it', async () => {
    const id = await sent();
    await hall.look(
      `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
       SELECT member_id, chapter_id, 'newsletter', 'sms', 'granted', 'Text me', 'test' FROM consent`,
    );
    expect(await take(yahooComplaint({ messageId: id }))).toBe('complaint');
    await take(postfixBounce({ messageId: id }));
    expect(await rows()).toMatchObject([{ reported: 'complained', reported_reason: 'feedback_abuse' }]);
    expect(await optOuts()).toContainEqual({ channel: 'email', reason: 'complaint' });
    expect(await consents()).toEqual([
      { channel: 'email', state: 'withdrawn' },
      { channel: 'sms', state: 'granted' },
    ]);
  });

  it('as an answer is kept for a person to read, once; a machine is not listened to', async () => {
    const id = await sent();
    const answer = humanReply({ messageId: id }, 'Can I bring a friend?');
    expect([await take(answer), await take(answer)]).toEqual(['reply', 'reply']);
    expect(await take(humanReply({ messageId: id }, 'I am away', ['Auto-Submitted: auto-replied']))).toBe(
      'ignored',
    );
    expect(await hall.look(`SELECT channel, body, asks_to_stop FROM reply`)).toEqual([
      { channel: 'email', body: 'Can I bring a friend?', asks_to_stop: false },
    ]);
    expect(await hall.look(`SELECT FROM enrollment WHERE paused_at IS NOT NULL`)).toEqual([]);
  });

  it('as an answer may hold what no database keeps', async () => {
    const id = await sent();
    expect(await take(humanReply({ messageId: `<a\0b@c> ${id}` }, 'Yes\0 \u{1F600}'))).toBe('reply');
    expect(await hall.look(`SELECT body FROM reply`)).toEqual([{ body: 'Yes\uFFFD \u{1F600}' }]);
  });

  it('as a plea for silence pauses the sequences of its writer', async () => {
    await take(humanReply({ messageId: await sent() }, 'Please take me off your list'));
    expect(await hall.look(`SELECT asks_to_stop FROM reply`)).toEqual([{ asks_to_stop: true }]);
    hall.clock.advance(2.5 * DAY);
    await hall.turn();
    expect(server.messages).toHaveLength(1);
  });

  it('about nothing of ours changes nothing', async () => {
    const id = await sent();
    const before = await rows();
    for (const foreign of [
      id.replace('union.example.org', 'evil.example'),
      '<nothing@union.example.org>',
      '<>',
    ])
      expect(await take(postfixBounce({ messageId: foreign }))).toBe('ignored');
    expect(await take(Buffer.from('not a mail'))).toBe('ignored');
    expect(await rows()).toEqual(before);
    expect(await optOuts()).toEqual([]);
  });
});
