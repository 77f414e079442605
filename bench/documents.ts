import type { Kopecks } from '../src/model/money.ts';
import type { DocumentType } from '../tools/samples/documents.ts';
import { fee, metered, total, type Usage } from '../tools/samples/month.ts';
import { isPerson } from './parties.ts';
import { draw, pick } from './random.ts';

/** Documents of a month, each made from its place alone: of ten contracts, nine have act, VAT invoice and bill, one an act. */

export const PERIOD = '2026-10';
/** Every document has three lines. */
export const LINES = 3;
/** Service that is sold without VAT, here and in the configuration. */
export const EXEMPT_SERVICE = 60;
export const CHARGE_SERVICE = 70;

const DOCUMENTS_OF_TEN = 28;
const KINDS: readonly DocumentType[] = ['2', '3', '1'];

const ASK = { fee: 21, measured: 22, quantity: 23, extra: 24, minutes: 25, license: 26 };
const FEES = ['600.00', '1200.00', '2400.00', '3600.00', '6000.00', '9100.50', '12000.00', '48000.00'];
const MEASURED = [
  [30, '1200.00'],
  [40, '300.00'],
  [50, '150.00'],
  [61, '490.90'],
] as const;

export interface BenchDocument {
  kind: 'bill' | 'invoice';
  id: number;
  contract: number;
  type: DocumentType;
  number: string;
  sum: Kopecks;
  lines: readonly Usage[];
}

/** @param index from 0; contracts follow one another */
export function documentAt(index: number): BenchDocument {
  const ten = Math.floor(index / DOCUMENTS_OF_TEN);
  const place = index % DOCUMENTS_OF_TEN;
  const contract = ten * 10 + Math.floor(place / 3);
  const type = KINDS[place % 3]!;
  const lines = usagesOf(contract);
  const ordinal = contract + 1;
  return {
    kind: type === '1' ? 'bill' : 'invoice',
    id: type === '1' ? ordinal : contract * 2 + (type === '2' ? 1 : 2),
    contract,
    type,
    number: type === '1' ? `${ordinal}/10` : type === '2' ? `А${ordinal}` : `${ordinal}`,
    sum: total(lines),
    lines,
  };
}

export function contractsOf(documents: number): number {
  return documents === 0 ? 0 : documentAt(documents - 1).contract + 1;
}

/** What a contract was charged for: a fee, something by the piece, and minutes, a licence or a connection. */
export function usagesOf(contract: number): readonly Usage[] {
  const [sid, price] = pick(MEASURED, ASK.measured, contract);
  return [
    fee(isPerson(contract) ? 20 : 22, pick(FEES, ASK.fee, contract)),
    metered(sid, String(draw(40, ASK.quantity, contract) + 1), price),
    extraOf(contract),
  ];
}

function extraOf(contract: number): Usage {
  switch (draw(20, ASK.extra, contract)) {
    case 0:
      return fee(CHARGE_SERVICE, '1800.00', { charge: true });
    case 1:
      return metered(EXEMPT_SERVICE, String(draw(30, ASK.license, contract) + 1), '90.00');
    default:
      return metered(41, `${draw(3000, ASK.minutes, contract) + 1}.4`, '0.61');
  }
}
