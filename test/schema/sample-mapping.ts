import { fixed, group, type Mapping, plain, rows, text } from '../../src/schema/mapping.ts';

/** A mapping of every root that we write, with everything in use that mappings can say. Invented data. */

export interface Party {
  uuid?: string;
  name: string;
  inn?: string;
  kpp?: string;
  kind: 'ЮридическоеЛицо' | 'ФизическоеЛицо';
  soleTrader?: boolean;
  emails?: string[];
}

export interface Agreement {
  uuid: string;
  name: string;
  number?: string;
  date?: string;
  buyer: Party;
}

export interface SaleLine {
  service: { uuid: string; name: string };
  quantity: string;
  price: string;
  sum: string;
  vat?: string;
  rate?: string;
  content: string;
}

export interface Sale {
  uuid: string;
  number: string;
  date: string;
  sum: string;
  agreement: Agreement;
  lines: SaleLine[];
  comment?: string;
  upd?: boolean;
  payments: Array<{ date: string; number: string }>;
}

export interface Account {
  uuid: string;
  number: string;
  bik: string;
  owner: { buyer: Party } | { seller: Party };
}

export const SELLER: Party = {
  name: 'Оператор ООО',
  inn: '0275123455',
  kpp: '027501001',
  kind: 'ЮридическоеЛицо',
};

const organization: Mapping<unknown> = {
  ЮридическоеФизическоеЛицо: fixed(SELLER.kind),
  Наименование: fixed(SELLER.name),
  ИНН: fixed(SELLER.inn!),
  КПП: fixed(SELLER.kpp!),
};

const classifier = (code: string, name: string): Mapping<unknown> => ({
  ДанныеКлассификатора: group((r) => r, { Наименование: fixed(name), Код: fixed(code) }),
});
const currency = classifier('643', 'руб.');

const party: Mapping<Party> = {
  Наименование: text('clients.name_short', (p) => p.name),
  Ссылка: plain('computed: UUID', (p) => p.uuid),
  ИНН: plain('clients.inn', (p) => p.inn),
  КПП: plain('clients.kpp', (p) => p.kpp),
  ЮридическоеФизическоеЛицо: plain('computed: по длине ИНН <- clients.inn', (p) => p.kind),
  ИндивидуальныйПредприниматель: plain(
    'computed: по длине ИНН <- clients.inn',
    (p) => (p.soleTrader ? 'true' : undefined),
    {
      optional: true,
      loss: 'признак ИП',
    },
  ),
};

const agreement: Mapping<Agreement> = {
  Контрагент: group((a) => a.buyer, party),
  Организация: group((a) => a, organization),
  ВидДоговора: fixed('СПокупателем'),
  Ссылка: plain('computed: UUID', (a) => a.uuid),
  ВалютаВзаиморасчетов: group((a) => a, currency),
  РасчетыВУсловныхЕдиницах: fixed('false'),
  Наименование: text('contracts.contract_title', (a) => a.name),
  Номер: text('contracts.contract_title', (a) => a.number),
  Дата: plain('contracts.contract_date', (a) => a.date),
};

const settlements: Mapping<Sale> = {
  КурсВзаиморасчетов: fixed('1'),
  КратностьВзаиморасчетов: fixed('1'),
  ВалютаВзаиморасчетов: group((s) => s, currency),
  Договор: group((s) => s.agreement, agreement),
};

const rate: Mapping<SaleLine> = {
  Ставка: plain('document_lines.vat_rate', (l) => l.rate),
  РасчетнаяСтавка: fixed('false'),
  НеОблагается: plain('document_lines.vat_rate', (l) => (l.rate === undefined ? 'true' : 'false')),
  ВидСтавки: plain('document_lines.vat_rate', (l) => (l.rate === undefined ? 'БезНДС' : 'Общая')),
};

const service: Mapping<SaleLine['service']> = {
  Ссылка: plain('computed: UUID', (s) => s.uuid),
  Наименование: text('services.title', (s) => s.name),
};

