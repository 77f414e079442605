import { sumText } from '../../model/money.ts';
import type { BankAccount, Service } from '../../model/types.ts';
import { UNITS } from '../../model/units.ts';
import type { VatRate } from '../../model/vat.ts';
import { fixed, group, type Mapping, plain, rows, text } from '../../schema/mapping.ts';
import { formatDecimalShort } from '../../support/decimal.ts';
import { cut } from '../../support/text.ts';
import type { BillView, CatalogView, LineView, Party, ServiceView } from './views.ts';

/** Elements of CommerceML 2.10 (facts: CommerceML §2–§3). Their order stands in the profile. */

/** НаименованиеТип and СтрокаТип of the schema. */
const SHORT_TEXT = 255;

const SERVICE = 'Услуга';
const VAT = 'НДС';

/** Sole traders and persons go by ПолноеНаименование, as people do. */
const partyFields: Mapping<Party> = {
  Ид: plain('counterparty.uuid', ({ uuid }) => uuid),
  Наименование: text('counterparty.name', ({ name }) => cut(name, SHORT_TEXT)),
  ОфициальноеНаименование: text('counterparty.fullName', ({ kind, fullName }) =>
    kind === 'legal-entity' ? cut(fullName, SHORT_TEXT) : undefined,
  ),
  ПолноеНаименование: text('counterparty.fullName', ({ kind, fullName }) =>
    kind === 'legal-entity' ? undefined : cut(fullName, SHORT_TEXT),
  ),
  ЮридическийАдрес: group((party) => (party.kind === 'legal-entity' ? addressOf(party) : undefined), {
    Представление: text('counterparty.address', (address: string) => address),
  }),
  АдресРегистрации: group((party) => (party.kind === 'legal-entity' ? undefined : addressOf(party)), {
    Представление: text('counterparty.address', (address: string) => address),
  }),
  ИНН: plain('counterparty.inn', ({ inn }) => inn),
  КПП: plain('counterparty.kpp', ({ kpp }) => kpp),
  Контакты: group((party) => (contactsOf(party).length > 0 ? party : undefined), {
    Контакт: rows(contactsOf, {
      Тип: plain('counterparty.contacts', ({ kind }: Contact) => kind),
      Значение: text('counterparty.contacts', ({ value }: Contact) => cut(value, SHORT_TEXT)),
    }),
  }),
};

function addressOf({ address }: Party): string | undefined {
  return address === undefined ? undefined : cut(address, SHORT_TEXT);
}

interface Contact {
  kind: 'Телефон рабочий' | 'Почта';
  value: string;
}

function contactsOf(party: Party): Contact[] {
  if (party.record === 'organization') return [];
  return [
    ...party.phones.map((value) => ({ kind: 'Телефон рабочий', value }) as const),
    ...party.emails.map((value) => ({ kind: 'Почта', value }) as const),
  ];
}

const account: Mapping<BankAccount> = {
  НомерСчета: plain('counterparty.bank.account', ({ account: number }) => number),
  Банк: group((bank) => bank, { БИК: plain('counterparty.bank.bik', ({ bik }: BankAccount) => bik) }),
};

/** A service is a Товар whose requisites say «Услуга»: CommerceML has no services. */
const serviceFields: Mapping<ServiceView> = {
  Ид: plain('service.uuid', ({ service }) => service.uuid),
  Наименование: text('service.name', ({ service }) => cut(service.name, SHORT_TEXT)),
  БазоваяЕдиница: group(({ service }: ServiceView) => service, {
    Код: plain('service.unit', ({ unit }: Service) => unit),
    НаименованиеПолное: plain('service.unit', ({ unit }: Service) => UNITS[unit]?.full),
    '#text': plain('service.unit', ({ unit }: Service) => UNITS[unit]?.short ?? unit),
  }),
  Группы: group((view: ServiceView) => view, {
    Ид: rows(({ group: id }: ServiceView) => [id], { '#text': plain('fixed', (id: string) => id) }),
  }),
  ЗначенияРеквизитов: group((view: ServiceView) => view, {
    ЗначениеРеквизита: rows(() => ['ВидНоменклатуры', 'ТипНоменклатуры'], {
      Наименование: plain('fixed', (name: string) => name),
      Значение: rows(() => [SERVICE], { '#text': plain('fixed', (value: string) => value) }),
    }),
  }),
};

