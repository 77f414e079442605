import type { Exemption } from './month.ts';
import { PROVIDER } from './provider.ts';

export interface ConfigChoices {
  format: '1.17' | '1.20';
  bill: 'ЗаказКлиента' | 'СчетПокупателю';
  upd: boolean;
  /** One line for documents of unknown content; absent: not allowed. */
  fallback?: string;
  exempt: readonly Exemption[];
}

/** The text of `bg1c.yaml`. */
export function configText({ format, bill, upd, fallback, exempt }: ConfigChoices): string {
  const { bank, ...seller } = PROVIDER;
  return `# Настройки bg1c для этого примера. Все названия и реквизиты вымышлены.

# Имя установки: входит во все идентификаторы. После первой загрузки в 1С не менять.
installation: bashnet

# От чьего имени выставлены документы. firms — номера организаций в BGBilling (contract.pfid).
organizations:
  - code: bashnet
    name: ${seller.name}
    fullName: ${seller.fullName}
    inn: '${seller.inn}'
    kpp: '${seller.kpp}'
    ogrn: '${seller.ogrn}'
    address: '${seller.address}'
    firms: ['0']
    bank:
      bik: '${bank.bik}'
      account: '${bank.account}'
      name: ${bank.name}
      correspondentAccount: '${bank.correspondentAccount}'

# Откуда данные: CSV из BGBilling. Лицевой счёт — в столбце account таблицы clients.
source:
  kind: bgbilling-csv
  encoding: auto
  account: account

# Версия EnterpriseData и вид документа «счёт на оплату».
onec:
  format: '${format}'
  bill: ${bill}

# Документы формирует BGBilling. types: тип документа BGBilling → что это.
documents:
  mode: billing
  types: { '1': bill, '2': act, '3': vat-invoice }
  upd: ${upd}
  negativeLines: fold

# Номера — из BGBilling, без замен.
numbering:
  by: billing
  map: []
${fallback === undefined ? '' : `\n# Если состав документа неизвестен: одна строка с этим текстом.\nlines:\n  fallback: '${fallback}'\n`}
# Суммы BGBilling включают НДС. overrides: что продаётся без НДС.
vat:
  included: true
  overrides:${exempt.length === 0 ? ' []' : exempt.map(exemptionText).join('')}

# Единица измерения услуг по ОКЕИ: 796 — шт.
services:
  unit: '796'
  map: {}

# Разовые списания: sale — услуга, ignore — не реализация.
charges:
  types: { '10': sale, '11': ignore }
`;
}

function exemptionText({ service, contract }: Exemption): string {
  const subject = service === undefined ? `contract: '${contract}'` : `service: '${service}'`;
  return `\n    - { ${subject}, rate: none }`;
}
