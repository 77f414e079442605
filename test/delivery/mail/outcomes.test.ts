import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { deliver } from '../../../src/delivery/engine.ts';
import type { DeliveryRow } from '../../../src/journal/delivery.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { type Act, type ScriptedServer, type Step, startScriptedServer } from './smtp.ts';
import { letterTask, mailConfig, runMail } from './world.ts';

const folder = temporaryFolders();
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Stage {
  server: ScriptedServer;
  journal: Journal;
  /** A run over letter 1; the clock stands where it is told to. */
  run(now?: string): Promise<Awaited<ReturnType<typeof deliver>>>;
  row(): DeliveryRow;
}

const START = '2026-11-03T08:00:00Z';
const task = letterTask(1, new Date(START));

async function stage(script: (step: Step, letter: number) => Act): Promise<Stage> {
  const server = await startScriptedServer(script);
  let now = START;
  const clock = (): Date => new Date(now);
  const journal = openJournal(join(folder(), 'journal.db'), clock).journal!;
  open.push(server, journal);
  return {
    server,
    journal,
    run: (at = now) => {
      now = at;
      return runMail({ config: mailConfig(server.port), journal, clock, tasks: [task] });
    },
    row: () => journal.records.deliveries.byKey(task.delivery.key)!,
  };
}

/** At the first letter only. */
const once =
  (step: Step, act: Act) =>
  (at: Step, letter: number): Act =>
    at === step && letter === 1 ? act : 'go';

describe('a server that lets the connection fall', () => {
  it.each(['mail', 'rcpt', 'data'] as const)(
    'at %s: surely not sent; sent once later, by itself',
    async (step) => {
      const { server, run, row } = await stage(once(step, 'drop'));
      await run();
      expect(row()).toMatchObject({ status: 'waiting', outcome: null, attempts: 1 });
      expect(server.stored).toHaveLength(0);
      expect(await run('2026-11-03T08:10:00Z')).toMatchObject({ sent: 1 });
      expect(server.stored).toHaveLength(1);
    },
  );

  it('in the middle of the letter: in doubt, although nothing was kept', async () => {
    const { server, run, row } = await stage(once('mid-letter', 'drop'));
    expect(await run()).toMatchObject({ sent: 0, undecided: 1 });
    expect(row()).toMatchObject({ status: 'dead', outcome: 'in-doubt' });
    expect(server.stored).toHaveLength(0);
  });

  it('behind the final dot: in doubt, kept once, and never sent again by itself', async () => {
    const { server, run, row } = await stage(once('stored', 'drop'));
    expect(await run()).toMatchObject({ sent: 0, undecided: 1 });
    expect(row()).toMatchObject({ status: 'dead', outcome: 'in-doubt', failureCode: 'smtp-no-answer' });
    for (const later of ['2026-11-03T09:00:00Z', '2026-11-04T08:00:00Z', '2026-12-01T08:00:00Z'])
      expect(await run(later)).toMatchObject({ sent: 0, undecided: 1 });
    expect(server.stored).toHaveLength(1);
  });

  it('before it greets: the run does not begin', async () => {
    const { run, server } = await stage((step) => (step === 'greeting' ? 'drop' : 'go'));
    await expect(run()).rejects.toMatchObject({ class: 'before' });
    expect(server.stored).toHaveLength(0);
  });
});

