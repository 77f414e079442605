import { fee } from '../month.ts';
import { ACT, BILL, monthWith, VAT_INVOICE } from './base.ts';
import { type BadCase, placeOf, remove, rowOf, set, swap } from './case.ts';

/** Numbers, sums, types and pairs of documents. */
export const DOCUMENT_CASES: readonly BadCase[] = [
  // ---- numbers ----------------------------------------------------------------------------------------
  {
    name: 'number-too-long',
    title: 'Номер акта из 15 знаков не помещается в 1С; счёт-фактура остаётся без акта',
    exit: 3,
    faults: ['BG1C-NUMBER-LENGTH', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 7,
    tables: (tables) => set(tables, 'documents', ACT, { format_number: 'А10/10460000001' }),
  },
  {
    name: 'number-dash-third',
    title: 'Дефис на третьем месте: вместо «10-1046» 1С напечатает «1046»',
    exit: 3,
    faults: ['BG1C-NUMBER-PRINT', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 7,
    tables: (tables) => set(tables, 'documents', ACT, { format_number: '10-1046' }),
  },
  {
    name: 'number-dash-fifth',
    title: 'Дефис на пятом месте: вместо «2610-502» 1С напечатает «502»',
    exit: 3,
    faults: ['BG1C-NUMBER-PRINT'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { format_number: '2610-502' }),
  },
  {
    name: 'number-leading-zero',
    title: 'Номер начинается с нуля: некоторые версии 1С напечатают его иначе',
    exit: 0,
    faults: ['BG1C-NUMBER-PRINT-DOUBT'],
    documents: 9,
    tables: (tables) => set(tables, 'documents', BILL, { format_number: '0502/10' }),
  },
  {
    name: 'number-twice',
    title: 'Два счёта-фактуры с одним номером за год',
    exit: 3,
    faults: ['BG1C-NUMBER-TWICE'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', { kind: 'invoice', id: '306' }, { format_number: '1046' }),
  },
  {
    name: 'number-missing',
    title: 'У счёта нет номера',
    exit: 3,
    faults: ['BG1C-NUMBER-MISSING'],
    documents: 8,
    tables: (tables) => set(tables, 'documents', BILL, { format_number: '' }),
  },
  {
    name: 'document-twice',
    title: 'Два счёта с одним id: непонятно, какой верен, не передаётся ни один',
    exit: 3,
    faults: ['BG1C-ROW-TWICE'],
    documents: 8,
    tables: (tables) => {
      const again = { ...rowOf(tables, 'documents', BILL), format_number: '599/10' };
      tables.documents.rows.push(again);
      return placeOf(tables, 'documents', again);
    },
  },

  // ---- types and months -------------------------------------------------------------------------------
  {
    name: 'type-unknown',
    title: 'Тип документа BGBilling не описан в настройках: сборка не начинается',
    exit: 2,
    faults: ['BG1C-DOCUMENT-TYPE-UNKNOWN'],
    documents: 0,
    tables: (tables) => set(tables, 'documents', BILL, { doc_type_id: '7', doc_type: 'Акт сверки' }),
  },
  {
    name: 'kind-unknown',
    title: 'В столбце kind стоит не bill и не invoice',
    exit: 3,
    faults: ['BG1C-VALUE-CHOICE'],
    documents: 8,
    tables: (tables) => {
      remove(tables, 'document_lines', { kind: 'bill', doc_id: '302' });
      return set(tables, 'documents', BILL, { kind: 'счёт' });
    },
  },
  {
    name: 'two-months',
    title: 'В выгрузке документы двух месяцев, а период не указан',
    exit: 2,
    faults: ['BG1C-PERIOD-AMBIGUOUS'],
    documents: 0,
    anyPeriod: true,
    tables: (tables) => {
      set(tables, 'documents', BILL, { mm: '9', create_dt: '2026-09-01' });
      return undefined;
    },
  },
  {
    name: 'another-month',
    title: 'Все документы выгрузки — за сентябрь, а собирается октябрь',
    exit: 1,
    faults: ['BG1C-DOCUMENTS-NONE', 'BG1C-DOCUMENT-OTHER-PERIOD'],
    documents: 0,
    tables: (tables) => {
      for (const row of tables.documents.rows) row.mm = '9';
      return placeOf(tables, 'documents', tables.documents.rows[0]!);
    },
  },
  {
    name: 'date-far',
    title: 'Акт за октябрь датирован декабрём: дата далека от месяца',
    exit: 0,
    faults: ['BG1C-DOCUMENT-DATE'],
    documents: 9,
    tables: (tables) => {
      set(tables, 'documents', VAT_INVOICE, { create_dt: '2026-12-31' });
      return set(tables, 'documents', ACT, { create_dt: '2026-12-31' });
    },
  },

  // ---- sums -------------------------------------------------------------------------------------------
  {
    name: 'sum-zero',
    title: 'Счёт на ноль рублей',
    exit: 3,
    faults: ['BG1C-DOCUMENT-SUM'],
    documents: 8,
    tables: (tables) => {
      remove(tables, 'document_lines', { kind: 'bill', doc_id: '302', sid: '50' });
      const nothing = { price: '0,00', line_summ: '0,00', vat_sum: '0,00', doc_summ: '0,00' };
      set(tables, 'document_lines', { kind: 'bill', doc_id: '302' }, nothing);
      return set(tables, 'documents', BILL, { summ: '0,00' });
    },
  },
  {
    name: 'sum-negative',
    title: 'Перерасчёт больше услуг месяца: акт и счёт-фактура отрицательны',
    exit: 3,
    faults: ['BG1C-DOCUMENT-SUM', 'BG1C-LINE-NEGATIVE', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 6,
    month: monthWith({ acts: [[fee(20, '1000.00'), fee(90, '-1500.00')]], bill: false }),
    tables: (tables) => placeOf(tables, 'documents', rowOf(tables, 'documents', ACT)),
  },
  {
    name: 'accruals-differ',
    title: 'Начислено не столько, сколько в акте; у другого договора начисление есть, а документов нет',
    exit: 0,
    faults: ['BG1C-ACCRUALS-TOTAL', 'BG1C-ACCRUAL-NO-DOCUMENT'],
    documents: 6,
    tables: (tables) => {
      remove(tables, 'documents', { cid: '2003' });
      remove(tables, 'document_lines', { kind: 'bill', doc_id: '303' });
      for (const doc_id of ['305', '306']) remove(tables, 'document_lines', { kind: 'invoice', doc_id });
      set(tables, 'accruals', { cid: '2002', sid: '20' }, { summa_raw: '3600,00000', summa: '3600,00' });
      return placeOf(tables, 'documents', rowOf(tables, 'documents', ACT));
    },
  },
  {
    name: 'charge-type-unknown',
    title: 'Вид разового списания не описан в настройках: не учтён при сверке',
    exit: 0,
    faults: ['BG1C-CHARGE-TYPE-UNKNOWN'],
    documents: 9,
    tables: (tables) => {
      const charge = {
        id: '1',
        dt: '2026-10-12',
        cid: '2002',
        pt: '12',
        charge_type: 'Штраф',
        payback: '0',
        summa: '100,00',
        comment: 'договор, п. 5.4',
        uid: '1',
        lm: '2026-10-12 14:05:17',
      };
      tables.charges.rows.push(charge);
      return placeOf(tables, 'charges', charge);
    },
  },

  // ---- act and VAT invoice ----------------------------------------------------------------------------
  {
    name: 'vat-invoice-alone',
    title: 'Счёт-фактура есть, а акта нет',
    exit: 3,
    faults: ['BG1C-VAT-INVOICE-ALONE', 'BG1C-ACCRUAL-NO-DOCUMENT'],
    documents: 7,
    tables: (tables) => {
      remove(tables, 'documents', ACT);
      remove(tables, 'document_lines', { kind: 'invoice', doc_id: '303' });
      return placeOf(tables, 'documents', rowOf(tables, 'documents', VAT_INVOICE));
    },
  },
  {
    name: 'vat-invoice-ambiguous',
    title: 'Счёт-фактура подходит к двум актам: суммы равны, номера не помогают',
    exit: 3,
    faults: ['BG1C-VAT-INVOICE-AMBIGUOUS'],
    documents: 9,
    // Two acts of one sum (№ 1046 and 1047); of their VAT invoices one stays, and its number fits neither.
    month: monthWith({ acts: [[fee(20, '3660.00')], [fee(20, '3660.00')]] }),
    tables: (tables) => {
      remove(tables, 'documents', { kind: 'invoice', id: '306' });
      remove(tables, 'document_lines', { kind: 'invoice', doc_id: '306' });
      set(tables, 'document_lines', { kind: 'invoice', doc_id: '304' }, { format_number: '2046' });
      return set(tables, 'documents', VAT_INVOICE, { format_number: '2046', number: '2046' });
    },
  },
  {
    name: 'vat-invoice-lines',
    title: 'Строки счёта-фактуры иные, чем у акта: взяты строки акта',
    exit: 0,
    faults: ['BG1C-VAT-INVOICE-LINES'],
    documents: 9,
    tables: (tables) => {
      remove(tables, 'document_lines', { kind: 'invoice', doc_id: '304', sid: '50' });
      const whole = { price: '4160,00', line_summ: '4160,00', vat_sum: '750,16' };
      set(tables, 'document_lines', { kind: 'invoice', doc_id: '304' }, whole);
      return placeOf(tables, 'documents', rowOf(tables, 'documents', VAT_INVOICE));
    },
  },
  {
    name: 'upd-numbers',
    title: 'УПД: у акта и счёта-фактуры разные номера',
    exit: 3,
    faults: ['BG1C-UPD-NUMBER'],
    documents: 5,
    config: (text) => swap(text, 'upd: false', 'upd: true'),
    tables: (tables) => {
      for (const row of tables.documents.rows) row.format_number = row.format_number!.replace('А10/', '');
      return set(tables, 'documents', VAT_INVOICE, { format_number: '2046' });
    },
  },
];
