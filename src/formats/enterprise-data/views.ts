import type {
  Contract,
  Correction,
  Counterparty,
  Document,
  Line,
  Organization,
  Service,
} from '../../model/types.ts';
import type { VatRate } from '../../model/vat.ts';

/** What the mappings look at: a record together with what it refers to. */

export interface ContractView {
  contract: Contract;
  counterparty: Counterparty;
  organization: Organization;
}

export interface BankAccountView {
  counterparty: Counterparty;
  bank: NonNullable<Counterparty['bank']>;
}

export interface LineView {
  number: number;
  line: Line;
  service: Service;
}

export interface DocumentView<D extends Document = Document> extends ContractView {
  document: D;
  /** UUID of the object in 1C: an УПД is two objects. */
  uuid: string;
  lines: LineView[];
}

/** The VAT invoice as 1C knows it, whether it stands alone or is half of an УПД. */
export interface VatInvoiceView extends DocumentView {
  act: { uuid: string; number: string; date: string };
  correction?: Correction | undefined;
}

/** The only rate of a document, or undefined when there are several. */
export function singleRate(document: Document): VatRate | undefined {
  const rates = new Set(document.lines.map(({ rate }) => rate));
  return rates.size === 1 ? document.lines[0]!.rate : undefined;
}

export function isTaxed(document: Document): boolean {
  return document.lines.some(({ rate }) => rate !== 'none');
}

/** The comment of a document: 1C has no field for a personal account. */
export function documentComment({ account, number }: Contract): string {
  return `Лицевой счёт ${account}, договор № ${number}`;
}
