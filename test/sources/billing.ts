import { firstDay, lastDay, type Period, shiftPeriod } from '../../src/model/period.ts';
import type { TableName } from '../../src/sources/tables.ts';
import { divideHalfUp, formatDecimal } from '../../src/support/decimal.ts';
import {
  BIK,
  companyInn,
  companyOgrn,
  personInn,
  settlementAccount,
  traderOgrn,
} from '../../tools/samples/requisites.ts';

/** An invented installation of BGBilling over some months; loaded into a database or written as files, it is the same. */
export interface Billing {
  contracts: BillingContract[];
  months: BillingMonth[];
}

export interface BillingContract {
  id: number;
  title: string;
  business: boolean;
  short: string;
  full: string;
  inn: string;
  kpp: string;
  ogrn: string;
  bik: string;
  account: string;
  address: string;
  email: string;
  phones: string;
  comment: string;
  date1: string;
  date2: string;
  signed: string;
  mode: number;
  deleted: boolean;
  scid: number;
  subMode: number;
  mask: bigint;
  firm: number;
}

export interface BillingMonth {
  period: Period;
  accruals: { cid: number; sid: number; summa: string }[];
  charges: {
    id: number;
    dt: string;
    cid: number;
    pt: number;
    payback: number;
    summa: string;
    comment: string;
  }[];
  payments: { id: number; dt: string; cid: number; pt: number; summa: string; comment: string }[];
  bills: BillingDocument[];
  invoices: BillingDocument[];
}

export interface BillingDocument {
  id: number;
  cid: number;
  type: number;
  number: string;
  ordinal: number;
  date: string;
  sum: string;
}

export const FIRMS = [
  { id: 0, title: 'ООО "Башнет"' },
  { id: 1, title: 'ООО "Башнет Плюс"' },
];
export const GROUPS = [
  { id: 0, title: 'Интернет' },
  { id: 1, title: 'Физлица' },
  { id: 55, title: 'ЭДО' },
];
export const MODULES = [
  { id: 2, title: 'Разовые услуги', name: 'rscm' },
  { id: 3, title: 'Абонплаты', name: 'npay' },
];
export const SERVICES = [
  { id: 20, title: 'Абонплата «Интернет»', mid: 3, unit: 10000 },
  { id: 21, title: 'Выделенный IP', mid: 3, unit: 10000 },
  { id: 22, title: 'Подключение; разовое', mid: 2, unit: 0 },
];
export const CHARGE_TYPES = [
  { id: 10, title: 'Монтаж', payback: 0 },
  { id: 11, title: 'Возврат средств', payback: 1 },
];
export const PAYMENT_TYPES = [
  { id: 1, title: 'Банк', up: 0 },
  { id: 2, title: 'Расчётный счёт', up: 1 },
];
export const DOC_TYPES = [
  { id: 1, title: 'Счёт на оплату' },
  { id: 2, title: 'Акт выполненных работ' },
  { id: 3, title: 'Счёт-фактура' },
];
export const TARIFFS = [{ id: 7, title: 'Бизнес-100' }];
export const OPERATOR = { account: settlementAccount('40702', 1, BIK.ufa), bik: BIK.ufa };
export const USER = { id: 1, login: 'admin', name: 'Администратор' };
export const CHANGED = '2026-11-03 10:15:00';

/** What gives an installation its size. */
export interface BillingSize {
  /** First month and number of months. */
  from: Period;
  months: number;
  /** Legal entities beside the special contracts. */
  companies: number;
}

export const YEAR: BillingSize = { from: '2025-11', months: 12, companies: 12 };

export function makeBilling({ from, months, companies }: BillingSize): Billing {
  const contracts = [
    ...specials(),
    ...Array.from({ length: companies }, (_, index) => company(1001 + index, 100 + index)),
  ];
  const counters = { charge: 0, payment: 0, bill: 0, invoice: 0 };
  return {
    contracts,
    months: Array.from({ length: months }, (_, index) =>
      makeMonth(shiftPeriod(from, index), contracts, counters),
    ),
  };
}

