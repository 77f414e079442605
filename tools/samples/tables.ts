import { rateText, vatInside } from '../../src/model/vat.ts';
import { columnsOf, type TableName } from '../../src/sources/tables.ts';
import { russianDate } from '../../src/support/dates.ts';
import { formatDecimal, formatDecimalShort } from '../../src/support/decimal.ts';
import { DOCUMENT_TYPES, documentsOf, type SampleDocument } from './documents.ts';
import { kopecks, type Month, merge, payerOf, rateOf, type Subscriber, total, type Usage } from './month.ts';
import { PROVIDER } from './provider.ts';
import { MODULES, SERVICES, serviceOf } from './services.ts';

export type Row = Record<string, string>;
export interface ExportTable {
  columns: string[];
  rows: Row[];
}
export type ExportTables = Record<TableName | 'balances', ExportTable>;

const BALANCES = ['cid', 'saldo_in', 'payments', 'accruals', 'charges', 'saldo_out'];
/** BGBilling's groups: the mask has a bit for each; ids go up to 55 and more. */
const GROUPS: readonly (readonly [string, bigint])[] = [
  ['Юрлица', 1n],
  ['Физлица', 2n],
  ['Бюджет', 5n],
  ['Служебные', 7n],
  ['ЭДО', 55n],
];

/** The nine tables that BGBilling's queries give for the month. */
export function exportOf(month: Month): ExportTables {
  const documents = documentsOf(month);
  const table = (name: TableName, rows: Row[], extra: string[] = []): ExportTable => ({
    columns: [...columnsOf(name).map((column) => column.name), ...extra],
    rows,
  });
  return {
    clients: table('clients', month.subscribers.map(clientRow), ['account']),
    contracts: table(
      'contracts',
      month.subscribers.map((subscriber) => contractRow(month, subscriber)),
    ),
    services: table('services', SERVICES.map(serviceRow)),
    accruals: table('accruals', accrualRows(month)),
    charges: table('charges', chargeRows(month)),
    payments: table('payments', paymentRows(month, documents)),
    balances: { columns: BALANCES, rows: balanceRows(month) },
    documents: table('documents', documentRows(month, documents)),
    document_lines: table(
      'document_lines',
      documents
        .filter(({ detailed }) => detailed)
        .sort(byKind)
        .flatMap((one) => lineRows(month, one)),
    ),
  };
}

function clientRow({ cid, account, contract, relation, party }: Subscriber): Row {
  return {
    cid: String(cid),
    contract_title: contract,
    fc: party.business ? '1' : '0',
    ...relationCells(relation),
    // The comment is varchar(100): long names stand there cut.
    contract_comment: party.short.slice(0, 100),
    name_short: party.short,
    name_full: party.full,
    inn: party.inn,
    kpp: party.kpp,
    ogrn: party.ogrn,
    bank_bik: party.bik,
    bank_account: party.account,
    legal_address: party.address,
    email: party.email,
    phones: party.phones,
    account,
  };
}

function contractRow(month: Month, subscriber: Subscriber): Row {
  const { cid, contract, signed, ended, party, prepaid, suspended, relation } = subscriber;
  const groups = subscriber.groups ?? [party.business ? 'Юрлица' : 'Физлица'];
  const mask = GROUPS.reduce((sum, [title, id]) => (groups.includes(title) ? sum + (1n << id) : sum), 0n);
  return {
    cid: String(cid),
    contract_title: contract,
    contract_date: signed ? dateText(month, signed) : '0000-00-00',
    date1: signed || '0000-00-00',
    date2: ended ?? '',
    mode: prepaid ? '1' : '0',
    fc: party.business ? '1' : '0',
    status: suspended ? '4' : '0',
    ...relationCells(relation),
    group_mask: String(mask),
    pgid: party.business ? '2' : '1',
    firm_id: subscriber.firm ?? '0',
    firm_title: '',
    groups_titles: groups.join('|'),
    tariffs: subscriber.tariff ?? (party.business ? 'Бизнес-100' : 'Домашний-200'),
  };
}

