import { Unsupported } from '../../language/errors.ts';
import type { BaseProfile } from '../metadata/profiles.ts';
import type { FullName } from '../metadata/types.ts';
import {
  accountRule,
  bankRule,
  contractRule,
  counterpartyRule,
  currencyRule,
  nomenclatureRule,
  organizationRule,
  unitRule,
} from './catalog-rules.ts';
import { billRule, saleRule, vatInvoiceRule } from './document-rules.ts';
import type { Rule } from './rule.ts';

const rules = (): readonly Rule[] => [
  organizationRule,
  counterpartyRule,
  contractRule,
  nomenclatureRule,
  accountRule,
  currencyRule,
  unitRule,
  bankRule,
  saleRule,
  vatInvoiceRule,
  billRule,
];

export function ruleOf(name: FullName): Rule {
  const rule = rules().find(({ meta }) => meta === name);
  if (!rule) throw new Unsupported(`загрузчик: нет правила для ${name}`);
  return rule;
}

const elements = (): Readonly<Record<string, Rule>> => ({
  'Справочник.Организации': organizationRule,
  'Справочник.Контрагенты': counterpartyRule,
  'Справочник.Договоры': contractRule,
  'Справочник.Номенклатура': nomenclatureRule,
  'Справочник.БанковскиеСчета': accountRule,
  'Документ.РеализацияТоваровУслуг': saleRule,
  'Документ.СчетФактураВыданный': vatInvoiceRule,
});

/** The rule for an element of a message; undefined where this configuration receives no such objects. */
export function receivingRule(profile: BaseProfile, element: string): Rule | undefined {
  return profile.billElements.includes(element) ? billRule : elements()[element];
}

/** References of УдалениеОбъекта and the catalogues and documents that they point into. */
export const DELETED: Readonly<Record<string, FullName>> = {
  КонтрагентыСсылка: 'Справочник.Контрагенты',
  ДоговорыСсылка: 'Справочник.ДоговорыКонтрагентов',
  НоменклатураСсылка: 'Справочник.Номенклатура',
  БанковскиеСчетаСсылка: 'Справочник.БанковскиеСчета',
  РеализацияТоваровУслугСсылка: 'Документ.РеализацияТоваровУслуг',
  СчетФактураВыданныйСсылка: 'Документ.СчетФактураВыданный',
  ЗаказКлиентаСсылка: 'Документ.СчетНаОплатуПокупателю',
};
