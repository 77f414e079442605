import { sumForPeople, sumText } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import type { BankAccount, Counterparty, Organization, Upd, VatInvoice } from '../../model/types.ts';
import { UNITS } from '../../model/units.ts';
import { daysInMonth, isoDate, russianDate } from '../../support/dates.ts';
import { divideHalfUp, formatDecimalShort } from '../../support/decimal.ts';
import type {
  BankData,
  BillData,
  FormData,
  FormName,
  PartyData,
  RowData,
  VatInvoiceData,
} from './form-data.ts';
import { codeSvg, type PaymentOrder, paymentCode } from './payment-code.ts';
import type { PrintSetting, PrintSource } from './source.ts';
import { totalsData } from './totals.ts';
import { longDate } from './words.ts';

type Taxed = PrintSource & { document: VatInvoice | Upd };

/** What stands in a line of a VAT invoice that there is nothing for. */
const NOTHING = '--';

const NAMES: Readonly<Record<FormName, string>> = {
  bill: 'Счёт на оплату',
  act: 'Акт',
  'vat-invoice': 'Счёт-фактура',
  upd: 'Универсальный передаточный документ',
};

/** A document → what its template sets. The figures are the record's own; nothing is computed anew but the price without tax. */
export function formData(source: PrintSource, setting: PrintSetting): FormData {
  const { document, organization, counterparty } = source;
  const { record: form, number, date } = document;
  const bank = organization.bank && bankData(organization.bank);
  return {
    form,
    title: `${NAMES[form]} № ${number} от ${longDate(date)}`,
    number,
    date: longDate(date),
    day: russianDate(date),
    period: `${periodName(document.period)} г.`,
    account: document.account,
    contract: contractText(source),
    created: {
      year: Number(date.slice(0, 4)),
      month: Number(date.slice(5, 7)),
      day: Number(date.slice(8, 10)),
    },
    seller: partyData(organization),
    buyer: partyData(counterparty),
    ...(bank && { bank }),
    rows: source.lines.map(rowData),
    totals: totalsData(document),
    signers: signersData(organization, setting),
    images: Object.fromEntries(setting.images.map((name) => [name, name])),
    ...(document.record === 'bill' && { bill: billData(source, setting) }),
    ...((document.record === 'vat-invoice' || document.record === 'upd') && {
      vatInvoice: vatInvoiceData({ ...source, document }),
    }),
    ...(document.record === 'upd' && { upd: { status: document.vatInvoiceUuid === undefined ? '2' : '1' } }),
  };
}

function contractText({ contract }: PrintSource): string {
  if (contract.number === '') return contract.name;
  return `Договор № ${contract.number}${contract.date === undefined ? '' : ` от ${russianDate(contract.date)}`}`;
}

function partyData(party: Organization | Counterparty): PartyData {
  const { fullName, inn = '', kpp = '', address = '' } = party;
  const parts = [fullName, inn && `ИНН ${inn}`, kpp && `КПП ${kpp}`, address];
  return {
    name: fullName,
    inn,
    kpp,
    innKpp: [inn, kpp].filter((part) => part !== '').join('/') || NOTHING,
    address,
    full: parts.filter((part) => part !== '').join(', '),
  };
}

function bankData({ account, bik, bankName = '', correspondentAccount = '' }: BankAccount): BankData {
  return { name: bankName, bik, account, correspondentAccount };
}

function rowData({ line, service }: PrintSource['lines'][number], index: number): RowData {
  const { quantity, price, sum, rate, vat } = line;
  const net = sum - vat;
  return {
    n: String(index + 1),
    code: service.id,
    name: line.content || service.fullName,
    unitCode: service.unit,
    unit: UNITS[service.unit]?.short ?? NOTHING,
    quantity: formatDecimalShort(quantity, 3).replace('.', ','),
    price: sumForPeople(price),
    priceNet: sumForPeople(divideHalfUp(net * 1000, quantity)),
    net: sumForPeople(net),
    rate: rate === 'none' ? 'без НДС' : `${rate}%`,
    vat: rate === 'none' ? 'без НДС' : sumForPeople(vat),
    sum: sumForPeople(sum),
  };
}

function signersData(
  organization: Organization,
  { head, accountant, registered }: PrintSetting,
): FormData['signers'] {
  const trader = organization.kind === 'sole-trader';
  const registration = [
    organization.ogrn && `ОГРНИП ${organization.ogrn}`,
    registered && russianDate(registered),
  ];
  return {
    head: head ?? { position: '', name: '', power: '' },
    accountant: { position: '', name: accountant ?? '', power: '' },
    registration: trader ? registration.filter(Boolean).join(', ') : '',
    trader,
  };
}

function billData(source: PrintSource, { dueDays, qr }: PrintSetting): BillData {
  const { document, organization, contract } = source;
  const { number } = document;
  const due =
    dueDays === undefined ? '' : `Оплатить не позднее: ${longDate(daysLater(document.date, dueDays))}`;
  const purpose = `Оплата по счёту № ${number} от ${russianDate(document.date)}, л/с ${document.account}, ${taxText(source)}`;
  const { bank } = organization;
  const order: PaymentOrder | undefined = bank && {
    name: organization.name,
    account: bank.account,
    bankName: bank.bankName ?? '',
    bik: bank.bik,
    correspondentAccount: bank.correspondentAccount,
    sum: document.sum,
    purpose,
    inn: organization.inn,
    kpp: organization.kpp,
    personalAccount: document.account,
    contract: contract.number,
    documentNumber: number,
    documentDate: document.date,
  };
  return { due, purpose, qr: qr && order && document.sum > 0 ? codeSvg(paymentCode(order)) : '' };
}

/** «в т. ч. НДС 1 133,00» or «без НДС». */
function taxText({ document }: PrintSource): string {
  return document.lines.every(({ rate }) => rate === 'none')
    ? 'без НДС'
    : `в т. ч. НДС ${sumText(document.vat)}`;
}

function vatInvoiceData({ document, advances = [] }: Taxed): VatInvoiceData {
  const { payments = [], correction, lines } = document;
  const listed = (references: readonly { number: string; date: string }[]): string =>
    references.map((one) => `№ ${one.number} от ${russianDate(one.date)}`).join('; ') || NOTHING;
  const rows = lines.length > 1 ? `1-${lines.length}` : '1';
  const [name, shipped, day] =
    document.record === 'vat-invoice'
      ? [NAMES.act, document.actNumber, document.actDate]
      : [NAMES.upd, document.number, document.date];
  return {
    correction: correction
      ? { number: String(correction.number), date: longDate(correction.date) }
      : { number: NOTHING, date: NOTHING },
    payments: listed(payments),
    shipment: `${name}, № п/п ${rows} № ${shipped || NOTHING} от ${russianDate(day)}`,
    advances: listed(advances),
  };
}

function daysLater(iso: string, days: number): string {
  let [year, month, day] = [
    Number(iso.slice(0, 4)),
    Number(iso.slice(5, 7)),
    Number(iso.slice(8, 10)) + days,
  ];
  for (let length = daysInMonth(year, month); day > length; length = daysInMonth(year, month)) {
    day -= length;
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  return isoDate(year, month, day);
}
