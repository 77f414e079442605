import { createServer, type Server, type Socket } from 'node:net';

/** The steps of a letter, in their order. `mid-letter`: half of it came; `stored`: all of it did, and is kept. */
export type Step = 'greeting' | 'mail' | 'rcpt' | 'data' | 'mid-letter' | 'stored';

/** What the server does at a step: goes on, answers something else, or lets the connection fall. */
export type Act = 'go' | 'drop' | `${number} ${string}`;

/** Plays a mail server to the letter, so that it can fail at every step of it. */
export interface ScriptedServer {
  port: number;
  /** Letters that were kept, as they came over the line, without the doubled dots. */
  stored: { from: string; to: string[]; eml: string }[];
  close(): Promise<void>;
}

/** @param script told the step and which letter it is, from 1 (0 before the first) */
export async function startScriptedServer(
  script: (step: Step, letter: number, argument: string) => Act,
): Promise<ScriptedServer> {
  const stored: ScriptedServer['stored'] = [];
  const sockets = new Set<Socket>();
  let letters = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  function serve(socket: Socket): void {
    let letter = { from: '', to: [] as string[] };
    let body: string | undefined;
    let rest = '';
    let own = letters;
    const at = (step: Step, argument: string, answer: string): boolean => {
      const act = script(step, own, argument);
      if (act === 'drop') {
        socket.destroy();
        return false;
      }
      socket.write(`${act === 'go' ? answer : act}\r\n`);
      return act === 'go';
    };
    const command = (line: string): void => {
      const argument = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (/^EHLO|^HELO/i.test(line)) socket.write('250-scripted\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
      else if (/^AUTH/i.test(line)) socket.write('235 2.7.0 Ok\r\n');
      else if (/^MAIL/i.test(line)) {
        own = ++letters;
        letter = { from: argument, to: [] };
        at('mail', argument, '250 2.1.0 Ok');
      } else if (/^RCPT/i.test(line)) {
        if (at('rcpt', argument, '250 2.1.5 Ok')) letter.to.push(argument);
      } else if (/^DATA/i.test(line)) {
        if (at('data', '', '354 go on')) body = '';
      } else if (/^QUIT/i.test(line)) socket.end('221 2.0.0 Bye\r\n');
      else socket.write('250 2.0.0 Ok\r\n');
    };
    const end = (eml: string): void => {
      const act = script('stored', own, '');
      if (act === 'go' || act === 'drop') stored.push({ ...letter, eml });
      if (act === 'drop') socket.destroy();
      else socket.write(act === 'go' ? `250 2.0.0 Ok: queued as Q${own}\r\n` : `${act}\r\n`);
    };
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      rest += chunk;
      for (;;) {
        if (body !== undefined) {
          if (rest.length > 0 && script('mid-letter', own, '') === 'drop') return void socket.destroy();
          const stop = rest.indexOf('\r\n.\r\n');
          if (stop < 0) return;
          const eml = `${rest.slice(0, stop)}\r\n`.replace(/\r\n\.\./g, '\r\n.');
          rest = rest.slice(stop + 5);
          body = undefined;
          end(eml);
        } else {
          const stop = rest.indexOf('\r\n');
          if (stop < 0) return;
          const line = rest.slice(0, stop);
          rest = rest.slice(stop + 2);
          command(line);
        }
      }
    });
    at('greeting', '', '220 scripted ESMTP');
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address() as { port: number };
  return {
    port: address.port,
    stored,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
