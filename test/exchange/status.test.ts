import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Detail, statusText } from '../../src/cli/report-status.ts';
import { realDisk } from '../../src/exchange/disk.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import { DOCUMENT_KINDS } from '../../src/model/types.ts';
import { type DocumentStatus, type Standing, type Status, status } from '../../src/pipeline/books/status.ts';
import { purge } from '../../src/pipeline/journal/purge.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { bg1c } from '../cli/command.ts';
import { type ExchangeWorld, exchangeWorld, NOW, preparedWorld } from './world.ts';

const clock = (): Date => new Date(NOW);
const PACKAGE = 'one-2026-10-1-1of1.zip';

/** Documents of one package by themselves, each in its standing. */
function told(standings: readonly Standing[], period = '2026-10'): Status {
  const made = { packageId: 'p', organization: 'one', seq: 1, period };
  const documents = standings.map(
    (standing, nth): DocumentStatus => ({
      uuid: uuidV5(`${period} ${nth}`),
      kind: DOCUMENT_KINDS[nth % 3]!,
      number: `Н${nth}`,
      date: `${period}-28`,
      sum: 10_000,
      vat: 1_803,
      source: { key: `invoice:${nth}`, line: nth + 2 },
      package: { ...made, part: 1, state: 'received' },
      standing,
      differences: [],
      deliveries: [],
    }),
  );
  const part = { part: 1, file: 'f.zip', state: 'received' as const };
  const packages = [{ ...made, createdAt: NOW, documents: documents.length, parts: [part] }];
  return { packages, documents, counts: {}, intake: [], closings: [] };
}

const text = (found: Status, detail: Detail = 'attention'): string =>
  statusText(found, detail, new Map([['one', 'ООО «Башнет»']]), clock()).replaceAll('\u00a0', ' ');

describe('bg1c status of', () => {
  it('nothing says what to do, and creates nothing', async () => {
    const world = await exchangeWorld();
    const { exit, out } = await bg1c(world.root, 'status');
    expect([exit, out]).toEqual([
      0,
      'В журнале пока ничего нет: положите выгрузку месяца в папку inbox или выполните bg1c build.\n',
    ]);
    expect(existsSync(dirname(world.config.journal.path))).toBe(false);
  });

  it('three documents shows each of them', () => {
    const shown = text(told(['posted', 'waiting', 'posted']));
    expect(shown).toContain('Октябрь 2026, ООО «Башнет»');
    expect(shown.match(/откуда: BGBilling/g)).toHaveLength(3);
    expect(shown).toMatch(/ждёт квитанции +— +1 +—\n/);
    expect(shown).toMatch(/на сумму, ₽ +100,00 +100,00 +100,00\n/);
  });

  it('two thousand documents is a page: sums, and what needs a person', () => {
    const standings = Array.from(
      { length: 2000 },
      (_, nth): Standing => (nth % 100 === 7 ? 'conflict' : 'posted'),
    );
    standings[1] = 'missing';
    const shown = text(told(standings));
    expect(shown.split('\n').length).toBeLessThan(90);
    expect(shown).toContain('Требуют внимания: 21');
    expect(shown).toContain('Показаны 20 из 21; все документы — с ключом --all');
    // The worst first.
    expect(shown.indexOf('№ Н1 ')).toBeLessThan(shown.indexOf('№ Н7 '));
    expect(shown).toMatch(/всего +667 +667 +666\n/);
    expect(text(told(standings), 'every').match(/откуда:/g)).toHaveLength(2000);
  });

  it('two thousand documents that need nobody names none of them', () => {
    const shown = text(told(Array.from({ length: 2000 }, (): Standing => 'posted')));
    expect(shown).not.toMatch(/откуда|внимания/);
  });

  it('many months shows the latest three, and what is open in the earlier ones', () => {
    const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'].map((period) =>
      told(['posted', period === '2026-06' ? 'unposted' : 'posted'], period),
    );
    const shown = text({
      ...months[0]!,
      packages: months.flatMap(({ packages }) => packages),
      documents: months.flatMap(({ documents }) => documents),
    });
    expect([...shown.matchAll(/^(\S+) 2026, /gm)].map(([, month]) => month)).toEqual([
      'Октябрь',
      'Сентябрь',
      'Август',
    ]);
    expect(shown).toContain('Раньше (2026-06 — 2026-07): 4 документа, из них не в базе или не проведены: 1');
    expect(shown).toContain('bg1c status --period 2026-06');
  });

  it('work under way says what it is, and whether the watcher lives', () => {
    const beat = { pid: 1, startedAt: NOW, at: NOW, ticks: 1, waiting: 2, reachable: false };
    const of = (running: boolean, now: string): string =>
      statusText(
        {
          ...told(['posted']),
          intake: [{ id: 3, state: 'inwork', name: 'октябрь.zip' }],
          closings: ['2026-10'],
          watcher: { ...beat, running },
        },
        'attention',
        new Map(),
        new Date(now),
      );
    expect(of(true, NOW)).toContain('Наблюдатель: работает');
    expect(of(false, NOW)).toContain('сейчас не работает');
    expect(of(true, '2026-11-03T09:00:00Z')).toContain('сейчас не работает');
    for (const part of [
      'в работе: октябрь.zip',
      'из BGBilling: октябрь 2026',
      'ждут исправления: 2',
      'недоступна',
    ])
      expect(of(true, NOW)).toContain(part);
  });
});

