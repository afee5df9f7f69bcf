// What Nodemailer alone does with as many connections: each message composed by it, or handed over ready.
//   node ceiling.mjs compose|ready <port> <messages> <connections>
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createTransport } = require('nodemailer');

const [how, port, messages, connections] = process.argv.slice(2);
const count = Number(messages);
const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
  tls: { rejectUnauthorized: false },
});

const calendar = (n) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Unionhall//bench//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT'],
    ...[
      `UID:bench@example.org`,
      'DTSTAMP:20261201T000000Z',
      'DTSTART:20261208T180000Z',
      'DTEND:20261208T193000Z',
    ],
    ...['SUMMARY:How to log off together', `ATTENDEE;CN=Person ${n}:mailto:person${n}@example.org`],
    ...['ORGANIZER;CN=Oakland:mailto:union@example.org', 'END:VEVENT', 'END:VCALENDAR'],
  ].join('\r\n');

/** As much as a member's invitation says: text, HTML, a calendar entry, the headers of RFC 8058. */
function message(n) {
  const url = `http://localhost:3000/u/${'x'.repeat(120)}${n}`;
  const text = `Hello Person ${n},\n\nyou are invited to How to log off together.\n\nWhen: 8 December 2026 at 18:00 PST (America/Los_Angeles)\nWhere: Union hall\n\nSay whether you will come: ${url}\n\n---\nWhy did I get this? You allowed Oakland to write to you about events, and How to log off together is in your chapter. Stop it here, without signing in: ${url}\n`;
  return {
    from: 'Unionhall <union@example.org>',
    to: { name: `Person ${n}`, address: `person${n}@example.org` },
    subject: 'Join us: How to log off together',
    text,
    html: `<!doctype html><html lang="en"><body><p>${text.replaceAll('\n\n', '</p><p>').replaceAll('\n', '<br>')}</p></body></html>`,
    messageId: `<bench-${n}@localhost>`,
    headers: {
      'List-Unsubscribe': `<${url}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
    icalEvent: { method: 'REQUEST', filename: 'invite.ics', content: calendar(n) },
  };
}

async function ready(n) {
  const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail(message(n));
  return { envelope: composed.envelope, raw: composed.message };
}

const one = how === 'ready' ? await ready(1) : undefined;
let next = 0;
const lane = async () => {
  while (next < count) {
    const n = next++;
    const to = `person${n}@example.org`;
    await transport.sendMail(
      one === undefined ? message(n) : { ...one, envelope: { ...one.envelope, to: [to] } },
    );
  }
};
process.once('message', async () => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: Number(connections) * 2 }, lane));
  process.send({ ms: performance.now() - began, cpu: process.cpuUsage(cpu) });
  transport.close();
  process.disconnect();
});
process.send('ready');
