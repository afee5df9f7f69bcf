import { Controller, Get, Header, Headers, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { simpleParser } from 'mailparser';
import { AppError, BACKGROUND, Config, Database, Mailer } from '@unionhall/platform';
import { html, sendPage, type Html } from '../pages';

interface Row {
  id: string;
  recipient: string;
  subject: string;
  received_at: Date;
  raw: string;
}

export const MAILBOX = 'mailbox';

/** Whether mail is kept here to be read, instead of sent. */
export const isMailboxOpen = (config: Config, mailer: Mailer): boolean =>
  config.environment !== 'production' && mailer.isLocal;

const PAGE = 50;
const LIST = `
  SELECT id, recipient, subject, received_at FROM mailbox_message
  WHERE ($1::text IS NULL OR recipient = $1) AND ($2::uuid IS NULL OR id < $2)
  ORDER BY id DESC LIMIT ${PAGE}`;

/**
 * The local mailbox: what a union without a mail server would have sent. It stands open only in
 * development; anywhere else it answers as if it were not there.
 */
@Controller(MAILBOX)
export class MailboxController {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
    private readonly mailer: Mailer,
  ) {}

  /** The newest messages, fifty a page; `to` picks one recipient, `before` the id to go on from. */
  @Get()
  @Header('cache-control', 'no-store')
  async list(
    @Query('to') to: string | undefined,
    @Query('before', new ParseUUIDPipe({ optional: true })) before: string | undefined,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.requireOpen();
    const { rows } = await this.db.read(BACKGROUND, { text: LIST, values: [to ?? null, before ?? null] });
    const messages = (rows as Row[]).map(({ id, recipient, subject, received_at }) => ({
      id,
      recipient,
      subject,
      receivedAt: received_at.toISOString(),
    }));
    if (accept?.includes('text/html') !== true) return void (await reply.send({ messages }));
    const items = messages.map(
      (m) =>
        html`<li>
          <p><a href="/mailbox/${m.id}">${m.subject}</a><br />${m.recipient}<br />${m.receivedAt}</p>
        </li>`,
    );
    sendPage(reply, {
      language: 'en',
      title: 'Local mailbox',
      body: html`<p>Kept here instead of sent, as no mail server is set.</p>
        <ul>
          ${items.length === 0 ? html`<li>Nothing yet.</li>` : items}
        </ul>
        ${
          messages.length === PAGE && html`<p><a href="/mailbox?before=${messages.at(-1)!.id}">Older</a></p>`
        }`,
    });
  }

  /** One message as its reader sees it; as JSON, or as a page for a browser. */
  @Get(':id')
  @Header('cache-control', 'no-store')
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const raw = await this.source(id);
    const { subject = '', text = '', attachments, from, to, date } = await simpleParser(raw);
    const addressed = [to ?? []].flat().map((one) => one.text);
    const files = attachments.map(({ filename, contentType }) => filename ?? contentType);
    if (accept?.includes('text/html') !== true)
      return void (await reply.send({ subject, text, attachments: files }));
    sendPage(reply, {
      language: 'en',
      title: subject,
      body: html`<p><a href="/mailbox">All messages</a></p>
        <p>${from?.text ?? ''} to ${addressed.join(', ')}<br />${date?.toISOString() ?? ''}</p>
        <pre>${linked(text)}</pre>
        <ul>
          ${files.map((name) => html`<li>${name}</li>`)}
        </ul>
        <p><a href="/mailbox/${id}/source">Source</a></p>`,
    });
  }

  /** One message as it would have left, byte for byte. */
  @Get(':id/source')
  @Header('cache-control', 'no-store')
  async showSource(@Param('id', ParseUUIDPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.type('text/plain; charset=utf-8').send(await this.source(id));
  }

  private async source(id: string): Promise<string> {
    this.requireOpen();
    const { rows } = await this.db.read(BACKGROUND, {
      text: 'SELECT raw FROM mailbox_message WHERE id = $1',
      values: [id],
    });
    const row = (rows as Row[])[0];
    if (row === undefined) throw notFound();
    return row.raw;
  }

  private requireOpen(): void {
    if (!isMailboxOpen(this.config, this.mailer)) throw notFound();
  }
}

const notFound = (): AppError => new AppError('not_found', 'HTTP.NOT_FOUND', 'There is nothing here.');

/** The text with its addresses as links. */
const linked = (text: string): Html[] =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => (i % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