/** `22` or «Без НДС». */
function rateText(rate: VatRate): string {
  return rate === 'none' ? 'Без НДС' : String(rate);
}

const lineFields: Mapping<LineView> = {
  ...(serviceFields as Mapping<LineView>),
  Описание: text('line.content', ({ line }) => line.content),
  СтавкиНалогов: group((view: LineView) => view, {
    СтавкаНалога: rows((view: LineView) => [view], {
      Наименование: fixed(VAT),
      Ставка: plain('line.rate', ({ line }: LineView) => rateText(line.rate)),
    }),
  }),
  ЦенаЗаЕдиницу: plain('line.price', ({ line }) => sumText(line.price)),
  Количество: plain('line.quantity', ({ line }) => formatDecimalShort(line.quantity, 3)),
  Сумма: plain('line.sum', ({ line }) => sumText(line.sum)),
  Налоги: group(({ line }: LineView) => (line.rate === 'none' ? undefined : line), {
    Налог: rows((line: LineView['line']) => [line], {
      Наименование: fixed(VAT),
      УчтеноВСумме: fixed('true'),
      Сумма: plain('line.vat', ({ vat }: LineView['line']) => sumText(vat)),
      Ставка: plain('line.rate', ({ rate }: LineView['line']) => rateText(rate)),
    }),
  }),
};

/** A bill of ours, the seller's. */
export const billMapping: Mapping<BillView> = {
  Ид: plain('document.uuid', ({ bill }) => bill.uuid),
  Номер: text('document.number', ({ bill }) => bill.number),
  Дата: plain('document.date', ({ bill }) => bill.date),
  ХозОперация: fixed('Счет на оплату'),
  Роль: fixed('Продавец'),
  Валюта: fixed('RUB'),
  Курс: fixed('1'),
  Сумма: plain('document.sum', ({ bill }) => sumText(bill.sum)),
  Контрагенты: group((view) => view, {
    Контрагент: rows(({ counterparty }: BillView) => [counterparty], {
      ...(partyFields as Mapping<BillView['counterparty']>),
      Роль: fixed('Покупатель'),
      РасчетныйСчет: group(({ bank }: BillView['counterparty']) => bank, account),
    }),
  }),
  Комментарий: text(
    'document.account',
    ({ contract }) => `Лицевой счёт ${contract.account}, договор № ${contract.number}`,
  ),
  Налоги: group(({ bill }: BillView) => (bill.vat === 0 ? undefined : bill), {
    Налог: rows((bill: BillView['bill']) => [bill], {
      Наименование: fixed(VAT),
      УчтеноВСумме: fixed('true'),
      Сумма: plain('document.vat', ({ vat }: BillView['bill']) => sumText(vat)),
    }),
  }),
  Товары: group((view: BillView) => view, {
    Товар: rows(({ lines }: BillView) => lines, lineFields),
  }),
};

export const classifierMapping: Mapping<CatalogView> = {
  Ид: plain('computed: классификатор организации', ({ classifier }) => classifier),
  Наименование: fixed('Классификатор услуг'),
  Владелец: group(({ owner }: CatalogView): Party => owner, partyFields),
  Группы: group((view: CatalogView) => view, {
    Группа: rows(({ group: id }: CatalogView) => [id], {
      Ид: plain('computed: группа услуг', (id: string) => id),
      Наименование: fixed('Услуги'),
    }),
  }),
};

export const catalogMapping: Mapping<CatalogView> = {
  Ид: plain('computed: каталог организации', ({ catalog }) => catalog),
  ИдКлассификатора: plain('computed: классификатор организации', ({ classifier }) => classifier),
  Наименование: fixed('Каталог услуг'),
  Владелец: group(({ owner }: CatalogView): Party => owner, partyFields),
  Товары: group((view: CatalogView) => view, {
    Товар: rows(({ services }: CatalogView) => services, serviceFields),
  }),
};
