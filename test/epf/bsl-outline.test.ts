import { expect, test } from 'vitest';
import { moduleMethods } from '../../src/epf/description/bsl-outline.ts';

test('sees methods with their directive, kind, export and parameters', () => {
  const text = [
    '#Область Проба',
    '&НаСервере',
    'Функция Сумма(Знач А, Б = "а, б", В = Неопределено) Экспорт',
    'КонецФункции',
    '',
    '&НаКлиенте',
    'Асинх Процедура Пуск()',
    'КонецПроцедуры',
    'процедура Малая(Команда)',
    'конецпроцедуры',
    '#КонецОбласти',
  ].join('\n');
  expect(moduleMethods(text)).toEqual([
    { name: 'Сумма', directive: 'НаСервере', isFunction: true, exported: true, parameters: 3, line: 3 },
    { name: 'Пуск', directive: 'НаКлиенте', isFunction: false, exported: false, parameters: 0, line: 7 },
    { name: 'Малая', directive: undefined, isFunction: false, exported: false, parameters: 1, line: 9 },
  ]);
});

test('takes no words of comments, texts and other names for methods', () => {
  const text = [
    '// Процедура Первая()',
    'Текст = "Процедура Вторая()',
    '|Функция Третья()";',
    'МояПроцедура Четвертая();',
    'Процедура Пятая() // Экспорт',
    'КонецПроцедуры',
    'Процедура Шестая() ЭкспортНеТо',
  ].join('\r\n');
  expect(moduleMethods(text).map(({ name, exported }) => [name, exported])).toEqual([
    ['Пятая', false],
    ['Шестая', false],
  ]);
});
