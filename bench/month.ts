import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { lastDay } from '../src/model/period.ts';
import { GENERAL_RATE, rateOn, rateText, vatInside } from '../src/model/vat.ts';
import { columnsOf, type TableName } from '../src/sources/tables.ts';
import { formatDecimal, formatDecimalShort } from '../src/support/decimal.ts';
import { configText } from '../tools/samples/config.ts';
import { DOCUMENT_TYPES } from '../tools/samples/documents.ts';
import type { Usage } from '../tools/samples/month.ts';
import { MODULES, SERVICES, serviceOf } from '../tools/samples/services.ts';
import type { Row } from '../tools/samples/tables.ts';
import { contractsOf, documentAt, EXEMPT_SERVICE, LINES, PERIOD, usagesOf } from './documents.ts';
import { partyOf } from './parties.ts';
import { draw, shuffled } from './random.ts';

/** A table to be written: how many rows, and the row at an index. */
interface BenchTable {
  rows: number;
  row: (index: number) => Row | undefined;
  extra?: readonly string[];
}

export interface WrittenMonth {
  /** Folder of the CSV files. */
  input: string;
  /** bg1c.yaml */
  config: string;
  documents: number;
  contracts: number;
  /** Rows and bytes of all files. */
  rows: number;
  bytes: number;
}

const [YEAR, MONTH] = [PERIOD.slice(0, 4), String(Number(PERIOD.slice(5)))];
const RATE = rateOn(GENERAL_RATE, lastDay(PERIOD))!;
const PAID = 31;
const BUFFER_ROWS = 2000;

/**
 * Writes a month of so many documents as BGBilling exports it: windows-1251, CRLF, decimal commas, the rows of every
 * table out of order. The same number always gives the same bytes; memory does not grow with it.
 */
export function writeMonth(folder: string, documents: number): WrittenMonth {
  const input = join(folder, 'in');
  mkdirSync(input, { recursive: true });
  const config = join(folder, 'bg1c.yaml');
  writeFileSync(
    config,
    configText({ format: '1.20', bill: 'ЗаказКлиента', upd: false, exempt: [{ service: EXEMPT_SERVICE }] }),
  );
  let rows = 0;
  let bytes = 0;
  for (const [table, content] of Object.entries(tablesOf(documents)) as [TableName, BenchTable][]) {
    const written = writeTable(join(input, `${table}.csv`), table, content);
    rows += written.rows;
    bytes += written.bytes;
  }
  return { input, config, documents, contracts: contractsOf(documents), rows, bytes };
}

function tablesOf(documents: number): Record<TableName, BenchTable> {
  const contracts = contractsOf(documents);
  return {
    clients: { rows: contracts, row: clientRow, extra: ['account'] },
    contracts: { rows: contracts, row: contractRow },
    services: { rows: SERVICES.length, row: serviceRow },
    accruals: { rows: contracts * LINES, row: accrualRow },
    charges: { rows: contracts, row: chargeRow },
    payments: { rows: contracts, row: paymentRow },
    balances: { rows: contracts, row: (contract) => ({ cid: cidOf(contract), saldo_in: '0,00' }) },
    documents: { rows: documents, row: documentRow },
    document_lines: { rows: documents * LINES, row: lineRow },
  };
}

function cidOf(contract: number): string {
  return String(1000 + contract);
}

function clientRow(contract: number): Row {
  const { business, short, full, inn, kpp, ogrn, bik, account, address, email, phones } = partyOf(contract);
  return {
    cid: cidOf(contract),
    contract_title: titleOf(contract),
    fc: business ? '1' : '0',
    scid: '0',
    sub_mode: '0',
    contract_comment: short,
    name_short: short,
    name_full: full,
    inn,
    kpp,
    ogrn,
    bank_bik: bik,
    bank_account: account,
    legal_address: address,
    email,
    phones,
    account: String(100_000 + contract),
  };
}

function titleOf(contract: number): string {
  return `Д${contract + 1}/${20 + (contract % 6)}`;
}

function contractRow(contract: number): Row {
  const { business } = partyOf(contract);
  const signed = `202${contract % 6}-0${(contract % 9) + 1}-${10 + (contract % 18)}`;
  return {
    cid: cidOf(contract),
    contract_title: titleOf(contract),
    contract_date: signed,
    date1: signed,
    date2: '',
    mode: contract % 3 === 0 ? '1' : '0',
    fc: business ? '1' : '0',
    status: '0',
    scid: '0',
    sub_mode: '0',
    group_mask: business ? '2' : '4',
    pgid: business ? '2' : '1',
    firm_id: '0',
    firm_title: '',
    groups_titles: business ? 'Юрлица' : 'Физлица',
    tariffs: business ? 'Бизнес-100' : 'Домашний-200',
  };
}

