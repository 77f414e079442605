import { type Fault, type FaultWhere, fault } from '../faults/fault.ts';
import { isEmail } from '../model/email.ts';
import { isAccount, isBik, isInn, isKpp, isOgrn } from '../model/requisites.ts';
import type { PartyKind } from '../model/types.ts';
import { cleanText } from './texts.ts';

/** Requisites as they stand in the export, texts without outer spaces. */
export interface RawRequisites {
  name: string;
  /** BGBilling's fc: true for «юрлицо» (organisations and sole traders), false for persons. */
  business: boolean;
  contractNumber: string;
  inn: string;
  kpp: string;
  ogrn: string;
  bik: string;
  account: string;
}

export type RequisiteField = 'inn' | 'kpp' | 'ogrn' | 'bik' | 'account';

export interface Requisites {
  kind: PartyKind;
  inn?: string;
  kpp?: string;
  ogrn?: string;
  bank?: { bik: string; account: string };
}

/**
 * Checks the requisites of a buyer and leaves out what cannot be right.
 * Leading zeros that a spreadsheet ate are restored only where the check digit (ИНН) or the form (КПП, БИК) agrees.
 */
export function checkRequisites(
  raw: RawRequisites,
  where: (field: RequisiteField) => FaultWhere,
  report: (found: Fault) => void,
): Requisites {
  const inn = checkInn(raw, where('inn'), report);
  const kind = kindOf(inn, raw.business);
  if (inn === undefined && raw.inn === '' && kind === 'legal-entity')
    report(fault('BG1C-INN-MISSING', { name: raw.name, contract: raw.contractNumber }, where('inn')));
  const kpp = checkKpp(raw, inn, kind, where('kpp'), report);
  const ogrn = raw.ogrn === '' || isOgrn(raw.ogrn) ? raw.ogrn : undefined;
  if (ogrn === undefined)
    report(fault('BG1C-OGRN-CHECKSUM', { ogrn: raw.ogrn, name: raw.name }, where('ogrn')));
  const bank = checkBank(raw, where, report);
  return { kind, ...(inn && { inn }), ...(kpp && { kpp }), ...(ogrn && { ogrn }), ...(bank && { bank }) };
}

/**
 * 10 digits: a legal entity; 12: a sole trader, or a person where BGBilling says so; without ИНН BGBilling decides
 * (design says ФизическоеЛицо for all others; a company that lacks its ИНН is still no person).
 */
function kindOf(inn: string | undefined, business: boolean): PartyKind {
  if (inn?.length === 10) return 'legal-entity';
  if (inn?.length === 12) return business ? 'sole-trader' : 'person';
  return business ? 'legal-entity' : 'person';
}

function checkInn(raw: RawRequisites, where: FaultWhere, report: (found: Fault) => void): string | undefined {
  const { inn, name } = raw;
  if (inn === '' || isInn(inn)) return inn === '' ? undefined : inn;
  if (/^(\d{9}|\d{11})$/.test(inn) && isInn(`0${inn}`)) {
    report(fault('BG1C-INN-RESTORED', { value: inn, inn: `0${inn}`, name }, where));
    return `0${inn}`;
  }
  const form = /^(\d{10}|\d{12})$/.test(inn);
  report(fault(form ? 'BG1C-INN-CHECKSUM' : 'BG1C-INN-FORMAT', { inn, name }, where));
  return undefined;
}

function checkKpp(
  raw: RawRequisites,
  inn: string | undefined,
  kind: PartyKind,
  where: FaultWhere,
  report: (found: Fault) => void,
): string | undefined {
  const { kpp, name } = raw;
  if (kpp === '') {
    if (kind === 'legal-entity' && inn) report(fault('BG1C-KPP-MISSING', { name, inn }, where));
    return undefined;
  }
  if (kind !== 'legal-entity') {
    report(fault('BG1C-KPP-EXTRA', { name, kpp }, where));
    return undefined;
  }
  if (isKpp(kpp)) return kpp;
  if (/^\d{8}$/.test(kpp) && isKpp(`0${kpp}`)) {
    report(fault('BG1C-KPP-RESTORED', { value: kpp, kpp: `0${kpp}`, name }, where));
    return `0${kpp}`;
  }
  report(fault('BG1C-KPP-FORMAT', { kpp, name }, where));
  return undefined;
}

function checkBank(
  raw: RawRequisites,
  where: (field: RequisiteField) => FaultWhere,
  report: (found: Fault) => void,
): Requisites['bank'] {
  const { account, name } = raw;
  if (raw.bik === '' && account === '') return undefined;
  const bik = /^\d{8}$/.test(raw.bik) && isBik(`0${raw.bik}`) ? `0${raw.bik}` : raw.bik;
  if (bik !== raw.bik) report(fault('BG1C-BIK-RESTORED', { value: raw.bik, bik, name }, where('bik')));
  if (!isBik(bik)) {
    report(fault('BG1C-BIK-FORMAT', { bik: raw.bik, name }, where('bik')));
    return undefined;
  }
  if (!isAccount(account, bik)) {
    report(fault('BG1C-ACCOUNT-CHECKSUM', { account, bik, name }, where('account')));
    return undefined;
  }
  return { bik, account };
}

/** E-mails of one field: separated by new lines, `;` or `,`; also «Имя <a@b.ru>» (decisions 29). */
export function splitEmails(
  raw: string,
  name: string,
  where: FaultWhere,
  report: (found: Fault) => void,
): string[] {
  const found = new Set<string>();
  for (const part of raw.split(/[\n\r;,]+/)) {
    const email = (/<([^<>]*)>/.exec(part)?.[1] ?? part).trim();
    if (email === '') continue;
    if (isEmail(email)) found.add(email);
    else report(fault('BG1C-EMAIL-FORMAT', { email, name }, where));
  }
  return [...found];
}

/** Phones of one field: separated by new lines or `;`, kept as they are written. */
export function splitPhones(raw: string, where: FaultWhere, report: (found: Fault) => void): string[] {
  const parts = raw.split(/[\n\r;]+/).map((part) => cleanText(part, 'phones', where, report));
  return [...new Set(parts.filter((part) => part !== ''))];
}
