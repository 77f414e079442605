import { sumText } from '../../../model/money.ts';
import { paymentsOf } from '../../../model/payments.ts';
import type { PaymentDocument } from '../../../model/types.ts';
import { propertyOf } from '../../../schema/lookup.ts';
import { fixed, group, type Mapping, plain, rows, text } from '../../../schema/mapping.ts';
import type { Profile } from '../../../schema/profile.ts';
import { placed, rateNode } from '../dialect.ts';
import { lost } from '../losses.ts';
import { actTime, billTime, quantityText, yes } from '../texts.ts';
import {
  type DocumentView,
  documentComment,
  isTaxed,
  type LineView,
  singleRate,
  type VatInvoiceView,
} from '../views.ts';
import { correctedInvoice, vatInvoiceKeys } from './corrections.ts';
import {
  contractKeys,
  counterpartyKeys,
  currencyKeys,
  organizationKeys,
  sellerAccount,
  serviceKeys,
  settlement,
} from './keys.ts';

/** Documents: Реализация (act), СчетФактураВыданный, bill. */

export const SALE = 'Документ.РеализацияТоваровУслуг';
export const VAT_INVOICE = 'Документ.СчетФактураВыданный';

/** БП of 2017–2019 loads a bill only as ЗаказКлиента (decisions 11). */
export type BillElement = 'Документ.ЗаказКлиента' | 'Документ.СчетПокупателю';

/** Settings that shape documents. */
export interface DocumentOptions {
  /** СпособВыставления: 1C reads it without a check, so it is always there (decisions 9). */
  vatInvoiceMethod: 'НаБумажномНосителе' | 'ВЭлектронномВиде';
  /** ВидСтавки of 5 and 7 %. */
  reducedRateKind: string;
}

const ROUBLE = {};

function lineFields(profile: Profile, { reducedRateKind }: DocumentOptions): Mapping<LineView> {
  return {
    НомерСтрокиДокумента: plain('fixed', ({ number }) => String(number)),
    Количество: plain('line.quantity', ({ line }) => quantityText(line.quantity)),
    Сумма: plain('line.sum', ({ line }) => sumText(line.sum)),
    Цена: plain('line.price', ({ line }) => sumText(line.price)),
    СтавкаНДС: rateNode(profile, 'line.rate', ({ line }: LineView) => line.rate, reducedRateKind),
    СуммаНДС: plain('line.vat', ({ line }) => (line.rate === 'none' ? undefined : sumText(line.vat))),
    Содержание: text('line.content', ({ line }) => line.content),
  };
}

const serviceOfLine = group(({ service }: LineView) => service, serviceKeys);

/** A line names its service in Номенклатура; lines of ЗаказКлиента from 1.7 to 1.18 in ДанныеНоменклатуры. */
function lineService(profile: Profile, lineType: string): Mapping<LineView> {
  const data = propertyOf(profile, lineType, 'ДанныеНоменклатуры');
  if (!data) return { Номенклатура: serviceOfLine };
  const wrapped = propertyOf(profile, data.type, 'Номенклатура') !== undefined;
  return {
    ДанныеНоменклатуры: wrapped
      ? group((view: LineView) => view, { Номенклатура: serviceOfLine })
      : serviceOfLine,
  };
}

const COLLECTIVE_COMMENT = 'Сводный документ за услуги физическим лицам';

/** The personal account has no field of its own in 1C. Comments stand in a common structure from 1.11 on. */
function comment(profile: Profile, element: string): Mapping<DocumentView> {
  const get = ({ contract, counterparty }: DocumentView): string =>
    counterparty.collective ? COLLECTIVE_COMMENT : documentComment(contract);
  const common = { Комментарий: text('document.account', get) };
  return placed<DocumentView>(
    profile,
    element,
    { ОбщиеСвойстваОбъектовФормата: group((view: DocumentView) => view, common) },
    { Комментарий: text('document.account', get, lost('document.comment')) },
  );
}

function hasAccount(view: DocumentView): DocumentView | undefined {
  return view.organization.bank ? view : undefined;
}

/** Документ.РеализацияТоваровУслуг: the act, and the act's half of an УПД. ВидОперации is gone in 1.23. */
export function saleMapping(profile: Profile, options: DocumentOptions): Mapping<DocumentView> {
  return {
    КлючевыеСвойства: group((view) => view, saleKeys),
    ВидОперации: fixed('РеализацияКлиенту', { optional: true }),
    Валюта: group(() => ROUBLE, currencyKeys(profile)),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    СуммаВключаетНДС: fixed(yes),
    БанковскийСчетОрганизации: group(hasAccount, sellerAccount(profile)),
    Контрагент: group(({ counterparty }: DocumentView) => counterparty, counterpartyKeys),
    ДанныеВзаиморасчетов: group((view: DocumentView) => view, settlement(profile)),
    Налогообложение: plain('document.taxed', ({ document }) =>
      isTaxed(document) ? 'ПродажаОблагаетсяНДС' : 'ПродажаНеОблагаетсяНДС',
    ),
    Услуги: group((view: DocumentView) => view, {
      Строка: rows(({ lines }: DocumentView) => lines, {
        ...lineService(profile, `${SALE}.Услуги.Строка`),
        ...lineFields(profile, options),
      }),
    }),
    ...comment(profile, SALE),
    ЭтоУПД: plain(
      'config:documents.upd',
      ({ document }) => (document.record === 'upd' ? yes : undefined),
      lost('document.upd'),
    ),
  };
}

