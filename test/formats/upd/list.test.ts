import { describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../src/faults/registry.ts';
import { listCsv, updRow } from '../../../src/formats/upd/list.ts';
import { COMPANY, line, PERSON, source, upd } from './fixtures.ts';

const row = (name: string, file?: string, codes: FaultCode[] = []): string =>
  listCsv([updRow(source(upd([line(122_05)]), { counterparty: { ...COMPANY, name } }), file, codes)]).split(
    '\r\n',
  )[1]!;

describe('the table of files', () => {
  it('has sums with a comma and says what was not made', () => {
    expect(row('ООО «Тулпар»', 'a.xml')).toBe(
      '1045;2026-10-31;СЧФДОП;ООО «Тулпар»;0299000050;027401001;122,05;22,01;записан;a.xml;',
    );
    expect(row('ООО', undefined, ['BG1C-UPD-LINE', 'BG1C-UPD-LINE', 'BG1C-UPD-ADDRESS'])).toMatch(
      /;не составлен;;BG1C-UPD-LINE BG1C-UPD-ADDRESS$/,
    );
  });

  it('opens in a spreadsheet as text: no formulas, quotes doubled', () => {
    expect(row('=1+1')).toContain(";'=1+1;");
    expect(row('ООО "А;Б"')).toContain(';"ООО ""А;Б""";');
    expect(listCsv([]).startsWith('\ufeffНомер;')).toBe(true);
  });

  it('leaves out what a buyer does not have', () => {
    expect(updRow(source(upd([line(1_00)]), { counterparty: PERSON }), 'a.xml', []).buyer).toEqual({
      name: PERSON.name,
    });
  });
});
