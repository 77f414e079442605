import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DiffResult, diff } from '../../src/pipeline/diff/diff.ts';
import { bg1c } from '../cli/command.ts';
import { acceptedWorld, type Month, type World } from './world.ts';

const MONTH: Month = { 1: { sum: 122_00 }, 2: { sum: 244_00 } };
/** One changed, one new, one gone. */
const OTHER: Month = { 1: { sum: 61_00, name: 'ООО «Новое имя»' }, 3: { sum: 10_00 } };

async function compared(world: World, path: string, other?: string): Promise<DiffResult> {
  const config = () => ({ config: world.config, faults: [] });
  return diff({ path, other, config, clock: () => new Date('2026-11-05') });
}

const of = ({ objects }: DiffResult, state: string): string[] =>
  objects.filter((one) => one.state === state && one.kind !== 'contract').map(({ name }) => name);

describe('a package against another', () => {
  it('is the same as itself', async () => {
    const world = acceptedWorld();
    const file = (await world.build(MONTH)).packages[0]!.files[0]!;
    const result = await compared(world, file, file);
    expect(result).toMatchObject({ exit: 0, objects: [], faults: [] });
    expect(result.counts.act).toEqual({ new: 0, same: 2, changed: 0, vanished: 0, 'left-out': 0 });
  });

  it('tells what is new, changed and gone, and which fields', async () => {
    const world = acceptedWorld();
    const [old, now] = [await world.build(MONTH), await world.build(OTHER)].map(
      (one) => one.packages[0]!.files[0]!,
    );
    const result = await compared(world, now!, old!);
    expect(result.counts.act).toEqual({ new: 1, same: 0, changed: 1, vanished: 1, 'left-out': 0 });
    expect(of(result, 'new')).toEqual([
      'ООО «Абонент 3»',
      'Счёт № С3 от 31.10.2026',
      'Акт № А3 от 31.10.2026',
      'Счёт-фактура № Ф3 от 31.10.2026',
    ]);
    expect(of(result, 'vanished')).toContain('Акт № А2 от 31.10.2026');
    expect(result.objects[0]).toMatchObject({
      ...{ kind: 'counterparty', state: 'changed' },
      changes: [{ field: 'Наименование', before: 'ООО «Абонент 1»', after: 'ООО «Новое имя»' }, {}],
    });
    const act = result.objects.find(({ name }) => name === 'Акт № А1 от 31.10.2026')!;
    expect(act.changes!.map(({ field, before, after }) => `${field}: ${before} → ${after}`)).toEqual([
      'Сумма: 122,00 → 61,00',
      'НДС: 22,00 → 11,00',
      'Строка: Интернет за октябрь 2026 г.: 1 × 122,00 = 122,00, НДС 22 % 22,00 → Интернет за октябрь 2026 г.: 1 × 61,00 = 61,00, НДС 22 % 11,00',
    ]);
  });

  it('is refused where a package is damaged or is none', async () => {
    const world = acceptedWorld();
    const file = (await world.build(MONTH)).packages[0]!.files[0]!;
    const result = await compared(world, file, join(world.root, 'no.zip'));
    expect(result.exit).not.toBe(0);
    expect(result.faults).toHaveLength(1);
  });
});

