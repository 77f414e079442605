import { expect, test } from 'vitest';
import { type Method, moduleMethods } from '../../src/epf/description/bsl-outline.ts';
import { neededHandlers } from '../../src/epf/description/check-handlers.ts';
import { moduleText } from '../../src/epf/description/load.ts';
import { realTemplate } from './fixtures.ts';

/** What 1C would say when it compiles the modules, and the rules that their files keep. */
const template = realTemplate();
const { description } = template;
const form = description.forms[0]!;
const OBJECT_FILES = description.module;
const LAYER = OBJECT_FILES.filter((file) => file.startsWith('Data'));

/** Global methods of platform 8.3.10 that the modules call; a newer one does not compile on an old БП. */
const PLATFORM = new Set(
  (
    'Дата ЗаписатьJSON ЗаполнитьЗначенияСвойств ЗаписьЖурналаРегистрации ЗначениеЗаполнено ' +
    'ИмяПользователя ИнформацияОбОшибке КонецГода КонецМесяца КраткоеПредставлениеОшибки Лев Месяц Год ' +
    'НайтиФайлы НачалоГода НачалоДня НачалоМесяца НачатьПомещениеФайла НРег НСтр Окр ПереместитьФайл ' +
    'ПодробноеПредставлениеОшибки ПоказатьВопрос ПоказатьЗначение ПоказатьПредупреждение ПолучитьФайл ' +
    'ПолучитьHexСтрокуИзДвоичныхДанных ПолучитьБуферДвоичныхДанныхИзHexСтроки ' +
    'ПолучитьБуферДвоичныхДанныхИзДвоичныхДанных ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных ' +
    'ПолучитьДвоичныеДанныеИзСтроки ПолучитьИзВременногоХранилища ПолучитьИмяВременногоФайла ПолучитьМакет ' +
    'ПолучитьРазделительПути ПолучитьСообщенияПользователю ПоместитьВоВременноеХранилище Прав ПрочитатьJSON ' +
    'ПустаяСтрока РеквизитФормыВЗначение СоздатьКаталог СокрЛП Состояние Сред СтрДлина СтрЗаканчиваетсяНа ' +
    'СтрЗаменить СтрНайти СтрНачинаетсяС Строка СтрокаСоединенияИнформационнойБазы СтрРазделить СтрСоединить ' +
    'СтрШаблон ТекущаяДатаСеанса ТекущаяУниверсальнаяДата Тип ТипЗнч УдалитьФайлы Формат Число'
  ).split(' '),
);
const KEYWORDS = new Set('если иначеесли пока возврат и или не по из новый процедура функция'.split(' '));

/** The text without comments and string literals, and without what is called through a point. */
function code(text: string): string {
  return text.replace(/"(?:[^"]|"")*"|\/\/[^\n]*/g, (match) => (match.startsWith('"') ? '""' : ''));
}

function calls(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, before, name] of code(text).matchAll(
    /(\.\s*|Новый\s+|Процедура\s+|Функция\s+)?([\p{L}_][\p{L}\p{N}_]*)\s*\(/gu,
  ))
    if (!before && !KEYWORDS.has(name!.toLowerCase())) found.add(name!);
  return found;
}

test.each([
  ['the object module', OBJECT_FILES],
  ['the form module', form.module],
])('%s calls nothing that neither it nor platform 8.3.10 has', (_, files) => {
  const text = moduleText(template, files);
  const own = new Set(moduleMethods(text).map(({ name }) => name));
  expect([...calls(text)].filter((name) => !own.has(name) && !PLATFORM.has(name))).toEqual([]);
});

test('every method is called, exported or named by the form', () => {
  const unused = (files: readonly string[], named: ReadonlySet<string>): string[] => {
    const text = moduleText(template, files);
    const called = calls(text);
    return moduleMethods(text)
      .filter(({ name, exported }) => !exported && !called.has(name) && !named.has(name))
      .map(({ name }) => name);
  };
  expect(unused(OBJECT_FILES, new Set())).toEqual([]);
  expect(unused(form.module, new Set(neededHandlers(form).map(({ handler }) => handler)))).toEqual([]);
});

