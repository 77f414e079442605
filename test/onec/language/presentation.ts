import { DateTime, pad, partsOf } from './date-time.ts';
import { Decimal } from './decimal.ts';
import { Unsupported } from './errors.ts';
import type { Session } from './session.ts';
import { NullValue, TypeValue, UndefinedValue, type Value } from './values.ts';

/** Between groups of digits: 1C writes a no-break space, and whoever searches for a plain one finds nothing. */
export const NO_BREAK_SPACE = '\u00a0';

/** Строка(Значение), also in a concatenation, in a Russian locale. */
export function textOf(value: Value, session: Session): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'Да' : 'Нет';
  if (value instanceof Decimal) return numberText(value);
  if (value instanceof DateTime) return dateText(value);
  if (value instanceof UndefinedValue || value instanceof NullValue) return '';
  if (value instanceof TypeValue) return typeText(value);
  return value.type.text ? value.type.text(value, session) : value.type.name;
}

/** «1 234,5» with a no-break space. */
function numberText(value: Decimal): string {
  const [whole = '', fraction] = value.toString().split('.');
  const grouped = groupDigits(whole, NO_BREAK_SPACE);
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** @param digits with a sign or without */
export function groupDigits(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator);
}

/** «31.10.2026 9:05:00»: the hour without a leading zero; the empty date is «01.01.0001 0:00:00». */
function dateText(date: DateTime): string {
  const { year, month, day, hour, minute, second } = partsOf(date);
  return `${pad(day)}.${pad(month)}.${pad(year, 4)} ${hour}:${pad(minute)}:${pad(second)}`;
}

/** Types have words of their own, which are not their names; those that are known. */
const TYPE_TEXTS: Readonly<Record<string, string>> = {
  Неопределено: 'Не определено',
  Булево: 'Булево',
  Число: 'Число',
  Строка: 'Строка',
  Дата: 'Дата',
  Тип: 'Тип',
  Массив: 'Массив',
  Структура: 'Структура',
  Соответствие: 'Соответствие',
  ДвоичныеДанные: 'Двоичные данные',
  ЧтениеXML: 'Чтение XML',
  ЗаписьXML: 'Запись XML',
  ЧтениеJSON: 'Чтение JSON',
  ЗаписьJSON: 'Запись JSON',
  ТекстовыйДокумент: 'Текстовый документ',
};

function typeText({ name }: TypeValue): string {
  const text = TYPE_TEXTS[name];
  if (text === undefined) throw new Unsupported(`представление типа «${name}»`);
  return text;
}
