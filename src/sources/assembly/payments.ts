import type { PaymentsConfig } from '../../config/formation.ts';
import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { settle } from '../../model/payments.ts';
import type { PaymentDocument } from '../../model/types.ts';
import { parseDate, russianDate } from '../../support/dates.ts';
import { cellReader } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import { type Draft, unreadable } from './drafts.ts';
import type { ContractRows } from './month.ts';
import { type RowRefs, refs } from './sourced.ts';

/** A payment of a contract, with the document that the bank made of it. */
interface ContractPayment {
  day: string;
  sum: Kopecks;
  document: { number: string; date: string } | undefined;
  id: string;
  where: FaultWhere;
  rows: RowRefs;
}

/** What a prepaid contract has paid, and what it had before the month. */
export interface ContractMoney {
  payments: readonly ContractPayment[];
  /** Undefined where the export tells no balance. */
  opening: Kopecks | undefined;
  rows: RowRefs;
}

/** A payment document is at most so long (СвПРД of УПД 5.03; 1C: НомерВходящегоДокумента 20 to 30). */
const NUMBER_LIMIT = 30;

/**
 * What does not read in a row of payments or balances is a warning: no document is left out for it, and one whose line 5
 * then is empty is held back where it would be sent (design §10).
 */
export function rowReport(
  table: 'payments' | 'balances',
  report: (found: Fault) => void,
): (found: Fault) => void {
  return (found) => {
    const { severity, message: reason, source } = found;
    const values = { table: ROWS[table], reason };
    report(severity === 'error' ? fault('BG1C-PAYMENT-ROW', values, { source }) : found);
  };
}

const ROWS = { payments: 'платежей (payments)', balances: 'остатков (balances)' } as const;

/** Reads what was put aside for a prepaid contract; a payment that does not read is said and left. */
export function contractMoney(rows: ContractRows, context: AssemblyContext): ContractMoney {
  const { source, config, report } = context;
  const read = cellReader(source, 'payments', rowReport('payments', report));
  const payments = rows.payments.flatMap((row): ContractPayment[] => {
    const cells = read(row);
    const day = cells.requiredDate('dt');
    const sum = cells.decimal('summa', 2);
    const id = cells.id('id');
    if (day === undefined || sum === undefined || id === undefined) return [];
    const document = paymentDocument(cells.text('comment'), { id, day }, config.payments);
    return [{ day, sum, document, id, where: cells.where('comment'), rows: refs('payments', [row]) }];
  });
  payments.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : Number(a.id) - Number(b.id)));
  const balances = rows.balances.map((row) =>
    cellReader(source, 'balances', rowReport('balances', report))(row).decimal('saldo_in', 2),
  );
  const known = balances.filter((balance) => balance !== undefined);
  const opening = known.length > 0 ? known.reduce((sum, balance) => sum + balance, 0) : undefined;
  return { payments, opening, rows: refs('balances', rows.balances) };
}

/** Number and date that the payment's comment tells of the bank's document, by the rules of the settings. */
function paymentDocument(
  comment: string,
  { id, day }: { id: string; day: string },
  { documents, otherwise }: PaymentsConfig,
): ContractPayment['document'] {
  for (const expression of documents) {
    const { number, date } = expression.exec(comment)?.groups ?? {};
    if (number !== undefined && number !== '' && number.length <= NUMBER_LIMIT)
      return { number, date: (date && parseDate(date)) || day };
  }
  return otherwise === 'id' ? { number: id, date: day } : undefined;
}

/**
 * Ties payments to the acts of a prepaid contract (model/payments.ts), also to those without VAT, which take their share.
 * @param acts in the order of their days
 */
export function settleActs(
  acts: readonly Draft[],
  { payments, opening }: ContractMoney,
  { period }: AssemblyContext,
): Map<Draft, SettledPayment[]> {
  const settled = acts.filter((act) => !unreadable(act) && act.sum > 0);
  const shares = settle(
    payments,
    settled.map(({ date, sum }) => ({ day: date, sum })),
    period,
    opening,
  );
  return new Map(
    settled.map((act, index) => [
      act,
      shares[index]!.map(({ payment, sum }) => ({ payment: payments[payment]!, sum })),
    ]),
  );
}

/** What of a payment settles an act. */
export interface SettledPayment {
  payment: ContractPayment;
  sum: Kopecks;
}

/** Line 5 of the VAT invoice of an act; what it lacks is said. Parts of one payment document are one entry. */
export function linesOfPayments(
  act: Draft,
  settled: readonly SettledPayment[],
  contract: string,
): { payments?: PaymentDocument[]; rows: RowRefs[] } {
  const { number, report } = act;
  const documents = new Map<string, PaymentDocument>();
  for (const { payment, sum } of settled) {
    const { document, id, day, where } = payment;
    if (!document) {
      report(
        fault('BG1C-PAYMENT-NUMBER', { number, id, date: russianDate(day), sum: sumForPeople(sum) }, where),
      );
      continue;
    }
    const key = `${document.number} ${document.date}`;
    const known = documents.get(key);
    documents.set(key, known ? { ...known, sum: known.sum + sum } : { ...document, sum });
  }
  const payments = [...documents.values()];
  const told = payments.reduce((sum, one) => sum + one.sum, 0);
  const values = { number, contract, sum: sumForPeople(act.sum) };
  if (payments.length === 0) report(fault('BG1C-PAYMENTS-MISSING', values, act.where('number')));
  else if (told < act.sum)
    report(fault('BG1C-PAYMENTS-PART', { ...values, paid: sumForPeople(told) }, act.where('number')));
  return {
    ...(payments.length > 0 && { payments }),
    rows: settled.filter(({ payment }) => payment.document).map(({ payment }) => payment.rows),
  };
}
