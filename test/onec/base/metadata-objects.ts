import { integer } from '../language/decimal.ts';
import { BslException } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { systemEnum } from '../library/define.ts';
import { describeType } from '../library/type-description.ts';
import type { Base } from './base.ts';
import { type Field, type FullName, fullName, type ObjectMeta } from './metadata/types.ts';
import { standardFields } from './standard-fields.ts';

/** Метаданные: what a module may ask about the configuration before it leans on it. */

interface MetadataObject extends BslObject {
  readonly name: string;
  readonly fullName: FullName;
  /** Everything but the name: properties by their name in lower case. */
  readonly properties: ReadonlyMap<string, Value>;
}

const metadataType: ObjectType<MetadataObject> = defineType<MetadataObject>('ОбъектМетаданных', {
  properties: { Имя: (self) => self.name },
  methods: { 'ПолноеИмя()': (self) => self.fullName, 'Представление()': (self) => self.name },
  dynamic: { get: (self, name) => self.properties.get(name.toLowerCase()) },
  key: (self) => self.fullName,
  filled: () => true,
});

function describe(name: string, full: FullName, properties: Record<string, Value>): MetadataObject {
  const entries = Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value] as const);
  return { type: metadataType, name, fullName: full, properties: new Map(entries) };
}

interface Collection extends BslObject {
  readonly items: ReadonlyMap<string, MetadataObject>;
}

const collectionType: ObjectType<Collection> = defineType<Collection>('КоллекцияОбъектовМетаданных', {
  methods: {
    'Найти(Имя)': ({ items }, args) => items.get(args.text(0).toLowerCase()) ?? UNDEFINED,
    'Количество()': ({ items }) => integer(items.size),
    'Содержит(Объект)': ({ items }, args) => [...items.values()].some((item) => item === args.value(0)),
  },
  dynamic: { get: ({ items }, name) => items.get(name.toLowerCase()) },
  index: {
    get: ({ items }, key) => {
      const found = typeof key === 'string' ? items.get(key.toLowerCase()) : undefined;
      if (!found) throw new BslException(`Поле объекта не обнаружено (${String(key)})`);
      return found;
    },
  },
  iterate: ({ items }) => items.values(),
  closed: true,
});

function collection(items: readonly MetadataObject[]): Collection {
  return { type: collectionType, items: new Map(items.map((item) => [item.name.toLowerCase(), item])) };
}

const posting = systemEnum('Проведение', ['Разрешить', 'Запретить']);

const known = new WeakMap<Base, Map<FullName, MetadataObject>>();

/** Метаданные() of an object; the same object every time. */
export function metadataOf(base: Base, meta: ObjectMeta): Value {
  const objects = known.get(base) ?? new Map<FullName, MetadataObject>();
  known.set(base, objects);
  const name = fullName(meta);
  const found = objects.get(name) ?? describeObject(base, meta);
  objects.set(name, found);
  return found;
}

function describeObject(base: Base, meta: ObjectMeta): MetadataObject {
  const full = fullName(meta);
  const fields = (list: readonly Field[]): Collection =>
    collection(
      list.map(({ name, type }) =>
        describe(name, `${full}.Реквизит.${name}`, { Тип: describeType(base.spec(type)) }),
      ),
    );
  return describe(meta.name, full, {
    Синоним: meta.synonym,
    Реквизиты: fields(meta.fields),
    СтандартныеРеквизиты: fields(standardFields(meta)),
    ТабличныеЧасти: collection(
      meta.parts.map((part) =>
        describe(part.name, `${full}.ТабличнаяЧасть.${part.name}`, { Реквизиты: fields(part.fields) }),
      ),
    ),
    ...(meta.number && { ДлинаНомера: integer(meta.number.length), Автонумерация: true }),
    ...(meta.code && { ДлинаКода: integer(meta.code.length), Автонумерация: meta.code.auto }),
    ...(meta.nameLength !== undefined && { ДлинаНаименования: integer(meta.nameLength) }),
    ...(meta.kind === 'Документ' && {
      Проведение: posting.members[meta.posting ? 'Разрешить' : 'Запретить'],
    }),
  });
}

export interface MetadataNames {
  commonModules: readonly string[];
  dataProcessors: readonly string[];
}

/** The global object Метаданные. */
export function createMetadata(base: Base, { commonModules, dataProcessors }: MetadataNames): Value {
  const { configuration } = base.profile;
  const ofKind = (kind: string): Collection =>
    collection(
      configuration.objects
        .filter((meta) => meta.kind === kind)
        .map((meta) => metadataOf(base, meta) as MetadataObject),
    );
  const named = (prefix: string, names: readonly string[]): Collection =>
    collection(names.map((name) => describe(name, `${prefix}.${name}`, {})));
  const collections: Record<string, Collection> = {
    Справочники: ofKind('Справочник'),
    Документы: ofKind('Документ'),
    ПланыСчетов: ofKind('ПланСчетов'),
    Перечисления: collection(
      configuration.enumerations.map(({ name, values }) =>
        describe(name, `Перечисление.${name}`, {
          ЗначенияПеречисления: named(`Перечисление.${name}.ЗначениеПеречисления`, values),
        }),
      ),
    ),
    Константы: named(
      'Константа',
      configuration.constants.map(({ name }) => name),
    ),
    РегистрыСведений: named(
      'РегистрСведений',
      configuration.registers.map(({ name }) => name),
    ),
    ОбщиеМодули: named('ОбщийМодуль', commonModules),
    Обработки: named('Обработка', dataProcessors),
  };
  const type = defineType<MetadataObject>('ОбъектМетаданныхКонфигурация', {
    properties: { Имя: (self) => self.name },
    methods: {
      'НайтиПоПолномуИмени(Имя)': (_, args) => findByFullName(collections, args.text(0)) ?? UNDEFINED,
    },
    dynamic: { get: (self, name) => self.properties.get(name.toLowerCase()) },
  });
  const own = describe(configuration.name, configuration.name, {
    Синоним: configuration.synonym,
    Версия: configuration.version,
    СвойстваОбъектов: describe('СвойстваОбъектов', 'СвойстваОбъектов', {
      Проведение: posting.value.get(undefined as never),
    }),
    ...collections,
  });
  return { ...own, type };
}

/** Where `Справочник.Контрагенты` stands. */
function findByFullName(
  collections: Readonly<Record<string, Collection>>,
  name: string,
): MetadataObject | undefined {
  const key = name.toLowerCase();
  for (const { items } of Object.values(collections))
    for (const item of items.values()) if (item.fullName.toLowerCase() === key) return item;
  return undefined;
}
