import { sumText } from '../../model/money.ts';
import { firstDay, lastDay } from '../../model/period.ts';
import type { Counterparty, Organization, PaymentDocument } from '../../model/types.ts';
import { UNITS } from '../../model/units.ts';
import { russianDate } from '../../support/dates.ts';
import { priceText, quantityText, RATES, type TaxAmount, taxAmount } from './amounts.ts';
import { fileIdOf } from './file-id.ts';
import { splitPersonName } from './person-name.ts';
import {
  FUNCTIONS,
  functionOf,
  type UpdCorrection,
  type UpdDocument,
  type UpdFunction,
  type UpdSetting,
  type UpdSource,
} from './source.ts';

/** What the mapping looks at: texts as they stand in the file. */
export interface UpdView {
  id: string;
  function: UpdFunction;
  /** НаимДокОпр; a VAT invoice has none. */
  name: string | undefined;
  /** True where the file is a primary document too. */
  primary: boolean;
  formed: UpdSetting['formed'];
  document: UpdDocument;
  seller: PartyView;
  buyer: PartyView;
  payments: readonly PaymentDocument[];
  correction: UpdCorrection | undefined;
  /** Line 5а: what the services were rendered by. */
  shipping: DocumentReference[];
  account: string;
  contractNumber: string | undefined;
  lines: LineView[];
  total: { net: string; gross: string; tax: TaxAmount };
  transfer: TransferView | undefined;
  signer: UpdSetting['signer'];
}

/** A party under the words of УчастникТип: exactly one of the three identities is there. */
export interface PartyView {
  company?: { name: string; inn: string | undefined; kpp: string | undefined };
  trader?: { inn: string | undefined; ogrn: string | undefined; name: NameView };
  person?: { inn: string | undefined; name: NameView };
  address: string | undefined;
  bank: Organization['bank'] | undefined;
  fullName: string;
}

/** undefined: the card holds no full name; then `requisites.ts` has refused the document. */
type NameView = ReturnType<typeof splitPersonName>;

/** РеквДокТип. `date` is an ISO day. */
export interface DocumentReference {
  name: string;
  number: string;
  date: string;
}

export interface LineView {
  number: string;
  name: string;
  unit: string;
  unitName: string | undefined;
  quantity: string;
  price: string;
  net: string;
  rate: string;
  gross: string;
  tax: TaxAmount;
}

export interface TransferView {
  date: string;
  from: string;
  to: string;
  basis: DocumentReference[];
}

const UPD_NAME = 'Универсальный передаточный документ';
const ACT_NAME = 'Акт об оказании услуг';
const CONTRACT_NAME = 'Договор';

export function updView(source: UpdSource, setting: UpdSetting): UpdView {
  const { contract, document, lines } = source;
  const kind = functionOf(document);
  const { invoice, transfer } = FUNCTIONS[kind];
  const title = document.record === 'upd' ? UPD_NAME : ACT_NAME;
  const taxed = lines.some(({ line }) => line.rate !== 'none');
  return {
    id: fileIdOf(source, setting),
    function: kind,
    name: transfer ? title : undefined,
    primary: transfer,
    formed: setting.formed,
    document,
    seller: partyView(source.organization),
    buyer: partyView(source.counterparty),
    payments: source.payments,
    correction: source.correction,
    shipping: invoice ? [shippingOf(document, title)] : [],
    account: document.account,
    contractNumber: contract?.number,
    lines: lines.map(({ line, service }, index) => ({
      number: String(index + 1),
      name: line.content,
      unit: service.unit,
      unitName: UNITS[service.unit]?.short,
      quantity: quantityText(line),
      price: priceText(line),
      net: sumText(line.sum - line.vat),
      rate: RATES[line.rate],
      gross: sumText(line.sum),
      tax: taxAmount(line.vat, line.rate !== 'none'),
    })),
    total: {
      net: sumText(document.sum - document.vat),
      gross: sumText(document.sum),
      tax: taxAmount(document.vat, taxed),
    },
    transfer: transfer
      ? {
          date: russianDate(document.date),
          from: russianDate(firstDay(document.period)),
          to: russianDate(lastDay(document.period)),
          basis: contract?.date
            ? [{ name: CONTRACT_NAME, number: contract.number, date: contract.date }]
            : [],
        }
      : undefined,
    signer: setting.signer,
  };
}

/** A VAT invoice of its own names its act; an УПД is its own act. */
function shippingOf(document: UpdDocument, title: string): DocumentReference {
  return document.record === 'vat-invoice'
    ? { name: title, number: document.actNumber, date: document.actDate }
    : { name: title, number: document.number, date: document.date };
}

function partyView(party: Organization | Counterparty): PartyView {
  const { kind, fullName, inn, kpp, ogrn, address, bank } = party;
  const common = { fullName, address, bank };
  switch (kind) {
    case 'legal-entity':
      return { ...common, company: { name: fullName, inn, kpp } };
    case 'sole-trader':
      return { ...common, trader: { inn, ogrn, name: splitPersonName(fullName) } };
    case 'person':
      return { ...common, person: { inn, name: splitPersonName(fullName) } };
  }
}
