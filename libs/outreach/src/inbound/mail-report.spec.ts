import fc from 'fast-check';
import {
  exchangeBounce,
  gmailBounce,
  humanReply,
  postfixBounce,
  readReceipt,
  sesBounce,
  yahooComplaint,
} from '../../../../test/support/returned-mail';
import { readIncoming } from './mail-report';
import { namedDeliveries } from './our-ids';

const ID = '018f2f6e-1111-7222-8333-444455556666';
const messageId = `<${ID}@union.example.org>`;

describe('a mail that comes back', () => {
  it.each([
    ['Postfix', postfixBounce, '5.1.1'],
    ['Exchange', exchangeBounce, '5.1.10'],
    ['Gmail, which says why beside the status', gmailBounce, '5.1.1'],
    ['Amazon SES', sesBounce, '5.1.1'],
  ])('is understood as %s writes it', async (_, write, status) => {
    const read = await readIncoming(write({ messageId }));
    expect(read).toEqual({ kind: 'delivery', ids: messageId, recipients: [{ action: 'failed', status }] });
  });

  it.each(['delayed', 'delivered', 'relayed'])('may say no more than %s', async (action) => {
    const read = await readIncoming(postfixBounce({ messageId, action, status: '4.4.1' }));
    expect(read).toMatchObject({ kind: 'delivery', recipients: [{ action, status: '4.4.1' }] });
  });

  it('is a complaint when its reader called the message spam', async () => {
    const read = await readIncoming(yahooComplaint({ messageId }));
    expect(read).toEqual({ kind: 'complaint', ids: messageId, feedback: 'abuse' });
  });

  it.each(['not-spam', 'auth-failure', 'something-new'])('is no complaint as %s', async (type) => {
    expect(await readIncoming(yahooComplaint({ messageId }, type))).toEqual({ kind: 'automatic' });
  });

  it('is what a person wrote, without the message that they answer', async () => {
    expect(await readIncoming(humanReply({ messageId }, 'I will come.\n\nAda'))).toEqual({
      kind: 'reply',
      ids: `${messageId} <earlier@mail.example.net> ${messageId}`,
      messageId: '<answer-1@mail.example.net>',
      text: 'I will come.\n\nAda',
    });
  });

  it.each([
    ['El lun, 6 jul 2026 a las 9:00, Unionhall\n<union@example.org> escribió:\n> hola'],
    ['-----Original Message-----\nFrom: Unionhall\nstop it here'],
    ['From: Unionhall <union@example.org>\nSent: Monday\nstop it here'],
    ['________________________________\nDe: Unionhall\nstop it here'],
  ])('is told from its quotation in other programs too: %j', async (quotation) => {
    expect(await readIncoming(humanReply({ messageId }, `Sí.\n\n${quotation}`))).toMatchObject({
      kind: 'reply',
      text: 'Sí.',
    });
  });

  it.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: auto-generated'],
    ['X-Autoreply: yes'],
    ['Precedence: bulk'],
    ['List-Id: <news.example.org>'],
    ['Return-Path: <>'],
  ])('is of a machine with %s', async (header) => {
    expect(await readIncoming(humanReply({ messageId }, 'I am away', [header]))).toEqual({
      kind: 'automatic',
    });
  });

  it('is of a machine as a read receipt, and of a person where they say that it is', async () => {
    expect(await readIncoming(readReceipt({ messageId }))).toEqual({ kind: 'automatic' });
    expect(await readIncoming(humanReply({ messageId }, 'Hi', ['Auto-Submitted: no']))).toMatchObject({
      kind: 'reply',
    });
  });

  it('breaks nothing, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect((await readIncoming(Buffer.from(bytes))).kind).toMatch(/^(reply|automatic)$/);
      }),
    );
  });

  it('breaks nothing when it is a bounce cut off or damaged anywhere', async () => {
    const whole = exchangeBounce({ messageId });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), async (from, length) => {
        const damaged = Buffer.concat([whole.subarray(0, from), whole.subarray(from + length)]);
        expect((await readIncoming(damaged)).kind).toBeDefined();
      }),
      { numRuns: 500, examples: [[762, 801]] },
    );
  });
});

describe('the ids in a mail', () => {
  it('name a delivery of ours only under our own host', () => {
    expect(namedDeliveries(`<a@b> ${messageId} <${ID}@evil.example>`, 'Union.example.org')).toEqual([
      { providerId: 'a' },
      { id: ID },
      { providerId: ID },
    ]);
    expect(namedDeliveries('nothing at all', 'union.example.org')).toEqual([]);
  });
});
