import { sumText } from '../src/model/money.ts';
import type {
  Contract,
  Counterparty,
  Document,
  Line,
  Organization,
  Service,
  VatInvoice,
} from '../src/model/types.ts';
import type { ContractResult } from '../src/sources/assembly/sourced.ts';
import { formatDecimalShort } from '../src/support/decimal.ts';

/**
 * The floor of the message: EnterpriseData 1.20 written by templates, as one would by hand for exactly this month (rates,
 * bank accounts and documents that the bench does not have are left out). The bench says how many objects differ from
 * those of the compiled writer.
 */

const SPECIAL = /[&<>"]/;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(value: string): string {
  return SPECIAL.test(value) ? value.replace(/[&<>"]/g, (sign) => REFERENCES[sign]!) : value;
}

const ROUBLE = '<ДанныеКлассификатора><Код>643</Код><Наименование>руб.</Наименование></ДанныеКлассификатора>';

/** Writes the objects of contracts; each catalogue object once. */
export function templatesOf(organization: Organization): (contract: ContractResult) => string[] {
  const seller = sellerKeys(organization);
  const account = sellerAccount(organization, seller);
  const sent = new Set<string>();
  const services = new Map<string, Service>();
  const first = (uuid: string): boolean => !sent.has(uuid) && sent.add(uuid) !== undefined;
  return ({ counterparty: { record: buyer }, contract: { record: contract }, services: used, documents }) => {
    const keys = buyerKeys(buyer);
    const texts: string[] = [];
    if (first(buyer.uuid)) texts.push(buyerCard(buyer, keys));
    if (buyer.bank && first(buyer.bank.uuid)) texts.push(accountCard(buyer, keys));
    const agreement = contractKeys(contract, seller, keys);
    if (first(contract.uuid))
      texts.push(
        `<Справочник.Договоры><КлючевыеСвойства>${agreement}</КлючевыеСвойства></Справочник.Договоры>`,
      );
    for (const { record } of used) {
      services.set(record.uuid, record);
      if (first(record.uuid)) texts.push(serviceCard(record));
    }
    const parts: Parts = { seller, account, keys, agreement, buyer, contract, services };
    for (const { record } of documents) texts.push(documentText(record, parts));
    return texts;
  };
}

/** What the documents of a contract share. */
interface Parts {
  seller: string;
  account: string;
  keys: string;
  agreement: string;
  buyer: Counterparty;
  contract: Contract;
  services: ReadonlyMap<string, Service>;
}

function sellerKeys({ uuid, name, fullName, inn, kpp }: Organization): string {
  return `<Ссылка>${uuid}</Ссылка><Наименование>${text(name)}</Наименование><НаименованиеПолное>${text(fullName)}</НаименованиеПолное><ИНН>${inn}</ИНН><КПП>${kpp}</КПП><ЮридическоеФизическоеЛицо>ЮридическоеЛицо</ЮридическоеФизическоеЛицо>`;
}

function sellerAccount({ bank }: Organization, seller: string): string {
  return `<БанковскийСчетОрганизации><Ссылка>${bank!.uuid}</Ссылка><НомерСчета>${bank!.account}</НомерСчета><Банк><ДанныеКлассификатораБанков><БИК>${bank!.bik}</БИК></ДанныеКлассификатораБанков></Банк><Владелец><ОрганизацииСсылка>${seller}</ОрганизацииСсылка></Владелец></БанковскийСчетОрганизации>`;
}

function buyerKeys({ uuid, name, fullName, inn, kpp, kind, ogrn }: Counterparty): string {
  const trader =
    kind === 'sole-trader' ? '<ИндивидуальныйПредприниматель>true</ИндивидуальныйПредприниматель>' : '';
  return `<Ссылка>${uuid}</Ссылка><Наименование>${text(name)}</Наименование><НаименованиеПолное>${text(fullName)}</НаименованиеПолное>${inn ? `<ИНН>${inn}</ИНН>` : ''}${kpp ? `<КПП>${kpp}</КПП>` : ''}<ЮридическоеФизическоеЛицо>${kind === 'legal-entity' ? 'ЮридическоеЛицо' : 'ФизическоеЛицо'}</ЮридическоеФизическоеЛицо>${ogrn ? `<РегистрационныйНомер>${ogrn}</РегистрационныйНомер>` : ''}${trader}`;
}

function buyerCard(buyer: Counterparty, keys: string): string {
  const contact = (kind: string, value: string): string =>
    `<Строка><ВидКонтактнойИнформации>${kind}</ВидКонтактнойИнформации><ЗначенияПолей>${text(value)}</ЗначенияПолей></Строка>`;
  const contacts = [
    ...(buyer.address ? [contact('ЮридическийАдрес', buyer.address)] : []),
    ...buyer.phones.map((phone) => contact('Телефон', phone)),
    ...buyer.emails.map((email) => contact('АдресЭлектроннойПочты', email)),
  ];
  const bank = buyer.bank
    ? `<ОсновнойБанковскийСчет>${accountKeys(buyer, keys)}</ОсновнойБанковскийСчет>`
    : '';
  return `<Справочник.Контрагенты><КлючевыеСвойства>${keys}</КлючевыеСвойства><КонтактнаяИнформация>${contacts.join('')}</КонтактнаяИнформация>${bank}</Справочник.Контрагенты>`;
}

function accountKeys({ bank }: Counterparty, keys: string): string {
  return `<Ссылка>${bank!.uuid}</Ссылка><НомерСчета>${bank!.account}</НомерСчета><Банк><ДанныеКлассификатораБанков><БИК>${bank!.bik}</БИК></ДанныеКлассификатораБанков></Банк><Владелец><КонтрагентыСсылка>${keys}</КонтрагентыСсылка></Владелец>`;
}

function accountCard(buyer: Counterparty, keys: string): string {
  return `<Справочник.БанковскиеСчета><КлючевыеСвойства>${accountKeys(buyer, keys)}</КлючевыеСвойства><Наименование>Р/с …${buyer.bank!.account.slice(-4)}</Наименование><ВалютаДенежныхСредств>${ROUBLE}</ВалютаДенежныхСредств><ВидСчета>Расчетный</ВидСчета></Справочник.БанковскиеСчета>`;
}

function contractKeys({ uuid, name, date, number }: Contract, seller: string, keys: string): string {
  return `<Ссылка>${uuid}</Ссылка><ВидДоговора>СПокупателем</ВидДоговора><Организация>${seller}</Организация><Контрагент>${keys}</Контрагент><ВалютаВзаиморасчетов>${ROUBLE}</ВалютаВзаиморасчетов><РасчетыВУсловныхЕдиницах>false</РасчетыВУсловныхЕдиницах><Наименование>${text(name)}</Наименование><Дата>${date}</Дата><Номер>${text(number)}</Номер>`;
}

function serviceKeys({ uuid, fullName, name }: Service): string {
  return `<Ссылка>${uuid}</Ссылка><НаименованиеПолное>${text(fullName)}</НаименованиеПолное><Наименование>${text(name)}</Наименование>`;
}

function serviceCard(service: Service): string {
  return `<Справочник.Номенклатура><КлючевыеСвойства>${serviceKeys(service)}</КлючевыеСвойства><ТипНоменклатуры>Услуга</ТипНоменклатуры><ЕдиницаИзмерения><ДанныеКлассификатора><Код>${service.unit}</Код><Наименование>шт</Наименование></ДанныеКлассификатора></ЕдиницаИзмерения></Справочник.Номенклатура>`;
}

function documentText(document: Document, parts: Parts): string {
  switch (document.record) {
    case 'bill':
      return billText(document, parts);
    case 'vat-invoice':
      return vatInvoiceText(document, parts);
    default:
      return saleText(document, parts);
  }
}

function billText(bill: Document, { seller, account, keys, agreement, contract, services }: Parts): string {
  return `<Документ.ЗаказКлиента><КлючевыеСвойства><Ссылка>${bill.uuid}</Ссылка><Дата>${bill.date}T12:00:00</Дата><Номер>${text(bill.number)}</Номер><Организация>${seller}</Организация></КлючевыеСвойства><Валюта>${ROUBLE}</Валюта><Сумма>${sumText(bill.sum)}</Сумма><Контрагент>${keys}</Контрагент>${settlement(agreement)}<СуммаВключаетНДС>true</СуммаВключаетНДС>${account}<Услуги>${linesText(bill.lines, services)}</Услуги>${comment(contract)}</Документ.ЗаказКлиента>`;
}

function saleText(act: Document, { seller, account, keys, agreement, contract, services }: Parts): string {
  return `<Документ.РеализацияТоваровУслуг><КлючевыеСвойства><Ссылка>${act.uuid}</Ссылка><Дата>${act.date}T12:00:00</Дата><Номер>${text(act.number)}</Номер><Организация>${seller}</Организация></КлючевыеСвойства><ВидОперации>РеализацияКлиенту</ВидОперации><Валюта>${ROUBLE}</Валюта><Сумма>${sumText(act.sum)}</Сумма><СуммаВключаетНДС>true</СуммаВключаетНДС>${account}<Контрагент>${keys}</Контрагент>${settlement(agreement)}<Налогообложение>ПродажаОблагаетсяНДС</Налогообложение><Услуги>${linesText(act.lines, services)}</Услуги>${comment(contract)}</Документ.РеализацияТоваровУслуг>`;
}

function vatInvoiceText(
  invoice: Document & { record: 'vat-invoice' },
  { seller, keys, agreement, buyer, contract }: Parts,
): string {
  const single = invoice.lines.every(({ rate }) => rate === invoice.lines[0]!.rate);
  const rate = single ? `<СтавкаНДС>${rateText(invoice.lines[0]!)}</СтавкаНДС>` : '';
  const kpp = buyer.kpp ? `<КППКонтрагента>${buyer.kpp}</КППКонтрагента>` : '';
  return `<Документ.СчетФактураВыданный><КлючевыеСвойства><Ссылка>${invoice.uuid}</Ссылка><Номер>${text(invoice.number)}</Номер><Дата>${invoice.date}T12:00:01</Дата><Организация>${seller}</Организация></КлючевыеСвойства><Валюта>${ROUBLE}</Валюта><Сумма>${sumText(invoice.sum)}</Сумма><Контрагент>${keys}</Контрагент><Договор>${agreement}</Договор>${rate}<СуммаНДС>${sumText(invoice.vat)}</СуммаНДС><ВидСчетаФактуры>НаРеализацию</ВидСчетаФактуры><КодВидаОперации>01</КодВидаОперации><Выставлен>true</Выставлен><ДатаВыставления>${invoice.date}</ДатаВыставления><СпособВыставления>ВЭлектронномВиде</СпособВыставления><ДокументыОснования><Строка><ДокументОснование><РеализацияТоваровУслугСсылка><Ссылка>${invoice.act}</Ссылка><Дата>${invoice.actDate}T12:00:00</Дата><Номер>${text(invoice.actNumber)}</Номер><Организация>${seller}</Организация></РеализацияТоваровУслугСсылка></ДокументОснование></Строка></ДокументыОснования>${paidBy(invoice)}<ИННКонтрагента>${buyer.inn}</ИННКонтрагента>${kpp}${comment(contract)}</Документ.СчетФактураВыданный>`;
}

function paidBy({ payments = [] }: VatInvoice): string {
  if (payments.length === 0) return '';
  const lines = payments.map(
    ({ date, number }) =>
      `<Строка><ДатаДокумента>${date}</ДатаДокумента><НомерДокумента>${text(number)}</НомерДокумента></Строка>`,
  );
  return `<ПлатежноРасчетныеДокументы>${lines.join('')}</ПлатежноРасчетныеДокументы>`;
}

function settlement(agreement: string): string {
  return `<ДанныеВзаиморасчетов><Договор>${agreement}</Договор><ВалютаВзаиморасчетов>${ROUBLE}</ВалютаВзаиморасчетов><КурсВзаиморасчетов>1</КурсВзаиморасчетов><КратностьВзаиморасчетов>1</КратностьВзаиморасчетов></ДанныеВзаиморасчетов>`;
}

function comment({ account, number }: Contract): string {
  return `<ОбщиеСвойстваОбъектовФормата><Комментарий>Лицевой счёт ${text(account)}, договор № ${text(number)}</Комментарий></ОбщиеСвойстваОбъектовФормата>`;
}

function rateText({ rate }: Line): string {
  return rate === 'none'
    ? '<РасчетнаяСтавка>false</РасчетнаяСтавка><НеОблагается>true</НеОблагается><ВидСтавки>БезНДС</ВидСтавки>'
    : `<Ставка>${rate}</Ставка><РасчетнаяСтавка>false</РасчетнаяСтавка><НеОблагается>false</НеОблагается><ВидСтавки>Общая</ВидСтавки>`;
}

function linesText(lines: readonly Line[], services: ReadonlyMap<string, Service>): string {
  let rows = '';
  let number = 0;
  for (const line of lines) {
    number++;
    const vat = line.rate === 'none' ? '' : `<СуммаНДС>${sumText(line.vat)}</СуммаНДС>`;
    rows += `<Строка><НомерСтрокиДокумента>${number}</НомерСтрокиДокумента><Номенклатура>${serviceKeys(services.get(line.service)!)}</Номенклатура><Количество>${formatDecimalShort(line.quantity, 3)}</Количество><Сумма>${sumText(line.sum)}</Сумма><Цена>${sumText(line.price)}</Цена><СтавкаНДС>${rateText(line)}</СтавкаНДС>${vat}<Содержание>${text(line.content)}</Содержание></Строка>`;
  }
  return rows;
}
