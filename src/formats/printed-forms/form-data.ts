/**
 * What a template gets (`schemas/print/*.typ`): texts that are ready to be set, and no markup. A customer's own
 * template reads the same names; they may be added to, never renamed.
 */

/** A template of the same name sets it. */
export type FormName = 'bill' | 'act' | 'vat-invoice' | 'upd';

export interface FormData {
  form: FormName;
  /** «Счёт на оплату № А10/1045 от 31 октября 2026 г.» */
  title: string;
  number: string;
  /** «31 октября 2026 г.» */
  date: string;
  /** «31.10.2026» */
  day: string;
  /** «октябрь 2026 г.» */
  period: string;
  /** Лицевой счёт. */
  account: string;
  /** «Договор № Ю-00001/19 от 01.03.2019» */
  contract: string;
  /** The date that the file bears. */
  created: { year: number; month: number; day: number };
  seller: PartyData;
  buyer: PartyData;
  bank?: BankData;
  rows: RowData[];
  totals: TotalsData;
  signers: SignersData;
  /** Files of `print`, by what they show; only those that are configured. */
  images: Partial<Record<ImageName, string>>;
  bill?: BillData;
  vatInvoice?: VatInvoiceData;
  upd?: UpdData;
}

export type ImageName = 'logo' | 'stamp' | 'head-signature' | 'accountant-signature';

export interface PartyData {
  name: string;
  inn: string;
  kpp: string;
  /** «0299000011/027401001», «--» where there is none. */
  innKpp: string;
  address: string;
  /** All in one: name, ИНН, КПП, address. */
  full: string;
}

export interface BankData {
  name: string;
  bik: string;
  account: string;
  correspondentAccount: string;
}

/** A line; sums as «1 234,56». */
export interface RowData {
  n: string;
  /** Code of the service in the billing. */
  code: string;
  name: string;
  unitCode: string;
  unit: string;
  quantity: string;
  /** With tax. */
  price: string;
  priceNet: string;
  /** Cost without tax. */
  net: string;
  /** «22 %» or «без НДС» */
  rate: string;
  /** Tax: a sum or «без НДС». */
  vat: string;
  sum: string;
}

export interface TotalsData {
  /** «Всего наименований 2, на сумму 6 283,01 руб.» */
  count: string;
  net: string;
  vat: string;
  sum: string;
  words: string;
  /** «В том числе НДС 22 %» and its sum; one «Без налога (НДС)» where no line is taxed. */
  taxes: { label: string; sum: string }[];
}

export interface SignersData {
  head: SignerData;
  accountant: SignerData;
  /** «ОГРНИП 304…, 12.03.2014» of a sole trader, else empty. */
  registration: string;
  trader: boolean;
}

export interface SignerData {
  position: string;
  name: string;
  /** «по доверенности № 5 от 01.01.2026», else empty. */
  power: string;
}

export interface BillData {
  /** «Оплатить не позднее 10 ноября 2026 г.», else empty. */
  due: string;
  purpose: string;
  /** SVG; empty where the bank is not known. */
  qr: string;
}

/** Lines of a VAT invoice that nothing else holds; «--» where there is nothing to write. */
export interface VatInvoiceData {
  /** Line 1а. */
  correction: { number: string; date: string };
  /** Line 5. */
  payments: string;
  /** Line 5а. */
  shipment: string;
  /** Line 5б. */
  advances: string;
}

export interface UpdData {
  status: '1' | '2';
}