/** A world whose package lies in the outbox. */
const built = preparedWorld((world) => world.build('one.zip'));

/** The same, of УПД. */
const builtOfUpd = preparedWorld(
  (world) => world.build('one.zip'),
  (config) => {
    config.documents.types = { '1': 'bill', '2': 'upd', '3': 'ignore' };
  },
);

const counts = ({ config }: ExchangeWorld) => status({ config, clock }).status!.counts;

describe('an УПД in the books is its act and its VAT invoice', () => {
  const invoice = (receipt: Receipt) => receipt.objects.find(({ kind }) => kind === 'vat-invoice')!;

  it.each<[string, (receipt: Receipt) => void, Record<string, number>, string]>([
    ['both as they should be', () => {}, { posted: 4 }, 'received'],
    [
      'its VAT invoice unposted',
      (receipt) => Object.assign(invoice(receipt), { posted: false }),
      { posted: 3, unposted: 1 },
      'received',
    ],
    [
      'its VAT invoice marked',
      (receipt) => Object.assign(invoice(receipt), { deletionMark: true }),
      { posted: 3, marked: 1 },
      'received',
    ],
    [
      'its VAT invoice of another sum',
      (receipt) => Object.assign(invoice(receipt), { sum: 1 }),
      { posted: 3, differs: 1 },
      'received',
    ],
    [
      'its VAT invoice skipped',
      (receipt) => Object.assign(invoice(receipt), { state: 'skipped' }),
      { posted: 3, skipped: 1 },
      'received',
    ],
    [
      'its VAT invoice not named',
      (receipt) => void receipt.objects.splice(receipt.objects.indexOf(invoice(receipt)), 1),
      { posted: 3, waiting: 1 },
      'partly',
    ],
  ])('%s', async (_, edit, wanted, part) => {
    const world = await builtOfUpd();
    await world.answer(PACKAGE, edit);
    await world.once();
    expect(counts(world)).toEqual(wanted);
    expect(world.journal(({ records: { packages } }) => packages.parts(1)[0]!.state)).toBe(part);
  });

  it('shows both', async () => {
    const world = await builtOfUpd();
    await world.answer(PACKAGE);
    await world.once();
    const [upd] = status({ config: world.config, clock }).status!.documents.filter(
      ({ kind }) => kind === 'upd',
    );
    expect([upd!.books!.kind, upd!.vatInvoiceBooks!.kind]).toEqual(['act', 'vat-invoice']);
  });
});

describe('a package', () => {
  it('that 1C refused says why', async () => {
    const world = await built();
    await world.answer(PACKAGE, (receipt) =>
      Object.assign(receipt, { complete: false, objects: [], message: 'Организация не найдена' }),
    );
    await world.once();
    const { out } = await bg1c(world.root, 'status');
    expect(out).toMatch(/1С не приняла \(0\d\.11\.2026 \d\d:05\): Организация не найдена/);
  });

  it('that was loaded into another base says so', async () => {
    const world = await built();
    await world.answer(PACKAGE, ({ infobase }) =>
      Object.assign(infobase, { connection: 'File="D:\\Проба";' }),
    );
    await world.once();
    const { out } = await bg1c(world.root, 'status');
    expect(out).toMatch(/Есть квитанция другой базы .* она не учтена: .*D:\\Проба/);
    expect(out).toContain('выдан, ждёт загрузки в 1С');
  });
});

describe('a document whose requisites were forgotten', () => {
  it('does not differ when 1C tells of it again', async () => {
    const world = await built();
    let receipt: Receipt | undefined;
    await world.answer(PACKAGE, (found) => {
      receipt = structuredClone(found);
    });
    await world.once();
    purge(world.config, '2027-01-01', realDisk, clock);
    Object.assign(receipt!, { receiptId: uuidV5('again'), finishedAt: '2026-12-03T09:00:00Z' });
    writeFileSync(join(world.root, 'again.json'), JSON.stringify(receipt));
    expect((await bg1c(world.root, 'receipt', 'again.json')).exit).toBe(0);
    expect(counts(world)).toEqual({ posted: 6 });
  });
});
