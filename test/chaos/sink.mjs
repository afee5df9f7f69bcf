// The mail server of a chaos run: a process of its own that misbehaves on purpose, and writes down everything it
// does. One port for each worker, so that its log tells whose message it was.
//   node sink.mjs <log> <seed> <ports> <seconds that "slow" takes>
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { seeded } from './random.mjs';

const [log, seed, ports, slowSeconds] = process.argv.slice(2);
const random = seeded(`${seed} sink`);

/** What goes wrong, and how often in a run at most; the long ones hold up a worker. */
const FAULTS = [
  { kind: 'hangs after DATA', most: 3 },
  { kind: 'closes in DATA', most: Infinity },
  { kind: 'drops before 250', most: Infinity },
  { kind: 'hangs before 250', most: 3 },
  { kind: '554 after accepting', most: Infinity },
  { kind: '451 and not kept', most: Infinity },
  { kind: '451 to the recipient', most: Infinity },
  { kind: 'drops at the recipient', most: Infinity },
];
const ONE_IN = 12;
const PAUSE_MS = 15;
/** So many times one recipient is refused for now. */
const MOST_REFUSALS = 2;

let mood = 'faulty';
/** So many messages are taken slowly, in a calm: for longer than a lease, and soon enough for the client. */
let slow = 3;
let sessions = 0;
let next = 0;
const done = new Map();
const refused = new Map();

const write = (entry) => appendFileSync(log, `${JSON.stringify({ at: Date.now(), ...entry })}\n`);

/** The fault of the next message, or none. */
function fault(to) {
  if (mood === 'slow' && slow > 0) {
    slow -= 1;
    return 'slow';
  }
  if (mood !== 'faulty' || random() >= 1 / ONE_IN) return undefined;
  const one = FAULTS[next++ % FAULTS.length];
  const times = done.get(one.kind) ?? 0;
  const again = /^451|at the recipient|hangs after DATA/.test(one.kind);
  if (times >= one.most || (again && (refused.get(to) ?? 0) >= MOST_REFUSALS)) return undefined;
  done.set(one.kind, times + 1);
  if (again) refused.set(to, (refused.get(to) ?? 0) + 1);
  return one.kind;
}

function headers(message) {
  const head = message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const of = (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
  return { subject: of('Subject'), messageId: of('Message-ID') };
}

function serve(socket, worker) {
  const session = ++sessions;
  let buffer = '';
  let mail;
  socket.on('error', () => undefined);
  socket.on('close', () => mail !== undefined && !mail.over && note('closed'));
  const note = (what, more = {}) => write({ what, worker, session, to: mail?.to, ...more });
  const say = (text) => socket.writable && socket.write(`${text}\r\n`);
  const trouble = (kind, more) => {
    note('fault', { kind, ...more });
    if (/^(drops|closes)/.test(kind)) socket.destroy();
  };

  const answer = async (message) => {
    const { subject, messageId } = headers(message);
    const kept = () => note('kept', { subject, messageId });
    const reply = (code, text) => {
      say(`${code} ${text}`);
      mail.over = true;
      note('answered', { code, subject, messageId });
    };
    const kind = mail.fault;
    if (kind === '451 and not kept') {
      trouble(kind, { subject });
      return reply(451, 'later');
    }
    // As long as a server takes to write a message down.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (kind === 'slow') {
      note('slow', { subject });
      await new Promise((resolve) => setTimeout(resolve, slowSeconds * 1000));
    }
    kept();
    if (kind === 'drops before 250' || kind === 'hangs before 250') return trouble(kind, { subject });
    if (kind === '554 after accepting') {
      trouble(kind, { subject });
      return reply(554, 'no');
    }
    return reply(250, 'taken');
  };

  const command = (line) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') {
      const to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      mail = { to, fault: fault(to) };
      note('asked');
      if (mail.fault === '451 to the recipient') {
        trouble(mail.fault);
        return say('451 later');
      }
      if (mail.fault === 'drops at the recipient') return trouble(mail.fault);
      return say('250 yes');
    }
    if (verb === 'DATA') {
      if (mail.fault === 'hangs after DATA') return trouble(mail.fault);
      mail.inside = true;
      return say('354 go on');
    }
    if (verb === 'QUIT') {
      say('221 bye');
      return socket.end();
    }
    return say('250 yes');
  };

  say('220 sink.example.org');
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    buffer += chunk;
    if (mail?.inside && !mail.begun) {
      mail.begun = true;
      note('begun');
      if (mail.fault === 'closes in DATA') return trouble(mail.fault);
    }
    for (;;) {
      const mark = mail?.inside ? '\r\n.\r\n' : '\r\n';
      const end = buffer.indexOf(mark);
      if (end < 0) return;
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + mark.length);
      if (!mail?.inside) command(text);
      else {
        mail.inside = false;
        void answer(text);
      }
    }
  });
}

const listening = ports.split(',').map(
  (port, worker) =>
    new Promise((resolve) => {
      createServer((socket) => serve(socket, worker)).listen(Number(port), '127.0.0.1', resolve);
    }),
);
await Promise.all(listening);
process.on('message', (message) => {
  mood = message.mood;
  write({ what: 'mood', mood });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
