import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { TABLE_NAMES } from '../../../src/sources/tables.ts';
import { open, readTable } from './exports.ts';

/** An export as BGBilling's queries give it: windows-1251, CRLF. It lies beside the checkout, not in it. */
const FIXTURES = fileURLToPath(new URL('../../../../shared/reference/bgbilling/fixtures', import.meta.url));
const there = existsSync(FIXTURES);

describe.skipIf(!there)(
  `the reference export${there ? '' : ' (SKIPPED: ../shared/reference is not there)'}`,
  () => {
    test('reads without a fault, row for row', async () => {
      const { source, faults } = await open(FIXTURES);
      expect(faults).toEqual([]);
      const lines: Record<string, number[]> = {};
      for (const table of TABLE_NAMES) {
        const read = await readTable(source, table);
        expect(read.faults).toEqual([]);
        lines[table] = read.rows.map(({ line }) => line);
      }
      const upTo = (last: number): number[] => Array.from({ length: last - 1 }, (_, index) => index + 2);
      expect(lines).toEqual({
        clients: upTo(5),
        contracts: upTo(5),
        services: upTo(4),
        accruals: upTo(7),
        charges: upTo(3),
        payments: upTo(3),
        balances: upTo(4),
        documents: upTo(6),
        document_lines: upTo(8),
      });
      expect(source.files.map(({ fingerprint }) => fingerprint?.size)).toEqual([
        668, 385, 188, 393, 197, 282, 166, 659, 497,
      ]);
      await source.close();
    });

    test('gives the cells as they stand: quotes, ё, zeros, commas', async () => {
      const { source } = await open(FIXTURES);
      const row = async (table: (typeof TABLE_NAMES)[number], index: number) =>
        (await readTable(source, table)).rows[index]!.cells;
      expect(await row('clients', 0)).toEqual([
        '101',
        'Ю-0001',
        '1',
        '0',
        '0',
        'ООО "Ромашка"; филиал',
        'ООО "Ромашка"',
        'Общество с ограниченной ответственностью "Ромашка"',
        '0274000002',
        '027401001',
        '1020200000000',
        '',
        '',
        '450073, Уфа, Гагарина, д. 10/2, оф. 1',
        'buh@romashka.example',
        '+7 917 000-00-00',
      ]);
      expect((await row('clients', 1))[7]).toBe('Индивидуальный предприниматель Сидоров Пётр Андреевич');
      expect(await row('accruals', 1)).toEqual([
        '2026',
        '10',
        '101',
        '101',
        '21',
        'Выделенный IP',
        '183,00500',
        '183,01',
      ]);
      expect((await row('payments', 0))[7]).toBe('п/п 118 от 05.10.2026; оплата по счёту 10-0001');
      // No `kind`, `line_no`, `price`, `vat_rate`, `vat_sum` in this file.
      expect(await row('document_lines', 6)).toEqual([
        '',
        '3',
        '',
        'А-00301',
        '20',
        'Абонплата Интернет',
        '1',
        'усл.',
        '',
        '1830,00',
        '',
        '',
        '1830,00',
        '0,00',
      ]);
      expect(source.column('document_lines', 'line_summ')).toBe(7);
      await source.close();
    });
  },
);
