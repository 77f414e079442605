import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/journal/receipt.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { type ExchangeWorld, exchangeWorld } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';

describe('the way of a month through the commands', () => {
  let world: ExchangeWorld;
  let receipt: Receipt;
  const run = (...args: string[]) => bg1c(world.root, ...args);

  beforeAll(async () => {
    world = await exchangeWorld();
  });

  it('status of an empty journal', async () => {
    expect(await run('status')).toMatchObject({ exit: 0, out: expect.stringContaining('пока ничего нет') });
    expect(await run('status', '--period', '2026-10')).toMatchObject({
      exit: 2,
      out: expect.stringContaining('BG1C-STATUS-NONE'),
    });
  });

  it('watch --once builds what lies in the inbox, its log on stderr', async () => {
    world.drop('one.zip');
    const { exit, out, err } = await run('watch', '--once');
    expect([exit, out]).toEqual([0, '']);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toContain('intake.done');
    expect(readdirSync(world.path('outbox'))).toContain(PACKAGE);
  });

  it('status before the receipt: every document waits', async () => {
    const { exit, out } = await run('status', '--period', '2026-10');
    expect(exit).toBe(0);
    expect(out).toContain('Пакет № 1 от 03.11.2026, 6 документов: выдан, ждёт загрузки в 1С');
    expect(out).toMatch(/ждёт квитанции +2 +2 +2\n/);
    expect(out).toMatch(/откуда: BGBilling, invoice:\d+, строка \d+ таблицы documents/);
  });

  it('receipt takes receipts by hand', async () => {
    const name = await world.answer(PACKAGE, (found) => {
      receipt = found;
    });
    const path = join('exchange', 'receipts', name);
    const taken = await run('receipt', path);
    expect(taken).toMatchObject({ exit: 0, out: 'Итог: принято квитанций 1 из 1; замечаний нет.\n' });
    const again = jsonOf(await run('receipt', path, 'none.json', '--json')) as unknown as {
      exit: number;
      receipts: { taken: boolean; faults: { code: string }[] }[];
    };
    expect(again.exit).toBe(1);
    expect(again.receipts.map((one) => [one.taken, one.faults[0]!.code])).toEqual([
      [true, 'BG1C-RECEIPT-REPEATED'],
      [false, 'BG1C-RECEIPT-READ'],
    ]);
  });

  it('status of one document: from its source row to the books, and what receipts said before', async () => {
    const act = receipt.objects.find(({ kind }) => kind === 'act')!;
    const later = structuredClone(receipt);
    Object.assign(later, { receiptId: uuidV5('later'), finishedAt: '2026-11-04T09:00:00Z' });
    Object.assign(later.objects.find(({ uuid }) => uuid === act.uuid)!, {
      sum: act.sum! + 100,
      message: 'сумму изменил бухгалтер',
    });
    writeFileSync(join(world.root, 'later.json'), JSON.stringify(later));
    expect((await run('receipt', 'later.json')).exit).toBe(0);
    const { exit, out } = await run('status', '--doc', act.number!);
    expect(exit).toBe(0);
    expect(out).toContain('в базе, но отличается от пакета');
    expect(out).toContain('отличаются: сумма');
    expect(out).toContain('сумму изменил бухгалтер');
    expect(out).toMatch(/раньше: 0\d\.11\.2026 \d\d:05 в базе/);
    const json = jsonOf(await run('status', '--doc', act.uuid, '--json')) as unknown as {
      documents: { standing: string }[];
    };
    expect(json.documents.map(({ standing }) => standing)).toEqual(['differs']);
  });

  it('rebuild --verify and rebuild', async () => {
    expect(await run('rebuild', '2026-10', '--verify')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('совпадает с выданным'),
    });
    const { exit, out } = await run('rebuild', '2026-10', '--out', 'copy');
    expect([exit, out.includes(join(world.root, 'copy', PACKAGE))]).toEqual([0, true]);
    expect(readFileSync(join(world.root, 'copy', PACKAGE))).toEqual(
      readFileSync(world.path('outbox', 'done', PACKAGE)),
    );
    expect((await run('rebuild', '2020-01')).exit).toBe(2);
  });

  it('close says that the month does not come from a database', async () => {
    expect(await run('close')).toMatchObject({ exit: 2, err: expect.stringContaining('BG1C-CLOSE-SOURCE') });
    expect((await run('close', '--period', 'октябрь')).exit).toBe(2);
  });

  it('restore puts a copy in place and reconciles it', async () => {
    const [copy] = readdirSync(join(world.root, '.bg1c', 'backup'));
    expect((await run('restore')).exit).toBe(2);
    expect((await run('restore', 'none.db')).exit).toBe(2);
    const restored = await run('restore', join('.bg1c', 'backup', copy!));
    expect(restored).toMatchObject({
      exit: 0,
      out: expect.stringContaining('Дальше: bg1c restore --reconcile'),
    });
    expect((await run('watch', '--once')).exit).toBe(2);
    expect((await run('doctor')).exit).toBe(1);
    // The receipts taken by hand were never moved: only what lies in the folder is known again.
    expect(await run('restore', '--reconcile')).toMatchObject({
      exit: 0,
      out: 'Сверено: файлов пакетов добавлено 1, квитанций 0.\n',
    });
    expect((await run('watch', '--once')).exit).toBe(0);
    expect((await run('status', '--period', '2026-10')).out).toMatch(/в базе, проведён +2 +2 +2\n/);
    expect((await run('doctor')).exit).toBe(0);
  });

  it('purge removes what is older', async () => {
    expect((await run('purge', '--before', 'вчера')).exit).toBe(2);
    expect(await run('purge', '--before', '2001-01-01')).toMatchObject({
      exit: 0,
      out: expect.stringContaining('файлов обмена 0'),
    });
    expect(jsonOf(await run('purge', '--before', '31.12.2099', '--json'))).toMatchObject({
      exit: 0,
      before: '2099-12-31',
    });
    expect(readdirSync(world.path('done'))).toEqual([]);
    expect((await run('rebuild', '2026-10')).exit).toBe(1);
  });

  it('without a configuration every command says so', async () => {
    rmSync(join(world.root, 'bg1c.yaml'));
    for (const args of [
      ['watch', '--once'],
      ['receipt', 'a.json'],
      ['status'],
      ['rebuild', '2026-10'],
      ['close'],
      ['purge', '--before', '2001-01-01'],
      ['restore', '--reconcile'],
    ])
      expect(await run(...args), args[0]).toMatchObject({
        exit: 2,
        err: expect.stringContaining('BG1C-CONFIG-NOT-FOUND'),
      });
  });
});
