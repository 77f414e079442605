import { describe, expect, it } from 'vitest';
import type { Reconciliation } from '../../src/model/reconciliation.ts';
import { bg1c } from '../cli/command.ts';
import { acceptedWorld, type Month, type World } from './world.ts';

/** The second is charged more than its act says, the third has no documents at all. */
const MONTH: Month = {
  1: { sum: 122_00, accrued: 122_00 },
  2: { sum: 244_00, accrued: 250_00 },
  3: { sum: 0, accrued: 30_00, silent: true },
};

const found = async (world: World, month: Month, request = {}): Promise<Reconciliation> =>
  (await world.build(month, request)).packages[0]!.reconciliation;

describe('the reconciliation of a build', () => {
  it('sets accruals against documents and package, contract by contract', async () => {
    expect(await found(acceptedWorld(), MONTH)).toEqual({
      contracts: 3,
      totals: { accrued: 402_00, documents: 366_00, packaged: 366_00, booked: null },
      differing: [
        { contract: 'Д-3', accrued: 30_00, documents: 0, packaged: 0, booked: null },
        { contract: 'Д-2', accrued: 250_00, documents: 244_00, packaged: 244_00, booked: null },
      ],
      more: 0,
      difference: 36_00,
    });
  });

  it('has no accruals where the export has none', async () => {
    const { totals, differing } = await found(acceptedWorld(), { 1: { sum: 122_00 } });
    expect(totals).toEqual({ accrued: null, documents: 122_00, packaged: 122_00, booked: null });
    expect(differing).toEqual([]);
  });

  it('sets the books beside: what was held back, what is gone', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build({ 1: { sum: 122_00 }, 2: { sum: 244_00 } }));
    expect(await found(world, { 1: { sum: 61_00 }, 4: { sum: 10_00 } })).toMatchObject({
      totals: { documents: 71_00, packaged: 10_00, booked: 366_00 },
      differing: [
        { contract: 'Д-2', documents: 0, packaged: 0, booked: 244_00 },
        { contract: 'Д-1', documents: 61_00, packaged: 0, booked: 122_00 },
        { contract: 'Д-4', documents: 10_00, packaged: 10_00, booked: 0 },
      ],
    });
  });

  it('is the same in a dry run', async () => {
    const world = acceptedWorld();
    await world.accept(await world.build({ 1: { sum: 122_00 } }));
    const dry = await found(world, { 1: { sum: 122_00 }, 2: { sum: 1_00 } }, { dryRun: true });
    expect(dry).toEqual(await found(world, { 1: { sum: 122_00 }, 2: { sum: 1_00 } }));
    expect(dry.totals.booked).toBe(122_00);
  });
});

describe('bg1c', () => {
  it('build shows a short table', async () => {
    const world = acceptedWorld();
    const { out } = await bg1c(world.root, 'build', world.export(MONTH));
    expect(out).toContain('Сверка, 3 договора: 2 расхождения (закрыт ли месяц в BGBilling, неизвестно)');
    expect(out).toMatch(/Д-2 +250,00 +244,00 +244,00 +— +6,00/);
  });

  it('status --reconcile sets the books of now beside the latest package', async () => {
    const world = acceptedWorld();
    const first = await world.build(MONTH);
    const before = await bg1c(world.root, 'status', '--reconcile');
    expect(before.out).toMatch(/всего по 3 договорам +402,00 +366,00 +366,00 +— +36,00/);
    await world.accept(first, ({ objects }) => {
      for (const one of objects) if (one.number === 'А1') one.sum = 100_00;
    });
    const { exit, out } = await bg1c(world.root, 'status', '--reconcile', '--period', '2026-10');
    expect(exit).toBe(0);
    expect(out).toContain('3 расхождения');
    expect(out).toMatch(/Д-1 +122,00 +122,00 +122,00 +100,00 +22,00/);
    const json = await bg1c(world.root, 'status', '--reconcile', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ months: [{ seq: 1, periodState: 'over' }] });
    expect((await bg1c(world.root, 'status', '--reconcile', '--period', '2026-09')).exit).toBe(2);
  });
});
