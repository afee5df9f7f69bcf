import { randomBytes } from 'node:crypto';
import { encodeWords, foldLines } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';

/** A letter to one person, before it is MIME. */
export interface Letter {
  /** `Name <address>`, or an address. */
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly date: Date;
  /** Further headers: names and values of printable ASCII. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Or blocks of lines; a block that many letters have in common is encoded once. */
  readonly html: string | readonly string[];
  readonly calendar?: {
    readonly method: 'REQUEST' | 'CANCEL';
    readonly filename: string;
    readonly content: string;
  };
}

/** As Nodemailer takes a message that is composed already. */
export interface ReadyMail {
  readonly raw: Buffer;
  readonly envelope: { readonly from: string; readonly to: readonly [string] };
  readonly messageId: string;
  readonly subject: string;
}

/** Boundaries are of this process and of one message; nobody can guess them and write one into a text. */
const OWN = randomBytes(12).toString('hex');
let made = 0;

const LONGEST = 76;
const NOT_PRINTABLE = /[^\x20-\x7e]/;
/** A line break that is not CRLF. */
const OTHER_BREAK = /(?<!\r)\n|\r(?!\n)/;
const NOT_ASCII = /[^\x00-\x7f]/g;
const ADDRESS = /^(?:(.*?)\s*<([^<>\s]+)>|([^<>\s]+))$/;
const ATOMS = /^[\w!#$%&'*+\-/=?^`{|}~]+(?: [\w!#$%&'*+\-/=?^`{|}~]+)*$/;

/**
 * A letter as MIME (RFC 5322, 2045, 2047): text and HTML, and a calendar entry both as an alternative and as a
 * file. Nodemailer's own encoders write what stands in it; what it builds for any message is written down here
 * for this one shape, which takes a fiftieth of the time.
 * @throws Error for an address or header that would not stand on one line.
 */
export function readyMail(letter: Letter): ReadyMail {
  const from = addressOf(letter.from);
  const boundary = `--=_${OWN}_${(made += 1).toString(36)}`;
  const head = [
    header('From', person(from.name, from.address)),
    header('To', person(letter.to.name, letter.to.address)),
    header('Subject', words(letter.subject)),
    header('Message-ID', letter.messageId),
    header('Date', letter.date.toUTCString().replace('GMT', '+0000')),
    ...Object.entries(letter.headers).map(([name, value]) => header(name, value)),
    'MIME-Version: 1.0',
  ];
  const alternatives = [
    part('text/plain; charset=utf-8', [letter.text]),
    part('text/html; charset=utf-8', typeof letter.html === 'string' ? [letter.html] : letter.html),
  ];
  const { calendar } = letter;
  if (calendar !== undefined)
    alternatives.push(part(`text/calendar; charset=utf-8; method=${calendar.method}`, [calendar.content]));
  const alternative = multipart('alternative', `${boundary}a`, alternatives);
  const body =
    calendar === undefined
      ? alternative
      : multipart('mixed', `${boundary}m`, [
          alternative,
          file(`application/ics; name=${calendar.filename}`, calendar.filename, calendar.content),
        ]);
  return {
    raw: Buffer.from(`${head.join('\r\n')}\r\n${body}`),
    envelope: { from: from.address, to: [letter.to.address] },
    messageId: letter.messageId,
    subject: letter.subject,
  };
}

function addressOf(text: string): { name: string; address: string } {
  const [, name = '', quoted, bare] = ADDRESS.exec(text) ?? [];
  const address = quoted ?? bare;
  if (address === undefined) throw new Error(`This is no sender: ${text}`);
  return { name: name.replace(/^"(.*)"$/, '$1'), address };
}

function person(name: string, address: string): string {
  if (NOT_PRINTABLE.test(address) || /[\s<>]/.test(address))
    throw new Error('An address must stand on one line.');
  const plain = name.replaceAll(/[\x00-\x1f\x7f]+/g, ' ').trim();
  if (plain === '') return address;
  if (NOT_PRINTABLE.test(plain)) return `${encodeWords(plain, 'Q', 52, true)} <${address}>`;
  return `${ATOMS.test(plain) ? plain : `"${plain.replaceAll(/["\\]/g, '\\$&')}"`} <${address}>`;
}

const words = (text: string): string => {
  const line = text.replaceAll(/[\x00-\x1f\x7f]+/g, ' ');
  return NOT_PRINTABLE.test(line) || line.includes('=?') ? encodeWords(line, 'Q', 52, true) : line;
};

function header(name: string, value: string): string {
  if (NOT_PRINTABLE.test(value) || NOT_PRINTABLE.test(name))
    throw new Error(`The header ${name} must stand on one line.`);
  const line = `${name}: ${value}`;
  return line.length <= LONGEST ? line : foldLines(line, LONGEST);
}

/** A text: quoted-printable where most of it is ASCII, as a person can read it then; base64 otherwise. */
function part(type: string, blocks: readonly string[]): string {
  const lines = blocks.map((block) =>
    OTHER_BREAK.test(block) ? block.replaceAll(/\r?\n|\r/g, '\r\n') : block,
  );
  let [foreign, length] = [0, 0];
  for (const block of lines) {
    foreign += block.match(NOT_ASCII)?.length ?? 0;
    length += block.length;
  }
  return foreign * 3 > length
    ? `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(lines.join('\r\n'))}`
    : `Content-Type: ${type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${lines.map(encodedBlock).join('\r\n')}`;
}

/** Blocks that many messages have in common: what is around the words. Those that were not met for a while are forgotten. */
let met = new Map<string, string>();
let metBefore = new Map<string, string>();
const MOST_BLOCKS = 64;
const COMMON_FROM = 500;

/** Each line stands by itself in this encoding, and so does each block of lines; what came before is not encoded again. */
function encodedBlock(block: string): string {
  if (block.length < COMMON_FROM) return wrap(encode(block));
  let encoded = met.get(block);
  if (encoded !== undefined) return encoded;
  encoded = metBefore.get(block) ?? wrap(encode(block));
  if (met.size >= MOST_BLOCKS) {
    metBefore = met;
    met = new Map();
  }
  met.set(block, encoded);
  return encoded;
}

const file = (type: string, filename: string, content: string): string =>
  `Content-Type: ${type}\r\nContent-Disposition: attachment; filename=${filename}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(content)}`;

const base64 = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replaceAll(/.{76}(?!$)/g, '$&\r\n');

const multipart = (kind: 'alternative' | 'mixed', boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts
    .map((one) => `--${boundary}\r\n${one}\r\n`)
    .join('')}--${boundary}--\r\n`;
