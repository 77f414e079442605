import type { SignerConfig } from '../../config/types.ts';
import type {
  Act,
  Contract,
  Counterparty,
  Document,
  Line,
  Organization,
  PaymentDocument,
  Service,
  Upd,
  VatInvoice,
} from '../../model/types.ts';

/** Документ/@Функция: VAT invoice; VAT invoice and act in one; act. */
export type UpdFunction = 'СЧФ' | 'СЧФДОП' | 'ДОП';

/** Documents that become files; a bill does not. */
export type UpdDocument = Act | VatInvoice | Upd;

/** What one file is made of. */
export interface UpdSource {
  document: UpdDocument;
  organization: Organization;
  counterparty: Counterparty;
  /** What the services are rendered under; absent: without a document (БезДокОснПер). */
  contract?: Contract;
  lines: UpdLine[];
  /** Payments that the document settles: line 5 of the VAT invoice. */
  payments: readonly PaymentDocument[];
  /** Present: the file replaces one of the same number and date (line 1а). */
  correction?: UpdCorrection;
}

export interface UpdLine {
  line: Line;
  service: Service;
}

export interface UpdCorrection {
  /** 1 to 999. */
  number: number;
  date: string;
  /** ИдФайл of the file that it replaces. */
  file?: string;
}

/** What the files of one run share. */
export interface UpdSetting {
  signer: SignerConfig;
  /** Participant of electronic exchange; without it ИНН and КПП stand in its place. */
  sender?: string | undefined;
  /** The buyer as a participant, as far as it is known. */
  receiver?: ((counterparty: Counterparty) => string | undefined) | undefined;
  formed: Moment;
}

/** When the files were formed: an ISO day, and the time as the format writes it (`12.30.00`). */
export interface Moment {
  date: string;
  time: string;
}

const MOSCOW_HOURS = 3;

/** The moment by the clocks of Moscow, wherever the program runs: the same instant gives the same file. */
export function moscowMoment(instant: Date): Moment {
  const text = new Date(instant.getTime() + MOSCOW_HOURS * 3_600_000).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 19).replaceAll(':', '.') };
}

/** What the functions differ in. */
export const FUNCTIONS: Readonly<Record<UpdFunction, { invoice: boolean; transfer: boolean }>> = {
  СЧФ: { invoice: true, transfer: false },
  СЧФДОП: { invoice: true, transfer: true },
  ДОП: { invoice: false, transfer: true },
};

/** An УПД without VAT is an act alone; an act that has a VAT invoice of its own stays an act. */
export function functionOf(document: UpdDocument): UpdFunction {
  if (document.record === 'vat-invoice') return 'СЧФ';
  return document.record === 'upd' && document.vatInvoiceUuid !== undefined ? 'СЧФДОП' : 'ДОП';
}

export function isUpdDocument(document: Document): document is UpdDocument {
  return document.record !== 'bill';
}