function relationCells(relation: Subscriber['relation']): Row {
  if (typeof relation !== 'object') return { scid: relation === 'super' ? '-1' : '0', sub_mode: '0' };
  return { scid: String(relation.superContract), sub_mode: relation.balance === 'dependent' ? '0' : '1' };
}

function serviceRow({ sid, title, mid, unit, outOfUse }: (typeof SERVICES)[number]): Row {
  const { name, title: moduleTitle } = MODULES[mid];
  return {
    sid: String(sid),
    title,
    mid: String(mid),
    module_name: name,
    module_title: moduleTitle,
    unit,
    isusing: outOfUse ? '0' : '1',
  };
}

function accrualRows(month: Month): Row[] {
  const [yy, mm] = [month.period.slice(0, 4), String(Number(month.period.slice(5)))];
  return month.subscribers.flatMap((subscriber) =>
    accruedBy(subscriber).map(({ sid, sum, raw }) => ({
      yy,
      mm,
      cid: String(payerOf(subscriber)),
      src_cid: String(subscriber.cid),
      sid: String(sid),
      service_title: serviceOf(sid).title,
      summa_raw: (raw ?? formatDecimal(sum * 1000, 5)).replace('.', month.style.decimal),
      summa: money(month, sum),
    })),
  );
}

/** Accruals of a contract: everything but one-off charges, a row a service. */
function accruedBy({ acts, accrued = [] }: Subscriber): Usage[] {
  return merge([...acts.flat(), ...accrued].filter(({ charge }) => !charge));
}

function chargeRows(month: Month): Row[] {
  const rows = month.subscribers.flatMap(({ cid, acts, paidBack }) => {
    const sales = acts.flat().filter(({ charge }) => charge);
    const row = (pt: string, title: string, payback: string, summa: string, comment: string): Row => {
      const dt = `${month.period}-12`;
      return {
        dt,
        cid: String(cid),
        pt,
        charge_type: title,
        payback,
        summa,
        comment,
        uid: '1',
        lm: `${dt} 14:05:17`,
      };
    };
    return [
      ...sales.map(({ sum }) =>
        row('10', 'Подключение', '0', money(month, sum), 'выезд бригады; кабель 40 м'),
      ),
      ...(paidBack
        ? [row('11', 'Возврат средств', '1', money(month, kopecks(paidBack)), 'по заявлению')]
        : []),
    ];
  });
  return rows.map((row, index) => ({ ...row, id: String(index + 1) }));
}

function paymentRows(month: Month, documents: readonly SampleDocument[]): Row[] {
  const day = `${month.period}-05`;
  const payers = month.subscribers.filter(({ paid }) => paid !== undefined);
  const single = month.subscribers.flatMap(({ cid, payments = [] }) =>
    payments.map((payment) => ({ cid, ...payment })),
  );
  const onDay = payers.map(({ cid, party, paid }, index) => {
    const bill = documents.find((document) => document.kind === 'bill' && document.cid === cid);
    const order = `п/п ${118 + index} от ${russianDate(day)}${bill ? `; оплата по счёту ${bill.number}` : ''}`;
    const type = party.business
      ? { pt: '3', payment_type: 'Расчётный счёт', payment_group: 'Банк', comment: order }
      : {
          pt: '5',
          payment_type: 'Банковская карта',
          payment_group: 'Платежные системы',
          comment: `tx ${998_800 + index}`,
        };
    return {
      id: String(index + 1),
      dt: day,
      cid: String(cid),
      ...type,
      summa: money(month, kopecks(paid!)),
      uid: '1',
      user_name: 'admin',
      lm: `${day} 09:12:44`,
    };
  });
  const oneByOne = single.map(
    ({ cid, day: dt, sum, comment }, index): Row => ({
      id: String(onDay.length + index + 1),
      dt,
      cid: String(cid),
      pt: '3',
      payment_type: 'Расчётный счёт',
      payment_group: 'Банк',
      summa: money(month, kopecks(sum)),
      comment,
      uid: '1',
      user_name: 'admin',
      lm: `${dt} 09:12:44`,
    }),
  );
  return [...onDay, ...oneByOne];
}

