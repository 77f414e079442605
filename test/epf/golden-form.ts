import type { Description, Form } from '../../src/epf/description/description.ts';
import type { LoadedTemplate } from '../../src/epf/description/load.ts';

/** A small processing with an item of every kind: the golden texts are its records. */
export function goldenTemplate(): LoadedTemplate {
  return {
    description: DESCRIPTION,
    texts: new Map([
      ['object.bsl', 'Процедура Пуск() Экспорт\nКонецПроцедуры\n'],
      ['form.bsl', 'Текст = "в ""кавычках""";\n'],
      ['text.txt', 'Строка 1\nСтрока 2\n'],
    ]),
  };
}

const FORM: Form = {
  name: 'Форма',
  title: 'Проба',
  module: ['form.bsl'],
  events: { OnOpen: 'ПриОткрытии', OnCreateAtServer: 'ПриСозданииНаСервере' },
  attributes: [
    { name: 'Объект', main: true },
    { name: 'Строка', title: 'Строка', type: 'string(10)' },
    { name: 'Флажок', title: 'Флажок', type: 'boolean' },
    { name: 'Любое', title: 'Любое', type: 'any' },
    {
      name: 'Таблица',
      title: 'Таблица',
      columns: [
        { name: 'Отметка', title: 'Отметка', type: 'boolean' },
        { name: 'Дата', title: 'Дата', type: 'date' },
        { name: 'Время', title: 'Время', type: 'dateTime' },
        { name: 'Сумма', title: 'Сумма', type: 'number(15,2)' },
      ],
    },
  ],
  commands: [
    { name: 'Пуск', title: 'Пуск', action: 'Пуск' },
    { name: 'Все', title: 'Все', tooltip: 'Отметить все', action: 'Все', picture: 'CheckAll' },
  ],
  commandBar: [{ kind: 'button', name: 'ФормаПуск', command: 'Пуск', default: true }],
  items: [
    { kind: 'text', name: 'Надпись', title: 'Надпись «раз»' },
    {
      kind: 'group',
      name: 'Группа',
      title: 'Группа',
      direction: 'horizontal',
      representation: 'normal',
      items: [
        { kind: 'label', name: 'ПолеНадписи', path: 'Строка', width: 12, stretch: false },
        {
          kind: 'input',
          name: 'ПолеВвода',
          path: 'Объект.Реквизит',
          hint: 'Подсказка ввода',
          tooltip: 'Подсказка',
          titleLocation: 'none',
          choiceButton: true,
          onStartChoice: 'НачалоВыбора',
          onChange: 'ПриИзменении',
          visible: false,
        },
      ],
    },
    {
      kind: 'group',
      name: 'Столбик',
      direction: 'vertical',
      items: [
        { kind: 'checkbox', name: 'ПолеФлажка', path: 'Флажок', title: 'Галочка', titleLocation: 'right' },
        {
          kind: 'radio',
          name: 'Переключатель',
          path: 'Строка',
          choices: [
            { value: 'Раз', title: 'Первое' },
            { value: 'Два', title: 'Второе' },
          ],
        },
        {
          kind: 'input',
          name: 'Многострочное',
          path: 'Строка',
          multiLine: true,
          readOnly: true,
          height: 5,
          width: 40,
        },
        { kind: 'input', name: 'Список', path: 'Строка', choices: [{ value: 'Раз', title: 'Первое' }] },
        { kind: 'input', name: 'ПроизвольноеПоле', path: 'Любое' },
        { kind: 'button', name: 'Кнопка', title: 'Другой заголовок', command: 'Пуск' },
      ],
    },
    {
      kind: 'commandBar',
      name: 'Панель',
      items: [{ kind: 'button', name: 'ПанельВсе', command: 'Все' }],
    },
    {
      kind: 'pages',
      name: 'Страницы',
      items: [
        {
          kind: 'page',
          name: 'Страница',
          title: 'Страница',
          items: [
            {
              kind: 'table',
              name: 'Таблица',
              path: 'Таблица',
              onSelection: 'ТаблицаВыбор',
              commandBar: [{ kind: 'button', name: 'ТаблицаВсе', command: 'Все' }],
              items: [
                {
                  kind: 'checkbox',
                  name: 'ТаблицаОтметка',
                  path: 'Таблица.Отметка',
                  onChange: 'ПриИзменении',
                },
                { kind: 'label', name: 'ТаблицаДата', path: 'Таблица.Дата' },
                { kind: 'label', name: 'ТаблицаВремя', path: 'Таблица.Время' },
                { kind: 'input', name: 'ТаблицаСумма', path: 'Таблица.Сумма' },
              ],
            },
          ],
        },
      ],
    },
  ],
};

const DESCRIPTION: Description = {
  name: 'Проба',
  synonym: 'Проба',
  comment: 'Для проверок',
  module: ['object.bsl'],
  exports: ['Пуск'],
  defaultForm: 'Форма',
  attributes: [
    { name: 'Реквизит', title: 'Реквизит', type: 'string' },
    { name: 'Число', title: 'Число', type: 'number(10,0)' },
  ],
  templates: [{ name: 'Текст', title: 'Текст', file: 'text.txt' }],
  forms: [FORM],
};
