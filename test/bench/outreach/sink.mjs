// A mail server that takes everything as fast as it can, in a process of its own, and counts.
//   node sink.mjs; says its port, then the count whenever it is asked
import { createServer } from 'node:net';

let taken = 0;
let last = 0;

const server = createServer((socket) => {
  let inside = false;
  let rest = '';
  const commands = (text) => {
    let answers = '';
    let at = 0;
    for (;;) {
      const end = text.indexOf(inside ? '\r\n.\r\n' : '\r\n', at);
      if (end < 0) break;
      if (inside) {
        at = end + 5;
        inside = false;
        taken += 1;
        last = performance.timeOrigin + performance.now();
        answers += '250 taken\r\n';
        continue;
      }
      const verb = text.slice(at, at + 4).toUpperCase();
      at = end + 2;
      if (verb === 'DATA') {
        inside = true;
        answers += '354 go on\r\n';
      } else if (verb === 'EHLO') answers += '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n';
      else if (verb === 'QUIT') answers += '221 bye\r\n';
      else answers += '250 yes\r\n';
    }
    rest = text.slice(at);
    if (answers !== '') socket.write(answers);
  };
  socket.setEncoding('latin1');
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => commands(rest + chunk));
  socket.write('220 sink.example.org\r\n');
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', ({ reset }) => {
  if (reset) taken = 0;
  process.send({ taken, last, cpu: process.cpuUsage() });
});
process.on('disconnect', () => process.exit(0));
