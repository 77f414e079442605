import { integer } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library, Session } from '../language/session.ts';
import { typeName } from '../language/type-of.ts';
import { NullValue, TypeValue, UndefinedValue, type Value } from '../language/values.ts';
import { itemsOf, newArray } from './array.ts';
import { newable, systemEnum } from './define.ts';
import { ANY, adjust, emptyValue, type TypeSpec } from './type-spec.ts';

/** ОписаниеТипов. */
export interface TypeDescription extends BslObject {
  readonly spec: TypeSpec;
}

export const typeDescriptionType: ObjectType<TypeDescription> = defineType<TypeDescription>('ОписаниеТипов', {
  properties: {
    КвалификаторыСтроки: ({ spec }) => qualifiers({ string: spec.string ?? { length: 0 } }),
    КвалификаторыЧисла: ({ spec }) => qualifiers({ number: spec.number ?? { digits: 0, fraction: 0 } }),
  },
  methods: {
    'Типы()': ({ spec }) => newArray(spec.types.map((name) => new TypeValue(name))),
    'СодержитТип(Тип)': ({ spec }, args) => {
      const type = args.value(0);
      if (!(type instanceof TypeValue)) throw new Unsupported('СодержитТип: нужен тип');
      return spec.types.some((name) => name.toLowerCase() === type.name.toLowerCase());
    },
    'ПривестиЗначение(Значение?)': ({ spec }, args) => {
      const value = args.value(0);
      const known =
        spec.types.includes(typeName(value)) || value instanceof UndefinedValue || value instanceof NullValue;
      return known || spec.types.length === 0 ? adjust(spec, value) : foreign(spec, value);
    },
  },
  transfer: 'same',
});

/** A reference to what another type holds is not kept; what 1C makes of texts and numbers is not modelled. */
function foreign(spec: TypeSpec, value: Value): Value {
  const primitive = (type: string): boolean => ['Строка', 'Число', 'Дата', 'Булево'].includes(type);
  if (primitive(typeName(value)) && spec.types.some(primitive))
    throw new Unsupported(`ПривестиЗначение: ${typeName(value)} к ${spec.types.join(', ')}`);
  return emptyValue(spec);
}

export function describeType(spec: TypeSpec): TypeDescription {
  return { type: typeDescriptionType, spec };
}

/** The spec of an optional parameter that holds ОписаниеТипов. */
export function specOf(value: Value | undefined): TypeSpec {
  if (value === undefined || value instanceof UndefinedValue) return ANY;
  if (isObjectOf(value, typeDescriptionType)) return value.spec;
  throw new Unsupported('нужно ОписаниеТипов');
}

/** КвалификаторыСтроки, …Числа, …Даты. */
interface Qualifiers extends BslObject {
  readonly spec: Partial<TypeSpec>;
}

const qualifiersType: ObjectType<Qualifiers> = defineType<Qualifiers>('Квалификаторы', {
  properties: {
    Длина: ({ spec }) => integer(spec.string?.length ?? 0),
    Разрядность: ({ spec }) => integer(spec.number?.digits ?? 0),
    РазрядностьДробнойЧасти: ({ spec }) => integer(spec.number?.fraction ?? 0),
  },
  transfer: 'same',
});

function qualifiers(spec: Partial<TypeSpec>): Qualifiers {
  return { type: qualifiersType, spec };
}

const dateParts = systemEnum('ЧастиДаты', ['Дата', 'Время', 'ДатаВремя']);
const allowedLength = systemEnum('ДопустимаяДлина', ['Переменная', 'Фиксированная']);
const allowedSign = systemEnum('ДопустимыйЗнак', ['Любой', 'Неотрицательный']);

/** The places of qualifiers differ between forms of the newable, so they are told by their kind. */
function sizes(given: readonly (Value | undefined)[]): Partial<TypeSpec> {
  const found: Partial<TypeSpec> = {};
  for (const value of given) {
    if (value === undefined || value instanceof UndefinedValue) continue;
    if (!isObjectOf(value, qualifiersType)) throw new Unsupported('ОписаниеТипов: нужны квалификаторы');
    Object.assign(found, value.spec);
  }
  return found;
}

/** @throws BslException for a type that the base does not have */
export function specOfNames(
  names: readonly string[],
  session: Session,
  size: Partial<TypeSpec> = {},
): TypeSpec {
  const types = names.map((name) => {
    const found = session.findType(name.toLowerCase());
    if (!found) throw new BslException(`Тип не определен (${name})`);
    return found;
  });
  const [only, ...others] = types;
  const empty = only !== undefined && others.length === 0 ? only.empty : undefined;
  return { types: types.map(({ name }) => name), ...size, ...(empty !== undefined && { empty }) };
}

export const typeDescriptions: Library = {
  constructors: [
    newable('ОписаниеТипов(Типы, Второй?, Третий?, Четвертый?, Пятый?)', (args, session) => {
      const given = args.value(0);
      const names =
        typeof given === 'string'
          ? given.split(',').map((name) => name.trim())
          : itemsOf(given).map((type) => {
              if (!(type instanceof TypeValue)) throw new Unsupported('ОписаниеТипов: в массиве не тип');
              return type.name;
            });
      return describeType(specOfNames(names, session, sizes(args.list.slice(1).map((cell) => cell?.value))));
    }),
    newable('КвалификаторыСтроки(Длина?, ДопустимаяДлина?)', (args) => {
      const fixed = allowedLength.nameOf(args.optional(1)) === 'Фиксированная';
      return qualifiers({ string: { length: args.integer(0, 0), fixed } });
    }),
    newable('КвалификаторыЧисла(Разрядность?, Дробная?, Знак?)', (args) =>
      qualifiers({ number: { digits: args.integer(0, 0), fraction: args.integer(1, 0) } }),
    ),
    newable('КвалификаторыДаты(Части?)', (args) => {
      const part = dateParts.nameOf(args.optional(0)) ?? 'ДатаВремя';
      return qualifiers({ date: part === 'Дата' ? 'date' : part === 'Время' ? 'time' : 'dateTime' });
    }),
  ],
  values: [dateParts.value, allowedLength.value, allowedSign.value],
};
