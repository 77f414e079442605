import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/faults/fault.ts';
import { createIdentity } from '../../src/model/identity.ts';
import type { CanonicalRecord, Document } from '../../src/model/types.ts';
import { createAcceptedGuard } from '../../src/pipeline/build/accepted.ts';
import { firstLedger } from '../../src/pipeline/build/ledger.ts';
import type { ContractResult, LeftOut } from '../../src/sources/assembly/sourced.ts';
import { acceptedWorld, type World } from './world.ts';

const isDocument = (record: CanonicalRecord): record is Document => 'lines' in record;

/** What a version that has no place for corrections makes of a month that 1C accepted. */
async function judged(expresses: { vatInvoice: boolean; deletion: boolean }) {
  const world: World = acceptedWorld();
  const first = await world.build({ 1: { sum: 122_00 }, 2: { sum: 244_00 } });
  await world.accept(first);
  const records = await world.records(first.packages[0]!.files[0]!);
  const faults: Fault[] = [];
  const leftOut: LeftOut[] = [];
  return world.journal((journal) => {
    const guard = createAcceptedGuard({
      ...{ config: world.config, journal, leftOut, expresses, version: '1.2', period: '2026-10' },
      ledger: firstLedger(journal, '', true),
      request: { corrections: true, deleteVanished: true, clock: () => new Date('2026-11-04') },
      identity: createIdentity('diff'),
      report: (found) => void faults.push(found),
    });
    const documents = records
      .filter(isDocument)
      .filter(({ number }) => number.endsWith('1'))
      .map((record) => ({ record: { ...record, sum: 61_00 } as Document, rows: {} }));
    const admitted = guard.admit({ organization: 'one', documents } as unknown as ContractResult, []);
    const removed = guard.vanished('one', []);
    return { admitted: admitted.documents.map(({ record }) => record.number), removed, faults, leftOut };
  });
}

describe('a version of the format', () => {
  it('that knows no corrections gets none, and their acts stay out too', async () => {
    const { admitted, faults, leftOut } = await judged({ vatInvoice: false, deletion: true });
    expect(admitted).toEqual(['С1']);
    expect(leftOut.flatMap(({ codes }) => codes).sort()).toEqual([
      'BG1C-ACT-LEFT-OUT',
      'BG1C-CORRECTION-VERSION',
    ]);
    expect(faults.find(({ code }) => code === 'BG1C-CORRECTION-VERSION')!.message).toBe(
      'Счёт-фактура № Ф1 от 31.10.2026: EnterpriseData 1.2 не передаёт номер и дату исправления',
    );
  });

  it('that knows no deletions is asked for none', async () => {
    const { removed, faults } = await judged({ vatInvoice: true, deletion: false });
    expect(removed).toEqual([]);
    expect(faults.filter(({ code }) => code === 'BG1C-CORRECTION-VERSION')).toHaveLength(3);
  });
});
