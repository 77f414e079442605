import { fee } from '../month.ts';
import { ACT, BILL, monthWith } from './base.ts';
import { type BadCase, placeOf, remove, rowOf, set } from './case.ts';

const ACT_LINE = { kind: 'invoice', doc_id: '303', sid: '20' };
const VAT_INVOICE_LINE = { kind: 'invoice', doc_id: '304', sid: '20' };
const BILL_LINE = { kind: 'bill', doc_id: '302', sid: '20' };

/** Values of cells and lines of documents: an error leaves out one document. */
export const LINE_CASES: readonly BadCase[] = [
  // ---- values -----------------------------------------------------------------------------------------
  {
    name: 'date-impossible',
    title: 'Дата счёта — 30.02.2026',
    exit: 3,
    faults: ['BG1C-VALUE-DATE'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { create_dt: '30.02.2026' }),
  },
  {
    name: 'sum-missing',
    title: 'У счёта не заполнена сумма',
    exit: 3,
    faults: ['BG1C-VALUE-REQUIRED'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { summ: '' }),
  },
  {
    name: 'sum-letters',
    title: 'В сумме счёта буква: «12,3a»',
    exit: 3,
    faults: ['BG1C-VALUE-DECIMAL'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { summ: '12,3a' }),
  },
  {
    name: 'sum-digits',
    title: 'В сумме счёта три знака после запятой',
    exit: 3,
    faults: ['BG1C-VALUE-DIGITS'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { summ: '4160,005' }),
  },
  {
    name: 'sum-range',
    title: 'Сумма счёта из 17 цифр: таких сумм не хранит и 1С',
    exit: 3,
    faults: ['BG1C-VALUE-RANGE'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { summ: '12345678901234567,00' }),
  },
  {
    name: 'month-letters',
    title: 'Месяц документа записан словом',
    exit: 3,
    faults: ['BG1C-VALUE-INTEGER'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { mm: 'октябрь' }),
  },
  {
    name: 'line-letters',
    title: 'В сумме строки счёта буква: «36б0,00»',
    exit: 3,
    faults: ['BG1C-VALUE-DECIMAL'],
    documents: 8,
    tables: (tables) => set(tables, 'document_lines', BILL_LINE, { line_summ: '36б0,00' }),
  },

  // ---- what a document consists of --------------------------------------------------------------------
  {
    name: 'service-missing',
    title: 'Строка акта ссылается на услугу, которой нет в services',
    exit: 3,
    faults: ['BG1C-SERVICE-MISSING', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 7,
    tables: (tables) => {
      const unknown = { sid: '99', service_title: 'Облачное хранилище' };
      set(tables, 'document_lines', VAT_INVOICE_LINE, unknown);
      return set(tables, 'document_lines', ACT_LINE, unknown);
    },
  },
  {
    name: 'lines-total',
    title: 'Сумма строк акта на 10 копеек больше суммы акта',
    exit: 3,
    faults: ['BG1C-LINES-TOTAL', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 7,
    tables: (tables) => {
      const more = { price: '3660,10', line_summ: '3660,10', vat_sum: '660,02', diff: '0,10' };
      for (const line of [ACT_LINE, VAT_INVOICE_LINE]) set(tables, 'document_lines', line, more);
      return placeOf(tables, 'documents', rowOf(tables, 'documents', ACT));
    },
  },
  {
    name: 'lines-unknown',
    title: 'У акта нет строк, а начисления не дают его суммы; одна общая строка не разрешена',
    exit: 3,
    faults: ['BG1C-LINES-UNKNOWN', 'BG1C-DOCUMENT-LEFT-OUT', 'BG1C-ACCRUALS-TOTAL'],
    documents: 7,
    tables: (tables) => {
      for (const doc_id of ['303', '304']) remove(tables, 'document_lines', { kind: 'invoice', doc_id });
      remove(tables, 'accruals', { cid: '2002', sid: '50' });
      return placeOf(tables, 'documents', rowOf(tables, 'documents', ACT));
    },
  },
  {
    name: 'line-orphan',
    title: 'Строка относится к документу, которого нет в documents',
    exit: 0,
    faults: ['BG1C-LINE-ORPHAN'],
    documents: 9,
    tables: (tables) => {
      const orphan = {
        ...rowOf(tables, 'document_lines', ACT_LINE),
        doc_id: '399',
        format_number: 'А10/1099',
      };
      tables.document_lines.rows.push(orphan);
      return placeOf(tables, 'document_lines', orphan);
    },
  },
  {
    name: 'line-negative',
    title: 'Отрицательная строка без НДС: зачесть её не во что, остальные строки — с НДС',
    exit: 3,
    faults: ['BG1C-LINE-NEGATIVE', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 6,
    month: monthWith({ acts: [[fee(20, '3660.00'), fee(60, '-95.00')]] }),
    tables: (tables) =>
      placeOf(tables, 'document_lines', rowOf(tables, 'document_lines', { ...ACT_LINE, sid: '60' })),
  },
  {
    name: 'line-rate-unknown',
    title: 'В строке акта ставка НДС 18 %, которой больше нет',
    exit: 3,
    faults: ['BG1C-LINE-RATE-UNKNOWN', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 7,
    tables: (tables) => {
      const old = { vat_rate: '18 %', vat_sum: '558,31' };
      set(tables, 'document_lines', VAT_INVOICE_LINE, old);
      return set(tables, 'document_lines', ACT_LINE, old);
    },
  },
  {
    name: 'line-rate-old',
    title: 'В строке счёта прошлогодняя ставка 20 %: взята из выгрузки, но об этом сказано',
    exit: 0,
    faults: ['BG1C-LINE-RATE'],
    documents: 9,
    tables: (tables) => set(tables, 'document_lines', BILL_LINE, { vat_rate: '20 %', vat_sum: '610,00' }),
  },
  {
    name: 'line-arithmetic',
    title: 'В строках счёта НДС и произведение количества на цену не сходятся с расчётом',
    exit: 0,
    faults: ['BG1C-LINE-VAT', 'BG1C-LINE-PRODUCT'],
    documents: 9,
    tables: (tables) => {
      set(tables, 'document_lines', { ...BILL_LINE, sid: '50' }, { price: '249,99' });
      return set(tables, 'document_lines', BILL_LINE, { vat_sum: '660,01' });
    },
  },
];