const line: Mapping<SaleLine> = {
  Содержание: text('document_lines.service_title', (l) => l.content),
  СтавкаНДС: group((l) => l, rate),
  СуммаНДС: plain('document_lines.vat_sum', (l) => l.vat),
  Сумма: plain('document_lines.line_summ', (l) => l.sum),
  Цена: plain('document_lines.price', (l) => l.price),
  Количество: plain('document_lines.qty', (l) => l.quantity),
};

const lines: Mapping<Sale> = {
  Строка: rows((s) => s.lines, { Номенклатура: group((l) => l.service, service), ...line }),
};

/** ЗаказКлиента: 1.17 holds the service one level deeper than 1.20. */
const orderLines: Mapping<Sale> = {
  Строка: rows((s) => s.lines, {
    ...line,
    Номенклатура: group((l) => l.service, service, { optional: true }),
    ДанныеНоменклатуры: group(
      (l) => l,
      { Номенклатура: group((l) => l.service, service) },
      { optional: true },
    ),
  }),
};

const keys: Mapping<Sale> = {
  Организация: group((s) => s, organization),
  Номер: text('documents.format_number', (s) => s.number),
  Дата: plain('documents.create_dt', (s) => `${s.date}T12:00:00`),
  Ссылка: plain('computed: UUID', (s) => s.uuid),
};

const common: Mapping<Sale> = {
  Комментарий: text('clients.contract_comment', (s) => s.comment),
};

export const ACT: Mapping<Sale> = {
  КлючевыеСвойства: group((s) => s, keys),
  ВидОперации: fixed('РеализацияКлиенту'),
  Валюта: group((s) => s, currency),
  Сумма: plain('documents.summ', (s) => s.sum),
  СуммаВключаетНДС: fixed('true'),
  Контрагент: group((s) => s.agreement.buyer, party),
  ДанныеВзаиморасчетов: group((s) => s, settlements),
  Налогообложение: fixed('ПродажаОблагаетсяНДС'),
  Услуги: group((s) => s, lines),
  ЭтоУПД: plain('config:documents.upd', (s) => (s.upd ? 'true' : undefined), {
    optional: true,
    loss: 'признак УПД',
  }),
  ОбщиеСвойстваОбъектовФормата: group((s) => s, common),
};

export const VAT_INVOICE: Mapping<Sale> = {
  КлючевыеСвойства: group((s) => s, keys),
  Валюта: group((s) => s, currency),
  Сумма: plain('documents.summ', (s) => s.sum),
  Контрагент: group((s) => s.agreement.buyer, party),
  Договор: group((s) => s.agreement, agreement),
  ВидСчетаФактуры: fixed('НаРеализацию'),
  КодВидаОперации: fixed('01'),
  Выставлен: fixed('true'),
  СпособВыставления: fixed('НаБумажномНосителе'),
  ДатаВыставления: plain('documents.create_dt', (s) => s.date),
  ДокументыОснования: group((s) => s, {
    Строка: rows((s) => [s], {
      ДокументОснование: group((s) => s, { РеализацияТоваровУслугСсылка: group((s) => s, keys) }),
    }),
  }),
  ПлатежноРасчетныеДокументы: group((s) => (s.payments.length > 0 ? s : undefined), {
    Строка: rows((s) => s.payments, {
      НомерДокумента: text('payments.comment', (p) => p.number),
      ДатаДокумента: plain('payments.dt', (p) => p.date),
    }),
  }),
  ИННКонтрагента: plain('clients.inn', (s) => s.agreement.buyer.inn),
  КППКонтрагента: plain('clients.kpp', (s) => s.agreement.buyer.kpp),
};

