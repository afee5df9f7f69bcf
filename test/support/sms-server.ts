import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export interface SentSms {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  /** The number or messaging service that it came from. */
  readonly sender: string;
  /** Where its sender wants reports. */
  readonly callback: string | undefined;
}

/**
 * What the gateway does instead of its work: `drop` and `hang` come with the message taken, so does a code
 * from 500; other codes refuse it.
 */
export type SmsFault = 'drop' | 'hang' | 'nonsense' | 'trickle' | { status: number; code?: number };

export interface SmsServer {
  readonly url: string;
  /** What a union is set up with to use it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Every message that was taken, in order. */
  readonly messages: readonly SentSms[];
  /** Requests that were begun. */
  readonly requests: number;
  fault: SmsFault | undefined;
  /** Waited for before a message is taken. */
  before: () => Promise<void>;
  /** Hands a report about a message to a union that listens at `address`; gives its answer. */
  report(address: string, sid: string, status: string, errorCode?: number): Promise<Response>;
  /** Hands over what a telephone sent. */
  receive(address: string, from: string, body: string, more?: Record<string, string>): Promise<Response>;
  /** A form as the gateway signs it, to a path and query under the union's public address. */
  post(address: string, path: string, form: Record<string, string>, signature?: string): Promise<Response>;
  /** What the gateway signs such a form with. */
  signature(path: string, form: Record<string, string>): string;
  close(): Promise<void>;
}

const ACCOUNT = 'ACtest';
const TOKEN = 'a token of the tests';
export const SMS_FROM = '+15550100999';
/** Where the union says that it stands; the gateway signs this address, whatever is behind it. */
export const PUBLIC_URL = 'https://union.example.org';

/** A gateway on loopback that speaks as much of Twilio's API as we use, and breaks on demand. */
export async function startSmsServer(): Promise<SmsServer> {
  const messages: SentSms[] = [];
  const state = { fault: undefined as SmsFault | undefined, before: () => Promise.resolve(), requests: 0 };

  const take = (form: URLSearchParams): SentSms => {
    const message: SentSms = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      sender: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
      callback: form.get('StatusCallback') ?? undefined,
    };
    messages.push(message);
    return message;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { fault } = state;
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
    if (request.headers.authorization !== authorization) return void answer(response, 401, { code: 20003 });
    if (request.url !== `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`)
      return void answer(response, 404, { code: 20404 });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await state.before();
    if (typeof fault === 'object' && fault.status < 500)
      return void answer(response, fault.status, { code: fault.code ?? 20001, status: fault.status });
    const { sid } = take(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    if (fault === 'drop') request.socket.destroy();
    else if (fault === 'trickle') response.writeHead(201).write('{');
    else if (fault === 'nonsense') response.writeHead(200).end('<html>Welcome</html>');
    else if (typeof fault === 'object') answer(response, fault.status, { code: 20500 });
    else if (fault !== 'hang') answer(response, 201, { sid, status: 'queued', error_code: null });
  };

  const server = createServer((request, response) => {
    state.requests += 1;
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (path: string, form: Record<string, string>): string =>
    getExpectedTwilioSignature(TOKEN, `${PUBLIC_URL}${path}`, form);
  const post: SmsServer['post'] = (address, path, form, signature) =>
    fetch(new URL(path, address), {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: {
        'x-twilio-signature': signature ?? sign(path, form),
      },
    });
  return Object.assign(state, {
    url,
    environment: {
      SMS_URL: url,
      SMS_ACCOUNT: ACCOUNT,
      SMS_TOKEN: TOKEN,
      SMS_FROM,
      SMS_TIMEOUT_SECONDS: '1',
      PUBLIC_URL,
    },
    messages,
    post,
    signature: sign,
    report: (address: string, sid: string, status: string, errorCode?: number) => {
      const { callback, to } = messages.find((one) => one.sid === sid)!;
      return post(address, callback!.slice(PUBLIC_URL.length), {
        AccountSid: ACCOUNT,
        MessageSid: sid,
        MessageStatus: status,
        To: to,
        From: SMS_FROM,
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      });
    },
    receive: (address: string, from: string, body: string, more: Record<string, string> = {}) =>
      post(address, '/sms/inbound', {
        AccountSid: ACCOUNT,
        MessageSid: `SM${randomBytes(16).toString('hex')}`,
        From: from,
        To: SMS_FROM,
        Body: body,
        NumMedia: '0',
        ...more,
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...(status === 429 ? { 'retry-after': '5' } : {}),
    })
    .end(JSON.stringify(body));
}