describe('an export against what 1C accepted', () => {
  it('is compared object by object, without a package being written', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH));
    const result = await compared(world, world.export(OTHER));
    expect(result).toMatchObject({ exit: 0, before: 'принятое 1С (по квитанциям)', faults: [] });
    expect(result.counts['vat-invoice']).toEqual({ new: 1, same: 0, changed: 1, vanished: 1, 'left-out': 0 });
    expect(world.journal(({ records }) => records.packages.list())).toHaveLength(1);
    const bill = result.objects.find(({ name }) => name.startsWith('Счёт № С1'))!;
    expect(bill.complete).toBe(true);
    expect(bill.changes!.map(({ field }) => field)).toContain('Строка');
  });

  it('has the figures where the file of the package is gone', async () => {
    const world = acceptedWorld();
    const first = await world.build(MONTH);
    await world.accept(first);
    renameSync(first.packages[0]!.files[0]!, join(world.root, 'elsewhere.zip'));
    const { objects } = await compared(world, world.export({ ...MONTH, 1: { sum: 61_00 } }));
    const act = objects.find(({ name }) => name.startsWith('Акт № А1'))!;
    expect(act).toMatchObject({ complete: false, changes: [{ field: 'Сумма' }, { field: 'НДС' }] });
  });

  it('takes the last correction for the document', async () => {
    const world = acceptedWorld();
    const changed = { ...MONTH, 1: { sum: 61_00 } };
    await world.accept(await world.build(MONTH));
    const second = await world.build(changed, { corrections: true });
    await world.accept(second);
    expect((await compared(world, world.export(changed))).objects).toEqual([]);
    expect((await compared(world, second.packages[0]!.files[0]!)).objects).toEqual([]);
  });

  it('does not take for gone what an error keeps out of the package', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH));
    const result = await compared(world, world.export({ ...MONTH, 2: { sum: 0 } }));
    expect(result.exit).toBe(3);
    expect(result.counts.act).toMatchObject({ same: 1, vanished: 0, 'left-out': 1 });
    // Its buyer and its contract neither.
    for (const kind of ['counterparty', 'contract'] as const)
      expect(result.counts[kind]).toMatchObject({ same: 1, vanished: 0, 'left-out': 1 });
    expect(of(result, 'left-out')).toEqual([
      'ООО «Абонент 2»',
      'Счёт № С2 от 31.10.2026',
      'Акт № А2 от 31.10.2026',
      'Счёт-фактура № Ф2 от 31.10.2026',
    ]);
  });

  it('says what a person has changed in 1C since', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH), ({ objects }) => {
      for (const one of objects) if (one.number === 'А1') one.sum = 100_00;
    });
    const { objects, edited } = await compared(world, world.export(MONTH));
    expect(objects).toEqual([]);
    expect(edited).toEqual([
      {
        ...{ kind: 'act', uuid: expect.any(String) as string, name: 'Акт № А1 от 31.10.2026' },
        changes: [{ field: 'Сумма', before: '122,00', after: '100,00' }],
      },
    ]);
    const { out } = await bg1c(world.root, 'diff', world.export(MONTH));
    expect(out).toContain('Сумма: передано 122,00, в 1С 100,00');
    expect(out).toContain('Итог: всё то же самое');
  });

  it('needs receipts', async () => {
    const world = acceptedWorld();
    await world.build(MONTH);
    const result = await compared(world, world.export(MONTH));
    expect(result).toMatchObject({ exit: 2, faults: [{ code: 'BG1C-DIFF-NOTHING' }] });
  });
});

describe('bg1c diff', () => {
  it('prints counts, requisites and fields', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH));
    const { exit: code, out } = await bg1c(world.root, 'diff', world.export(OTHER));
    expect(code).toBe(0);
    expect(out).toContain(
      'Реквизиты контрагентов изменены (1):\n  ООО «Новое имя» — изменено\n      Наименование: ООО «Абонент 1» → ООО «Новое имя»',
    );
    expect(out).toContain('      Сумма: 122,00 → 61,00');
    expect(out).toContain('Итог: изменено ');
    expect(out).not.toContain('не собраны');
    const some = await bg1c(world.root, 'diff', world.export({ ...MONTH, 2: { sum: 0 } }));
    expect(some.out).toMatch(/исчезли +не собраны\n/);
    expect(some.out).toContain('Акт № А2 от 31.10.2026 — в выгрузке есть, но не собирается');
  });

  it('gives one object to programs', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build(MONTH));
    const { out } = await bg1c(world.root, 'diff', world.export(MONTH), '--json');
    expect(JSON.parse(out)).toMatchObject({ bg1c: 1, command: 'diff', exit: 0, objects: [] });
  });
});
