import type {
  Act,
  BankAccount,
  Bill,
  Contract,
  Counterparty,
  Line,
  Organization,
  PaymentDocument,
  Service,
  Upd,
  VatInvoice,
} from '../../../model/types.ts';

/**
 * The canonical model as a message tells it: whatever it is silent about is absent. What no version has a place for is
 * not even named here: BGBilling's ids and keys, the period, the personal account as a field of its own, prepayment, the
 * code and address of our organisation, names of banks.
 */
type Told<R, K extends keyof R> = Partial<Pick<R, K>>;

export type ToldOrganization = Told<Organization, 'uuid' | 'kind' | 'name' | 'fullName' | 'inn' | 'kpp'>;

export interface ToldCounterparty extends Told<Counterparty, Exclude<keyof Counterparty, 'record' | 'bank'>> {
  record: 'counterparty';
  bank?: Told<BankAccount, 'uuid' | 'account' | 'bik'>;
}

/** A full object: the counterparty names the same account in its own keys from 1.3 on. */
export interface ToldBankAccount extends Told<BankAccount, 'uuid' | 'account' | 'bik'> {
  record: 'bank-account';
  /** UUID of the counterparty. */
  owner?: string;
}

export interface ToldContract extends Told<Contract, 'uuid' | 'counterparty' | 'number' | 'date' | 'name'> {
  record: 'contract';
  organization?: ToldOrganization;
}

export interface ToldService extends Told<Service, 'uuid' | 'name' | 'fullName' | 'group' | 'unit'> {
  record: 'service';
}

export type ToldLine = Partial<Line>;

interface ToldDocumentBase {
  uuid?: string;
  number?: string;
  date?: string;
  counterparty?: string;
  contract?: string;
  organization?: ToldOrganization;
  sum?: number;
  vat?: number;
  comment?: string;
}

/** Acts, bills, and the act's half of an УПД. */
export interface ToldSale extends ToldDocumentBase {
  record: Act['record'] | Bill['record'] | Upd['record'];
  /** False where sums of lines are without VAT. */
  vatIncluded: boolean;
  /** Services alone. */
  lines: ToldLine[];
  /** The document has goods too, so that its sum is more than that of its lines. */
  hasGoods: boolean;
}

/**
 * VAT invoices have no lines in 1C: theirs are those of the act. Half of an УПД is told so too. The act is absent where
 * the invoice stands for several documents.
 */
export interface ToldVatInvoice extends ToldDocumentBase, Told<VatInvoice, 'act' | 'actNumber' | 'actDate'> {
  record: VatInvoice['record'];
  /** Line 5, without sums. */
  payments?: Told<PaymentDocument, 'number' | 'date'>[];
}

export type ToldRecord =
  | ToldCounterparty
  | ToldBankAccount
  | ToldContract
  | ToldService
  | ToldSale
  | ToldVatInvoice;
