import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: string;
  readonly raw: string;
  readonly mail: ParsedMail;
}

export interface SmtpSink {
  readonly url: string;
  /** Everything accepted so far, in order. */
  readonly received: readonly Received[];
  /** What the server answers to a recipient: undefined accepts, text refuses for good. */
  refuse: (recipient: string) => string | undefined;
  /** The code that a refusal is answered with: 550 for good, 4xx for now. */
  code: number;
  /** Waited for before a message is accepted. */
  before: () => Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it accepts. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const received: Received[] = [];
  const sink = {
    refuse: (_: string): string | undefined => undefined,
    code: 550,
    before: (): Promise<void> => Promise.resolve(),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const refusal = sink.refuse(address);
      done(
        refusal === undefined ? undefined : Object.assign(new Error(refusal), { responseCode: sink.code }),
      );
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        Promise.all([simpleParser(raw), sink.before()]).then(([mail]) => {
          for (const { address } of session.envelope.rcptTo) received.push({ to: address, raw, mail });
          done();
        }, done);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
