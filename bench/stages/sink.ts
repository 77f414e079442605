import { createServer } from 'node:net';

/** A mail server that takes everything and keeps nothing; its port is the first line of its output. */
const server = createServer((socket) => {
  let letter = false;
  let tail = '';
  socket.setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('data', (text: string) => {
    tail = (tail + text).slice(-5);
    if (letter) {
      if (tail !== '\r\n.\r\n') return;
      letter = false;
      socket.write('250 2.0.0 Ok\r\n');
    } else if (/^DATA/i.test(text)) {
      letter = true;
      socket.write('354 go on\r\n');
    } else if (/^QUIT/i.test(text)) socket.end('221 Bye\r\n');
    else socket.write('250 Ok\r\n');
  });
  socket.write('220 sink\r\n');
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as { port: number }).port);
});
