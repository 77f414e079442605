import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PATIENCE } from '../../src/pipeline/exchange/tick.ts';
import { type ExchangeWorld, exchangeWorld, failingDisk } from './world.ts';

const PACKAGES = ['one-2026-10-1-1of1.zip'];

/** What comes into the inbox, what happens while the watcher looks, and where everything is in the end. */
interface InboxCase {
  title: string;
  arrive(world: ExchangeWorld): void;
  eachLook?(world: ExchangeWorld, nth: number): void;
  exit: number;
  outbox: string[];
  done: string[];
  error: string[];
  inbox?: string[];
  /** Codes in the note beside it. */
  codes?: Record<string, string[]>;
}

const bytesOf = (world: ExchangeWorld, name: string): Buffer => readFileSync(join(world.root, 'drop1', name));

const CASES: InboxCase[] = [
  {
    title: 'a zip',
    arrive: (world) => world.drop('one.zip'),
    ...{ exit: 0, outbox: PACKAGES, done: ['one.zip'], error: [] },
  },
  {
    title: 'a folder',
    arrive: (world) => world.drop('one'),
    ...{ exit: 0, outbox: PACKAGES, done: ['one'], error: [] },
  },
  {
    title: 'a half-written zip whose rest comes late',
    arrive: (world) =>
      writeFileSync(world.path('inbox', 'one.zip'), bytesOf(world, 'one.zip').subarray(0, 700)),
    eachLook(world, nth) {
      if (nth === 6) appendFileSync(world.path('inbox', 'one.zip'), bytesOf(world, 'one.zip').subarray(700));
    },
    ...{ exit: 0, outbox: PACKAGES, done: ['one.zip'], error: [] },
  },
  {
    title: 'a half-written zip whose rest never comes',
    arrive: (world) =>
      writeFileSync(world.path('inbox', 'one.zip'), bytesOf(world, 'one.zip').subarray(0, 700)),
    ...{
      exit: 1,
      outbox: [],
      done: [],
      error: ['one.zip'],
      codes: { 'error/one.zip': ['BG1C-SOURCE-ARCHIVE'] },
    },
  },
  {
    title: 'a file that grows from look to look',
    arrive: (world) => writeFileSync(world.path('inbox', 'one.zip'), ''),
    eachLook(world, nth) {
      const bytes = bytesOf(world, 'one.zip');
      const piece = Math.ceil(bytes.length / 8);
      appendFileSync(world.path('inbox', 'one.zip'), bytes.subarray((nth - 1) * piece, nth * piece));
    },
    ...{ exit: 0, outbox: PACKAGES, done: ['one.zip'], error: [] },
  },
  {
    title: 'a folder whose tables come one after the other',
    arrive: (world) => {
      mkdirSync(world.path('inbox', 'one'));
      cpSync(join(world.root, 'drop1/one/clients.csv'), world.path('inbox/one/clients.csv'));
    },
    eachLook(world, nth) {
      if (nth === 5) cpSync(join(world.root, 'drop1/one'), world.path('inbox/one'), { recursive: true });
    },
    ...{ exit: 0, outbox: PACKAGES, done: ['one'], error: [] },
  },
  {
    title: 'a folder whose tables never come',
    arrive: (world) => {
      mkdirSync(world.path('inbox', 'one'));
      cpSync(join(world.root, 'drop1/one/clients.csv'), world.path('inbox/one/clients.csv'));
    },
    ...{
      exit: 1,
      outbox: [],
      done: [],
      error: ['one'],
      codes: { 'error/one': ['BG1C-SOURCE-TABLE-MISSING'] },
    },
  },
  {
    title: 'a file renamed between two looks',
    arrive: (world) => world.drop('one.zip', 'october.zip'),
    eachLook(world, nth) {
      if (nth === 1) renameSync(world.path('inbox', 'october.zip'), world.path('inbox', 'october-2026.zip'));
    },
    ...{ exit: 0, outbox: PACKAGES, done: ['october-2026.zip'], error: [] },
  },
  {
    title: 'a file that goes away between two looks',
    arrive: (world) => world.drop('one.zip'),
    eachLook(world) {
      rmSync(world.path('inbox', 'one.zip'), { force: true });
    },
    ...{ exit: 0, outbox: [], done: [], error: [] },
  },
  {
    title: 'an upload under a temporary name that is then given its own',
    arrive: (world) => world.drop('one.zip', 'one.zip.part'),
    eachLook(world, nth) {
      if (nth === 1) renameSync(world.path('inbox', 'one.zip.part'), world.path('inbox', 'one.zip'));
    },
    // Temporary names are not waited for: the next run takes it.
    ...{ exit: 0, outbox: [], done: [], error: [], inbox: ['one.zip.part'] },
  },
  {
    title: 'the same content twice at once under two names',
    arrive: (world) => {
      world.drop('one.zip', 'a.zip');
      world.drop('one.zip', 'b.zip');
    },
    ...{
      exit: 0,
      outbox: PACKAGES,
      done: ['a.zip', 'b.zip'],
      error: [],
      codes: { 'done/b.zip': ['BG1C-INBOX-REPEATED'] },
    },
  },
  {
    title: 'the same files in a folder and in a zip',
    arrive: (world) => {
      world.drop('one');
      world.drop('one.zip');
    },
    ...{ exit: 0, outbox: PACKAGES, done: ['one', 'one.zip'], error: [] },
  },
  {
    title: 'an empty file',
    arrive: (world) => writeFileSync(world.path('inbox', 'empty.zip'), ''),
    ...{
      exit: 1,
      outbox: [],
      done: [],
      error: ['empty.zip'],
      codes: { 'error/empty.zip': ['BG1C-INBOX-EMPTY'] },
    },
  },
  {
    title: 'an empty folder',
    arrive: (world) => mkdirSync(world.path('inbox', 'empty')),
    ...{ exit: 1, outbox: [], done: [], error: ['empty'], codes: { 'error/empty': ['BG1C-INBOX-EMPTY'] } },
  },
  {
    title: 'a table outside a folder',
    arrive: (world) => cpSync(join(world.root, 'drop1/one/clients.csv'), world.path('inbox/clients.csv')),
    ...{
      exit: 1,
      outbox: [],
      done: [],
      error: ['clients.csv'],
      codes: { 'error/clients.csv': ['BG1C-INBOX-KIND'] },
    },
  },
  {
    title: 'a link',
    arrive: (world) => symlinkSync(join(world.root, 'drop1/one'), world.path('inbox', 'link')),
    ...{ exit: 0, outbox: [], done: [], error: [], inbox: ['link'] },
  },
  {
    title: 'a bad export beside a good one',
    arrive: (world) => {
      world.drop('one.zip');
      writeFileSync(world.path('inbox', 'bad.zip'), 'не архив');
    },
    ...{ exit: 1, outbox: PACKAGES, done: ['one.zip'], error: ['bad.zip'] },
  },
];

