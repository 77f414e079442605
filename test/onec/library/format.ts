import { DateTime, EMPTY_DATE, pad, partsOf } from '../language/date-time.ts';
import { Decimal, parseDecimal, pow10, round, toInteger } from '../language/decimal.ts';
import { Unsupported } from '../language/errors.ts';
import { groupDigits, NO_BREAK_SPACE, textOf } from '../language/presentation.ts';
import type { Library, Session } from '../language/session.ts';
import { UndefinedValue, type Value } from '../language/values.ts';
import { fn } from './define.ts';

export const formatting: Library = {
  functions: [
    fn('Формат(Значение, ФорматнаяСтрока?)', (args, session) =>
      formatValue(args.value(0), args.text(1, ''), session),
    ),
  ],
};

type Keys = ReadonlyMap<string, string>;

const KNOWN: Readonly<Record<string, string>> = {
  Л: 'Л',
  L: 'Л',
  ЧЦ: 'ЧЦ',
  ND: 'ЧЦ',
  ЧДЦ: 'ЧДЦ',
  NFD: 'ЧДЦ',
  ЧРД: 'ЧРД',
  NDS: 'ЧРД',
  ЧРГ: 'ЧРГ',
  NGS: 'ЧРГ',
  ЧН: 'ЧН',
  NZ: 'ЧН',
  ЧВН: 'ЧВН',
  NLZ: 'ЧВН',
  ЧГ: 'ЧГ',
  NG: 'ЧГ',
  ДФ: 'ДФ',
  DF: 'ДФ',
  ДЛФ: 'ДЛФ',
  DLF: 'ДЛФ',
  ДП: 'ДП',
  DE: 'ДП',
  БЛ: 'БЛ',
  BF: 'БЛ',
  БИ: 'БИ',
  BT: 'БИ',
};

/** `ЧЦ=15; ЧДЦ=2; ДФ='дд.ММ.гггг'`. A key that 1C would overlook is a misprint here. */
function parseKeys(text: string): Keys {
  const keys = new Map<string, string>();
  for (const [, key, single, double, plain] of text.matchAll(
    /([\p{L}]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^;]*))\s*(?:;|$)/gu,
  )) {
    const known = KNOWN[key!.toUpperCase()];
    if (known === undefined) throw new Unsupported(`форматная строка: ключ «${key}»`);
    keys.set(known, single ?? double ?? plain!.trim());
  }
  if (keys.size === 0 && text.trim() !== '') throw new Unsupported(`форматная строка «${text}»`);
  const language = keys.get('Л');
  if (language !== undefined && !/^ru(_RU)?$/i.test(language))
    throw new Unsupported(`форматная строка: Л=${language}`);
  return keys;
}

export function formatValue(value: Value, format: string, session: Session): string {
  const keys = parseKeys(format);
  if (value instanceof Decimal) return formatNumber(value, keys);
  if (value instanceof DateTime) return formatDate(value, keys);
  if (typeof value === 'boolean') return keys.get(value ? 'БИ' : 'БЛ') ?? (value ? 'Да' : 'Нет');
  if (typeof value === 'string') return value;
  if (value instanceof UndefinedValue) return '';
  return textOf(value, session);
}

/** Zero is an empty text unless ЧН is given: `ЧН=` shows it as any other number. */
function formatNumber(value: Decimal, keys: Keys): string {
  const zero = keys.get('ЧН');
  if (value.units === 0n && zero !== '') return zero ?? '';
  const total = wholeNumber(keys.get('ЧЦ'));
  const fraction = wholeNumber(keys.get('ЧДЦ')) ?? (total === undefined || total === 0 ? undefined : 0);
  const rounded = fraction === undefined ? value : round(value, fraction);
  let [whole = '', digits = ''] = rounded.toString().replace('-', '').split('.');
  if (fraction !== undefined) digits = digits.padEnd(fraction, '0');
  const room = total !== undefined && total > 0 ? total - (fraction ?? 0) : undefined;
  if (room !== undefined && whole !== '0' && whole.length > room) {
    whole = String(pow10(room) - 1n);
    digits = '9'.repeat(digits.length);
  }
  if (keys.has('ЧВН') && room !== undefined) whole = whole.padStart(room, '0');
  const point = keys.get('ЧРД') ?? ',';
  const text = grouped(whole, keys) + (digits === '' ? '' : point + digits);
  return rounded.units < 0n ? `-${text}` : text;
}

function grouped(whole: string, keys: Keys): string {
  const groups = keys.get('ЧГ');
  if (groups === '0' || groups === '') return whole;
  if (groups !== undefined && groups !== '3,0') throw new Unsupported(`форматная строка: ЧГ=${groups}`);
  const separator = keys.get('ЧРГ');
  return groupDigits(whole, separator === undefined || separator === ' ' ? NO_BREAK_SPACE : separator);
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = parseDecimal(text);
  if (!value) throw new Unsupported(`форматная строка: «${text}» вместо числа`);
  return toInteger(value);
}

const MONTHS = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
];

/** An empty date is an empty text unless ДП is given. */
function formatDate(date: DateTime, keys: Keys): string {
  if (date.seconds === EMPTY_DATE.seconds) return keys.get('ДП') ?? '';
  const long = keys.get('ДЛФ')?.toUpperCase();
  const { day, month, year } = partsOf(date);
  if (long !== undefined && /^(ДД{1,3}|DD{1,3})$/.test(long))
    return `${day} ${MONTHS[month - 1]} ${year}${NO_BREAK_SPACE}г.`;
  const patterns: Record<string, string> = {
    Д: 'дд.ММ.гггг',
    D: 'дд.ММ.гггг',
    В: 'ЧЧ:мм:сс',
    T: 'ЧЧ:мм:сс',
    ДВ: 'дд.ММ.гггг ЧЧ:мм:сс',
    DT: 'дд.ММ.гггг ЧЧ:мм:сс',
  };
  const pattern = long === undefined ? (keys.get('ДФ') ?? 'дд.ММ.гггг Ч:мм:сс') : patterns[long];
  if (pattern === undefined) throw new Unsupported(`форматная строка: ДЛФ=${long}`);
  return patternText(date, pattern);
}

function patternText(date: DateTime, pattern: string): string {
  const { year, month, day, hour, minute, second } = partsOf(date);
  const values: Record<string, string> = {
    д: String(day),
    дд: pad(day),
    d: String(day),
    dd: pad(day),
    М: String(month),
    ММ: pad(month),
    M: String(month),
    MM: pad(month),
    гг: pad(year % 100),
    гггг: pad(year, 4),
    yy: pad(year % 100),
    yyyy: pad(year, 4),
    Ч: String(hour),
    ЧЧ: pad(hour),
    H: String(hour),
    HH: pad(hour),
    м: String(minute),
    мм: pad(minute),
    m: String(minute),
    mm: pad(minute),
    с: String(second),
    сс: pad(second),
    s: String(second),
    ss: pad(second),
  };
  // A name of a month has a form of its own beside a day and another without one.
  if (/[дd]/.test(pattern)) Object.assign(values, { ММММ: MONTHS[month - 1]!, MMMM: MONTHS[month - 1]! });
  return pattern.replace(/([\p{L}])\1*/gu, (run) => {
    const value = values[run];
    // The T of an ISO date is copied, as is whatever else 1C does not know.
    if (value === undefined && run !== 'T') throw new Unsupported(`форматная строка: «${run}» в ДФ`);
    return value ?? run;
  });
}