/** What a subscriber paid within the month. */
function paidIn(month: Month, { paid = '0', payments = [] }: Subscriber): number {
  return payments
    .filter(({ day }) => day.startsWith(month.period))
    .reduce((sum, payment) => sum + kopecks(payment.sum), kopecks(paid));
}

function balanceRows(month: Month): Row[] {
  return month.subscribers
    .filter((subscriber) => payerOf(subscriber) === subscriber.cid)
    .map((subscriber) => {
      const { cid, opening = '0', paidBack = '0' } = subscriber;
      const paid = paidIn(month, subscriber);
      const family = month.subscribers.filter((other) => payerOf(other) === cid);
      const accruals = total(family.flatMap(accruedBy));
      const charges = total(subscriber.acts.flat().filter(({ charge }) => charge)) - kopecks(paidBack);
      return {
        cid: String(cid),
        saldo_in: money(month, kopecks(opening)),
        payments: money(month, paid),
        accruals: money(month, accruals),
        charges: money(month, charges),
        saldo_out: money(month, kopecks(opening) + paid - accruals - charges),
      };
    });
}

function documentRows(month: Month, documents: readonly SampleDocument[]): Row[] {
  const [yy, mm] = [month.period.slice(0, 4), String(Number(month.period.slice(5)))];
  const payments = month.subscribers.filter(({ paid }) => paid !== undefined);
  return [...documents].sort(byKind).map((document) => {
    const { kind, id, cid, type, number, ordinal, date, sum } = document;
    const payment = payments.findIndex((subscriber) => subscriber.cid === cid);
    const paid = payment >= 0 && kopecks(payments[payment]!.paid!) >= sum;
    const inMonth = documents.filter((one) => one.type === type && one.id <= id).length;
    const own: Row =
      kind === 'bill'
        ? {
            npid: '1',
            status: paid ? '1' : '0',
            pay_dt: paid ? dateText(month, `${month.period}-05`) : '',
            payment_id: paid ? String(payment + 1) : '0',
            show_ready: '',
            op_account: PROVIDER.bank.account,
            op_bik: PROVIDER.bank.bik,
          }
        : { npid: '2', status: '', pay_dt: '', payment_id: '', show_ready: '1', op_account: '', op_bik: '' };
    return {
      kind,
      id: String(id),
      cid: String(cid),
      doc_type_id: type,
      doc_type: DOCUMENT_TYPES[type],
      format_number: number,
      number: String(ordinal),
      number_in_month: String(inMonth),
      number_in_year: String(ordinal),
      create_dt: date,
      yy,
      mm,
      summ: money(month, sum),
      unload_status: '0',
      ...own,
    };
  });
}

function lineRows(month: Month, document: SampleDocument): Row[] {
  return document.lines.map(({ sid, sum, quantity, price }, index) => {
    const rate = rateOf(month, document.cid, sid);
    const { title, measure } = serviceOf(sid);
    return {
      kind: document.kind,
      doc_id: String(document.id),
      line_no: String(index + 1),
      format_number: document.number,
      sid: String(sid),
      service_title: title,
      qty: formatDecimalShort(quantity, 3).replace('.', month.style.decimal),
      unit: measure,
      price: price?.replace('.', month.style.decimal) ?? money(month, sum),
      line_summ: money(month, sum),
      vat_rate: rateText(rate),
      vat_sum: rate === 'none' ? '' : money(month, vatInside(sum, rate)),
      doc_summ: money(month, document.sum),
      diff: money(month, total(document.lines) - document.sum),
    };
  });
}

/** The order of BGBilling's query: bills, then invoices, by id. */
function byKind(a: SampleDocument, b: SampleDocument): number {
  return a.kind === b.kind ? a.id - b.id : a.kind === 'bill' ? -1 : 1;
}

function money(month: Month, sum: number): string {
  return formatDecimal(sum, 2, month.style.decimal);
}

/** Parameters of the type «date» are shown the Russian way, columns of the database the ISO way. */
function dateText(month: Month, iso: string): string {
  return month.style.dates === 'mixed' ? russianDate(iso) : iso;
}
