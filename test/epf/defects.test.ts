import { expect, test } from 'vitest';
import { buildEpf } from '../../src/epf/build.ts';
import type { FaultCode } from '../../src/faults/registry.ts';
import { type Loose, looseItem, withTemplate } from './fixtures.ts';

interface Defect {
  defect: string;
  code: FaultCode;
  /** What the message must say: the place and what is wrong. */
  says: string[];
  description?: (value: Loose) => void;
  file?: [name: string, edit: (text: string) => string];
}

const form = (value: Loose): Loose => value.forms[0];
const attribute = (value: Loose, name: string): Loose =>
  form(value).attributes.find((one: Loose) => one.name === name);

const DEFECTS: Defect[] = [
  {
    defect: 'an unknown key',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['forms[Форма].items[Страницы].цвет', 'такого поля нет'],
    description: (value) => {
      looseItem(form(value), 'Страницы').цвет = 'красный';
    },
  },
  {
    defect: 'a missing title of a page',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['СтраницаДокументы', 'title', 'не заполнено'],
    description: (value) => {
      delete looseItem(form(value), 'СтраницаДокументы').title;
    },
  },
  {
    defect: 'a kind of item that there is not',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['ГруппаИсточник', 'вид «картинка» здесь не бывает'],
    description: (value) => {
      looseItem(form(value), 'ГруппаИсточник').kind = 'картинка';
    },
  },
  {
    defect: 'a page outside pages',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['forms[Форма].items[Лишняя]', 'вид «page» здесь не бывает'],
    description: (value) => {
      form(value).items.push({ kind: 'page', name: 'Лишняя', title: 'Лишняя' });
    },
  },
  {
    defect: 'a name that is no identifier',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['форма Форма, элементы', '«Мои страницы» не годится'],
    description: (value) => {
      looseItem(form(value), 'Страницы').name = 'Мои страницы';
    },
  },
  {
    defect: 'an item name twice, in another case of letters',
    code: 'BG1C-EPF-TWICE',
    says: ['форма Форма, элементы', '«Прочитать»'],
    description: (value) => {
      looseItem(form(value), 'ФормаЗагрузить').name = 'прочитать';
    },
  },
  {
    defect: 'an item named as the companion of another',
    code: 'BG1C-EPF-TWICE',
    says: ['ФайлПакетаРасширеннаяПодсказка'],
    description: (value) => {
      looseItem(form(value), 'Прочитать').name = 'ФайлПакетаРасширеннаяПодсказка';
    },
  },
  {
    defect: 'a column twice',
    code: 'BG1C-EPF-TWICE',
    says: ['реквизит Протокол, колонки', '«Текст»'],
    description: (value) => {
      attribute(value, 'Протокол').columns.push({ name: 'Текст', title: 'Ещё', type: 'string' });
    },
  },
  {
    defect: 'a command twice',
    code: 'BG1C-EPF-TWICE',
    says: ['форма Форма, команды', '«Загрузить»'],
    description: (value) => {
      form(value).commands.push({ name: 'Загрузить', title: 'Ещё', action: 'Загрузить' });
    },
  },
  {
    defect: 'an attribute name that hides a property of 1C',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['реквизит Документы', 'закрывает'],
    description: (value) => {
      form(value).attributes.push({ name: 'Документы', title: 'Документы', type: 'string' });
    },
  },
  {
    defect: 'an unknown type',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['реквизит Период', 'тип «СправочникСсылка.Контрагенты»'],
    description: (value) => {
      attribute(value, 'Период').type = 'СправочникСсылка.Контрагенты';
    },
  },
  {
    defect: 'a number with more fraction than digits',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['реквизит СуммаНДС', 'number(2,5)'],
    description: (value) => {
      attribute(value, 'СуммаНДС').type = 'number(2,5)';
    },
  },
  {
    defect: 'an attribute without a title',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['реквизит Организация', 'нет заголовка'],
    description: (value) => {
      delete attribute(value, 'Организация').title;
    },
  },
  {
    defect: 'two main attributes',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['форма Форма', 'ровно один основной реквизит'],
    description: (value) => {
      form(value).attributes.push({ name: 'Объект2', main: true });
    },
  },
  {
    defect: 'a data path to an attribute that there is not',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент ФайлПакета', '«ФайлПакета2» никуда не ведёт'],
    description: (value) => {
      looseItem(form(value), 'ФайлПакета').path = 'ФайлПакета2';
    },
  },
  {
    defect: 'a data path to a column that there is not',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент ДокументыПакетаНомер', '«ДокументыПакета.НомерДок» никуда не ведёт'],
    description: (value) => {
      looseItem(form(value), 'ДокументыПакетаНомер').path = 'ДокументыПакета.НомерДок';
    },
  },
  {
    defect: 'a data path to an attribute that the object has not',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент ПапкаОбмена', '«Объект.Папка» никуда не ведёт'],
    description: (value) => {
      looseItem(form(value), 'ПапкаОбмена').path = 'Объект.Папка';
    },
  },
  {
    defect: 'a column of another table',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент ДокументыПакетаНомер', 'не колонка таблицы «ДокументыПакета»'],
    description: (value) => {
      looseItem(form(value), 'ДокументыПакетаНомер').path = 'Протокол.Текст';
    },
  },
  {
    defect: 'a column outside its table',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент Период', 'вне своей таблицы'],
    description: (value) => {
      looseItem(form(value), 'Период').path = 'Протокол.Текст';
    },
  },
  {
    defect: 'a table over an attribute that is no table',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент Протокол', '«Период» — не таблица значений'],
    description: (value) => {
      looseItem(form(value), 'Протокол').path = 'Период';
    },
  },
  {
    defect: 'a button of a command that there is not',
    code: 'BG1C-EPF-REFERENCE',
    says: ['элемент ФормаЗагрузить', 'команды «ЗагрузитьВсё»'],
    description: (value) => {
      looseItem(form(value), 'ФормаЗагрузить').command = 'ЗагрузитьВсё';
    },
  },
  {
    defect: 'a default form that is not in the list',
    code: 'BG1C-EPF-REFERENCE',
    says: ['defaultForm', '«ФормаЗагрузки» нет в списке форм'],
    description: (value) => {
      value.defaultForm = 'ФормаЗагрузки';
    },
  },
  {
    defect: 'a checkbox over a text',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['элемент ПроводитьДокументы', 'флажку нужен тип boolean'],
    description: (value) => {
      looseItem(form(value), 'ПроводитьДокументы').path = 'Период';
    },
  },
  {
    defect: 'two default buttons',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['элемент Прочитать', 'кнопка по умолчанию уже есть: ФормаЗагрузить'],
    description: (value) => {
      looseItem(form(value), 'Прочитать').default = true;
    },
  },
  {
    defect: 'a choice button that nobody handles',
    code: 'BG1C-EPF-DESCRIPTION',
    says: ['элемент ФайлПакета', 'choiceButton и onStartChoice'],
    description: (value) => {
      delete looseItem(form(value), 'ФайлПакета').onStartChoice;
    },
  },
  {
    defect: 'a handler that the module has not',
    code: 'BG1C-EPF-HANDLER',
    says: ['команда Загрузить', '«ЗагрузитьПакет» не найден'],
    description: (value) => {
      form(value).commands.find((one: Loose) => one.name === 'Загрузить').action = 'ЗагрузитьПакет';
    },
  },
  {
    defect: 'a handler with the wrong directive',
    code: 'BG1C-EPF-HANDLER',
    says: ['событие OnOpen', 'нужна директива &НаКлиенте, а стоит &НаСервере'],
    file: [
      'FormModule.bsl',
      (text) => text.replace('&НаКлиенте\nПроцедура ПриОткрытии', '&НаСервере\nПроцедура ПриОткрытии'),
    ],
  },
  {
    defect: 'a handler without a directive',
    code: 'BG1C-EPF-HANDLER',
    says: ['событие OnCreateAtServer', 'нужна директива &НаСервере, а стоит ничего'],
    file: [
      'FormModule.bsl',
      (text) => text.replace('&НаСервере\nПроцедура ПриСоздании', 'Процедура ПриСоздании'),
    ],
  },
  {
    defect: 'a handler that takes another number of parameters',
    code: 'BG1C-EPF-HANDLER',
    says: ['элемент ФайлПакета', 'параметров 1, а 1С передаёт 3'],
    file: [
      'FormModule.bsl',
      (text) =>
        text.replace('НачалоВыбора(Элемент, ДанныеВыбора, СтандартнаяОбработка)', 'НачалоВыбора(Элемент)'),
    ],
  },
  {
    defect: 'a handler that is a function',
    code: 'BG1C-EPF-HANDLER',
    says: ['команда Перепроверить', 'функция, а нужна процедура'],
    file: ['FormModule.bsl', (text) => text.replace('Процедура Перепроверить', 'Функция Перепроверить')],
  },
  {
    defect: 'a handler that stands only in a comment',
    code: 'BG1C-EPF-HANDLER',
    says: ['команда Прочитать', '«Прочитать» не найден'],
    file: ['FormModule.bsl', (text) => text.replace('Процедура Прочитать', '// Процедура Прочитать')],
  },
  {
    defect: 'a method twice',
    code: 'BG1C-EPF-HANDLER',
    says: ['модуль формы Форма', '«Загрузить» описан дважды'],
    file: [
      'FormModule.bsl',
      (text) =>
        `${text}\n&НаКлиенте\nПроцедура ЗАГРУЗИТЬ()\nКонецПроцедуры\n`.replace('ЗАГРУЗИТЬ', 'Загрузить'),
    ],
  },
  {
    defect: 'an object module that does not register itself',
    code: 'BG1C-EPF-HANDLER',
    says: ['exports', '«СведенияОВнешнейОбработке»'],
    file: [
      'ObjectModule.bsl',
      (text) => text.replace('СведенияОВнешнейОбработке() Экспорт', 'СведенияОВнешнейОбработке()'),
    ],
  },
  {
    defect: 'a module that is not there',
    code: 'BG1C-EPF-READ',
    says: ['Другой.bsl'],
    description: (value) => {
      form(value).module = ['Другой.bsl'];
    },
  },
  {
    defect: 'a broken YAML file',
    code: 'BG1C-EPF-READ',
    says: ['description.yaml'],
    file: ['description.yaml', () => 'name: "без конца\n'],
  },
];

test.each(DEFECTS)('refuses $defect', ({ code, says, description, file }) => {
  const { built, faults } = withTemplate(
    { ...(description && { description }), ...(file && { file }) },
    buildEpf,
  );
  expect(built).toBeUndefined();
  const found = faults.find((one) => one.code === code && says.every((words) => one.message.includes(words)));
  expect(found, faults.map((one) => `${one.code} ${one.message}`).join('\n')).toBeDefined();
});

test('a defect is not hidden by another: both are reported', () => {
  const { faults } = withTemplate(
    {
      description: (value) => {
        value.defaultForm = 'Нет';
        looseItem(form(value), 'Период').path = 'Нет';
      },
    },
    buildEpf,
  );
  expect(faults.map((one) => one.code)).toEqual(['BG1C-EPF-REFERENCE', 'BG1C-EPF-REFERENCE']);
});