function company(id: number, serial: number, more: Partial<BillingContract> = {}): BillingContract {
  const name = `Ромашка-${serial}; "Юг"`;
  return {
    id,
    title: `Ю-${String(id).padStart(4, '0')}`,
    business: true,
    short: `ООО «${name}»`,
    full: `Общество с ограниченной ответственностью «${name}»`,
    inn: companyInn(100 + serial),
    kpp: '027401001',
    ogrn: companyOgrn(100 + serial, 2010),
    bik: BIK.ufa,
    account: settlementAccount('40702', 500 + serial, BIK.ufa),
    address: `450077, Республика Башкортостан, г. Уфа, ул. Ленина, д. ${serial + 1}, оф. 1`,
    email: `buh${serial}@romashka.example\nБухгалтерия <glav${serial}@romashka.example>`,
    phones: `+7 347 200-00-${String(serial).padStart(2, '0')}`,
    comment: `ООО «${name}»`.slice(0, 100),
    date1: '2024-03-01',
    date2: '',
    signed: '2024-02-20',
    mode: serial % 2,
    deleted: false,
    scid: 0,
    subMode: 0,
    mask: 1n,
    firm: 0,
    ...more,
  };
}

/** Contracts that a naive reader loses or spoils. */
function specials(): BillingContract[] {
  const subOf = {
    short: '',
    full: '',
    inn: '',
    kpp: '',
    ogrn: '',
    bik: '',
    account: '',
    address: '',
    email: '',
    phones: '',
    signed: '',
  };
  return [
    company(301, 60, { scid: -1, mask: 2n ** 55n + 1n }),
    company(302, 61, { scid: 301, ...subOf, comment: 'точка 2' }),
    company(303, 62, { scid: 301, subMode: 1 }),
    company(310, 63, {
      short: 'ИП Сидоров П.А.',
      full: 'Индивидуальный предприниматель Сидоров Пётр Андреевич',
      inn: personInn(5),
      kpp: '',
      ogrn: traderOgrn(5, 2015),
      account: settlementAccount('40802', 5, BIK.ufa),
    }),
    // Ended, hidden, and yet with documents of the month.
    company(320, 64, { date2: '2026-06-30' }),
    company(321, 65, { deleted: true }),
    company(330, 66, { date1: '0000-00-00', date2: '0000-00-00', signed: '' }),
    company(340, 67, { firm: 1 }),
    company(341, 68, { firm: 1, mask: -(2n ** 63n) }),
    ...[401, 402].map((id, index) =>
      company(id, 80 + index, {
        business: false,
        short: `Иванова${index} Мария Петровна`,
        full: `Иванова${index} Мария Петровна`,
        inn: '',
        kpp: '',
        ogrn: '',
        bik: '',
        account: '',
        address: '',
        email: '',
        mask: 2n,
        comment: `Иванова${index} М.П.`,
      }),
    ),
  ];
}

type Counters = Record<'charge' | 'payment' | 'bill' | 'invoice', number>;

