import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { Config } from '../config/config';
import { Database } from '../db/database';
import { BACKGROUND } from '../db/background';

/** A message as Nodemailer takes it; `raw` and `envelope` for one that is composed already. */
export type MailMessage = Omit<SendMailOptions, 'from'> & { readonly from?: string };

/**
 * How an attempt ended: the server took it; it refused it for good or for now; or the connection
 * broke where the server may have taken it.
 */
export type MailOutcome =
  | { readonly state: 'accepted'; readonly id: string }
  | { readonly state: 'rejected'; readonly permanent: boolean; readonly response: string }
  | { readonly state: 'uncertain'; readonly response: string };

interface SmtpFailure extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Mail out of the house: over SMTP when there is an SMTP_URL, into the local mailbox otherwise. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly smtp: Transporter | undefined;
  private readonly composer: Transporter;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly db: Database,
  ) {
    this.composer = createTransport({ streamTransport: true, buffer: true });
    if (config.smtpUrl !== undefined) {
      const url = new URL(config.smtpUrl);
      this.smtp = createTransport({
        host: url.hostname,
        port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
        secure: url.protocol === 'smtps:',
        pool: true,
        maxConnections: config.smtpConnections,
        maxMessages: Infinity,
        connectionTimeout: 10_000,
        socketTimeout: 30_000,
        tls: { rejectUnauthorized: !isLoopback(url.hostname) },
        ...(url.username === ''
          ? {}
          : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      });
    }
  }

  /** Whether mail stays in the local mailbox. */
  get isLocal(): boolean {
    return this.smtp === undefined;
  }

  /** Sends one message; every way an attempt can end is an answer, nothing is thrown for the server's part. */
  async send(message: MailMessage): Promise<MailOutcome> {
    const complete = { from: this.config.mailFrom, ...message };
    if (this.smtp === undefined) return this.keep(complete);
    try {
      const sent = (await this.smtp.sendMail(complete)) as { messageId: string };
      return { state: 'accepted', id: sent.messageId };
    } catch (error) {
      return outcomeOf(error as SmtpFailure);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.smtp?.close();
    await Promise.resolve();
  }

  private async keep(message: SendMailOptions): Promise<MailOutcome> {
    const composed = (await this.composer.sendMail(message)) as unknown as {
      messageId: string;
      message: Buffer;
      envelope: { to: string[] };
    };
    await this.db.tx(BACKGROUND, (em) =>
      em.query(
        `INSERT INTO mailbox_message (recipient, subject, raw) SELECT to_address, $2, $3 FROM unnest($1::text[]) AS to_address`,
        [composed.envelope.to, message.subject ?? '', composed.message.toString('utf8')],
      ),
    );
    return { state: 'accepted', id: composed.messageId };
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

/** Before DATA nothing was handed over; a number from the server is its own word; anything later is uncertain. */
function outcomeOf(error: SmtpFailure): MailOutcome {
  const response = error.message.slice(0, 300);
  if (error.responseCode !== undefined) {
    return { state: 'rejected', permanent: error.responseCode >= 500, response };
  }
  const before =
    error.code === 'ECONNECTION' ||
    error.code === 'EDNS' ||
    error.code === 'EAUTH' ||
    error.code === 'ETLS' ||
    error.code === 'EENVELOPE' ||
    error.command === 'CONN';
  return before
    ? { state: 'rejected', permanent: error.code === 'EENVELOPE', response }
    : { state: 'uncertain', response };
}
