import type { Counterparty, Service } from '../../model/types.ts';
import { type CompiledWriter, compileWriter } from '../../schema/compile-writer.ts';
import type { Profile } from '../../schema/profile.ts';
import { Misfit } from '../../schema/writer-plan.ts';
import {
  bankAccountMapping,
  contractMapping,
  counterpartyMapping,
  serviceMapping,
} from './mapping/catalogs.ts';
import { DELETION, type Deletion, deletionMapping } from './mapping/corrections.ts';
import {
  type BillElement,
  billMapping,
  type DocumentOptions,
  SALE,
  saleMapping,
  VAT_INVOICE,
  vatInvoiceMapping,
} from './mapping/documents.ts';
import type { BankAccountView, ContractView, DocumentView, VatInvoiceView } from './views.ts';

/** Writers of all objects of a message, compiled for one version. */
export interface Writers {
  counterparty: CompiledWriter<Counterparty>;
  account: CompiledWriter<BankAccountView>;
  contract: CompiledWriter<ContractView>;
  service: CompiledWriter<Service>;
  sale: CompiledWriter<DocumentView>;
  vatInvoice: CompiledWriter<VatInvoiceView>;
  bill: CompiledWriter<DocumentView>;
}

export const BILLS: readonly BillElement[] = ['Документ.ЗаказКлиента', 'Документ.СчетПокупателю'];

/** Element of each writer; the bill's is a setting. */
export function elementsOf(bill: BillElement): Readonly<Record<keyof Writers, string>> {
  return {
    counterparty: 'Справочник.Контрагенты',
    account: 'Справочник.БанковскиеСчета',
    contract: 'Справочник.Договоры',
    service: 'Справочник.Номенклатура',
    sale: SALE,
    vatInvoice: VAT_INVOICE,
    bill,
  };
}

type Compilers = { [K in keyof Writers]: () => Writers[K] };

function compilers(profile: Profile, options: DocumentOptions, bill: BillElement): Compilers {
  const element = elementsOf(bill);
  return {
    counterparty: () => compileWriter(profile, element.counterparty, counterpartyMapping(profile)),
    account: () => compileWriter(profile, element.account, bankAccountMapping(profile)),
    contract: () => compileWriter(profile, element.contract, contractMapping(profile)),
    service: () => compileWriter(profile, element.service, serviceMapping(profile)),
    sale: () => compileWriter(profile, element.sale, saleMapping(profile, options)),
    vatInvoice: () => compileWriter(profile, element.vatInvoice, vatInvoiceMapping(profile, options)),
    bill: () => compileWriter(profile, bill, billMapping(profile, options, bill)),
  };
}

/** @throws Misfit where the version cannot hold an object at all: ask `examineVersion` before */
export function compileWriters(profile: Profile, options: DocumentOptions, bill: BillElement): Writers {
  const {
    counterparty,
    account,
    contract,
    service,
    sale,
    vatInvoice,
    bill: order,
  } = compilers(profile, options, bill);
  return {
    counterparty: counterparty(),
    account: account(),
    contract: contract(),
    service: service(),
    sale: sale(),
    vatInvoice: vatInvoice(),
    bill: order(),
  };
}

/** Undefined where the version knows no deletions. */
export function compileDeletion(profile: Profile, bill: BillElement): CompiledWriter<Deletion> | undefined {
  return Object.hasOwn(profile.roots, DELETION)
    ? compileWriter(profile, DELETION, deletionMapping(bill))
    : undefined;
}

/** How one object of ours fits a version. */
export interface ObjectFit {
  element: string;
  /** Without it no package can be made: everything but the kinds of bill, of which one is enough. */
  needed: boolean;
  /** Why it cannot be written at all. */
  misfit?: Misfit;
  /** Names of what is lost on the way. */
  losses: string[];
}

const ANY_OPTIONS: DocumentOptions = { vatInvoiceMethod: 'ВЭлектронномВиде', reducedRateKind: 'Пониженная' };

/** Tries every object of ours on a version. */
export function examineVersion(profile: Profile): ObjectFit[] {
  const [first, ...others] = BILLS.map((bill) => ({ bill, all: compilers(profile, ANY_OPTIONS, bill) }));
  const fits = Object.entries(first!.all).map(([name, compile]) =>
    fitOf(elementsOf(first!.bill)[name as keyof Writers], name !== 'bill', compile),
  );
  return [...fits, ...others.map(({ bill, all }) => fitOf(bill, false, all.bill))];
}

function fitOf(element: string, needed: boolean, compile: () => CompiledWriter<never>): ObjectFit {
  try {
    const losses = compile().absent.flatMap(({ loss }) => loss ?? []);
    return { element, needed, losses: [...new Set(losses)] };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { element, needed, misfit: error, losses: [] };
  }
}
