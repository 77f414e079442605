import { DateTime, dateOf, dateOfDigits, dateOfIso, EMPTY_DATE, isoText } from '../language/date-time.ts';
import { Decimal, parseDecimal, ZERO } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { isObject } from '../language/object-type.ts';
import { toBoolean, toNumber } from '../language/operators.ts';
import { textOf } from '../language/presentation.ts';
import type { Library, Session, TypeDefinition } from '../language/session.ts';
import { PRIMITIVE_TYPES, typeName } from '../language/type-of.ts';
import { NullValue, TypeValue, UndefinedValue, type Value } from '../language/values.ts';
import { fn } from './define.ts';

const XML: Partial<Record<string, TypeDefinition['fromXml']>> = {
  Строка: (text) => text,
  Число: parseDecimal,
  Дата: dateOfIso,
  Булево: (text) => ({ true: true, '1': true, false: false, '0': false })[text],
};
const EMPTY: Partial<Record<string, Value>> = { Строка: '', Число: ZERO, Дата: EMPTY_DATE, Булево: false };

export const conversions: Library = {
  functions: [
    fn('Строка(Значение)', (args, session) => textOf(args.value(0), session)),
    fn('Число(Значение)', (args) => toNumber(args.value(0))),
    fn('Булево(Значение)', (args) => toBoolean(args.value(0))),
    fn('Дата(Год, Месяц?, День?, Час?, Минута?, Секунда?)', (args) => {
      if (args.count === 1) return dateOfValue(args.value(0));
      const part = (index: number): number => args.integer(index, 0);
      const date = dateOf(part(0), part(1), part(2), part(3), part(4), part(5));
      if (!date) throw new BslException('Преобразование значения к типу Дата не может быть выполнено');
      return date;
    }),
    fn('Тип(Имя)', (args, session) => new TypeValue(typeNamed(args.text(0), session).name)),
    fn('ТипЗнч(Значение)', (args) => new TypeValue(typeName(args.value(0)))),
    fn('ЗначениеЗаполнено(Значение)', (args) => isFilled(args.value(0))),
    fn('XMLСтрока(Значение)', (args) => xmlText(args.value(0))),
    fn('XMLЗначение(Тип, Строка)', (args, session) => {
      const type = args.value(0);
      if (!(type instanceof TypeValue)) throw new Unsupported('XMLЗначение: нужен тип');
      const { fromXml } = typeNamed(type.name, session);
      if (!fromXml) throw new Unsupported(`XMLЗначение для типа «${type.name}»`);
      const value = fromXml(args.text(1));
      if (value === undefined)
        throw new BslException(`Ошибка преобразования данных XML: «${args.text(1)}» — не ${type.name}`);
      return value;
    }),
  ],
  types: PRIMITIVE_TYPES.map((name) => {
    const [empty, fromXml] = [EMPTY[name], XML[name]];
    return { name, ...(empty !== undefined && { empty }), ...(fromXml && { fromXml }) };
  }),
};

function dateOfValue(value: Value): DateTime {
  if (value instanceof DateTime) return value;
  const date = typeof value === 'string' ? dateOfDigits(value) : undefined;
  if (!date) throw new BslException('Преобразование значения к типу Дата не может быть выполнено');
  return date;
}

export function typeNamed(name: string, session: Session): TypeDefinition {
  const found = session.findType(name.toLowerCase());
  if (found) return found;
  // A catalogue or document that this configuration does not have: 1C answers with an error, which a module may try.
  if (/^(справочник|документ|перечисление)(ссылка|объект|менеджер)\./i.test(name))
    throw new BslException(`Тип не определен (${name})`);
  throw new Unsupported(`Тип не определен (${name})`);
}

/** Not a blank text, not zero, not the empty date, not an empty reference or collection; a Boolean always is. */
export function isFilled(value: Value): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'boolean') return true;
  if (value instanceof Decimal) return value.units !== 0n;
  if (value instanceof DateTime) return value.seconds !== EMPTY_DATE.seconds;
  if (value instanceof UndefinedValue || value instanceof NullValue) return false;
  if (isObject(value) && value.type.filled) return value.type.filled(value);
  throw new Unsupported(`ЗначениеЗаполнено для типа «${typeName(value)}»`);
}

/** XMLСтрока(). */
export function xmlText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Decimal) return value.toString();
  if (value instanceof DateTime) return isoText(value);
  if (isObject(value) && value.type.xml) return value.type.xml(value);
  throw new Unsupported(`XMLСтрока для типа «${typeName(value)}»`);
}
