import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import { act, line, PERSON, SETTING, source, upd, vatInvoice, xmlOf } from './fixtures.ts';

/** By rule of ФНС: a file that keeps it and one that breaks it. */

const writer = createUpdWriter();

type Kind = 'СЧФ' | 'СЧФДОП' | 'ДОП' | 'person';
export type Edit = (xml: string) => string;

const lines = [line(122_00)];
export const FILES: Record<Kind, string> = {
  СЧФ: written(source(vatInvoice(lines))),
  СЧФДОП: written(source(upd(lines))),
  ДОП: written(source(act(lines))),
  person: written(source(act(lines), { counterparty: PERSON })),
};

function written(of: Parameters<typeof writer.write>[0]): string {
  return xmlOf(writer.write(of, SETTING).file?.bytes);
}

/** Fails where there is nothing to replace: an edit that changes nothing proves nothing. */
export function replace(pattern: RegExp | string, by: string): Edit {
  return (xml) => {
    const changed = xml.replace(pattern, () => by);
    if (changed === xml) throw new Error(`nothing to replace: ${pattern}`);
    return changed;
  };
}

const both =
  (...edits: Edit[]): Edit =>
  (xml) =>
    edits.reduce((text, edit) => edit(text), xml);
export const same: Edit = (xml) => xml;
/** Without the element and what is in it. */
const less = (name: string): Edit => replace(new RegExp(`<${name}[ >].*?</${name}>|<${name}[^>]*/>`), '');
/** Without an attribute of the first element that has it. */
const bare = (attribute: string): Edit => replace(new RegExp(` ${attribute}="[^"]*"`), '');
export const before = (tag: string, text: string): Edit => replace(tag, text + tag);
const attribute = (element: string, text: string): Edit => replace(`<${element} `, `<${element} ${text} `);

const special = (attributes: string): Edit => before('<ИнфПолФХЖ1>', `<ДопСвФХЖ1 ${attributes}/>`);
const composite = special('СпОбстФСЧФ="1"');
const buyer = (identity: string): Edit =>
  replace(/(<СвПокуп>.*?)<СвЮЛУч[^>]*\/>/, `<СвПокуп><ИдСв>${identity}`);
const details = (text: string): Edit => replace('<ДопСведТов ПрТовРаб="3"/>', text);
const declaration = (attributes: string): Edit => before('<ДопСведТов ', `<СвДТ${attributes}/>`);
const carrier = (text: string): Edit =>
  replace('</СвПер>', `<СвЛицПер><ИнЛицо>${text}</ИнЛицо></СвЛицПер></СвПер>`);
export const REFERENCE = 'РеквНаимДок="Приказ" РеквНомерДок="1" РеквДатаДок="01.10.2026"';
const NAME = '<ФИО Фамилия="Юсупов" Имя="Айдар"/>';
const POWER =
  '<СвДоверЭл НомДовер="1f6f29a5-7f9c-4d3e-9f57-1f0d4b8c2d11" ДатаВыдДовер="15.01.2026" ИдСистХран="https://m4d.nalog.gov.ru"/>';
const PAPER = '<СвДоверБум ДатаВыдДовер="15.01.2026" ВнНомДовер="12"/>';
const authority =
  (value: string, power: string): Edit =>
  (xml) =>
    xml
      .replace('СпосПодтПолном="1"', `СпосПодтПолном="${value}"`)
      .replace('</Подписант>', `${power}</Подписант>`);

interface Case {
  file: Kind;
  /** Makes the rule apply and be kept. */
  good: Edit;
  /** Makes the rule apply and be broken. */
  bad: Edit;
}