function makeMonth(period: Period, contracts: readonly BillingContract[], next: Counters): BillingMonth {
  const month: BillingMonth = { period, accruals: [], charges: [], payments: [], bills: [], invoices: [] };
  const index = Number(period.slice(5));
  for (const { id, business, scid, subMode } of contracts) {
    month.accruals.push({ cid: id, sid: 20, summa: `${1000 + (id % 97)}.00000` });
    if (id % 3 === 0)
      month.accruals.push({ cid: id, sid: 21, summa: `183.${String(index).padStart(2, '0')}500` });
    if (id === 330) month.accruals.push({ cid: id, sid: 22, summa: '-100.00000' });
    if (!business || (scid > 0 && subMode === 0)) continue;
    if (id % 5 === 0)
      month.charges.push({
        id: ++next.charge,
        dt: `${period}-12`,
        cid: id,
        pt: 10,
        payback: 0,
        summa: '1500.50',
        comment: 'выезд; кабель 40 м',
      });
    if (id % 7 === 0)
      month.charges.push({
        id: ++next.charge,
        dt: `${period}-20`,
        cid: id,
        pt: 11,
        payback: 1,
        summa: '200.00',
        comment: 'возврат',
      });
    if (id % 2 === 0)
      month.payments.push({
        id: ++next.payment,
        dt: `${period}-05`,
        cid: id,
        pt: 2,
        summa: '3000.00',
        comment: `п/п ${next.payment} от ${period}-05`,
      });
  }
  for (const contract of contracts)
    if (contract.business && !(contract.scid > 0 && contract.subMode === 0))
      addDocuments(month, contract, next);
  return month;
}

/** A bill on the first of the month, an act and its VAT invoice on the last. */
function addDocuments(month: BillingMonth, { id }: BillingContract, next: Counters): void {
  const family = id === 301 ? [301, 302] : [id];
  const accrued = month.accruals
    .filter(({ cid }) => family.includes(cid))
    .reduce((sum, { summa }) => sum + kopecks(summa), 0);
  const sold = month.charges
    .filter(({ cid, pt }) => cid === id && pt === 10)
    .reduce((sum, { summa }) => sum + Number(summa.replace('.', '')), 0);
  const sum = formatDecimal(accrued + sold, 2);
  const tail = (ordinal: number): string =>
    `${month.period.slice(2).replace('-', '')}${String(ordinal).padStart(4, '0')}`;
  const bill = ++next.bill;
  month.bills.push({
    id: bill,
    cid: id,
    type: 1,
    number: `С${tail(bill)}`,
    ordinal: bill,
    date: firstDay(month.period),
    sum,
  });
  const act = ++next.invoice;
  const invoice = ++next.invoice;
  const date = lastDay(month.period);
  month.invoices.push({ id: act, cid: id, type: 2, number: `А${tail(act)}`, ordinal: act, date, sum });
  month.invoices.push({ id: invoice, cid: id, type: 3, number: `Ф${tail(act)}`, ordinal: act, date, sum });
}

/** Five digits after the point → kopecks, each accrual by itself. */
function kopecks(summa: string): number {
  return divideHalfUp(Number(summa.replace('.', '')), 1000);
}

export type Rows = Record<string, string>[];
export type Tables = Record<Exclude<TableName, 'document_lines'>, Rows>;

/** Nobody owes anything, and nobody has anything left. */
export function balancesOf(contracts: readonly BillingContract[], month: BillingMonth) {
  const nothing = '0.00';
  return contracts
    .filter((contract) => isNeeded(contract, month))
    .map(({ id }) => ({
      cid: id,
      saldo_in: nothing,
      payments: nothing,
      accruals: nothing,
      charges: nothing,
      saldo_out: nothing,
    }));
}

/** Payments of the month and of the three before it: what may settle its documents. */
function paymentsUpTo(months: readonly BillingMonth[], period: Period) {
  return months
    .filter((one) => one.period <= period && one.period >= shiftPeriod(period, -3))
    .flatMap(({ payments }) => payments);
}