describe('what comes into the inbox', () => {
  it.each(CASES)(
    '$title',
    async ({ arrive, eachLook, exit, outbox, done, error, inbox = [], codes = {} }) => {
      const world = await exchangeWorld();
      arrive(world);
      const ended = await world.once({ eachLook: (nth) => eachLook?.(world, nth) });
      expect(ended).toMatchObject({ exit, faults: [] });
      expect(world.names('outbox').filter((name) => name.endsWith('.zip'))).toEqual(outbox);
      const finished = (folder: string): string[] =>
        world.names(folder).filter((name) => !/\.(txt|faults\.json)$/.test(name));
      expect(finished('done')).toEqual(done);
      expect(finished('error')).toEqual(error);
      expect(world.names('inbox')).toEqual(inbox);
      expect(world.names('inwork')).toEqual([]);
      for (const name of [...done.map((one) => `done/${one}`), ...error.map((one) => `error/${one}`)])
        expect(readFileSync(`${world.path(name)}.txt`, 'utf8')).toMatch(/[а-яё]/);
      for (const [name, wanted] of Object.entries(codes))
        expect(world.note(name).faults.map(({ code }) => code)).toEqual(expect.arrayContaining(wanted));
    },
  );

  it('is known by its content when it comes again later, whatever its name', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    const file = readFileSync(world.path('outbox', PACKAGES[0]!));
    world.drop('one.zip');
    world.drop('one.zip', 'copy of one.zip');
    expect(await world.once()).toMatchObject({ exit: 0 });
    expect(world.names('done').filter((name) => name.endsWith('.zip'))).toEqual([
      'copy of one.zip',
      'one.3.zip',
      'one.zip',
    ]);
    expect(world.names('outbox').filter((name) => name.endsWith('.zip'))).toEqual(PACKAGES);
    expect(readFileSync(world.path('outbox', PACKAGES[0]!))).toEqual(file);
    expect(world.note('done/one.3.zip')).toMatchObject({
      exit: 0,
      packages: [{ seq: 1 }],
      faults: [{ code: 'BG1C-INBOX-REPEATED' }],
    });
  });

  it('is new work under another configuration', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    world.config.onec.post = !world.config.onec.post;
    world.drop('one.zip');
    await world.once();
    expect(world.journal((journal) => journal.packages().map(({ seq }) => seq))).toEqual([1, 2]);
  });

  it('that was refused can be tried again', async () => {
    const world = await exchangeWorld((config) => {
      delete config.documents.types['3'];
    });
    world.drop('one.zip');
    expect((await world.once()).exit).toBe(2);
    expect(world.names('error')).toContain('one.zip');
    world.config.documents.types['3'] = 'vat-invoice';
    renameSync(world.path('error', 'one.zip'), world.path('inbox', 'one.zip'));
    expect((await world.once()).exit).toBe(0);
    expect(world.names('outbox')).toEqual(expect.arrayContaining(PACKAGES));
  });

  it('waits while another program keeps it to itself', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    let probes = 0;
    const disk = failingDisk((call) => (call === 'probe' && ++probes <= 3 ? 'EBUSY' : undefined));
    expect(await world.once({ disk })).toMatchObject({ exit: 0 });
    expect(probes).toBe(4);
    expect(world.names('done')).toContain('one.zip');
  });

  it('is looked at no longer than it has to be', async () => {
    const world = await exchangeWorld();
    expect((await world.once()).looks).toBe(0);
    world.drop('one.zip');
    expect((await world.once()).looks).toBe(1);
    writeFileSync(world.path('inbox', 'empty.zip'), '');
    expect((await world.once()).looks).toBe(PATIENCE - 1);
  });
});

describe('what people find beside a finished export', () => {
  it('says in Russian what was built, what was left out and what to do', async () => {
    const world = await exchangeWorld();
    world.drop('one');
    const documents = world.path('inbox', 'one', 'documents.csv');
    writeFileSync(
      documents,
      readFileSync(documents, 'latin1').replace(';\xd11;', ';\xd1-0000000000001;'),
      'latin1',
    );
    expect((await world.once()).exit).toBe(3);
    const text = readFileSync(world.path('done', 'one.txt'), 'utf8');
    expect(text).toContain('пакет собран и лежит в outbox, но вошли не все документы');
    expect(text).toContain('Не переданы документы: 1');
    expect(text).toContain('BG1C-NUMBER-LENGTH');
    expect(text).toContain('что делать:');
  });

  it('is logged with codes and ids only', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip', 'Иванов и партнёры.zip');
    const { log } = await world.once();
    expect(log.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['watch.started', 'intake.inwork', 'intake.done']),
    );
    expect(JSON.stringify(log)).not.toMatch(/[а-яё]/i);
  });
});
