import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailConfig } from '../../../src/config/mail.ts';
import { readNews } from '../../../src/delivery/feed.ts';
import { mailChannel } from '../../../src/delivery/mail/channel.ts';
import { readNotice } from '../../../src/delivery/mail/notice.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { DOVECOT, startDovecot } from './dovecot.ts';
import { OPENSMTPD, startOpenSmtpd, startSink, until } from './opensmtpd.ts';
import { buyer, letterTask, mailConfig, runMail } from './world.ts';

const folder = temporaryFolders();
const open: { stop?(): Promise<void>; close?(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.stop?.() ?? one.close?.());
});

const clock = (): Date => new Date('2026-11-03T08:00:00Z');

/** Reads what came back, as a run does at its end. */
async function news(
  journal: Journal,
  port: number,
  more: Partial<MailConfig>,
): Promise<Awaited<ReturnType<typeof readNews>>> {
  const config = mailConfig(port, more);
  const session = await mailChannel.connect({
    ...{ config, clock, random: () => 0.5, sleep: async () => {} },
    ...{ signal: new AbortController().signal, records: journal.records },
  });
  try {
    return await readNews(mailChannel, session, journal);
  } finally {
    await session.close();
  }
}

const COUNT = 12;
const WRONG = [3, 7];
const tasks = Array.from({ length: COUNT }, (_, index) => letterTask(index + 1, clock()));
const keyOf = (nth: number): string => tasks[nth - 1]!.delivery.key;

/** Sends the letters through a real server; two addresses are known to nobody. */
async function sendThroughOpenSmtpd(): Promise<{
  journal: Journal;
  port: number;
  notices: Buffer[];
  stored: string[];
}> {
  const wrong = WRONG.map((nth) => buyer(nth).emails[0]);
  const sink = await startSink((address) => wrong.includes(address));
  const relay = await startOpenSmtpd(folder(), sink.port);
  const journal = openJournal(':memory:', clock).journal!;
  open.push(sink, relay, journal);
  const summary = await runMail({ config: mailConfig(relay.port), journal, clock, tasks });
  expect(summary).toMatchObject({ sent: COUNT, rejected: 0, undecided: 0 });
  await until(() => sink.letters.length >= COUNT, 30_000);
  const back = sink.letters.filter(({ to }) => to.startsWith('bounce+'));
  return {
    ...{ journal, port: relay.port, notices: back.map(({ eml }) => eml) },
    stored: sink.letters.filter(({ to }) => !to.startsWith('bounce+')).map(({ to }) => to),
  };
}

function expectAttributed(journal: Journal): void {
  const { deliveries, letters } = journal.records;
  for (let nth = 1; nth <= COUNT; nth++) {
    const wrong = WRONG.includes(nth);
    expect(deliveries.byKey(keyOf(nth))).toMatchObject({
      ...{ status: 'done', outcome: 'ok', remoteState: wrong ? 'failed' : 'sent' },
      remoteCode: wrong ? '5.1.1' : '250',
    });
  }
  expect(letters.badAddresses().map(({ address }) => address)).toEqual([
    'buh3@buyer.example',
    'buh7@buyer.example',
  ]);
}

describe.skipIf(!OPENSMTPD)('bounces of a real server', () => {
  it('out of a folder: each to its own letter, its address given up, read once', async () => {
    const { journal, port, notices, stored } = await sendThroughOpenSmtpd();
    expect(stored.sort()).toEqual(
      tasks.flatMap((_, index) => (WRONG.includes(index + 1) ? [] : buyer(index + 1).emails)).sort(),
    );
    const inbox = join(folder(), 'bounces');
    mkdirSync(inbox);
    for (const [index, eml] of notices.entries()) writeFileSync(join(inbox, `${index}.eml`), eml);
    const bounces = { address: 'bounce@isp.example', verp: true, folder: inbox };
    expect(await news(journal, port, { bounces })).toMatchObject({ states: { failed: 2 } });
    expectAttributed(journal);
    expect(await news(journal, port, { bounces })).toMatchObject({ states: {} });
  }, 240_000);

  it.skipIf(!DOVECOT)(
    'out of a mailbox of a real IMAP server',
    async () => {
      const { journal, port, notices } = await sendThroughOpenSmtpd();
      const dovecot = await startDovecot(folder(), [
        Buffer.from('Subject: hello\r\n\r\nnothing\r\n'),
        ...notices,
      ]);
      open.push(dovecot);
      const bounces = { address: 'bounce@isp.example', verp: true, imap: dovecot.imap };
      expect(await news(journal, port, { bounces })).toMatchObject({ states: { failed: 2 } });
      expectAttributed(journal);
      expect(await news(journal, port, { bounces })).toMatchObject({ states: {} });
      const refused = { ...bounces, imap: { ...dovecot.imap, user: 'nobody' } };
      expect((await news(journal, port, { bounces: refused })).failure).toMatchObject({
        class: 'halted',
        code: 'imap-auth',
      });
    },
    60_000,
  );
});

describe('a notice', () => {
  const key = '11111111-2222-5333-8444-555555555555';
  const notice = (lines: string[], to = 'bounce@isp.example'): Promise<unknown> =>
    readNotice(
      Buffer.from([`From: MAILER-DAEMON@mx`, `To: ${to}`, 'Subject: failure', ...lines].join('\r\n')),
      'billing@isp.example',
    );

  it('is known by the address it came to, or by the Message-ID that it quotes', async () => {
    const verp = await notice(
      ['', 'user@buyer.example: 550 5.1.1 <user@buyer.example>: unknown'],
      `bounce+${key}@isp.example`,
    );
    expect(verp).toMatchObject({ key, hard: true, code: '5.1.1', text: '550 5.1.1 …: unknown' });
    const quoted = await notice(['', '452 4.2.2 Mailbox full', '', `Message-ID: <${key}@isp.example>`]);
    expect(quoted).toMatchObject({ key, hard: false, code: '4.2.2' });
  });

  it('of a delay is not the end of a letter', async () => {
    const late = await notice(
      [
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'still trying',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx',
        '',
        'Final-Recipient: rfc822; user@buyer.example',
        'Action: delayed',
        'Status: 4.4.1',
        '',
        '--b--',
      ],
      `bounce+${key}@isp.example`,
    );
    expect(late).toMatchObject({ key, hard: false, code: '4.4.1', address: 'user@buyer.example' });
  });

  it('is none: an answer of a person, a notice about a letter of somebody else', async () => {
    expect(await notice(['', 'Спасибо, получили.'], `bounce+${key}@isp.example`)).toBeUndefined();
    expect(await notice(['', '550 5.1.1 unknown', '', `Message-ID: <${key}@other.example>`])).toBeUndefined();
  });
});
