import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Receipt, ReceiptObject } from '../../src/journal/receipt.ts';
import { status } from '../../src/pipeline/books/status.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { BASE } from '../../tools/soak-world.ts';
import { type ExchangeWorld, exchangeWorld, NOW, preparedWorld } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';

/** A world whose first package lies in the outbox. */
const built = preparedWorld((world) => {
  world.drop('one.zip');
  return world.once();
});

function partState(world: ExchangeWorld): string {
  return world.journal(({ records: { packages } }) => packages.parts(packages.list()[0]!.id)[0]!.state);
}

function standings(world: ExchangeWorld): Record<string, number | undefined> {
  return status({ config: world.config, clock: () => new Date(NOW) }).status!.counts;
}

const firstAct = ({ objects }: Receipt): ReceiptObject => objects.find(({ kind }) => kind === 'act')!;

/** A receipt that is issued again later. */
function again(receipt: Receipt, minutes: number): void {
  receipt.receiptId = uuidV5(`again ${minutes}`);
  receipt.finishedAt = `2026-11-03T09:${String(minutes).padStart(2, '0')}:00Z`;
}

/** What a receipt is, and what becomes of it. */
interface ReceiptCase {
  title: string;
  edit(receipt: Receipt): void;
  folder: 'done' | 'error';
  codes: string[];
  part: string;
  counts: Record<string, number>;
}

