import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';

/** What a mail that came in tells of one of ours. */
export type IncomingMail =
  /** A delivery status notification (RFC 3464): one for each recipient it speaks of. */
  | { readonly kind: 'delivery'; readonly ids: string; readonly recipients: readonly RecipientStatus[] }
  /** A complaint (RFC 5965): its reader has called it spam, or asked their provider to stop it. */
  | { readonly kind: 'complaint'; readonly ids: string; readonly feedback: string }
  /** Somebody wrote it. */
  | {
      readonly kind: 'reply';
      readonly ids: string;
      readonly messageId: string | undefined;
      readonly text: string;
    }
  /** A machine wrote it, and there is nothing to do: an absence note, a read receipt, a newsletter. */
  | { readonly kind: 'automatic' };

export interface RecipientStatus {
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463, such as `5.1.1`. */
  readonly status: string;
}

const ACTIONS = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);
/** RFC 5965, 3.5 and 7.3; `not-spam` takes one back, and the reports of RFC 6591 are about a domain's keys. */
const COMPLAINTS = new Set(['abuse', 'fraud', 'virus', 'other', 'opt-out', 'opt-out-list', 'miscategorized']);
/** The returned message, or its head alone (RFC 6522, RFC 6533). */
const RETURNED = new Set([
  'message/rfc822',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
]);

/** Reads a raw RFC 5322 message. What is not one is `automatic`: there is nobody to answer. */
export async function readIncoming(raw: Buffer): Promise<IncomingMail> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipTextToHtml: true,
  });
  const parts = mail.attachments;
  const report = partOf(parts, /^message\/(global-)?delivery-status$/);
  if (report !== undefined)
    return { kind: 'delivery', ids: returnedIds(parts, raw), recipients: recipientsOf(report) };
  const feedback = partOf(parts, /^message\/feedback-report$/);
  if (feedback !== undefined) {
    const type = fieldsOf(feedback).get('feedback-type')?.toLowerCase() ?? '';
    return COMPLAINTS.has(type)
      ? { kind: 'complaint', ids: returnedIds(parts, raw), feedback: type }
      : { kind: 'automatic' };
  }
  if (isAutomatic(mail)) return { kind: 'automatic' };
  const ids = [mail.inReplyTo ?? '', ...[mail.references ?? []].flat()].join(' ');
  return { kind: 'reply', ids, messageId: mail.messageId, text: ownWords(mail.text ?? '') };
}

/** The parser gives `false` for a type that it cannot read, whatever it declares. */
const typeOf = ({ contentType }: Attachment): string => String(contentType).toLowerCase();
const textOf = (part: Attachment): string => part.content.toString('utf8');

function partOf(parts: readonly Attachment[], type: RegExp): string | undefined {
  const part = parts.find((one) => type.test(typeOf(one)));
  return part && textOf(part);
}

/** The fields of a header-like block, by lower-case name, unfolded; the first of a name counts. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value!.trim());
  }
  return fields;
}

function recipientsOf(report: string): RecipientStatus[] {
  return report
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('final-recipient') || fields.has('action'))
    .flatMap((fields) => {
      const action = /^[a-z]+/i.exec(fields.get('action') ?? '')?.[0].toLowerCase() ?? '';
      if (!ACTIONS.has(action)) return [];
      const said = /\b[245]\.\d{1,3}\.\d{1,3}\b/;
      const diagnostic = fields.get('diagnostic-code') ?? '';
      // Some servers say 5.0.0 where the server that they asked said more.
      const general = said.exec(fields.get('status') ?? '')?.[0];
      const status =
        general === undefined || /^[245]\.0\.0$/.test(general) ? said.exec(diagnostic)?.[0] : general;
      return [{ action: action as RecipientStatus['action'], status: status ?? general ?? '5.0.0' }];
    });
}

/** What the returned message, or its head, was called. One that is to be shown in line is no part of its own to the parser. */
function returnedIds(parts: readonly Attachment[], raw: Buffer): string {
  const ids = parts
    .filter((part) => RETURNED.has(typeOf(part)))
    .map((part) => fieldsOf(textOf(part).split(/\r?\n\r?\n/, 1)[0]!).get('message-id') ?? '')
    .join(' ')
    .trim();
  if (ids !== '') return ids;
  const [, ...body] = raw.toString('latin1').split(/\r?\n\r?\n/);
  return [...body.join('\n\n').matchAll(/^message-id:\s*(<[^<>\s]+>)/gim)].map(([, id]) => id).join(' ');
}

/** RFC 3834, 5, and what programs did before it. */
function isAutomatic({ headerLines }: ParsedMail): boolean {
  const fields = new Map(
    headerLines.map(({ key, line }) => [
      key,
      line
        .slice(line.indexOf(':') + 1)
        .trim()
        .toLowerCase(),
    ]),
  );
  const is = (name: string, value: RegExp): boolean => value.test(fields.get(name) ?? '');
  return (
    (fields.has('auto-submitted') && !is('auto-submitted', /^no\b/)) ||
    ['x-autoreply', 'x-autorespond', 'list-id', 'feedback-id'].some((name) => fields.has(name)) ||
    is('precedence', /^(bulk|junk|list|auto_reply)/) ||
    is('content-type', /^multipart\/report/) ||
    is('return-path', /^<>/)
  );
}

const QUOTES_BELOW =
  /^(-{2,} ?(original message|mensaje original|message d'origine).*|(on|el|le|am) .{4,200}(wrote|escribi[oó]|a écrit|schrieb).{0,60}:|_{10,}|from: .+|de: .+)$/i;

/** What the sender wrote, without the message of ours that their program repeats below or between. */
function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  // Programs break the line that introduces a quotation.
  const below = lines.findIndex((line, at) =>
    [line, `${line} ${lines[at + 1] ?? ''}`].some((one) => QUOTES_BELOW.test(one.trim())),
  );
  return (below < 0 ? lines : lines.slice(0, below))
    .filter((line) => !/^\s*>/.test(line))
    .join('\n')
    .trim();
}
