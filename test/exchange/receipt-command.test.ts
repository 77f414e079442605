import { createHmac } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/journal/receipt.ts';
import { sha256, uuidV5 } from '../../src/support/ids.ts';
import { shipped } from '../../src/support/root.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { monthCopy } from '../pipeline/sample-month.ts';

/** `bg1c receipt` over the receipt that the processing wrote for the sample month (samples/receipts). */
const SAMPLES = shipped('samples/receipts');
const SAMPLE = readdirSync(SAMPLES).find((name) => /^bashnet-.*\.json$/.test(name))!;
const KEY = 'sample-key';

interface World {
  root: string;
  /** The sample's receipt of the package that was built here. */
  receipt: Receipt;
  run(...args: string[]): ReturnType<typeof bg1c>;
}

/** The sample month, built in a folder of its own. @param settings lines of the configuration, added to `onec` */
async function built(settings = ''): Promise<World> {
  const { root } = monthCopy('december-2025');
  const receipt = JSON.parse(readFileSync(join(SAMPLES, SAMPLE), 'utf8')) as Receipt;
  const { id, connection } = receipt.infobase;
  const config = join(root, 'bg1c.yaml');
  const base = `onec:\n  infobase: { id: '${id}', connection: ['${connection}'] }\n`;
  writeFileSync(config, readFileSync(config, 'utf8').replace('onec:\n', base));
  appendFileSync(config, settings);
  const run = (...args: string[]) => bg1c(root, ...args);
  const { packages } = jsonOf(await run('build', 'in', '--json')) as unknown as {
    packages: { packageId: string; files: string[] }[];
  };
  const [made] = packages;
  Object.assign(receipt, {
    packageId: made!.packageId,
    packageSha256: sha256(readFileSync(made!.files[0]!)),
  });
  return { root, receipt, run };
}

/** Writes receipts into files of the folder. */
function put({ root }: World, name: string, receipt: Receipt | string, key?: string): string {
  const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
  writeFileSync(join(root, name), text);
  if (key !== undefined)
    writeFileSync(join(root, `${name}.sig`), createHmac('sha256', key).update(text).digest('hex'));
  return name;
}

const copyOf = (receipt: Receipt, edit: (copy: Receipt) => void): Receipt => {
  const copy = structuredClone(receipt);
  edit(copy);
  return copy;
};

/** Issued again so many minutes later («Перепроверить»): now everything is in the books. */
const later = (receipt: Receipt, minutes: number): Receipt =>
  copyOf(receipt, (copy) => {
    copy.receiptId = uuidV5(`later ${minutes}`);
    copy.finishedAt = `2026-11-01T12:${minutes}:00Z`;
    for (const object of copy.objects) Object.assign(object, { state: 'found', posted: true });
  });

/** What is given to the command, one call after the other, and what comes of the last. */
interface CommandCase {
  title: string;
  calls(world: World): string[][];
  exit: number;
  taken: boolean[];
  codes: string[];
  counts: Record<string, number>;
}

const FIRST = { posted: 24, conflict: 1, skipped: 1, unposted: 1 };
const NONE = { waiting: 27 };

const CASES: CommandCase[] = [
  {
    title: 'as 1C wrote it',
    calls: (world) => [[put(world, 'a.json', world.receipt)]],
    ...{ exit: 0, taken: [true], codes: ['BG1C-RECEIPT-OBJECTS'], counts: FIRST },
  },
  {
    title: 'the same one twice in one call',
    calls: (world) => [[put(world, 'a.json', world.receipt), put(world, 'b.json', world.receipt)]],
    exit: 0,
    taken: [true, true],
    codes: ['BG1C-RECEIPT-OBJECTS', 'BG1C-RECEIPT-REPEATED'],
    counts: FIRST,
  },
  {
    title: 'issued again after the accountant has decided',
    calls: (world) => [
      [put(world, 'a.json', world.receipt)],
      [put(world, 'b.json', later(world.receipt, 30))],
    ],
    ...{ exit: 0, taken: [true], codes: [], counts: { posted: 27 } },
  },
  {
    title: 'out of order: the later one comes first',
    calls: (world) => [
      [put(world, 'b.json', later(world.receipt, 30))],
      [put(world, 'a.json', world.receipt)],
    ],
    ...{ exit: 0, taken: [true], codes: ['BG1C-RECEIPT-OBJECTS'], counts: { posted: 27 } },
  },
  {
    title: 'of a foreign base',
    calls: (world) => [
      [
        put(
          world,
          'a.json',
          copyOf(world.receipt, ({ infobase }) =>
            Object.assign(infobase, { connection: 'File="D:\\Test";' }),
          ),
        ),
      ],
    ],
    ...{ exit: 0, taken: [true], codes: ['BG1C-RECEIPT-FOREIGN'], counts: NONE },
  },
  {
    title: 'of a foreign base twice: it is said again that it does not count',
    calls: (world) => {
      const foreign = put(
        world,
        'a.json',
        copyOf(world.receipt, ({ infobase }) => Object.assign(infobase, { id: uuidV5('another') })),
      );
      return [[foreign], [foreign]];
    },
    exit: 0,
    taken: [true],
    codes: ['BG1C-RECEIPT-REPEATED', 'BG1C-RECEIPT-FOREIGN'],
    counts: NONE,
  },
  {
    title: 'altered under its id',
    calls: (world) => [
      [put(world, 'a.json', world.receipt)],
      [
        put(
          world,
          'b.json',
          copyOf(world.receipt, (copy) => Object.assign(copy, { user: 'другой' })),
        ),
      ],
    ],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-ALTERED'], counts: FIRST },
  },
  {
    title: 'of a package that was altered',
    calls: (world) => [
      [
        put(
          world,
          'a.json',
          copyOf(world.receipt, (copy) => Object.assign(copy, { packageSha256: 'f'.repeat(64) })),
        ),
      ],
    ],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-ALTERED'], counts: NONE },
  },
  {
    title: 'of a load that was broken off',
    calls: (world) => [
      [
        put(
          world,
          'a.json',
          copyOf(world.receipt, (copy) => {
            copy.complete = false;
            copy.objects = copy.objects.filter(({ kind }) => kind !== 'bill');
          }),
        ),
      ],
    ],
    exit: 0,
    taken: [true],
    codes: ['BG1C-RECEIPT-PARTIAL', 'BG1C-RECEIPT-OBJECTS'],
    counts: { posted: 16, conflict: 1, skipped: 1, unposted: 1, waiting: 8 },
  },
  {
    title: 'that is cut short, beside a good one',
    calls: (world) => [
      [
        put(world, 'a.json', JSON.stringify(world.receipt).slice(0, 900)),
        put(world, 'b.json', world.receipt),
      ],
    ],
    exit: 1,
    taken: [false, true],
    codes: ['BG1C-RECEIPT-READ', 'BG1C-RECEIPT-OBJECTS'],
    counts: FIRST,
  },
  {
    title: 'that is empty',
    calls: (world) => [[put(world, 'a.json', '')]],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-READ'], counts: NONE },
  },
  {
    title: 'that is not there',
    calls: () => [['none.json']],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-READ'], counts: NONE },
  },
  {
    title: 'signed, where no key is configured',
    calls: (world) => [[put(world, 'a.json', world.receipt, 'any key')]],
    ...{ exit: 0, taken: [true], codes: ['BG1C-RECEIPT-OBJECTS'], counts: FIRST },
  },
];