const CASES: ReceiptCase[] = [
  {
    title: 'a whole one',
    edit: () => {},
    folder: 'done',
    codes: [],
    part: 'received',
    counts: { posted: 6 },
  },
  {
    title: 'one that does not name every document',
    edit: (receipt) =>
      void receipt.objects.splice(
        receipt.objects.findIndex(({ kind }) => kind === 'bill'),
        1,
      ),
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-PARTIAL'], part: 'partly', counts: { posted: 5, waiting: 1 } },
  },
  {
    title: 'one of a load that was broken off',
    edit: (receipt) => Object.assign(receipt, { complete: false, objects: receipt.objects.slice(0, -2) }),
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-PARTIAL'], part: 'partly', counts: { posted: 4, waiting: 2 } },
  },
  {
    title: 'one of a package that 1C refused',
    edit: (receipt) =>
      Object.assign(receipt, { complete: false, objects: [], message: 'Организация не найдена' }),
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-PARTIAL'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one with a conflict, a failure and an unposted document',
    edit: ({ objects }) => {
      const [act, invoice, bill] = ['act', 'vat-invoice', 'bill'].map(
        (kind) => objects.find((one) => one.kind === kind)!,
      );
      act!.state = 'conflict';
      invoice!.state = 'failed';
      bill!.posted = false;
    },
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-OBJECTS'], part: 'received' },
    counts: { conflict: 1, failed: 1, unposted: 1, posted: 3 },
  },
  {
    title: 'one with figures that were changed in 1C',
    edit: (receipt) => Object.assign(firstAct(receipt), { sum: 1, number: 'А77' }),
    ...{ folder: 'done', codes: [], part: 'received', counts: { differs: 1, posted: 5 } },
  },
  {
    title: 'one with another buyer, and with one whose КПП is not filled in 1C',
    edit: (receipt) => {
      const [first, second] = receipt.objects.filter(({ kind }) => kind === 'act');
      first!.counterparty = { inn: '0299000050', kpp: '027401001' };
      second!.counterparty = { inn: second!.counterparty!.inn! };
    },
    ...{ folder: 'done', codes: [], part: 'received', counts: { differs: 2, posted: 4 } },
  },
  {
    title: 'one with a document marked for deletion',
    edit: (receipt) => Object.assign(firstAct(receipt), { deletionMark: true }),
    ...{ folder: 'done', codes: [], part: 'received', counts: { marked: 1, posted: 5 } },
  },
  {
    title: 'one of another base',
    edit: ({ infobase }) => Object.assign(infobase, { id: 'ffffffff-0000-4000-8000-000000000000' }),
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-FOREIGN'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one of a test copy of the base, which keeps its id',
    edit: ({ infobase }) => Object.assign(infobase, { connection: 'File="C:\\Copy";' }),
    ...{ folder: 'done', codes: ['BG1C-RECEIPT-FOREIGN'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one of the base whose connection is written in another way',
    edit: ({ infobase }) =>
      Object.assign(infobase, { id: BASE.id.toUpperCase(), connection: 'srvr="BOOKS"; ref="BUH"' }),
    ...{ folder: 'done', codes: [], part: 'received', counts: { posted: 6 } },
  },
  {
    title: 'one of a file that is not the one given out',
    edit: (receipt) => Object.assign(receipt, { packageSha256: '0'.repeat(64) }),
    ...{ folder: 'error', codes: ['BG1C-RECEIPT-ALTERED'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one of a package that is not in the journal',
    edit: (receipt) => Object.assign(receipt, { packageId: uuidV5('another') }),
    ...{ folder: 'error', codes: ['BG1C-RECEIPT-UNKNOWN'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one of a part that the package has not',
    edit: (receipt) => Object.assign(receipt, { part: 2 }),
    ...{ folder: 'error', codes: ['BG1C-RECEIPT-UNKNOWN'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one that names an object twice',
    edit: ({ objects }) => void objects.push({ ...objects[0]! }),
    ...{ folder: 'error', codes: ['BG1C-RECEIPT-READ'], part: 'published', counts: { waiting: 6 } },
  },
  {
    title: 'one that is not of its form',
    edit: (receipt) => Object.assign(receipt, { complete: 'да' }),
    ...{ folder: 'error', codes: ['BG1C-RECEIPT-READ'], part: 'published', counts: { waiting: 6 } },
  },
];

describe('a receipt', () => {
  it.each(CASES)('$title', async ({ edit, folder, codes, part, counts }) => {
    const world = await built();
    const name = await world.answer(PACKAGE, edit);
    const { exit, log } = await world.once();
    expect(exit).toBe(folder === 'done' ? 0 : 1);
    expect(log.find(({ event }) => event === 'receipt')!.codes).toEqual(codes);
    expect(world.names('receipts')).not.toContain(name);
    expect(existsSync(world.path('receipts', folder, name))).toBe(true);
    expect(existsSync(world.path('receipts', folder, `${name}.txt`))).toBe(folder === 'error');
    expect(partState(world)).toBe(part);
    expect(standings(world)).toEqual(counts);
  });

  it('that is cut short is refused', async () => {
    const world = await built();
    const name = await world.answer(PACKAGE);
    writeFileSync(world.path('receipts', name), readFileSync(world.path('receipts', name)).subarray(0, 300));
    expect((await world.once()).exit).toBe(1);
    expect(world.note(`receipts/error/${name}`).faults).toMatchObject([{ code: 'BG1C-RECEIPT-READ' }]);
  });

  it('that comes twice is taken once', async () => {
    const world = await built();
    const name = await world.answer(PACKAGE);
    const bytes = readFileSync(world.path('receipts', name));
    await world.once();
    writeFileSync(world.path('receipts', 'another name.json'), bytes);
    const { exit, log } = await world.once();
    expect(exit).toBe(0);
    expect(log.find(({ event }) => event === 'receipt')!.codes).toEqual(['BG1C-RECEIPT-REPEATED']);
    expect(world.journal(({ records: { receipts } }) => receipts.newest())).toBe(1);
  });

  it('whose content was changed under the same id is refused', async () => {
    const world = await built();
    const name = await world.answer(PACKAGE);
    const receipt = JSON.parse(readFileSync(world.path('receipts', name), 'utf8')) as Receipt;
    await world.once();
    firstAct(receipt).posted = false;
    writeFileSync(world.path('receipts', 'changed.json'), JSON.stringify(receipt));
    expect((await world.once()).exit).toBe(1);
    expect(world.note('receipts/error/changed.json').faults).toMatchObject([
      { code: 'BG1C-RECEIPT-ALTERED' },
    ]);
    expect(standings(world)).toEqual({ posted: 6 });
  });

  it('that was issued again says what is in the books now, in whatever order the two come', async () => {
    const world = await built();
    const name = await world.answer(PACKAGE, (receipt) => again(receipt, 10));
    const receipt = JSON.parse(readFileSync(world.path('receipts', name), 'utf8')) as Receipt;
    await world.once();
    const issue = async (minutes: number, edit: (receipt: Receipt) => void): Promise<void> => {
      const copy = structuredClone(receipt);
      again(copy, minutes);
      edit(copy);
      writeFileSync(world.path('receipts', `${minutes}.json`), JSON.stringify(copy));
      await world.once();
    };
    await issue(30, (copy) => Object.assign(firstAct(copy), { state: 'missing', ref1c: undefined }));
    expect(standings(world)).toEqual({ posted: 5, missing: 1 });
    // The load's own receipt of an earlier time comes last.
    await issue(20, (copy) => Object.assign(firstAct(copy), { posted: false }));
    expect(standings(world)).toEqual({ posted: 5, missing: 1 });
    await issue(40, () => {});
    expect(standings(world)).toEqual({ posted: 6 });
    const number = firstAct(receipt).number!;
    const { documents } = status({ config: world.config, document: number, clock: () => new Date(NOW) })
      .status!;
    expect(
      documents[0]!.history!.map(({ finishedAt, state }) => `${finishedAt.slice(14, 16)} ${state}`),
    ).toEqual(['40 created', '30 missing', '20 created', '10 created']);
  });
});

describe('the signature of a receipt', () => {
  const KEY = 'ключ установки\n';
  const sign = (bytes: Buffer, key = KEY): string => createHmac('sha256', key).update(bytes).digest('hex');

  async function signed(
    signature: ((bytes: Buffer) => string) | undefined,
  ): Promise<{ world: ExchangeWorld; name: string }> {
    const world = await exchangeWorld((config) => {
      config.exchange.receiptKeyFile = `${config.folder}/receipt.key`;
    });
    writeFileSync(world.config.exchange.receiptKeyFile!, KEY);
    world.drop('one.zip');
    await world.once();
    const name = await world.answer(PACKAGE);
    const bytes = readFileSync(world.path('receipts', name));
    if (signature) writeFileSync(world.path('receipts', `${name}.sig`), signature(bytes));
    await world.once();
    return { world, name };
  }

  it.each([
    ['as it should be', (bytes: Buffer) => sign(bytes)],
    [
      'in capitals, with a byte order mark and a line end',
      (bytes: Buffer) => `\ufeff${sign(bytes).toUpperCase()}\r\n`,
    ],
  ])('%s: the receipt is taken, both files move on', async (_, signature) => {
    const { world, name } = await signed(signature);
    expect(world.names('receipts/done')).toEqual([name, `${name}.sig`]);
    expect(world.names('receipts')).toEqual(['done', 'error']);
    expect(partState(world)).toBe('received');
    expect(world.journal(({ records: { receipts } }) => receipts.of(1)[0]!.signed)).toBe(true);
  });

  it.each([
    ['missing', undefined],
    ['of another key', (bytes: Buffer) => sign(bytes, 'другой')],
    ['of another content', (bytes: Buffer) => sign(Buffer.concat([bytes, Buffer.from(' ')]))],
    ['no signature at all', () => 'подпись'],
  ])('%s: the receipt is refused', async (_, signature) => {
    const { world, name } = await signed(signature);
    expect(world.note(`receipts/error/${name}`).faults).toMatchObject([{ code: 'BG1C-RECEIPT-SIGNATURE' }]);
    expect(partState(world)).toBe('published');
  });

  it('whose key cannot be had keeps the watcher from starting', async () => {
    const world = await exchangeWorld((config) => {
      config.exchange.receiptKeyEnv = 'BG1C_TEST_KEY_THAT_IS_NOT_SET';
    });
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-CONFIG-VALUE'] });
  });
});

describe('the passport of the base', () => {
  const PASSPORT = {
    passportVersion: 1,
    createdAt: '2026-11-03T09:00:00Z',
    infobase: BASE,
    configuration: { name: 'БухгалтерияПредприятия', version: '3.0.178.24' },
    bsp: '3.1.10.412',
    loader: true,
    formatVersions: ['1.17', '1.20'],
    vatRates: [22, 20, 10, 0, 'none'],
    numberLengths: { bill: 11, act: 11, vatInvoice: 12, contract: 50 },
    updFlag: true,
    additionalAttributes: false,
    organizations: [],
  };
  const known = (world: ExchangeWorld) => world.journal(({ records: { passports } }) => passports.list());

  it('is kept, and renewed when the base writes another', async () => {
    const world = await exchangeWorld();
    writeFileSync(world.path('base.json'), JSON.stringify(PASSPORT));
    await world.once();
    await world.once();
    expect(known(world)).toHaveLength(1);
    writeFileSync(world.path('base.json'), JSON.stringify({ ...PASSPORT, formatVersions: ['1.22'] }));
    await world.once();
    expect(JSON.parse(known(world)[0]!.passport)).toMatchObject({ formatVersions: ['1.22'] });
  });

  it('that cannot be read changes nothing', async () => {
    const world = await exchangeWorld();
    writeFileSync(world.path('base.json'), '{');
    expect((await world.once()).exit).toBe(0);
    expect(known(world)).toEqual([]);
  });
});
