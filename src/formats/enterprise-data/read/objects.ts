import type { XmlElement } from '../../../schema/read-elements.ts';
import { SALE, VAT_INVOICE } from '../mapping/documents.ts';
import { child, children, dayOf, isTrue, numberOf, textOf, told, uuidOf } from './dig.ts';
import {
  accountOf,
  classifierOf,
  contactValue,
  contractOf,
  counterpartyOf,
  organizationOf,
  rateOf,
} from './keys.ts';
import type {
  ToldBankAccount,
  ToldContract,
  ToldCounterparty,
  ToldLine,
  ToldRecord,
  ToldSale,
  ToldService,
  ToldVatInvoice,
} from './records.ts';

/** Objects of Body → records of the model. */

const READERS: Readonly<Record<string, (element: XmlElement) => ToldRecord>> = {
  'Справочник.Контрагенты': readCounterparty,
  'Справочник.БанковскиеСчета': readBankAccount,
  'Справочник.Договоры': readContract,
  'Справочник.Номенклатура': readService,
  [SALE]: (element) => readSale(element, isTrue(element, 'ЭтоУПД') ? 'upd' : 'act'),
  [VAT_INVOICE]: readVatInvoice,
  'Документ.ЗаказКлиента': (element) => readSale(element, 'bill'),
  'Документ.СчетПокупателю': (element) => readSale(element, 'bill'),
};

/** @returns undefined for kinds of objects that the model does not have */
export function readObject(element: XmlElement): ToldRecord | undefined {
  return Object.hasOwn(READERS, element.name) ? READERS[element.name]!(element) : undefined;
}

function readCounterparty(element: XmlElement): ToldCounterparty {
  const contacts = children(child(element, 'КонтактнаяИнформация'), 'Строка');
  const values = (kind: string): string[] =>
    contacts
      .filter((row) => textOf(row, 'ВидКонтактнойИнформации') === kind)
      .flatMap((row) => contactValue(textOf(row, 'ЗначенияПолей')) ?? []);
  const [address] = values('ЮридическийАдрес');
  const account = child(element, 'ОсновнойБанковскийСчет');
  return {
    record: 'counterparty',
    ...counterpartyOf(child(element, 'КлючевыеСвойства')),
    ...(address !== undefined && { address }),
    phones: values('Телефон'),
    emails: values('АдресЭлектроннойПочты'),
    ...(account && { bank: accountOf(account) }),
  };
}

function readBankAccount(element: XmlElement): ToldBankAccount {
  const keys = child(element, 'КлючевыеСвойства');
  const owner = uuidOf(keys, 'Владелец', 'КонтрагентыСсылка', 'Ссылка');
  return { record: 'bank-account', ...accountOf(keys), ...(owner !== undefined && { owner }) };
}

function readContract(element: XmlElement): ToldContract {
  return { record: 'contract', ...contractOf(child(element, 'КлючевыеСвойства')) };
}

function readService(element: XmlElement): ToldService {
  const keys = child(element, 'КлючевыеСвойства');
  const [uuid, name] = [uuidOf(keys, 'Группа', 'Ссылка'), textOf(keys, 'Группа', 'Наименование')];
  return {
    record: 'service',
    ...told({
      uuid: uuidOf(keys, 'Ссылка'),
      name: textOf(keys, 'Наименование'),
      fullName: textOf(keys, 'НаименованиеПолное'),
      unit: textOf(classifierOf(child(element, 'ЕдиницаИзмерения')), 'Код'),
      group: uuid !== undefined && name !== undefined ? { uuid, name } : undefined,
    }),
  };
}

function readSale(element: XmlElement, record: ToldSale['record']): ToldSale {
  const lines = children(child(element, 'Услуги'), 'Строка').map(readLine);
  return {
    record,
    ...documentOf(element),
    ...told({ contract: uuidOf(element, 'ДанныеВзаиморасчетов', 'Договор', 'Ссылка') }),
    vat: lines.reduce((sum, line) => sum + (line.vat ?? 0), 0),
    vatIncluded: textOf(element, 'СуммаВключаетНДС') !== 'false',
    lines,
    hasGoods: children(child(element, 'Товары'), 'Строка').length > 0,
  };
}

function readLine(row: XmlElement): ToldLine {
  const data = child(row, 'ДанныеНоменклатуры');
  const service = child(row, 'Номенклатура') ?? child(data, 'Номенклатура') ?? data;
  return told({
    service: uuidOf(service, 'Ссылка'),
    content: textOf(row, 'Содержание'),
    quantity: numberOf(row, 3, 'Количество'),
    price: numberOf(row, 2, 'Цена'),
    sum: numberOf(row, 2, 'Сумма'),
    rate: rateOf(child(row, 'СтавкаНДС')),
    vat: numberOf(row, 2, 'СуммаНДС') ?? 0,
  });
}

function readVatInvoice(element: XmlElement): ToldVatInvoice {
  const bases = children(child(element, 'ДокументыОснования'), 'Строка');
  const basis = bases.length === 1 ? bases[0] : undefined;
  const act = child(basis, 'ДокументОснование', 'РеализацияТоваровУслугСсылка');
  const payments = children(child(element, 'ПлатежноРасчетныеДокументы'), 'Строка').map((row) =>
    told({ number: textOf(row, 'НомерДокумента'), date: dayOf(row, 'ДатаДокумента') }),
  );
  return {
    record: 'vat-invoice',
    ...documentOf(element),
    vat: numberOf(element, 2, 'СуммаНДС') ?? 0,
    ...told({
      contract: uuidOf(element, 'Договор', 'Ссылка'),
      act: uuidOf(act, 'Ссылка'),
      actNumber: textOf(act, 'Номер'),
      actDate: dayOf(act, 'Дата'),
    }),
    ...(payments.length > 0 && { payments }),
  };
}

/** What all documents have in common. */
function documentOf(element: XmlElement) {
  const keys = child(element, 'КлючевыеСвойства');
  return told({
    uuid: uuidOf(keys, 'Ссылка'),
    number: child(keys, 'Номер')?.text,
    date: dayOf(keys, 'Дата'),
    organization: organizationOf(child(keys, 'Организация')),
    counterparty: uuidOf(element, 'Контрагент', 'Ссылка'),
    sum: numberOf(element, 2, 'Сумма'),
    comment: textOf(element, 'ОбщиеСвойстваОбъектовФормата', 'Комментарий') ?? textOf(element, 'Комментарий'),
  });
}
