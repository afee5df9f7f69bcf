import { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { Config } from '../config/config';
import { Database } from '../db/database';
import { BACKGROUND } from '../db/background';
import { failpoint } from '../process/failpoint';

/** A message as Nodemailer takes it; `raw` and `envelope` for one that is composed already. */
export type MailMessage = Omit<SendMailOptions, 'from'> & { readonly from?: string };

/**
 * How an attempt ended: the server took it (`id`: what it calls it, or else the Message-ID); it refused it
 * for good or for now; or the connection broke where the server may have taken it.
 */
export type MailOutcome =
  | { readonly state: 'accepted'; readonly id: string }
  | { readonly state: 'rejected'; readonly permanent: boolean; readonly response: string }
  | { readonly state: 'uncertain'; readonly response: string }
  /** Its sender took it back before its first byte. */
  | { readonly state: 'taken_back' };

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
}

/** Whether a server has asked for the message itself, behind DATA: from then on it may have accepted it. */
interface HandOver {
  begun: boolean;
  takenBack: boolean;
  readonly mayBegin: () => boolean;
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
        const { handOver, raw } = mail.data as { handOver: HandOver; raw?: unknown };
        watchHandOver(mail.message, raw, handOver);
        done();
      });
    }
  }

  /** Whether mail stays in the local mailbox. */
  get isLocal(): boolean {
    return this.smtp === undefined;
  }

  /**
   * Sends one message; every way an attempt can end is an answer, nothing is thrown for the server's part.
   * @param mayBegin asked last before the first byte of the message leaves: `false` takes it back.
   */
  async send(message: MailMessage, mayBegin: () => boolean = () => true): Promise<MailOutcome> {
    const complete = { from: this.config.mailFrom, ...message };
    if (this.smtp === undefined) return this.keep(complete);
    const handOver: HandOver = { begun: false, takenBack: false, mayBegin };
    try {
      const watched: SendMailOptions & { handOver: HandOver } = { ...complete, handOver };
      const sent = (await this.smtp.sendMail(watched)) as { messageId: string; response: string };
      failpoint('mail.answered');
      return { state: 'accepted', id: queueIdOf(sent.response) ?? sent.messageId };
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

/** What the server calls the message; some write it over our Message-ID, and it is what a bounce then names. */
function queueIdOf(response: string): string | undefined {
  return /\bok:? (?:queued as )?<?([\w.+-]{8,})(?:@\S+)?>?$/i.exec(response.trim())?.[1];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

/**
 * Notes the moment a server begins to take a message. The transport names a connection that it lost the
 * same way before and after, and queues a message again by itself; a message that has begun is not begun again.
 */
function watchHandOver(message: { createReadStream(): Readable }, raw: unknown, handOver: HandOver): void {
  const open = message.createReadStream.bind(message);
  message.createReadStream = () =>
    raw instanceof Uint8Array ? watchedBytes(raw, handOver) : watchedStream(open, handOver);
}

/** @throws Error when it must not begin. */
function begin(handOver: HandOver): void {
  if (handOver.begun) throw new Error('The message may have been accepted already.');
  failpoint('mail.handing-over');
  handOver.takenBack = !handOver.mayBegin();
  if (handOver.takenBack) throw new Error('The message was taken back before it began.');
  handOver.begun = true;
}

function watchedBytes(raw: Uint8Array, handOver: HandOver): Readable {
  return new Readable({
    read() {
      try {
        begin(handOver);
      } catch (error) {
        this.destroy(error as Error);
        return;
      }
      this.push(raw);
      this.push(null);
      failpoint('mail.handed-over');
    },
  });
}

function watchedStream(open: () => Readable, handOver: HandOver): Readable {
  return Readable.from(
    (async function* () {
      begin(handOver);
      yield* open();
    })(),
    { objectMode: false },
  );
}

/** A number from the server is its own word. Without one, what was handed over may have been accepted. */
function outcomeOf(error: SmtpFailure, handOver: HandOver): MailOutcome {
  if (handOver.takenBack) return { state: 'taken_back' };
  const response = error.message.slice(0, 300);
  if (error.responseCode !== undefined) {
    return { state: 'rejected', permanent: error.responseCode >= 500, response };
  }
  return handOver.begun
    ? { state: 'uncertain', response }
    : { state: 'rejected', permanent: error.code === 'EENVELOPE', response };
}
