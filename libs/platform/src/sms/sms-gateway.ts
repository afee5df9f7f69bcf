import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config/config';
import { BACKGROUND } from '../db/background';
import { Database } from '../db/database';

/** The path, under the public address, that the gateway reports to. */
export const SMS_STATUS_PATH = '/sms/status';

export interface SmsMessage {
  /** E.164. */
  readonly to: string;
  readonly body: string;
  /** Comes back with every report about the message, also when its answer was never heard. */
  readonly reference: string;
}

/** As `MailOutcome`: accepted, refused for good or for now, broken off where it may have been accepted, or taken back. */
export type SmsOutcome =
  | { readonly state: 'accepted'; readonly id: string }
  | {
      readonly state: 'rejected';
      readonly permanent: boolean;
      readonly response: string;
      /** The gateway's own number for why (Twilio's error codes), where it gave one. */
      readonly code?: string;
    }
  | { readonly state: 'uncertain'; readonly response: string }
  | { readonly state: 'taken_back' };

interface HandOver {
  begun: boolean;
  takenBack: boolean;
  readonly mayBegin: () => boolean;
}

interface Account {
  readonly url: URL;
  readonly authorization: string;
  readonly sender: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** About us, and not about the message: it may leave once that is mended. */
const NOT_NOW = new Set([401, 403, 408, 425, 429]);

/** Gateways answer more at once with 429. */
const AT_ONCE = 10;

/** Text messages out of the house: to a gateway that speaks Twilio's API, into the local mailbox without one. */
@Injectable()
export class SmsGateway {
  private readonly account: Account | undefined;
  private places = AT_ONCE;
  private readonly waiting: (() => void)[] = [];

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly db: Database,
  ) {
    this.account = accountOf(config);
  }

  /** `none`: mail leaves this union, text messages cannot, and each is refused. */
  get way(): 'gateway' | 'mailbox' | 'none' {
    if (this.account !== undefined) return 'gateway';
    return this.config.smtpUrl === undefined ? 'mailbox' : 'none';
  }

  /**
   * Sends one message; every way an attempt can end is an answer, nothing is thrown for the gateway's part.
   * The API has no idempotency key: what was handed over without an answer, or with 5xx, is uncertain.
   * @param mayBegin asked last before the first byte of the message leaves: `false` takes it back, as if it had not been attempted.
   */
  async send(message: SmsMessage, mayBegin: () => boolean = () => true): Promise<SmsOutcome> {
    if (this.account === undefined)
      return this.way === 'mailbox'
        ? this.keep(message)
        : { state: 'rejected', permanent: true, response: 'No SMS gateway is set.' };
    const handOver: HandOver = { begun: false, takenBack: false, mayBegin };
    await this.enter();
    try {
      return outcomeOf(await this.post(this.account, this.form(this.account, message), handOver));
    } catch (error) {
      if (handOver.takenBack) return { state: 'taken_back' };
      const response = (error as Error).message.slice(0, 300);
      return handOver.begun
        ? { state: 'uncertain', response }
        : { state: 'rejected', permanent: false, response };
    } finally {
      this.leave();
    }
  }

  private form({ sender }: Account, { to, body, reference }: SmsMessage): string {
    const form = new URLSearchParams({ To: to, Body: body, ...sender });
    // A gateway refuses a message whose reports it could not send, and to `localhost` it cannot.
    if (this.config.publicUrl !== undefined)
      form.set(
        'StatusCallback',
        `${this.config.baseUrl}${SMS_STATUS_PATH}?reference=${encodeURIComponent(reference)}`,
      );
    return form.toString();
  }

  private async enter(): Promise<void> {
    if (this.places > 0) this.places -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Gives the place to who waits longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.places += 1;
    else next();
  }

  /**
   * A connection for each message: one that was kept open can be closed under the next message, which is then
   * uncertain for nothing.
   */
  private post({ url, authorization }: Account, form: string, handOver: HandOver): Promise<Answer> {
    const isSecure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (isSecure ? secure : plain)(url, {
        method: 'POST',
        agent: false,
        headers: {
          authorization,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(form),
        },
      });
      // One clock for all of it: a server that sends a byte now and then is silent too.
      const clock = setTimeout(
        () => request.destroy(new Error('The gateway was silent.')),
        this.config.smsTimeoutSeconds * 1_000,
      );
      request.once('close', () => clearTimeout(clock)).once('error', reject);
      request.once('socket', (socket) =>
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          handOver.takenBack = !handOver.mayBegin();
          if (handOver.takenBack) return void request.destroy(new Error('Taken back before it began.'));
          handOver.begun = true;
          request.end(form);
        }),
      );
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .once('error', reject)
          .once('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          );
      });
    });
  }

  private async keep({ to, body, reference }: SmsMessage): Promise<SmsOutcome> {
    const raw = [
      `To: ${to}`,
      'Subject: Text message',
      `Message-ID: <${reference}@sms.invalid>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64'),
    ].join('\r\n');
    await this.db.tx(BACKGROUND, (em) =>
      em.query(`INSERT INTO mailbox_message (recipient, subject, raw) VALUES ($1, 'Text message', $2)`, [
        to,
        raw,
      ]),
    );
    return { state: 'accepted', id: reference };
  }
}

function accountOf({ smsUrl, smsAccount, smsToken, smsFrom }: Config): Account | undefined {
  if (smsUrl === undefined || smsAccount === undefined || smsToken === undefined || smsFrom === undefined)
    return undefined;
  return {
    url: new URL(`${smsUrl.replace(/\/$/, '')}/2010-04-01/Accounts/${smsAccount}/Messages.json`),
    authorization: `Basic ${Buffer.from(`${smsAccount}:${smsToken}`).toString('base64')}`,
    sender: smsFrom.startsWith('MG') ? { MessagingServiceSid: smsFrom } : { From: smsFrom },
  };
}

/** The gateway's answer; one that is not of its API came from something in between. */
function outcomeOf({ status, body }: Answer): SmsOutcome {
  const response = `${status} ${body}`.slice(0, 300);
  const { sid, code } = fieldsOf(body);
  if (status >= 200 && status < 300)
    return typeof sid === 'string' && sid !== ''
      ? { state: 'accepted', id: sid }
      : { state: 'uncertain', response };
  if (status >= 500) return { state: 'uncertain', response };
  const permanent = status >= 400 && !NOT_NOW.has(status);
  return {
    state: 'rejected',
    permanent,
    response,
    ...(typeof code === 'number' ? { code: String(code) } : {}),
  };
}

function fieldsOf(body: string): { readonly sid?: unknown; readonly code?: unknown } {
  try {
    return (JSON.parse(body) as object | null) ?? {};
  } catch {
    return {};
  }
}
