import fc from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import { createTransport } from 'nodemailer';
import { readyMail, type Letter } from './ready-mail';

const composer = createTransport({ streamTransport: true, buffer: true });

/** As long as what is kept encoded, with what a line may not hold as it is. */
const AROUND = `<div style="color:#1a1a1a">=\t</div>\r\n`.repeat(20);

const letter = (over: Partial<Letter> = {}): Letter => ({
  from: 'Unionhall <union@example.org>',
  to: { name: 'Ana', address: 'ana@example.org' },
  subject: 'Join us',
  messageId: '<1@example.org>',
  date: new Date('2026-12-01T18:00:00Z'),
  headers: {
    'List-Unsubscribe': `<https://example.org/u/${'x'.repeat(140)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  text: 'Hello\n',
  html: '<p>Hello</p>',
  ...over,
});

async function byNodemailer({ calendar, html, ...rest }: Letter): Promise<ParsedMail> {
  const message = {
    ...rest,
    html: [html].flat().join('\r\n'),
    ...(calendar && { icalEvent: calendar }),
    headers: { ...rest.headers },
  };
  const { message: raw } = (await composer.sendMail(message)) as unknown as { message: Buffer };
  return simpleParser(raw);
}

const lines = (text: string | undefined): string => (text ?? '').replaceAll('\r\n', '\n').trimEnd();
const said = (mail: ParsedMail): object => ({
  from: mail.from?.value,
  to: (mail.to as { value: unknown }).value,
  subject: mail.subject,
  messageId: mail.messageId,
  date: mail.date,
  text: lines(mail.text),
  html: lines(mail.html === false ? '' : mail.html),
  list: mail.headers.get('list'),
  attachments: mail.attachments.map(({ filename, contentType, content }) => [
    filename,
    contentType,
    lines(content.toString()),
  ]),
});

const line = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim());
const texts = fc
  .array(
    fc.oneof(
      line,
      fc.constant(''),
      fc.constant('.'),
      fc.string({ maxLength: 200 }).map((t) => t.replaceAll(/[^\x20-\x7e]/g, 'x')),
    ),
    {
      maxLength: 8,
    },
  )
  .map((all) => `Hello,\n${all.map((one) => one.trimEnd()).join('\n')}\nbye`);

describe('a ready mail', () => {
  it('says to another program what Nodemailer would have it say, in any script', async () => {
    await fc.assert(
      fc.asyncProperty(line, line, texts, fc.boolean(), async (name, title, text, hasCalendar) => {
        const one = letter({
          to: { name, address: 'ana@example.org' },
          subject: `Join us: ${title}`,
          text,
          html: [
            AROUND,
            `<p>${text.replaceAll(/[<>&]/g, '').replaceAll('\n', '<br>')}</p>`,
            `${AROUND.slice(60)}${name.replaceAll(/[<>&]/g, '')}`,
          ],
          ...(hasCalendar && {
            calendar: {
              method: 'REQUEST',
              filename: 'invite.ics',
              content: `BEGIN:VCALENDAR\r\nSUMMARY:${title}\r\nEND:VCALENDAR\r\n`,
            },
          }),
        });
        expect(said(await simpleParser(readyMail(one).raw))).toEqual(said(await byNodemailer(one)));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every line within what mail servers take', () => {
    const { raw } = readyMail(
      letter({ text: `${'ü'.repeat(3_000)}\n${'x'.repeat(3_000)}`, subject: 'ü'.repeat(300) }),
    );
    for (const one of raw.toString('latin1').split('\r\n')) expect(one.length).toBeLessThanOrEqual(998);
    expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('lets nothing that a person wrote become a header', async () => {
    const one = letter({
      subject: 'Hi\r\nBcc: eve@example.org',
      to: { name: 'Ana"\r\nBcc: eve@example.org', address: 'ana@example.org' },
    });
    const { headers, to } = await simpleParser(readyMail(one).raw);
    expect(headers.has('bcc')).toBe(false);
    expect((to as { value: unknown[] }).value).toHaveLength(1);
    expect(() =>
      readyMail(letter({ to: { name: '', address: 'ana@example.org\r\nBcc: eve@example.org' } })),
    ).toThrow();
    expect(() => readyMail(letter({ headers: { 'X-A': 'a\r\nBcc: eve@example.org' } }))).toThrow();
  });
});
