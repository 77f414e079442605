import { fullName, type ObjectMeta } from '../metadata/types.ts';
import type { WriteContext } from '../objects/write.ts';
import { contract } from './contract.ts';
import { counterparty } from './counterparty.ts';
import { sale } from './sale.ts';
import { vatInvoice } from './vat-invoice.ts';

/** What a configuration does at the events of an object of one kind. */
export interface Behaviour {
  /** ПередЗаписью, not in load mode. */
  beforeWrite?(context: WriteContext): void;
  /** ОбработкаПроверкиЗаполнения, besides the required attributes. */
  fillingProblems?(context: WriteContext): string[];
  /** ОбработкаПроведения: why it is not posted. */
  postingProblems?(context: WriteContext): string[];
}

export function behaviourOf(meta: ObjectMeta): Behaviour {
  switch (fullName(meta)) {
    case 'Справочник.Контрагенты':
      return counterparty;
    case 'Справочник.ДоговорыКонтрагентов':
      return contract;
    case 'Документ.РеализацияТоваровУслуг':
      return sale;
    case 'Документ.СчетФактураВыданный':
      return vatInvoice;
    default:
      return {};
  }
}