const saleKeys: Mapping<DocumentView> = {
  Ссылка: plain('document.uuid', ({ uuid }) => uuid),
  Дата: plain('document.date', ({ document }) => actTime(document.date)),
  Номер: text('document.number', ({ document }) => document.number),
  Организация: group(({ organization }: DocumentView) => organization, organizationKeys),
};

/** Документ.СчетФактураВыданный. */
export function vatInvoiceMapping(profile: Profile, options: DocumentOptions): Mapping<VatInvoiceView> {
  return {
    КлючевыеСвойства: group((view) => view, vatInvoiceKeys),
    Валюта: group(() => ROUBLE, currencyKeys(profile)),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    Контрагент: group(({ counterparty }: VatInvoiceView) => counterparty, counterpartyKeys),
    Договор: group((view: VatInvoiceView) => view, contractKeys(profile)),
    СтавкаНДС: rateNode(
      profile,
      'document.rate',
      ({ document }: VatInvoiceView) => singleRate(document),
      options.reducedRateKind,
    ),
    СуммаНДС: plain('document.vat', ({ document }) =>
      isTaxed(document) ? sumText(document.vat) : undefined,
    ),
    ВидСчетаФактуры: fixed('НаРеализацию'),
    КодВидаОперации: plain('config:persons.salesBook', ({ document }) =>
      document.record === 'vat-invoice' ? (document.operationCode ?? '01') : '01',
    ),
    Выставлен: fixed(yes),
    ДатаВыставления: plain('document.date', ({ document, correction }) => correction?.date ?? document.date),
    СпособВыставления: plain('config:onec.vatInvoice.method', () => options.vatInvoiceMethod),
    ...correctedInvoice,
    ДокументыОснования: group((view: VatInvoiceView) => view, {
      Строка: rows((view: VatInvoiceView) => [view], {
        ДокументОснование: group((view: VatInvoiceView) => view, {
          РеализацияТоваровУслугСсылка: group((view: VatInvoiceView) => view, basisKeys),
        }),
      }),
    }),
    ПлатежноРасчетныеДокументы: group(
      ({ document }: VatInvoiceView) => {
        const payments = paymentsOf(document);
        return payments.length > 0 ? payments : undefined;
      },
      {
        Строка: rows((payments: readonly PaymentDocument[]) => payments, {
          ДатаДокумента: plain('payment.date', ({ date }: PaymentDocument) => date),
          НомерДокумента: text('payment.number', ({ number }: PaymentDocument) => number),
        }),
      },
      lost('document.payments'),
    ),
    ИННКонтрагента: plain(
      'counterparty.inn',
      ({ counterparty }) => counterparty.inn,
      lost('document.buyer-inn'),
    ),
    КППКонтрагента: plain(
      'counterparty.kpp',
      ({ counterparty }) => counterparty.kpp,
      lost('document.buyer-kpp'),
    ),
    ...comment(profile, VAT_INVOICE),
  };
}

/** The act that a VAT invoice is tied to. */
const basisKeys: Mapping<VatInvoiceView> = {
  Ссылка: plain('document.act', ({ act }) => act.uuid),
  Дата: plain('document.act', ({ act }) => actTime(act.date)),
  Номер: text('document.act', ({ act }) => act.number),
  Организация: group(({ organization }: VatInvoiceView) => organization, organizationKeys),
};

/** The bill, as Документ.ЗаказКлиента or Документ.СчетПокупателю. */
export function billMapping(
  profile: Profile,
  options: DocumentOptions,
  element: BillElement,
): Mapping<DocumentView> {
  return {
    КлючевыеСвойства: group((view) => view, {
      ...saleKeys,
      Дата: plain('document.date', ({ document }: DocumentView) => billTime(document.date)),
    }),
    Валюта: group(() => ROUBLE, currencyKeys(profile)),
    Сумма: plain('document.sum', ({ document }) => sumText(document.sum)),
    Контрагент: group(({ counterparty }: DocumentView) => counterparty, counterpartyKeys),
    ДанныеВзаиморасчетов: group((view: DocumentView) => view, settlement(profile)),
    СуммаВключаетНДС: fixed(yes),
    БанковскийСчетОрганизации: group(hasAccount, sellerAccount(profile)),
    Услуги: group((view: DocumentView) => view, {
      Строка: rows(({ lines }: DocumentView) => lines, {
        ...lineService(profile, `${element}.Услуги.Строка`),
        ...lineFields(profile, options),
      }),
    }),
    ...comment(profile, element),
  };
}
