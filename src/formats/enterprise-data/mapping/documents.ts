import { fixed, group, type Mapping, plain, rows, text } from '../../../schema/mapping.ts';
import type { VatRate } from '../../../model/vat.ts';
import { sumText } from '../../../model/money.ts';
import { actTime, billTime, quantityText, vatInvoiceTime, yes } from '../texts.ts';
import { type DocumentView, isTaxed, type LineView, singleRate, type VatInvoiceView } from '../views.ts';
import { contractKeys, counterpartyKeys, currencyKeys, organizationKeys, sellerAccount, serviceKeys, settlement, vatRateKeys } from './keys.ts';

/** Documents: Реализация (act), СчетФактураВыданный, bill. */

/** Settings that shape documents. */
export interface DocumentOptions {
  /** СпособВыставления: 1C reads it without a check, so it is always there (decisions 9). */
  vatInvoiceMethod: 'НаБумажномНосителе' | 'ВЭлектронномВиде';
  reducedRateKind: string;
}

const ROUBLE = {};

function lineFields(options: DocumentOptions): Mapping<LineView> {
  return {
    НомерСтрокиДокумента: plain('fixed', ({ number }) => String(number)),
    Количество: plain('line.quantity', ({ line }) => quantityText(line.quantity)),
    Сумма: plain('line.sum', ({ line }) => sumText(line.sum)),
    Цена: plain('line.price', ({ line }) => sumText(line.price)),
    СтавкаНДС: group(({ line }: LineView): VatRate => line.rate, vatRateKeys(options.reducedRateKind)),
    СуммаНДС: plain('line.vat', ({ line }) => (line.rate === 'none' ? undefined : sumText(line.vat))),
    Содержание: text('line.content', ({ line }) => line.content),
  };
}

const serviceOfLine = group(({ service }: LineView) => service, serviceKeys);

/** The personal account has no field of its own in 1C. */
const comment: Mapping<DocumentView> = {
  Комментарий: text('document.account', ({ contract }) => `Лицевой счёт ${contract.account}, договор № ${contract.number}`),
};

function hasAccount(view: DocumentView): DocumentView | undefined {
  return view.organization.bank ? view : undefined;
}

/** Документ.РеализацияТоваровУслуг: the act, and the act's half of an УПД. */
export function saleMapping(options: DocumentOptions): Mapping<DocumentView> {
  return {
    КлючевыеСвойства: group((view) => view, saleKeys),
    ВидОперации: fixed('РеализацияКлиенту'),
    Валюта: group(() => ROUBLE, currencyKeys),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    СуммаВключаетНДС: fixed(yes),
    БанковскийСчетОрганизации: group(hasAccount, sellerAccount),
    Контрагент: group(({ counterparty }: DocumentView) => counterparty, counterpartyKeys),
    ДанныеВзаиморасчетов: group((view: DocumentView) => view, settlement),
    Налогообложение: plain('document.taxed', ({ document }) => (isTaxed(document) ? 'ПродажаОблагаетсяНДС' : 'ПродажаНеОблагаетсяНДС')),
    Услуги: group((view: DocumentView) => view, {
      Строка: rows(({ lines }: DocumentView) => lines, { Номенклатура: serviceOfLine, ...lineFields(options) }),
    }),
    ОбщиеСвойстваОбъектовФормата: group((view: DocumentView) => view, comment),
    ЭтоУПД: plain('config:documents.upd', ({ document }) => (document.record === 'upd' ? yes : undefined), {
      optional: true,
      loss: 'document.upd',
    }),
  };
}

const saleKeys: Mapping<DocumentView> = {
  Ссылка: plain('document.uuid', ({ uuid }) => uuid),
  Дата: plain('document.date', ({ document }) => actTime(document.date)),
  Номер: text('document.number', ({ document }) => document.number),
  Организация: group(({ organization }: DocumentView) => organization, organizationKeys),
};

/** Документ.СчетФактураВыданный. */
export function vatInvoiceMapping(options: DocumentOptions): Mapping<VatInvoiceView> {
  return {
    КлючевыеСвойства: group((view) => view, {
      Ссылка: plain('document.uuid', ({ uuid }: VatInvoiceView) => uuid),
      Номер: text('document.number', ({ document }: VatInvoiceView) => document.number),
      Дата: plain('document.date', ({ document }: VatInvoiceView) => vatInvoiceTime(document.date)),
      Организация: group(({ organization }: VatInvoiceView) => organization, organizationKeys),
    }),
    Валюта: group(() => ROUBLE, currencyKeys),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    Контрагент: group(({ counterparty }: VatInvoiceView) => counterparty, counterpartyKeys),
    Договор: group((view: VatInvoiceView) => view, contractKeys),
    СтавкаНДС: group(({ document }: VatInvoiceView) => singleRate(document), vatRateKeys(options.reducedRateKind)),
    СуммаНДС: plain('document.vat', ({ document }) => (isTaxed(document) ? sumText(document.vat) : undefined)),
    ВидСчетаФактуры: fixed('НаРеализацию'),
    КодВидаОперации: fixed('01'),
    Выставлен: fixed(yes),
    ДатаВыставления: plain('document.date', ({ document }) => document.date),
    СпособВыставления: plain('config:onec.vatInvoice.method', () => options.vatInvoiceMethod),
    ДокументыОснования: group((view: VatInvoiceView) => view, {
      Строка: rows((view: VatInvoiceView) => [view], {
        ДокументОснование: group((view: VatInvoiceView) => view, {
          РеализацияТоваровУслугСсылка: group((view: VatInvoiceView) => view, {
            Ссылка: plain('document.act', ({ act }: VatInvoiceView) => act.uuid),
            Дата: plain('document.act', ({ act }: VatInvoiceView) => actTime(act.date)),
            Номер: text('document.act', ({ act }: VatInvoiceView) => act.number),
            Организация: group(({ organization }: VatInvoiceView) => organization, organizationKeys),
          }),
        }),
      }),
    }),
    ИННКонтрагента: plain('counterparty.inn', ({ counterparty }) => counterparty.inn),
    КППКонтрагента: plain('counterparty.kpp', ({ counterparty }) => counterparty.kpp, { optional: true, loss: 'document.buyer-kpp' }),
    ОбщиеСвойстваОбъектовФормата: group((view: VatInvoiceView) => view, comment),
  };
}

/**
 * The bill, as Документ.ЗаказКлиента (БП of 2017–2019 loads only that) or Документ.СчетПокупателю.
 * Lines of ЗаказКлиента name the service in ДанныеНоменклатуры in some versions and directly in others.
 */
export function billMapping(options: DocumentOptions): Mapping<DocumentView> {
  return {
    КлючевыеСвойства: group((view) => view, {
      ...saleKeys,
      Дата: plain('document.date', ({ document }: DocumentView) => billTime(document.date)),
    }),
    Валюта: group(() => ROUBLE, currencyKeys),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    Контрагент: group(({ counterparty }: DocumentView) => counterparty, counterpartyKeys),
    ДанныеВзаиморасчетов: group((view: DocumentView) => view, settlement),
    СуммаВключаетНДС: fixed(yes),
    БанковскийСчетОрганизации: group(hasAccount, sellerAccount),
    Услуги: group((view: DocumentView) => view, {
      Строка: rows(({ lines }: DocumentView) => lines, {
        Номенклатура: { ...serviceOfLine, optional: true },
        ДанныеНоменклатуры: group((view: LineView) => view, { Номенклатура: serviceOfLine }, { optional: true }),
        ...lineFields(options),
      }),
    }),
    ОбщиеСвойстваОбъектовФормата: group((view: DocumentView) => view, comment),
  };
}