function serviceRow(index: number): Row {
  const { sid, title, mid, unit } = SERVICES[index]!;
  const { name, title: moduleTitle } = MODULES[mid];
  return {
    sid: String(sid),
    title,
    mid: String(mid),
    module_name: name,
    module_title: moduleTitle,
    unit,
    isusing: '1',
  };
}

function accrualRow(index: number): Row | undefined {
  const contract = Math.floor(index / LINES);
  const { sid, sum, charge } = usagesOf(contract)[index % LINES]!;
  if (charge) return undefined;
  return {
    yy: YEAR,
    mm: MONTH,
    cid: cidOf(contract),
    src_cid: cidOf(contract),
    sid: String(sid),
    service_title: serviceOf(sid).title,
    summa_raw: formatDecimal(sum * 1000, 5, ','),
    summa: money(sum),
  };
}

function chargeRow(contract: number): Row | undefined {
  const usage = usagesOf(contract).find(({ charge }) => charge);
  return (
    usage && {
      id: String(contract + 1),
      dt: `${PERIOD}-12`,
      cid: cidOf(contract),
      pt: '10',
      charge_type: 'Подключение',
      payback: '0',
      summa: money(usage.sum),
      comment: 'выезд бригады; кабель 40 м',
      uid: '1',
      lm: `${PERIOD}-12 14:05:17`,
    }
  );
}

/** Six of ten have paid. */
function paymentRow(contract: number): Row | undefined {
  if (draw(10, PAID, contract) >= 6) return undefined;
  const sum = usagesOf(contract).reduce((all, usage) => all + usage.sum, 0);
  return {
    id: String(contract + 1),
    dt: `${PERIOD}-05`,
    cid: cidOf(contract),
    pt: '3',
    payment_type: 'Расчётный счёт',
    payment_group: 'Банк',
    summa: money(sum),
    comment: `п/п ${contract + 1} от 05.10.2026; оплата по счёту`,
    uid: '1',
    user_name: 'admin',
    lm: `${PERIOD}-05 09:12:44`,
  };
}

function documentRow(index: number): Row {
  const { kind, id, contract, type, number, sum } = documentAt(index);
  const bill = kind === 'bill';
  return {
    kind,
    id: String(id),
    cid: cidOf(contract),
    doc_type_id: type,
    doc_type: DOCUMENT_TYPES[type],
    format_number: number,
    number: String(contract + 1),
    number_in_month: String(contract + 1),
    number_in_year: String(contract + 1),
    npid: bill ? '1' : '2',
    create_dt: bill ? `${PERIOD}-01` : lastDay(PERIOD),
    yy: YEAR,
    mm: MONTH,
    summ: money(sum),
    status: bill ? '0' : '',
    pay_dt: '',
    payment_id: bill ? '0' : '',
    unload_status: '0',
    show_ready: bill ? '' : '1',
  };
}

function lineRow(index: number): Row {
  const { kind, id, number, sum: all, lines } = documentAt(Math.floor(index / LINES));
  const { sid, sum, quantity, price }: Usage = lines[index % LINES]!;
  const { title, measure } = serviceOf(sid);
  const rate = sid === EXEMPT_SERVICE ? 'none' : RATE;
  return {
    kind,
    doc_id: String(id),
    line_no: String((index % LINES) + 1),
    format_number: number,
    sid: String(sid),
    service_title: title,
    qty: formatDecimalShort(quantity, 3).replace('.', ','),
    unit: measure,
    price: price?.replace('.', ',') ?? money(sum),
    line_summ: money(sum),
    vat_rate: rateText(rate),
    vat_sum: rate === 'none' ? '' : money(vatInside(sum, rate)),
    doc_summ: money(all),
    diff: '0,00',
  };
}

function money(sum: number): string {
  return formatDecimal(sum, 2, ',');
}

function writeTable(
  path: string,
  table: TableName,
  { rows: count, row, extra = [] }: BenchTable,
): { rows: number; bytes: number } {
  const columns = [...columnsOf(table).map(({ name }) => name), ...extra];
  const file = openSync(path, 'w');
  let waiting = [columns.join(';')];
  let rows = 0;
  let bytes = 0;
  const flush = (): void => {
    const encoded = iconv.encode(waiting.map((line) => `${line}\r\n`).join(''), 'windows-1251');
    for (let done = 0; done < encoded.length; ) done += writeSync(file, encoded, done);
    bytes += encoded.length;
    waiting = [];
  };
  for (const index of shuffled(count)) {
    const cells = row(index);
    if (!cells) continue;
    waiting.push(columns.map((column) => quoted(cells[column] ?? '')).join(';'));
    rows++;
    if (waiting.length === BUFFER_ROWS) flush();
  }
  flush();
  closeSync(file);
  return { rows, bytes };
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