export const CASES: Record<string, Case> = {
  table: { file: 'СЧФДОП', good: same, bad: less('ТаблСчФакт') },
  transfer: { file: 'ДОП', good: same, bad: less('СвПродПер') },
  'document-name': { file: 'ДОП', good: same, bad: bare('НаимДокОпр') },
  'document-name-invoice': {
    file: 'СЧФ',
    good: same,
    bad: attribute('Документ', 'НаимДокОпр="Счёт-фактура"'),
  },
  'shipping-document': { file: 'СЧФ', good: composite, bad: both(composite, less('ДокПодтвОтгрНом')) },
  'shipping-document-advised': { file: 'СЧФ', good: same, bad: less('ДокПодтвОтгрНом') },
  address: { file: 'СЧФ', good: same, bad: less('Адрес') },
  'foreign-party': {
    file: 'ДОП',
    good: buyer('<СвИнНеУч ИдСтат="ИО" КодСтр="398" НаимСтран="Казахстан" Наим="Алатау" Идентиф="1"/>'),
    bad: buyer('<СвИнНеУч ИдСтат="ИО" КодСтр="398" НаимСтран="Казахстан" Наим="Алатау"/>'),
  },
  person: {
    file: 'person',
    good: replace('<СвФЛУч>', '<СвФЛУч ИдСтатЛ="1">'),
    bad: both(
      replace('<СвФЛУч>', '<СвФЛУч ИдСтатЛ="1">'),
      replace(/(?<=<СвФЛУч ИдСтатЛ="1">)<ФИО[^>]*\/>/, ''),
    ),
  },
  'address-register': {
    file: 'ДОП',
    good: replace(/<АдрИнф[^>]*\/>/, garAddress('02', '<МуниципРайон ВидКод="2" Наим="Уфа"/>')),
    bad: replace(/<АдрИнф[^>]*\/>/, garAddress('02', '')),
  },
  'special-invoice': { file: 'СЧФ', good: composite, bad: special('ИдГосКон="12345678901234567890"') },
  'special-not-invoice': {
    file: 'ДОП',
    good: special('СпОбстФДОП="00000"'),
    bad: special('СпОбстФДОП="00000" СпОбстФСЧФ="1"'),
  },
  'special-invoice-act': {
    file: 'СЧФДОП',
    good: special('СпОбстФСЧФДОП="00000"'),
    bad: special('ИдГосКон="12345678901234567890"'),
  },
  'special-not-invoice-act': {
    file: 'СЧФ',
    good: composite,
    bad: special('СпОбстФСЧФ="1" СпОбстФСЧФДОП="00000"'),
  },
  'special-act': {
    file: 'ДОП',
    good: special('СпОбстФДОП="00000"'),
    bad: special('ИдГосКон="12345678901234567890"'),
  },
  'special-not-act': { file: 'СЧФ', good: composite, bad: special('СпОбстФСЧФ="1" СпОбстФДОП="00000"') },
  'line-name': { file: 'СЧФДОП', good: same, bad: bare('НаимТов') },
  'line-name-act': {
    file: 'ДОП',
    good: both(bare('НаимТов'), details('<ДопСведТов КодТов="20"/>')),
    bad: bare('НаимТов'),
  },
  'unit-name': { file: 'ДОП', good: same, bad: bare('НаимЕдИзм') },
  'unit-quantity': { file: 'ДОП', good: same, bad: bare('КолТов') },
  quantity: { file: 'СЧФ', good: composite, bad: both(composite, bare('КолТов')) },
  'quantity-advised': { file: 'СЧФДОП', good: same, bad: both(bare('КолТов'), bare('ОКЕИ_Тов')) },
  'line-net': { file: 'СЧФ', good: composite, bad: both(composite, bare('СтТовБезНДС')) },
  'line-net-advised': { file: 'СЧФДОП', good: same, bad: bare('СтТовБезНДС') },
  'total-net': { file: 'СЧФ', good: composite, bad: both(composite, bare('СтТовБезНДСВсего')) },
  'total-net-advised': { file: 'СЧФДОП', good: same, bad: bare('СтТовБезНДСВсего') },
  'line-gross': { file: 'СЧФДОП', good: same, bad: bare('СтТовУчНал') },
  'total-gross': { file: 'СЧФ', good: same, bad: bare('СтТовУчНалВсего') },
  'line-cost-act': {
    file: 'ДОП',
    good: bare('СтТовБезНДС'),
    bad: both(bare('СтТовБезНДС'), bare('СтТовУчНал')),
  },
  'total-cost-act': {
    file: 'ДОП',
    good: bare('СтТовУчНалВсего'),
    bad: both(bare('СтТовБезНДСВсего'), bare('СтТовУчНалВсего')),
  },
  excise: {
    file: 'ДОП',
    good: details('<ДопСведТов КодВидПр="1"/>'),
    bad: both(details('<ДопСведТов КодВидПр="1"/>'), less('Акциз')),
  },
  'origin-code': {
    file: 'СЧФ',
    good: both(
      composite,
      details('<ДопСведТов ПрТовРаб="1"><КрНаимСтрПр>КНР</КрНаимСтрПр></ДопСведТов>'),
      declaration(' КодПроисх="156" НомерДТ="1"'),
    ),
    bad: both(composite, declaration(' НомерДТ="1"')),
  },
  'declaration-number': {
    file: 'СЧФ',
    good: both(
      composite,
      details('<ДопСведТов ПрТовРаб="1"><КрНаимСтрПр>КНР</КрНаимСтрПр></ДопСведТов>'),
      declaration(' КодПроисх="156" НомерДТ="1"'),
    ),
    bad: both(composite, declaration(' КодПроисх="156"')),
  },
  'origin-name': {
    file: 'ДОП',
    good: both(
      details('<ДопСведТов ПрТовРаб="1"><КрНаимСтрПр>КНР</КрНаимСтрПр></ДопСведТов>'),
      declaration(' КодПроисх="156"'),
    ),
    bad: declaration(' КодПроисх="156"'),
  },
  'operation-details': {
    file: 'ДОП',
    good: both(special('СпОбстФДОП="10000"'), details('<ДопСведТов ДопИнфПВидО="00001"/>')),
    bad: special('СпОбстФДОП="10000"'),
  },
  marking: {
    file: 'ДОП',
    good: details('<ДопСведТов><НомСредИдентТов><КИЗ>1</КИЗ></НомСредИдентТов></ДопСведТов>'),
    bad: details('<ДопСведТов><НомСредИдентТов/></ДопСведТов>'),
  },
  'transfer-date': {
    file: 'ДОП',
    good: bare('ДатаПер'),
    bad: both(bare('ДатаПер'), bare('ДатаОконПер')),
  },
  'carrier-organization': {
    file: 'ДОП',
    good: carrier(
      `<ПредОргПер Должность="Курьер" НаимОргПер="ООО «Агидель»" ИННЮЛПер="0299000036">${NAME}</ПредОргПер>`,
    ),
    bad: carrier(`<ПредОргПер Должность="Курьер" НаимОргПер="ООО «Агидель»">${NAME}</ПредОргПер>`),
  },
  'carrier-person': {
    file: 'ДОП',
    good: carrier(`<ФЛПер><ОснДоверФЛ ${REFERENCE}/>${NAME}</ФЛПер>`),
    bad: carrier(`<ФЛПер>${NAME}</ФЛПер>`),
  },
  'power-electronic': { file: 'СЧФДОП', good: authority('3', POWER), bad: authority('3', '') },
  'power-not-electronic': { file: 'СЧФДОП', good: same, bad: authority('2', POWER) },
  'power-paper': { file: 'СЧФДОП', good: authority('5', PAPER), bad: authority('5', '') },
  'power-not-paper': { file: 'СЧФДОП', good: same, bad: authority('3', PAPER) },
};

export function garAddress(region: string, district: string): string {
  const address = '<АдрГАР ИдНом="1f6f29a5-7f9c-4d3e-9f57-1f0d4b8c2d11">';
  return `${address}<Регион>${region}</Регион><НаимРегион>Регион</НаимРегион>${district}</АдрГАР>`;
}

writer.dispose();
