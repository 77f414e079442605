import { integer } from '../language/decimal.ts';
import { Unsupported } from '../language/errors.ts';
import { NO_BREAK_SPACE, textOf } from '../language/presentation.ts';
import type { Library } from '../language/session.ts';
import type { Value } from '../language/values.ts';
import { arrayType, newArray } from './array.ts';
import { fn, globalValue, systemEnum } from './define.ts';
import { namedValues } from './named-values.ts';

const direction = systemEnum('НаправлениеПоиска', ['СНачала', 'СКонца']);

/** Characters that 1C takes for blank. Whether a no-break space is one is not documented: an edge one ends the test. */
const BLANK = /^[ \t\r\n\v\f]+/;
const BLANK_END = /[ \t\r\n\v\f]+$/;

export const strings: Library = {
  functions: [
    fn('СтрДлина(Строка)', (args) => integer(args.text(0).length)),
    fn('Лев(Строка, Число)', (args) => args.text(0).slice(0, Math.max(0, args.integer(1)))),
    fn('Прав(Строка, Число)', (args) => {
      const count = Math.max(0, args.integer(1));
      return count === 0 ? '' : args.text(0).slice(-count);
    }),
    fn('Сред(Строка, Начало, Число?)', (args) => {
      const start = args.integer(1);
      if (start < 1) throw new Unsupported('Сред с позиции меньше 1');
      const count = args.has(2) ? Math.max(0, args.integer(2)) : Number.POSITIVE_INFINITY;
      return args.text(0).slice(start - 1, start - 1 + count);
    }),
    fn('СокрЛ(Строка)', (args) => trimStart(args.text(0))),
    fn('СокрП(Строка)', (args) => trimEnd(args.text(0))),
    fn('СокрЛП(Строка)', (args) => trimStart(trimEnd(args.text(0)))),
    fn('ВРег(Строка)', (args) => args.text(0).toUpperCase()),
    fn('НРег(Строка)', (args) => args.text(0).toLowerCase()),
    fn('ПустаяСтрока(Строка)', (args) => trimStart(args.text(0)) === ''),
    fn('СтрЗаменить(Строка, Что, НаЧто)', (args) => {
      const what = args.text(1);
      if (what === '') throw new Unsupported('СтрЗаменить пустой строки');
      return args.text(0).split(what).join(args.text(2));
    }),
    fn('СтрНайти(Строка, Что, Направление?, Начало?, Вхождение?)', (args) => {
      const fromEnd = args.has(2) && direction.nameOf(args.value(2)) === 'СКонца';
      const start = args.has(3) ? args.integer(3) : undefined;
      return integer(find(args.text(0), args.text(1), fromEnd, start, args.integer(4, 1)));
    }),
    fn('Найти(Строка, Что)', (args) => integer(find(args.text(0), args.text(1), false, undefined, 1))),
    fn('СтрЧислоВхождений(Строка, Что)', (args) =>
      integer(args.text(0).split(notEmpty(args.text(1))).length - 1),
    ),
    fn('СтрНачинаетсяС(Строка, Что)', (args) => args.text(0).startsWith(notEmpty(args.text(1)))),
    fn('СтрЗаканчиваетсяНа(Строка, Что)', (args) => args.text(0).endsWith(notEmpty(args.text(1)))),
    fn('СтрРазделить(Строка, Разделитель, ВключатьПустые?)', (args) => {
      const parts = split(args.text(0), notEmpty(args.text(1)));
      return newArray(args.boolean(2, true) ? parts : parts.filter((part) => part !== ''));
    }),
    fn('СтрСоединить(Строки, Разделитель?)', (args) => {
      const parts = args.object(0, arrayType).items.map((item) => {
        if (typeof item !== 'string') throw new Unsupported('СтрСоединить: в массиве не только строки');
        return item;
      });
      return parts.join(args.text(1, ''));
    }),
    fn('СтрЧислоСтрок(Строка)', (args) => integer(notEmpty(args.text(0)).split('\n').length)),
    fn('СтрПолучитьСтроку(Строка, Номер)', (args) => args.text(0).split('\n')[args.integer(1) - 1] ?? ''),
    fn('СтрШаблон(Шаблон, Значение?…)', (args, session) => {
      const values = args.list.slice(1).map((cell) => textOf(cell?.value ?? '', session));
      return fillTemplate(args.text(0), values);
    }),
    fn('Символ(Код)', (args) => String.fromCharCode(args.integer(0))),
    fn('КодСимвола(Строка, Номер?)', (args) => {
      const code = args.text(0).charCodeAt(args.integer(1, 1) - 1);
      if (Number.isNaN(code)) throw new Unsupported('КодСимвола за концом строки');
      return integer(code);
    }),
    fn('НСтр(Строки, КодЯзыка?)', (args) => localized(args.text(0), args.text(1, 'ru'))),
  ],
  values: [globalValue('Символы', () => characters), direction.value],
};

const characters: Value = namedValues('Символы', {
  ПС: '\n',
  ВК: '\r',
  Таб: '\t',
  ВТаб: '\v',
  ПФ: '\f',
  НПП: NO_BREAK_SPACE,
});

export function trimStart(text: string): string {
  return edge(text.replace(BLANK, ''), 0);
}

export function trimEnd(text: string): string {
  const cut = text.replace(BLANK_END, '');
  return edge(cut, cut.length - 1);
}

function edge(text: string, at: number): string {
  if (text[at] === NO_BREAK_SPACE) throw new Unsupported('отсечение неразрывного пробела');
  return text;
}

function notEmpty(text: string): string {
  if (text === '') throw new Unsupported('пустая строка там, где её смысл не описан');
  return text;
}

/** @param start position to begin from: the search goes towards the beginning where `fromEnd` */
function find(
  text: string,
  what: string,
  fromEnd: boolean,
  start: number | undefined,
  occurrence: number,
): number {
  notEmpty(what);
  if (start !== undefined && (start < 1 || start > text.length))
    throw new Unsupported('СтрНайти с позиции вне строки');
  let at = start === undefined ? (fromEnd ? text.length : 0) : start - 1;
  for (let left = occurrence; ; left--) {
    const found = fromEnd ? text.lastIndexOf(what, at) : text.indexOf(what, at);
    if (found < 0 || left === 1) return found + 1;
    if (fromEnd && found === 0) return 0;
    at = fromEnd ? found - 1 : found + 1;
  }
}

/** Each character of the separator separates. */
function split(text: string, separators: string): string[] {
  const parts = [''];
  for (const char of text)
    if (separators.includes(char)) parts.push('');
    else parts[parts.length - 1] += char;
  return parts;
}

/** `%1` … `%10`; `%%` is a percent sign. */
function fillTemplate(template: string, values: readonly string[]): string {
  return template.replace(/%(%|10|[1-9]|\(\d+\)|.|$)/gs, (found, what: string) => {
    if (what === '%') return '%';
    const number = Number(what.replace(/[()]/g, ''));
    const value = values[number - 1];
    if (value === undefined) throw new Unsupported(`СтрШаблон: для «${found}» нет значения`);
    return value;
  });
}

/** `ru = '…'; en = '…'`; an apostrophe inside is doubled. */
export function localized(text: string, language: string): string {
  for (const [, code, value] of text.matchAll(/([\p{L}]+)\s*=\s*'((?:[^']|'')*)'/gu))
    if (code!.toLowerCase() === language) return value!.replaceAll("''", "'");
  throw new Unsupported(`НСтр: нет текста на языке «${language}»`);
}
