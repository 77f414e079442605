import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load.ts';
import type { MailConfig } from '../../src/config/mail.ts';
import { createLetterWriter, type WrittenLetter } from '../../src/delivery/mail/letter.ts';
import { openMailServer } from '../../src/delivery/mail/server.ts';
import { openForms } from '../../src/formats/printed-forms/forms.ts';
import { createSourceCollector } from '../../src/model/document-source.ts';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { textLines } from '../../src/support/lines.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { readStaged } from './staged.ts';

/** Letters that are made and sent. */
const MOST = 400;
/** Sent beforehand: code is compiled, the connection stands. */
const WARM_UP = 40;
const NOW = new Date('2026-11-03T08:00:00Z');

/** A letter with the PDF of a bill, written, signed or not, and handed to a server of this machine. */
export async function letters(folder: string, signed: boolean): Promise<StageResult> {
  return withSink(async (port) => {
    const pdf = await billOf(folder);
    const { mail, key } = settings(port, signed);
    const write = createLetterWriter(mail, key);
    const server = openMailServer(mail, undefined);
    const watch = createStopwatch();
    let bytes = 0;
    const send = async (count: number): Promise<void> => {
      for (let nth = 0; nth < count; nth++) {
        const letter = await write(letterOf(nth, pdf));
        bytes += letter.eml.length;
        await server.send(letter);
      }
    };
    await send(WARM_UP);
    bytes = 0;
    await watch.time(() => send(MOST));
    server.close();
    return { ...watch.read(), amounts: { files: MOST, bytes } };
  });
}

/** Floor: the same letters, written beforehand, said to the same server over a bare connection. */
export async function bareLetters(folder: string): Promise<StageResult> {
  return withSink(async (port) => {
    const { mail } = settings(port, false);
    const letter = await createLetterWriter(mail, undefined)(letterOf(0, await billOf(folder)));
    const watch = createStopwatch();
    const say = await openConversation(port);
    const send = async (count: number): Promise<void> => {
      for (let nth = 0; nth < count; nth++) await sayLetter(say, letter);
    };
    await send(WARM_UP);
    await watch.time(() => send(MOST));
    await say('QUIT\r\n');
    return { ...watch.read(), amounts: { files: MOST, bytes: letter.eml.length * MOST } };
  });
}

type Say = (text: string | Buffer) => Promise<void>;

async function sayLetter(say: Say, { eml, envelope }: WrittenLetter): Promise<void> {
  await say(`MAIL FROM:<${envelope.from}>\r\n`);
  await say(`RCPT TO:<${envelope.to[0]}>\r\n`);
  await say('DATA\r\n');
  await say(Buffer.concat([eml, Buffer.from('\r\n.\r\n')]));
}

/** Says something, and waits for the answer. */
function openConversation(port: number): Promise<Say> {
  return new Promise((opened, failed) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', failed);
    socket.once('data', () => {
      const say: Say = (text) =>
        new Promise((done) => {
          socket.once('data', () => done());
          socket.write(text);
        });
      opened(say);
    });
  });
}

function settings(port: number, signed: boolean): { mail: MailConfig; key: string | undefined } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const mail: MailConfig = {
    from: { address: 'billing@isp.example', name: 'ООО «Башнет»' },
    smtp: { host: '127.0.0.1', port, security: 'none' },
    ...{ letter: 'counterparty', documents: ['bill'], to: 'first', recipients: {}, optOut: [], edo: 'skip' },
    limits: { connections: 1, perConnection: MOST + WARM_UP, megabytes: 20 },
    bounces: { address: 'bounce@isp.example', verp: true },
    ...(signed && { dkim: { domain: 'isp.example', selector: 'bg' } }),
  };
  return { mail, key: signed ? (privateKey.export({ type: 'pkcs8', format: 'pem' }) as string) : undefined };
}

function letterOf(nth: number, pdf: Buffer) {
  return {
    key: uuidV5(`bench-letter:${nth}`),
    to: [`buyer${nth}@buyer.example`],
    toName: 'ООО «Покупатель»',
    text: { subject: 'Документы за октябрь 2026 г.', text: 'Здравствуйте!\n', html: '<p>Здравствуйте!</p>' },
    attachments: [{ name: 'Счёт № 501-10 от 01.10.2026.pdf', bytes: pdf }],
    formed: NOW,
  };
}

async function billOf(folder: string): Promise<Buffer> {
  const { config } = loadConfig(join(folder, 'bg1c.yaml'));
  const { forms } = openForms(config!, config!.organizations[0]!.code);
  const collect = createSourceCollector();
  for await (const line of textLines(createReadStream(readStaged(folder).parts[0]!.documentsFile))) {
    const source = collect(JSON.parse(line) as CanonicalRecord);
    if (source?.document.record === 'bill') return forms!.make(source).bytes!;
  }
  throw new Error('the month has no bill');
}

/** A server in a process of its own, so that its work does not count; it says its port first. */
async function withSink<T>(work: (port: number) => Promise<T>): Promise<T> {
  const sink = spawn(process.execPath, [fileURLToPath(new URL('./sink.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await new Promise<number>((found) =>
      sink.stdout.once('data', (text) => found(Number(text))),
    );
    return await work(port);
  } finally {
    sink.kill();
  }
}
