import { fee } from '../month.ts';
import { ACT, monthWith } from './base.ts';
import { type BadCase, placeOf, rowOf, set, swap } from './case.ts';

const BILLING = "  mode: billing\n  types: { '1': bill, '2': act, '3': vat-invoice }\n";
const BY_BILLING = '  by: billing\n';

/** Documents of accruals, their numbers by this template. */
function formed(template: string): (text: string) => string {
  return (text) =>
    swap(
      swap(text, BILLING, '  mode: accrual\n  accrual:\n    bills: none\n'),
      BY_BILLING,
      `  by: own\n  template:\n    act: '${template}'\n`,
    );
}

/** Documents formed here, payments, filters, services of a file. */
export const FORMED_CASES: readonly BadCase[] = [
  // ---- numbers by templates ---------------------------------------------------------------------------
  {
    name: 'template-length',
    title: 'Номер по шаблону не помещается в 1С у шестизначных лицевых счетов: предложен другой шаблон',
    exit: 1,
    faults: ['BG1C-TEMPLATE-LENGTH', 'BG1C-DOCUMENT-LEFT-OUT', 'BG1C-DOCUMENTS-NONE'],
    documents: 0,
    config: formed('{account}-{yyyy}{mm}-{n}'),
    tables: () => 'contracts.csv:3',
  },
  {
    name: 'template-dash',
    title: 'Четырёхзначный лицевой счёт и дефис: вместо «1008-6A1» 1С напечатает «6A1»',
    exit: 3,
    faults: ['BG1C-TEMPLATE-PRINT', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 4,
    config: formed('{account}-{y}{m36}{n}'),
    tables: (tables) => {
      const place = set(tables, 'clients', { cid: '2002' }, { account: '1008' });
      return place.replace('clients', 'contracts');
    },
  },
  {
    name: 'config-template-token',
    title: 'В шаблоне номера неизвестный знак',
    exit: 2,
    faults: ['BG1C-CONFIG-VALUE'],
    documents: 0,
    config: formed('{account}-{month}-{n}'),
    configLine: '{month}',
  },
  {
    name: 'config-accrual-numbers',
    title: 'Документы составляются по наработке, а номера — «из BGBilling»: их там нет',
    exit: 2,
    faults: ['BG1C-CONFIG-VALUE'],
    documents: 0,
    config: (text) => swap(text, BILLING, '  mode: accrual\n'),
    configLine: 'by: billing',
  },
  {
    name: 'config-onec-upd',
    title: 'Номера даёт 1С, а документы — УПД: у двух его половин номера были бы разными',
    exit: 2,
    faults: ['BG1C-CONFIG-VALUE'],
    documents: 0,
    config: (text) => swap(swap(text, 'upd: false', 'upd: true'), BY_BILLING, '  by: onec\n'),
    configLine: 'by: onec',
  },
  {
    name: 'accrual-negative',
    title: 'Перерасчёт больше начисленного: акт по наработке не составлен',
    exit: 3,
    faults: ['BG1C-DOCUMENT-SUM', 'BG1C-LINE-NEGATIVE'],
    documents: 4,
    month: monthWith({ acts: [[fee(20, '1000.00'), fee(90, '-1500.00')]], bill: false }),
    config: formed('{account}/{y}{m36}-{n}'),
    tables: () => 'contracts.csv:3',
  },

  // ---- payments ---------------------------------------------------------------------------------------
  {
    name: 'payments-missing',
    title: 'Договор с предоплатой без платежей: строка 5 счёта-фактуры пуста',
    exit: 0,
    faults: ['BG1C-PAYMENTS-MISSING'],
    documents: 9,
    month: monthWith({ prepaid: true }),
    tables: (tables) => placeOf(tables, 'documents', rowOf(tables, 'documents', ACT)),
  },
  {
    name: 'payment-number',
    title: 'В комментарии платежа нет номера платёжного документа; другой покрывает не всё',
    exit: 0,
    faults: ['BG1C-PAYMENT-NUMBER', 'BG1C-PAYMENTS-PART'],
    documents: 9,
    month: monthWith({
      prepaid: true,
      payments: [
        { day: '2026-10-05', sum: '1000.00', comment: 'перевод от директора' },
        { day: '2026-10-06', sum: '2000.00', comment: 'п/п 12 от 06.10.2026' },
      ],
    }),
    tables: (tables) =>
      placeOf(tables, 'payments', rowOf(tables, 'payments', { comment: 'перевод от директора' })),
  },
  {
    name: 'payment-sum',
    title: 'Сумма платежа — не число: в строку 5 он не вошёл',
    exit: 0,
    faults: ['BG1C-PAYMENT-ROW', 'BG1C-PAYMENTS-MISSING'],
    documents: 9,
    month: monthWith({
      prepaid: true,
      payments: [{ day: '2026-10-05', sum: '1000.00', comment: 'п/п 11 от 05.10.2026' }],
    }),
    tables: (tables) => set(tables, 'payments', { cid: '2002' }, { summa: 'тысяча' }),
  },

  // ---- filters, services, sub-contracts ---------------------------------------------------------------
  {
    name: 'filter-mixed',
    title: 'В документе и услуга, которую не берут, и другие: часть документа передать нельзя',
    exit: 3,
    faults: ['BG1C-FILTER-MIXED', 'BG1C-DOCUMENT-LEFT-OUT'],
    documents: 6,
    config: (text) => `${text}\nfilter:\n  services:\n    except: ['50']\n`,
    tables: (tables) => placeOf(tables, 'documents', rowOf(tables, 'documents', ACT)),
  },
  {
    name: 'services-file',
    title: 'В файле услуг ставка, которой нет',
    exit: 2,
    faults: ['BG1C-SERVICES-FILE'],
    documents: 0,
    config: (text) => swap(text, '  map: {}\n', '  file: in/uslugi.csv\n'),
    files: (files) => {
      files.set('in/uslugi.csv', Buffer.from('sid;name;vat\n20;Интернет;\n21;Адрес;18\n'));
      return 'uslugi.csv:3';
    },
  },
  {
    name: 'super-circle',
    title: 'Два договора — субдоговоры друг друга: сводить их не к чему',
    exit: 3,
    faults: ['BG1C-SUPER-CIRCLE', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 3,
    tables: (tables) => {
      set(tables, 'contracts', { cid: '2003' }, { scid: '2002', sub_mode: '0' });
      return set(tables, 'contracts', { cid: '2002' }, { scid: '2003', sub_mode: '0' });
    },
  },
  {
    name: 'accruals-rounded',
    title: 'Акт на копейку больше построчно округлённой наработки: разница — от округления',
    exit: 0,
    faults: ['BG1C-ACCRUALS-ROUNDED'],
    documents: 9,
    month: monthWith({ acts: [[fee(20, '3660.01'), fee(21, '500.00')]], withoutLines: 'all' }),
    tables: (tables) => {
      set(tables, 'accruals', { cid: '2002', sid: '20' }, { summa_raw: '3660,00400', summa: '3660,00' });
      set(tables, 'accruals', { cid: '2002', sid: '21' }, { summa_raw: '500,00400', summa: '500,00' });
      return placeOf(tables, 'documents', rowOf(tables, 'documents', ACT));
    },
  },
];