describe('a server that answers', () => {
  it.each([
    ['rcpt', '451 4.7.1 try again later'],
    ['mail', '421 4.3.2 closing'],
    ['data', '452 4.3.1 no space'],
    ['stored', '451 4.3.0 failed'],
  ] as const)('%s with %s: later, by itself, once', async (step, act) => {
    const { server, run, row } = await stage(once(step, act));
    await run();
    expect(row()).toMatchObject({ status: 'waiting', outcome: null, failureCode: `smtp-${act.slice(0, 3)}` });
    expect(await run('2026-11-03T10:00:00Z')).toMatchObject({ sent: 1 });
    expect(server.stored).toHaveLength(1);
  });

  it.each([
    ['rcpt', '550 5.1.1 no such user'],
    ['data', '554 5.7.1 no'],
    ['stored', '554 5.7.1 spam'],
  ] as const)('%s with %s: refused, and not tried again', async (step, act) => {
    const { server, run, row } = await stage(once(step, act));
    expect(await run()).toMatchObject({ rejected: 1 });
    expect(row()).toMatchObject({
      status: 'done',
      outcome: 'rejected',
      failureCode: `smtp-${act.slice(0, 3)}`,
    });
    expect(await run('2026-11-04T08:00:00Z')).toMatchObject({ before: 1, sent: 0 });
    expect(server.stored).toHaveLength(0);
  });

  it('that it is too often: not tried again before a good while', async () => {
    const { run, row } = await stage(once('rcpt', '451 4.7.1 Rate limit exceeded'));
    await run();
    expect(Date.parse(row().notBefore) - Date.parse(START)).toBeGreaterThanOrEqual(15 * 60_000);
  });

  it('that it will not have us: the run ends and nothing is counted against the letter', async () => {
    const { run, row } = await stage(once('mail', '550 5.7.1 sender not allowed'));
    expect(await run()).toMatchObject({ broken: true, sent: 0 });
    expect(row()).toMatchObject({ status: 'waiting', attempts: 0 });
  });

  it('a refused address is known for the next letters; a person can forgive it', async () => {
    const { journal, run } = await stage(once('rcpt', '550 5.1.1 no such user'));
    await run();
    const { letters } = journal.records;
    expect(letters.badAddresses()).toMatchObject([{ address: 'buh1@buyer.example', code: '5.1.1' }]);
    expect(letters.forgive('BUH1@buyer.example')).toBe(true);
    expect(letters.isBad('buh1@buyer.example')).toBe(false);
  });
});

describe('a letter that was sent', () => {
  it('is kept by its hash before it goes, with the answer of the server after', async () => {
    const { server, journal, run, row } = await stage(() => 'go');
    expect(await run()).toMatchObject({ sent: 1 });
    const [letter] = server.stored;
    expect(sha256(Buffer.from(letter!.eml, 'latin1'))).toBe(row().content);
    expect(letter).toMatchObject({
      from: `bounce+${task.delivery.key}@isp.example`,
      to: ['buh1@buyer.example'],
    });
    expect(row()).toMatchObject({ status: 'done', outcome: 'ok', remoteCode: '250' });
    expect(row().remoteName).toContain('queued as Q1');
    expect(journal.records.letters.of(task.delivery.key)).toMatchObject([{ address: 'buh1@buyer.example' }]);
    expect(await run('2026-11-04T08:00:00Z')).toMatchObject({ before: 1, sent: 0 });
    expect(server.stored).toHaveLength(1);
  });

  it('to several addresses goes once to those that are taken, and knows the others for the next time', async () => {
    const server = await startScriptedServer((step, _letter, address) =>
      step === 'rcpt' && address === 'b@buyer.example' ? '550 5.1.1 no such user' : 'go',
    );
    const clock = (): Date => new Date(START);
    const journal = openJournal(':memory:', clock).journal!;
    open.push(server, journal);
    const emails = ['a@buyer.example', 'b@buyer.example', 'c@buyer.example'];
    const tasks = [letterTask(1, clock(), { emails })];
    expect(
      await runMail({ config: mailConfig(server.port, { to: 'all' }), journal, clock, tasks }),
    ).toMatchObject({ sent: 1 });
    expect(server.stored.map(({ to }) => to)).toEqual([['a@buyer.example', 'c@buyer.example']]);
    const { letters, deliveries } = journal.records;
    expect(letters.badAddresses().map(({ address }) => address)).toEqual(['b@buyer.example']);
    expect(letters.of(tasks[0]!.delivery.key).map(({ address }) => address)).toEqual([
      'a@buyer.example',
      'c@buyer.example',
    ]);
    expect(deliveries.byKey(tasks[0]!.delivery.key)!.remoteName).toMatch(/^[^@]*; не принято адресов: 1$/);
  });
});