export const BILL: Mapping<Sale> = {
  КлючевыеСвойства: group((s) => s, keys),
  Валюта: group((s) => s, currency),
  Сумма: plain('documents.summ', (s) => s.sum),
  Контрагент: group((s) => s.agreement.buyer, party),
  ДанныеВзаиморасчетов: group((s) => s, settlements),
  СуммаВключаетНДС: fixed('true'),
  Услуги: group((s) => s, lines),
};

export const ORDER: Mapping<Sale> = { ...BILL, Услуги: group((s) => s, orderLines) };

export const BUYER: Mapping<Party> = {
  КлючевыеСвойства: group((p) => p, party),
  КонтактнаяИнформация: group((p) => (p.emails ? p : undefined), {
    Строка: rows((p) => p.emails ?? [], {
      ВидКонтактнойИнформации: fixed('АдресЭлектроннойПочты'),
      ЗначенияПолей: text('clients.email', (email) => email),
    }),
  }),
};

export const AGREEMENT: Mapping<Agreement> = { КлючевыеСвойства: group((a) => a, agreement) };

export const SERVICE: Mapping<SaleLine['service']> = {
  КлючевыеСвойства: group((s) => s, service),
  ТипНоменклатуры: fixed('Услуга'),
  ЕдиницаИзмерения: group((s) => s, classifier('796', 'шт')),
};

export const ACCOUNT: Mapping<Account> = {
  КлючевыеСвойства: group((a) => a, {
    Ссылка: plain('computed: UUID', (a) => a.uuid),
    НомерСчета: plain('clients.bank_account', (a) => a.number),
    Банк: group((a) => a, {
      ДанныеКлассификатораБанков: group((a) => a, { БИК: plain('clients.bank_bik', (a) => a.bik) }),
    }),
    Владелец: group((a) => a.owner, {
      КонтрагентыСсылка: group((o) => ('buyer' in o ? o.buyer : undefined), party),
      ОрганизацииСсылка: group((o) => ('seller' in o ? o.seller : undefined), party),
    }),
  }),
  ВалютаДенежныхСредств: group((a) => a, currency),
  ВидСчета: fixed('Расчетный'),
};

export const DELETION: Mapping<{ uuid: string }> = {
  СсылкаНаОбъект: group((d) => d, {
    СсылкаНаОбъект: group((d) => d, { КонтрагентыСсылка: plain('computed: UUID', (d) => d.uuid) }),
  }),
};

export const ROMASHKA: Party = {
  uuid: '11111111-1111-5111-8111-111111111111',
  name: 'ООО "Ромашка" & партнёры <юг>',
  inn: '0274000002',
  kpp: '027401001',
  kind: 'ЮридическоеЛицо',
  emails: ['buh@romashka.example', 'dir@romashka.example'],
};

export const CONTRACT_17: Agreement = {
  uuid: '22222222-2222-5222-8222-222222222222',
  name: '№ 17 от 01.02.2024 (л/с 100245)',
  number: '17',
  date: '2024-02-01',
  buyer: ROMASHKA,
};

const INTERNET = { uuid: '33333333-3333-5333-8333-333333333333', name: 'Доступ в интернет' };

export const SALE: Sale = {
  uuid: '44444444-4444-5444-8444-444444444444',
  number: '100245/26А-1',
  date: '2026-10-31',
  sum: '1830.00',
  agreement: CONTRACT_17,
  comment: 'л/с 100245',
  payments: [{ date: '2026-10-05', number: '77' }],
  lines: [
    {
      service: INTERNET,
      quantity: '1.000',
      price: '1220.00',
      sum: '1220.00',
      vat: '220.00',
      rate: '22',
      content: 'Интернет за октябрь 2026',
    },
    { service: INTERNET, quantity: '1.000', price: '610.00', sum: '610.00', content: 'Аренда оборудования' },
  ],
};

export const BUYER_ACCOUNT: Account = {
  uuid: '55555555-5555-5555-8555-555555555555',
  number: '40702810700000001234',
  bik: '048073601',
  owner: { buyer: ROMASHKA },
};
