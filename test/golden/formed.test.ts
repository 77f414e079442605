import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createUpdCollector } from '../../src/formats/upd/collect.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import type { CanonicalRecord, Document } from '../../src/model/types.ts';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { explain } from '../../src/pipeline/check/explain.ts';
import { monthCopy } from '../pipeline/sample-month.ts';
import { entriesOf } from './sample.ts';

const clock = () => new Date('2026-11-03T08:00:00Z');

async function documentsOf(file: string): Promise<Document[]> {
  const lines = (await entriesOf(file)).get('documents.jsonl')!.trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line) as CanonicalRecord)
    .filter((one): one is Document => 'lines' in one);
}

/** Changes the tables of an export. */
function rewrite(input: string, tables: readonly string[], change: (text: string) => string): void {
  for (const table of tables) {
    const path = join(input, `${table}.csv`);
    writeFileSync(path, Buffer.from(change(readFileSync(path, 'latin1')), 'latin1'));
  }
}

describe('documents formed of accruals', () => {
  it('keep their numbers when they are exported again, and when the package is made again', async () => {
    const month = monthCopy('accrual');
    const first = await month.build();
    rewrite(month.input, ['accruals'], (text) => text.replace(/1830,00(?!\d)/, '1835,00'));
    const second = await month.build();
    const [one, two] = [
      await documentsOf(first.packages[0]!.files[0]!),
      await documentsOf(second.packages[0]!.files[0]!),
    ];
    expect(two.map(({ number }) => number)).toEqual(one.map(({ number }) => number));
    expect(two.filter(({ sum }, at) => sum !== one[at]!.sum).length).toBe(2);
    const again = await rebuild({ config: month.config, wanted: '2026-10', verify: true, clock });
    expect(again.faults).toEqual([]);
    expect(again.packages.length).toBeGreaterThan(0);
  });

  it('fix the mode of their month: the same services are not booked twice', async () => {
    const month = monthCopy('usn-5');
    expect((await month.build()).exit).toBe(0);
    month.config.documents = { ...month.config.documents, mode: 'accrual' };
    month.config.numbering = { ...month.config.numbering, by: 'own', template: { act: '{n}', bill: 'С{n}' } };
    const { exit, packages, faults } = await month.build({ period: '2026-10' });
    expect([exit, packages]).toEqual([2, []]);
    expect(faults.map(({ code }) => code)).toContain('BG1C-MODE-CHANGED');
  });
});

describe.each(['accrual', 'persons', 'prepaid', 'branches'])('every value of %s', (sample) => {
  it('is explained by cells of the export, a setting or a constant', async () => {
    const { packages } = await monthCopy(sample).build();
    const file = packages[0]!.files[0]!;
    const unexplained: string[] = [];
    for (const { uuid } of await documentsOf(file)) {
      const { objects } = await explain(file, uuid);
      for (const { element, values } of objects)
        for (const { path, field, how, sources } of values)
          if (sources.length === 0 && !/^(fixed|config:)/.test(field) && !/настройк|постоянн/.test(how ?? ''))
            unexplained.push(`${element} ${path} (${field}: ${how})`);
    }
    expect([...new Set(unexplained)]).toEqual([]);
  });
});

describe('files for electronic exchange', () => {
  it('have line 5 of prepaid contracts; the one act of all persons becomes none', async () => {
    const sourcesOf = async (sample: string) => {
      const { packages } = await monthCopy(sample).build();
      const collector = createUpdCollector();
      const lines = (await entriesOf(packages[0]!.files[0]!)).get('documents.jsonl')!.trimEnd().split('\n');
      return lines.flatMap((line) => collector.add(JSON.parse(line) as CanonicalRecord) ?? []);
    };
    const prepaid = await sourcesOf('prepaid');
    expect(prepaid.map(({ payments }) => payments.map(({ number, sum }) => `${number} ${sum}`))).toEqual([
      ['118 244000'],
      ['55 100000', '61 144000'],
      ['7 183000'],
      ['7 61000'],
      ['6 70000', '7 52000'],
      [],
      [],
    ]);
    const persons = await sourcesOf('persons');
    expect(persons.map(({ document }) => document.key.split(':')[0])).toEqual(Array(6).fill('invoice'));
  });
});

describe('numbers of the billing', () => {
  it('that another month of the year has already are refused', async () => {
    const month = monthCopy('usn-5');
    expect((await month.build({ period: '2026-10' })).exit).toBe(0);
    rewrite(month.input, ['documents', 'document_lines', 'accruals'], (text) =>
      text
        .replace(/(bill|invoice);40/g, '$1;41')
        .replaceAll(';2026;10;', ';2026;11;')
        .replaceAll('2026;10;', '2026;11;')
        .replace(/2026-10-(\d\d)/g, (_, day: string) => `2026-11-${day === '31' ? '30' : day}`),
    );
    const { exit, faults, leftOut } = await month.build({ period: '2026-11' });
    const taken = faults.filter(({ code }) => code === 'BG1C-NUMBER-TAKEN');
    expect(exit).toBe(1);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken[0]!.message).toContain('октябрь 2026');
    expect(leftOut.length).toBeGreaterThan(5);
  });
});

describe('numbers that 1C gives', () => {
  it('come back with a receipt and stand in the next package of that base', async () => {
    const infobase = { id: '0d3c3c6e-5a0c-4a4f-9c1e-3f9c7c6d2b11', connection: ['file'] };
    const month = monthCopy('branches', (config) => {
      config.onec.infobase = infobase;
    });
    const first = await month.build();
    const { packageId, files } = first.packages.find(({ organization }) => organization.code === 'bashnet')!;
    const before = await documentsOf(files[0]!);
    expect(before.every(({ number }) => number === '')).toBe(true);
    const act = before.find(({ record }) => record === 'act')!;
    const { journal } = openJournal(month.config.journal.path, clock);
    const receipt = {
      ...{
        receiptVersion: 1,
        receiptId: '9f0f7a35-8f0b-4f1e-9a39-0f7d1c2b3a4d',
        packageId,
        part: 1,
        complete: true,
      },
      ...{ infobase: { id: infobase.id, connection: 'file' }, finishedAt: '2026-11-02T10:00:00' },
      objects: [{ kind: 'act', uuid: act.uuid, state: 'created', number: '0000-000017', posted: true }],
    } as unknown as Receipt;
    const stored = journal!.records.packages.find(packageId)!;
    journal!.atomically(() =>
      journal!.records.receipts.record(receipt, {
        sha256: 'a',
        package: stored.id,
        standing: 'own',
        signed: false,
      }),
    );
    journal!.close();
    rewrite(month.input, ['clients'], (text) => text.replaceAll('filial@', 'office@'));
    const second = await month.build();
    const file = second.packages.find(({ organization }) => organization.code === 'bashnet')!.files[0]!;
    const after = await documentsOf(file);
    expect(after.filter(({ number }) => number !== '').map(({ uuid, number }) => [uuid, number])).toEqual([
      [act.uuid, '0000-000017'],
    ]);
    expect(after.find((one) => one.record === 'vat-invoice' && one.act === act.uuid)).toMatchObject({
      actNumber: '0000-000017',
    });
  });
});
