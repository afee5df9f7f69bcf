// A client that costs little: what it spends on the two cores is taken from every endpoint's rate.
import net from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** One keep-alive connection; a request at a time. */
export class Connection {
  constructor(port) {
    this.port = port;
    this.socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
    this.parts = [];
    this.got = 0;
    this.need = undefined;
    this.socket.on('data', (part) => this.take(part));
    this.socket.on('error', (error) => this.waiting?.no(error));
    this.socket.on('close', () => this.waiting?.no(new Error('the endpoint closed the connection')));
  }

  /** Sends a request made by `requestText`; resolves with the body's bytes, refuses what is not 200. */
  send(text) {
    return new Promise((ok, no) => {
      this.waiting = { ok, no };
      this.socket.write(text);
    });
  }

  close() {
    this.waiting = undefined;
    this.socket.destroy();
  }

  take(part) {
    this.parts.push(part);
    this.got += part.length;
    if (this.need === undefined) {
      const all = this.parts.length === 1 ? part : Buffer.concat(this.parts);
      this.parts = [all];
      const head = all.indexOf(END_OF_HEAD);
      if (head < 0) return;
      const text = all.latin1Slice(0, head);
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
      if (!text.startsWith('HTTP/1.1 200 ') || length === undefined)
        return this.fail(`an answer that is not 200 with a length: ${all.toString().slice(0, 400)}`);
      this.head = head + 4;
      this.need = this.head + Number(length);
    }
    if (this.got < this.need) return;
    const all = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
    const body = all.subarray(this.head, this.need);
    this.parts = [];
    this.got = 0;
    this.need = undefined;
    this.waiting.ok(body);
  }

  fail(message) {
    this.waiting?.no(new Error(message));
    this.socket.destroy();
  }
}

export function requestText(path, body, token) {
  const text = JSON.stringify(body);
  return [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    'accept: application/json',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    `content-length: ${Buffer.byteLength(text)}`,
    '',
    text,
  ].join('\r\n');
}

/** Sends one request and gives its answer. */
export async function ask(port, text) {
  const connection = new Connection(port);
  try {
    const body = JSON.parse((await connection.send(text)).toString());
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data;
  } finally {
    connection.close();
  }
}

/** Requests a second of `clients` clients that send `texts` in turn for `seconds`. */
export async function rate(port, texts, clients, seconds) {
  const connections = Array.from({ length: clients }, () => new Connection(port));
  const start = performance.now();
  const end = start + seconds * 1000;
  let answered = 0;
  await Promise.all(
    connections.map(async (connection, index) => {
      for (let i = index; performance.now() < end; i += clients) {
        await connection.send(texts[i % texts.length]);
        answered += 1;
      }
    }),
  );
  const taken = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return answered / taken;
}
