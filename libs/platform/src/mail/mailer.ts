import { Readable } from 'node:stream';
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
  responseCode?: number;
}

/** Whether a server has asked for the message itself, behind DATA: from then on it may have accepted it. */
interface HandOver {
  begun: boolean;
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
        connectionTimeout: Math.min(10, config.smtpTimeoutSeconds) * 1_000,
        greetingTimeout: config.smtpTimeoutSeconds * 1_000,
        socketTimeout: config.smtpTimeoutSeconds * 1_000,
        tls: { rejectUnauthorized: !isLoopback(url.hostname) },
        ...(url.username === ''
          ? {}
          : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      });
      this.smtp.use('stream', (mail, done) => {
        watchHandOver(mail.message, (mail.data as { handOver?: HandOver }).handOver ?? { begun: false });
        done();
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
    const handOver: HandOver = { begun: false };
    try {
      const watched: SendMailOptions & { handOver: HandOver } = { ...complete, handOver };
      const sent = (await this.smtp.sendMail(watched)) as { messageId: string };
      return { state: 'accepted', id: sent.messageId };
    } catch (error) {
      return outcomeOf(error as SmtpFailure, handOver);
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

/**
 * Notes the moment a server begins to take a message. The transport names a connection that it lost the
 * same way before and after, and queues a message again by itself; a message that has begun is not begun again.
 */
function watchHandOver(message: { createReadStream(): Readable }, handOver: HandOver): void {
  const open = message.createReadStream.bind(message);
  message.createReadStream = () =>
    Readable.from(
      (async function* () {
        if (handOver.begun) throw new Error('The message may have been accepted already.');
        handOver.begun = true;
        yield* open();
      })(),
      { objectMode: false },
    );
}

/** A number from the server is its own word. Without one, what was handed over may have been accepted. */
function outcomeOf(error: SmtpFailure, handOver: HandOver): MailOutcome {
  const response = error.message.slice(0, 300);
  if (error.responseCode !== undefined) {
    return { state: 'rejected', permanent: error.responseCode >= 500, response };
  }
  return handOver.begun
    ? { state: 'uncertain', response }
    : { state: 'rejected', permanent: error.code === 'EENVELOPE', response };
}
