import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { type Lock, takeLock } from '../../../src/journal/lock.ts';
import { MACHINE_TMPDIR } from '../../support/scratch.ts';

/** OpenSMTPD of Debian, a real mail server with a queue on the disk; it can be run by root alone. */
export const OPENSMTPD = process.getuid?.() === 0 && spawnSync('smtpd', ['-h']).error === undefined;
if (!OPENSMTPD)
  console.warn(
    'SKIPPED: OpenSMTPD is not installed (or the tests are not run by root), letters through it are not judged',
  );

const QUEUE = '/var/spool/smtpd/queue';

/** A server that takes letters and hands them on to another one. */
export interface Relay {
  port: number;
  /** Tries at once what it would try later. */
  hurry(): void;
  /** Stops; its queue stays. */
  pause(): Promise<void>;
  /** Stops for good, with an empty queue. */
  stop(): Promise<void>;
}

/**
 * @param next port of the server that it hands everything on to, letters that it returns too
 * @param known the port that it had before
 */
export async function startOpenSmtpd(folder: string, next: number, known?: number): Promise<Relay> {
  if (known === undefined) await takeTurn();
  // The server makes the place of its queue when it runs for the first time on a machine.
  const left =
    known === undefined &&
    existsSync(QUEUE) &&
    readdirSync(QUEUE, { recursive: true, withFileTypes: true }).some((one) => one.isFile());
  if (left) throw new Error('the queue of OpenSMTPD is not empty: smtpctl remove all');
  const port = known ?? (await freePort());
  const conf = join(folder, 'smtpd.conf');
  writeFileSync(
    conf,
    `listen on 127.0.0.1 port ${port}\naction "out" relay host "smtp://127.0.0.1:${next}"\nmatch from any for any action "out"\n`,
  );
  const child = spawn('smtpd', ['-d', '-f', conf], { stdio: 'ignore' });
  const ended: Promise<void> = new Promise<void>((done) => child.once('exit', () => done()));
  await until(() => answers(port), 10_000);
  const pause = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    port,
    hurry: () => void control('schedule', 'all'),
    pause,
    async stop() {
      control('remove', 'all');
      await pause();
      turn?.release();
    },
  };
}

/** Its queue and its socket have one place on a machine: tests that run side by side take turns. */
let turn: Lock | undefined;

async function takeTurn(): Promise<void> {
  await until(() => {
    turn = takeLock(join(process.env[MACHINE_TMPDIR] ?? tmpdir(), 'bg1c-opensmtpd.lock'));
    return turn !== undefined;
  }, 30 * 60_000);
}

function control(...command: string[]): string {
  return spawnSync('smtpctl', command, { encoding: 'utf8' }).stdout;
}

/** The end of the line: keeps what comes, and knows some addresses not. */
export interface Sink {
  port: number;
  letters: { from: string; to: string; eml: Buffer }[];
  close(): Promise<void>;
}

export async function startSink(unknown: (address: string) => boolean): Promise<Sink> {
  const letters: Sink['letters'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (!unknown(address)) return done();
      done(Object.assign(new Error('5.1.1 User unknown'), { responseCode: 550 }));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        for (const { address } of envelope.rcptTo)
          letters.push({ from, to: address, eml: Buffer.concat(chunks) });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as { port: number };
  return { port, letters, close: () => new Promise((done) => server.close(done)) };
}

/** Waits until something is so. */
export async function until(so: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  for (const end = Date.now() + ms; !(await so()); ) {
    if (Date.now() > end) throw new Error(`not so within ${ms} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.end('QUIT\r\n');
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