/** The month as the tables of an export: what every source has to give. */
export function tablesOf({ contracts, months }: Billing, period: Period): Tables {
  const month = months.find((one) => one.period === period)!;
  const needed = contracts.filter((contract) => isNeeded(contract, month));
  const [yy, mm] = [period.slice(0, 4), String(Number(period.slice(5)))];
  const text = (values: Record<string, string | number | bigint>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  return {
    clients: needed.map((one) =>
      text({
        cid: one.id,
        contract_title: one.title,
        fc: Number(one.business),
        scid: one.scid,
        sub_mode: one.subMode,
        contract_comment: one.comment,
        name_short: one.short || one.comment,
        name_full: one.full || one.comment,
        inn: one.inn,
        kpp: one.kpp,
        ogrn: one.ogrn,
        bank_bik: one.bik,
        bank_account: one.account,
        legal_address: one.address,
        email: one.email,
        phones: one.phones,
      }),
    ),
    contracts: needed.map((one) =>
      text({
        cid: one.id,
        contract_title: one.title,
        contract_date: one.signed || one.date1,
        date1: one.date1,
        date2: one.date2,
        mode: one.mode,
        fc: Number(one.business),
        status: 0,
        scid: one.scid,
        sub_mode: one.subMode,
        group_mask: one.mask,
        pgid: one.business ? 2 : 1,
        firm_id: one.firm,
        firm_title: FIRMS.find(({ id }) => id === one.firm)!.title,
        groups_titles: GROUPS.filter(({ id }) => (BigInt.asUintN(64, one.mask) >> BigInt(id)) & 1n)
          .map(({ title }) => title)
          .join('|'),
        tariffs: one.business ? TARIFFS[0]!.title : '',
      }),
    ),
    services: SERVICES.map(({ id, title, mid, unit }) => {
      const module = MODULES.find((one) => one.id === mid)!;
      return text({
        sid: id,
        title,
        mid,
        module_name: module.name,
        module_title: module.title,
        unit,
        isusing: 1,
      });
    }),
    accruals: month.accruals.map(({ cid, sid, summa }) => {
      const { scid, subMode } = contracts.find(({ id }) => id === cid)!;
      return text({
        yy,
        mm,
        cid: scid > 0 && subMode === 0 ? scid : cid,
        src_cid: cid,
        sid,
        service_title: SERVICES.find(({ id }) => id === sid)!.title,
        summa_raw: summa,
        summa: formatDecimal(kopecks(summa), 2),
      });
    }),
    charges: month.charges.map((one) =>
      text({
        ...one,
        charge_type: CHARGE_TYPES.find(({ id }) => id === one.pt)!.title,
        uid: USER.id,
        lm: CHANGED,
      }),
    ),
    payments: paymentsUpTo(months, period).map((one) =>
      text({
        ...one,
        payment_type: 'Расчётный счёт',
        payment_group: 'Банк',
        uid: USER.id,
        user_name: USER.name,
        lm: CHANGED,
      }),
    ),
    balances: balancesOf(contracts, month).map(text),
    documents: [
      ...month.bills.map((one) => ({ one, kind: 'bill' })),
      ...month.invoices.map((one) => ({ one, kind: 'invoice' })),
    ].map(({ one, kind }) =>
      text({
        kind,
        id: one.id,
        cid: one.cid,
        doc_type_id: one.type,
        doc_type: DOC_TYPES.find(({ id }) => id === one.type)!.title,
        format_number: one.number,
        number: one.ordinal,
        number_in_month: one.ordinal,
        number_in_year: one.ordinal,
        create_dt: one.date,
        yy,
        mm,
        summ: one.sum,
        unload_status: 0,
        ...(kind === 'bill'
          ? {
              npid: 1,
              status: 0,
              payment_id: 0,
              pay_dt: '0000-00-00',
              op_account: OPERATOR.account,
              op_bik: OPERATOR.bik,
            }
          : { npid: 2, show_ready: 1 }),
      }),
    ),
  };
}

/** Alive in the month, or named by something of the month. */
function isNeeded(
  { id, date1, date2, deleted, scid }: BillingContract,
  { period, accruals, bills }: BillingMonth,
): boolean {
  const alive =
    !deleted && date1 <= lastDay(period) && (date2 === '' || date2 < '1000' || date2 >= firstDay(period));
  return (
    alive || scid === -1 || accruals.some(({ cid }) => cid === id) || bills.some(({ cid }) => cid === id)
  );
}
