import { createServer, type AddressInfo, type Socket } from 'node:net';

/** When the server turns on its client: at a command, or when it has the whole message. */
export type Moment = 'MAIL' | 'RCPT' | 'DATA' | 'message';

export interface BrokenSmtp {
  readonly url: string;
  /** Every message that it got whole, as it came. */
  readonly messages: readonly string[];
  /** What it does, and when; undefined: it behaves. Text is sent as the answer. */
  fault: { at: Moment; does: 'drop' | 'hang' | `${number} ${string}` } | undefined;
  close(): Promise<void>;
}

/** A mail server on loopback, as small as one can be, that breaks on demand. */
export async function startBrokenSmtp(): Promise<BrokenSmtp> {
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  const state: { fault: BrokenSmtp['fault'] } = { fault: undefined };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    const answer = (moment: string, usual: string): void => {
      const does = state.fault?.at === moment ? state.fault.does : undefined;
      if (does === 'drop') socket.destroy();
      else if (does !== 'hang') socket.write(`${does ?? usual}\r\n`);
    };
    let buffer = '';
    let inMessage = false;
    socket.write('220 broken.example.org\r\n');
    socket.on('data', (chunk) => {
      buffer += chunk.toString();
      for (;;) {
        const mark = inMessage ? '\r\n.\r\n' : '\r\n';
        const end = buffer.indexOf(mark);
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + mark.length);
        if (inMessage) {
          inMessage = false;
          messages.push(text);
          answer('message', '250 taken');
        } else {
          const verb = text.slice(0, 4).toUpperCase();
          inMessage = verb === 'DATA' && state.fault?.at !== 'DATA';
          answer(verb, verb === 'DATA' ? '354 go on' : '250 yes');
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
