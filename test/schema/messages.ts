import { compileWriter } from '../../src/schema/compile-writer.ts';
import { loadProfile } from '../../src/schema/load.ts';
import { fixed, group, type Mapping } from '../../src/schema/mapping.ts';
import type { Profile } from '../../src/schema/profile.ts';
import {
  ACCOUNT,
  ACT,
  AGREEMENT,
  BILL,
  BUYER,
  BUYER_ACCOUNT,
  CONTRACT_17,
  DELETION,
  ORDER,
  ROMASHKA,
  SALE,
  SELLER,
  SERVICE,
  VAT_INVOICE,
} from './sample-mapping.ts';

export const HEADER_PROFILE = loadProfile('exchange-message', '3.1');

const PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';

function header(profile: Profile): string {
  const mapping: Mapping<object> = {
    Format: fixed(profile.namespace),
    CreationDate: fixed('2026-11-01T00:00:00Z'),
    Confirmation: group((r) => r, {
      ExchangePlan: fixed(PLAN),
      To: fixed('00000000-0000-0000-0000-000000000000'),
      From: fixed('66666666-6666-5666-8666-666666666666'),
      MessageNo: fixed('1'),
      ReceivedNo: fixed('0'),
    }),
    AvailableVersion: fixed(profile.version),
  };
  return compileWriter(HEADER_PROFILE, 'Header', mapping, 'msg:').write({});
}

/** A whole message around elements of Body, one a line: the first stands on line 4. */
export function message(profile: Profile, objects: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Message xmlns:msg="${HEADER_PROFILE.namespace}">${header(profile)}`,
    `<Body xmlns="${profile.namespace}">`,
    ...objects,
    '</Body></Message>\n',
  ].join('\n');
}

/** One element of every root, by the name of the root, written by the writer of this version. */
export function everyRoot(profile: Profile): Record<string, string> {
  const write = <T>(root: string, mapping: Mapping<T>, record: T): [string, string] => [
    root,
    compileWriter(profile, root, mapping).write(record),
  ];
  return Object.fromEntries([
    write('Справочник.Контрагенты', BUYER, ROMASHKA),
    write('Справочник.БанковскиеСчета', ACCOUNT, BUYER_ACCOUNT),
    write('Справочник.Договоры', AGREEMENT, CONTRACT_17),
    write('Справочник.Номенклатура', SERVICE, SALE.lines[0]!.service),
    write('Документ.РеализацияТоваровУслуг', ACT, { ...SALE, upd: true }),
    write('Документ.СчетФактураВыданный', VAT_INVOICE, SALE),
    write('Документ.СчетПокупателю', BILL, SALE),
    write('Документ.ЗаказКлиента', ORDER, SALE),
    write('УдалениеОбъекта', DELETION, { uuid: ROMASHKA.uuid! }),
  ]);
}

/** Records that use as little as they can. */
export function barest(profile: Profile): string[] {
  const buyer = { name: 'Ромашка', kind: 'ЮридическоеЛицо' } as const;
  const agreement = { uuid: CONTRACT_17.uuid, name: '№ 17', buyer };
  const sale = { ...SALE, number: '', agreement, lines: [], payments: [] };
  delete (sale as { comment?: string }).comment;
  return [
    compileWriter(profile, 'Справочник.Контрагенты', BUYER).write(buyer),
    compileWriter(profile, 'Справочник.Договоры', AGREEMENT).write(agreement),
    compileWriter(profile, 'Справочник.БанковскиеСчета', ACCOUNT).write({
      ...BUYER_ACCOUNT,
      owner: { seller: SELLER },
    }),
    compileWriter(profile, 'Документ.РеализацияТоваровУслуг', ACT).write(sale),
    compileWriter(profile, 'Документ.СчетФактураВыданный', VAT_INVOICE).write(sale),
    compileWriter(profile, 'Документ.ЗаказКлиента', ORDER).write(sale),
  ];
}