test('methods that the form calls are exported by the object module with as many parameters', () => {
  const exported = new Map(
    moduleMethods(moduleText(template, OBJECT_FILES))
      .filter((method) => method.exported)
      .map((method) => [method.name, method]),
  );
  const text = code(moduleText(template, form.module));
  const called = [...text.matchAll(/Обработка\.([\p{L}]+)\(/gu)].map((match) => ({
    name: match[1]!,
    count: countArguments(text, match.index + match[0].length),
  }));
  expect(called.length).toBeGreaterThan(5);
  for (const { name, count } of called) expect([name, exported.get(name)?.parameters]).toEqual([name, count]);
});

/** How many arguments stand before the bracket that closes a call. */
function countArguments(text: string, from: number): number {
  let depth = 1;
  let count = 0;
  let at = from;
  for (; depth > 0; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (text[at] === ',' && depth === 1) count++;
  }
  return text.slice(from, at - 1).trim() === '' ? 0 : count + 1;
}

test('exports of the object module are listed in the description', () => {
  const exported = moduleMethods(moduleText(template, OBJECT_FILES)).filter((method) => method.exported);
  expect(exported.map(({ name }) => name).sort()).toEqual([...description.exports].sort());
});

test('every exported method says what its parameters are and what it gives', () => {
  const text = moduleText(template, OBJECT_FILES);
  const undocumented = moduleMethods(text)
    .filter((method) => method.exported)
    .filter((method) => !isDocumented(method, text));
  expect(undocumented.map(({ name }) => name)).toEqual([]);
});

function isDocumented({ line, parameters, isFunction }: Method, text: string): boolean {
  const above = text
    .split('\n')
    .slice(0, line - 1)
    .reverse();
  const comment = above.slice(
    0,
    above.findIndex((one) => !one.startsWith('//')),
  );
  const has = (words: string): boolean => comment.some((one) => one.includes(words));
  return (
    comment.length > 0 &&
    (parameters === 0 || has('Параметры:')) &&
    (!isFunction || has('Возвращаемое значение:'))
  );
}

/** Names that reach the base or the disk. */
const OUTSIDE =
  /(?<![\p{L}\p{N}_.])(Справочники|Документы|Перечисления|Константы|Обработки|Метаданные|ОбщегоНазначения\p{L}*|СтандартныеПодсистемы\p{L}*|УровеньЖурналаРегистрации|НайтиФайлы|УдалитьФайлы|ПереместитьФайл|СоздатьКаталог|ХранилищеОбщихНастроек)(?![\p{L}\p{N}_])|Новый\s+(Запрос|Файл|ЧтениеТекста|ЧтениеXML|ЗаписьXML|ЧтениеZipФайла|ХранилищеЗначения)/gu;

test('only the data layer reaches the base and the disk', () => {
  expect(LAYER.length).toBe(3);
  const found = OBJECT_FILES.filter((file) => !LAYER.includes(file)).flatMap((file) =>
    [...code(template.texts.get(file)!).matchAll(OUTSIDE)].map((match) => `${file}: ${match[0]}`),
  );
  expect(found).toEqual([]);
});

test('a file of the object module stands by itself: regions and #Если are closed, for the server only', () => {
  for (const file of OBJECT_FILES) {
    const text = template.texts.get(file)!;
    const count = (what: RegExp): number => text.match(what)?.length ?? 0;
    expect(text, file).toMatch(
      /^#Если Сервер Или ТолстыйКлиентОбычноеПриложение Или ВнешнееСоединение Тогда\n/,
    );
    expect(text.trimEnd(), file).toMatch(/#КонецЕсли$/);
    expect(count(/^#Область/gm), file).toBe(count(/^#КонецОбласти/gm));
  }
});

test('nothing asynchronous of 8.3.18 and nothing built and executed', () => {
  for (const [file, text] of template.texts)
    if (file.endsWith('.bsl'))
      expect(code(text), file).not.toMatch(/(?<![\p{L}.])(Асинх|Ждать|Выполнить|Вычислить)(?![\p{L}\p{N}])/u);
});
