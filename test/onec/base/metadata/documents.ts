import { BOOLEAN, DATE, number, text } from '../../library/type-spec.ts';
import { ACCOUNT, type Field, field, type ObjectMeta, REQUIRED, refs } from './types.ts';

/** Документы of БП 3.0 that a package touches (facts: bp30 §4). */

const SUM = number(15, 2);
const RATE = refs('Перечисление.СтавкиНДС');
/** What a VAT invoice is written for. */
const SALES = refs('Документ.РеализацияТоваровУслуг', 'Документ.КорректировкаРеализации');
const ACCOUNTS = refs('ПланСчетов.Хозрасчетный');

const HEAD: readonly Field[] = [
  field('Организация', refs('Справочник.Организации'), REQUIRED),
  field('Контрагент', refs('Справочник.Контрагенты'), REQUIRED),
  field('ДоговорКонтрагента', refs('Справочник.ДоговорыКонтрагентов')),
  field('ВалютаДокумента', refs('Справочник.Валюты')),
  field('СуммаДокумента', SUM),
  field('Комментарий', text()),
  field('Ответственный', refs('Справочник.Пользователи')),
];

const SERVICE_LINE: readonly Field[] = [
  field('Номенклатура', refs('Справочник.Номенклатура')),
  field('Содержание', text(1000)),
  field('Количество', number(15, 3)),
  field('Цена', SUM),
  field('Сумма', SUM, REQUIRED),
  field('СтавкаНДС', RATE, REQUIRED),
  field('СуммаНДС', SUM),
];

const SALE_ACCOUNTS: readonly Field[] = [
  field('СчетДоходов', ACCOUNTS, ACCOUNT),
  field('Субконто', refs('Справочник.НоменклатурныеГруппы'), ACCOUNT),
  field('СчетУчетаНДСПоРеализации', ACCOUNTS, ACCOUNT),
  field('СчетРасходов', ACCOUNTS, ACCOUNT),
];

/** @param upd the attribute ЭтоУниверсальныйДокумент is there */
export function documents(upd: boolean): ObjectMeta[] {
  return [
    {
      kind: 'Документ',
      name: 'РеализацияТоваровУслуг',
      synonym: 'Реализация (акт, накладная)',
      number: { length: 11 },
      posting: true,
      fields: [
        ...HEAD,
        field('ВидОперации', refs('Перечисление.ВидыОперацийРеализацияТоваров'), REQUIRED),
        field('Склад', text(50)),
        field('СпособЗачетаАвансов', refs('Перечисление.СпособыЗачетаАвансов'), REQUIRED),
        field('КурсВзаиморасчетов', number(10, 4)),
        field('КратностьВзаиморасчетов', number(10)),
        field('СуммаВключаетНДС', BOOLEAN),
        field('ДокументБезНДС', BOOLEAN),
        field('БанковскийСчетОрганизации', refs('Справочник.БанковскиеСчета')),
        field('СчетУчетаРасчетовСКонтрагентом', ACCOUNTS, ACCOUNT),
        field('СчетУчетаРасчетовПоАвансам', ACCOUNTS, ACCOUNT),
        field('СчетНаОплатуПокупателю', refs('Документ.СчетНаОплатуПокупателю')),
        ...(upd ? [field('ЭтоУниверсальныйДокумент', BOOLEAN)] : []),
      ],
      parts: [
        {
          name: 'Товары',
          fields: [...SERVICE_LINE.filter(({ name }) => name !== 'Содержание'), field('СчетУчета', ACCOUNTS)],
        },
        { name: 'Услуги', fields: [...SERVICE_LINE, ...SALE_ACCOUNTS] },
        { name: 'АгентскиеУслуги', fields: [...SERVICE_LINE, field('СчетРасчетов', ACCOUNTS)] },
        {
          name: 'ВозвратнаяТара',
          fields: [field('Номенклатура', refs('Справочник.Номенклатура')), field('Сумма', SUM)],
        },
        { name: 'ЗачетАвансов', fields: [field('СуммаЗачета', SUM)] },
      ],
    },
    {
      kind: 'Документ',
      name: 'КорректировкаРеализации',
      synonym: 'Корректировка реализации',
      number: { length: 11 },
      posting: true,
      fields: [
        ...HEAD,
        field('НомерИсправления', number(5)),
        field('ДокументРеализации', SALES, REQUIRED),
        field('ИсправляемыйДокументРеализации', refs('Документ.РеализацияТоваровУслуг'), REQUIRED),
      ],
      parts: [],
    },
    {
      kind: 'Документ',
      name: 'СчетФактураВыданный',
      synonym: 'Счет-фактура выданный',
      number: { length: 12 },
      posting: true,
      fields: [
        ...HEAD,
        field('ВидСчетаФактуры', refs('Перечисление.ВидСчетаФактурыВыставленного'), REQUIRED),
        field('ДокументОснование', SALES),
        field('КодВидаОперации', text(10), REQUIRED),
        field('Выставлен', BOOLEAN),
        field('ДатаВыставления', DATE),
        field('КодСпособаВыставления', number(1)),
        field('Исправление', BOOLEAN),
        field('НомерИсправления', number(5)),
        field('ИсправляемыйСчетФактура', refs('Документ.СчетФактураВыданный')),
        field('СуммаНДСДокумента', SUM),
        field('ИННКонтрагента', text(12)),
        field('КППКонтрагента', text(9)),
        field('ПредставлениеНомера', text(32)),
      ],
      parts: [
        {
          name: 'ДокументыОснования',
          fields: [field('ДокументОснование', SALES, REQUIRED)],
        },
        {
          name: 'ПлатежноРасчетныеДокументы',
          fields: [field('ДатаДокумента', DATE), field('НомерДокумента', text(30))],
        },
        { name: 'Авансы', fields: [field('Сумма', SUM), field('СтавкаНДС', RATE), field('СуммаНДС', SUM)] },
      ],
    },
    {
      kind: 'Документ',
      name: 'СчетНаОплатуПокупателю',
      synonym: 'Счет покупателю',
      number: { length: 11 },
      posting: true,
      fields: [
        ...HEAD,
        field('СтруктурнаяЕдиница', refs('Справочник.БанковскиеСчета'), REQUIRED),
        field('СуммаВключаетНДС', BOOLEAN),
        field('ДокументБезНДС', BOOLEAN),
      ],
      parts: [{ name: 'Товары', fields: SERVICE_LINE }],
    },
  ];
}