const SIGNED: CommandCase[] = [
  {
    title: 'signed with the key',
    calls: (world) => [[put(world, 'a.json', world.receipt, KEY)]],
    ...{ exit: 0, taken: [true], codes: ['BG1C-RECEIPT-OBJECTS'], counts: FIRST },
  },
  {
    title: 'unsigned',
    calls: (world) => [[put(world, 'a.json', world.receipt)]],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-SIGNATURE'], counts: NONE },
  },
  {
    title: 'signed with another key',
    calls: (world) => [[put(world, 'a.json', world.receipt, 'another')]],
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-SIGNATURE'], counts: NONE },
  },
  {
    title: 'changed after it was signed',
    calls: (world) => {
      put(world, 'a.json', world.receipt, KEY);
      return [
        [
          put(
            world,
            'a.json',
            copyOf(world.receipt, ({ objects }) => void objects.pop()),
          ),
        ],
      ];
    },
    ...{ exit: 1, taken: [false], codes: ['BG1C-RECEIPT-SIGNATURE'], counts: NONE },
  },
];

/** @returns what became of the last call, and where the documents stand then */
async function outcome(world: World, calls: string[][]): Promise<Omit<CommandCase, 'title' | 'calls'>> {
  let last: Awaited<ReturnType<typeof bg1c>> | undefined;
  for (const files of calls) last = await world.run('receipt', ...files, '--json');
  const { exit, receipts } = jsonOf(last!) as unknown as {
    exit: number;
    receipts: { taken: boolean; faults: { code: string }[] }[];
  };
  expect(last!.exit).toBe(exit);
  const { counts } = jsonOf(await world.run('status', '--json')) as unknown as CommandCase;
  return {
    exit,
    taken: receipts.map(({ taken }) => taken),
    codes: receipts.flatMap(({ faults }) => faults.map(({ code }) => code)),
    counts,
  };
}

describe('bg1c receipt with a receipt', () => {
  it.each(CASES)('$title', async ({ calls, exit, taken, codes, counts }) => {
    const world = await built();
    expect(await outcome(world, calls(world))).toEqual({ exit, taken, codes, counts });
  });
});

describe('bg1c receipt, a key configured, with a receipt', () => {
  it.each(SIGNED)('$title', async ({ calls, exit, taken, codes, counts }) => {
    const world = await built('exchange: { receiptKeyFile: receipt.key }\n');
    writeFileSync(join(world.root, 'receipt.key'), KEY);
    expect(await outcome(world, calls(world))).toEqual({ exit, taken, codes, counts });
  });
});

describe('the text of bg1c receipt', () => {
  let world: World;

  beforeAll(async () => {
    world = await built();
  });

  it('says what is wrong with the form, and where', async () => {
    put(world, 'a.json', JSON.stringify({ ...world.receipt, complete: 'да' }));
    const { out } = await world.run('receipt', 'a.json');
    expect(out).toContain('не та форма: complete: «да» — нужно: true или false');
    expect(out).toContain('Итог: принято квитанций 0 из 1; 1 ошибка.');
  });

  it('says how many documents are not in the books', async () => {
    const { out } = await world.run('receipt', put(world, 'a.json', world.receipt));
    expect(out).toContain('в базе нет или не загружены документы: 2');
    expect(out).toContain('Итог: принято квитанций 1 из 1; 1 предупреждение.');
  });
});
