import { expect, it } from 'vitest';
import type { Fault } from '../../src/faults/fault.ts';
import { checkRequisites, type RawRequisites, splitPhones } from '../../src/rules/requisites.ts';

const NONE: RawRequisites = {
  ...{ name: 'ООО «Ромашка»', business: true, contractNumber: 'Д-1' },
  ...{ inn: '7707083893', kpp: '773601001', ogrn: '', bik: '', account: '' },
};

function found(raw: Partial<RawRequisites>): string[] {
  const faults: Fault[] = [];
  checkRequisites(
    { ...NONE, ...raw },
    (field) => ({ path: field }),
    (one) => void faults.push(one),
  );
  return faults.map(({ code, message, paths }) => `${paths.join()} ${code} ${message}`);
}

it.each<[string, Partial<RawRequisites>, RegExp]>([
  [
    'an ИНН that lacks its zero',
    { inn: '274062111', kpp: '027401001' },
    /^inn BG1C-INN-RESTORED .*0274062111/,
  ],
  ['a КПП that lacks its zero', { kpp: '27401001' }, /^kpp BG1C-KPP-RESTORED .*027401001/],
  [
    'a БИК that lacks its zero',
    { bik: '48073601', account: '40702810206000000001' },
    /^bik BG1C-BIK-RESTORED /,
  ],
  ['no ИНН', { inn: '' }, /^inn BG1C-INN-MISSING /],
  [
    'an account with another key',
    { bik: '048073601', account: '40702810206000000002' },
    /^account BG1C-ACCOUNT-CHECKSUM /,
  ],
  ['ten digits that do not agree', { inn: '7707083890' }, /^inn BG1C-INN-CHECKSUM /],
  ['twelve digits that do not agree', { inn: '500100732250' }, /^inn BG1C-INN-CHECKSUM /],
  ['a КПП that no zero makes right', { kpp: '02740100' }, /^kpp BG1C-KPP-FORMAT /],
  ['a БИК that no zero makes right', { bik: '00000000', account: '1' }, /^bik BG1C-BIK-FORMAT /],
  ['thirteen digits', { inn: '7707083893000' }, /^inn BG1C-INN-FORMAT /],
  ['eleven digits that no zero makes right', { inn: '77070838930' }, /^inn BG1C-INN-FORMAT /],
])('%s is told with its place and value', (_, raw, expected) => {
  expect(found(raw)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});

it('phones are told by their column', () => {
  const faults: Fault[] = [];
  expect(splitPhones('+7 900\u0001;', {}, (one) => void faults.push(one))).toEqual(['+7 900']);
  expect(faults[0]!.message).toContain('phones');
});

it('no zero is put before what it does not make right', () => {
  const all = [...found({ kpp: '02740100' }), ...found({ bik: '00000000', account: '1' })];
  expect(all.filter((one) => one.includes('RESTORED'))).toEqual([]);
});
