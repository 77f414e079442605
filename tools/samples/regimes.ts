import { swap } from './bad/case.ts';
import { BILLING_STYLE } from './csv.ts';
import type { GoodSample } from './good.ts';
import { ACCRUAL, PERSONS } from './months/formed.ts';
import { BRANCHES, PREPAID, USN_5, USN_NO_VAT } from './months/regimes.ts';
import { companyInn, companyOgrn } from './requisites.ts';

/** A small month of each regime: what a provider may be, besides an ordinary payer of VAT. */

const USUAL = { format: '1.20', bill: 'ЗаказКлиента', upd: false } as const;
const style = () => BILLING_STYLE;

/** Replaces texts that must be there, one after the other. */
function edits(...pairs: readonly (readonly [string, string])[]): (text: string) => string {
  return (text) => pairs.reduce((edited, [from, to]) => swap(edited, from, to), text);
}

export const REGIMES: readonly GoodSample[] = [
  {
    name: 'usn-5',
    title: 'УСН с НДС 5 %: ставка организации, перерасчёт зачтён в услуги месяца',
    month: USN_5,
    config: USUAL,
    edit: edits(['  overrides: []', '  overrides:\n    - { organization: bashnet, rate: 5 }']),
    faults: ['BG1C-LINE-FOLDED'],
    style,
  },
  {
    name: 'usn-no-vat',
    title: 'УСН без НДС: только акты, как УПД с функцией ДОП',
    month: USN_NO_VAT,
    config: { ...USUAL, upd: true },
    edit: edits(['  overrides: []', '  overrides:\n    - { organization: bashnet, rate: none }']),
    faults: [],
    style,
  },
  {
    name: 'prepaid',
    title: 'Предоплата: строка 5 УПД из платежей с учётом остатка и долга',
    month: PREPAID,
    config: { ...USUAL, upd: true },
    edit: (text) =>
      `${text}\n# Предоплата: у платежей картой номером служит номер платежа BGBilling.\npayments:\n  months: 2\n  otherwise: id\n`,
    faults: ['BG1C-PAYMENTS-MISSING'],
    style,
  },
  {
    name: 'branches',
    title: 'Головная организация и филиалы, две своих организации, номера присваивает 1С',
    month: BRANCHES,
    config: USUAL,
    edit: edits(
      [
        '# Номера — из BGBilling, без замен.\nnumbering:\n  by: billing\n',
        '# Номера присваивает 1С при загрузке.\nnumbering:\n  by: onec\n',
      ],
      [
        '\n# Откуда данные',
        `  - code: bashnet-telecom
    name: ООО «Башнет Телеком»
    fullName: Общество с ограниченной ответственностью «Башнет Телеком»
    inn: '${companyInn(2)}'
    kpp: '027401001'
    ogrn: '${companyOgrn(2, 2018)}'
    address: '450077, Республика Башкортостан, г. Уфа, ул. Достоевского, д. 100'
    firms: ['2']

# Откуда данные`,
      ],
    ),
    made: {
      counts: { bill: 4, act: 4, 'vat-invoice': 4 },
      kopecks: { bill: 1_839_500, act: 1_839_500, 'vat-invoice': 1_839_500 },
    },
    faults: [],
    style,
  },
  {
    name: 'accrual',
    title: 'Документы составлены по наработке: УПД, счета, номера по шаблону; субдоговоры двух уровней',
    month: ACCRUAL,
    config: { ...USUAL, upd: true },
    edit: (text) =>
      `${edits(
        [
          "# Документы формирует BGBilling. types: тип документа BGBilling → что это.\ndocuments:\n  mode: billing\n  types: { '1': bill, '2': act, '3': vat-invoice }\n",
          '# Документы составляются здесь по наработке: модуля документов в BGBilling нет.\ndocuments:\n  mode: accrual\n',
        ],
        [
          '# Номера — из BGBilling, без замен.\nnumbering:\n  by: billing\n  map: []\n',
          "# Лицевой счёт, год и месяц, номер по порядку.\nnumbering:\n  by: own\n  template:\n    bill: '{account}-{y}{m36}-{n}'\n    act: '{account}-{y}{m36}-{n}'\n    upd: '{account}-{y}{m36}-{n}'\n",
        ],
        ['  map: {}\n', '  file: services.csv\n'],
      )(text)}\n# Служебные договоры не передаются.\nfilter:\n  groups:\n    except: [Служебные]\n`,
    beside: {
      'services.csv':
        'sid;name;fullName;group;vat\n20;Доступ в Интернет;Услуги доступа к сети Интернет;Связь;\n30;VPN;;Связь;\n60;Антивирус (лицензия);;Программы;без НДС\n',
    },
    made: {
      counts: { bill: 6, act: 1, upd: 6 },
      kopecks: { bill: 1_549_332, act: 65_000, upd: 1_549_332 },
    },
    faults: ['BG1C-FILTER-ASIDE', 'BG1C-LINE-FOLDED'],
    style,
  },
  {
    name: 'persons',
    title: 'Физлица одним сводным актом со счётом-фактурой (КВО 26)',
    month: PERSONS,
    config: USUAL,
    edit: (text) =>
      `${text}\n# Физлица — одним актом за месяц; сводный счёт-фактура с кодом операции 26.\npersons:\n  mode: aggregate\n  counterparty:\n    name: Розничные абоненты\n  salesBook: vat-invoice\n`,
    made: {
      counts: { bill: 3, act: 4, 'vat-invoice': 4 },
      kopecks: { bill: 732_000, act: 1_062_000, 'vat-invoice': 1_062_000 },
    },
    faults: ['BG1C-PERSONS-AGGREGATED'],
    style,
  },
];
