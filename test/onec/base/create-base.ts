import type { ObjectType } from '../language/object-type.ts';
import type { Value } from '../language/values.ts';
import type { TypeSpec } from '../library/type-spec.ts';
import { ZERO_UUID } from '../library/uuid.ts';
import { addRow, setCell } from '../library/value-table.ts';
import { ACCOUNTS } from './accounts.ts';
import type { Base, BaseSettings } from './base.ts';
import { createEnumeration, type Enumeration } from './enumeration.ts';
import type { BaseProfile } from './metadata/profiles.ts';
import { type FieldType, type FullName, fullName, type ObjectMeta } from './metadata/types.ts';
import { newObject, setField } from './objects/data-object.ts';
import { partRows } from './objects/table-part.ts';
import { createReferenceType, type Reference, referenceTypeName } from './reference.ts';
import { createStore } from './store.ts';
import { createTransactions } from './transactions.ts';

const DEFAULTS: BaseSettings = {
  accountsVisible: false,
  accountsUnknown: false,
  closedUntil: undefined,
  refused: undefined,
  basePrefix: '',
  connection: 'File="C:\\Базы\\Бухгалтерия";',
  userName: 'Бухгалтер',
};

/** A base with what every base has: accounts, currencies, units, kinds of contact information; nothing of the user's. */
export function createBase(profile: BaseProfile, settings: Partial<BaseSettings> = {}): Base {
  const store = createStore();
  const { configuration } = profile;
  const metas = new Map(configuration.objects.map((meta) => [fullName(meta).toLowerCase(), meta]));
  const enumerations = new Map(
    configuration.enumerations.map((one): [string, Enumeration] => [
      one.name.toLowerCase(),
      createEnumeration(one),
    ]),
  );
  const types = new Map<string, ObjectType<Reference>>();
  const base: Base = {
    profile,
    settings: { ...DEFAULTS, ...settings },
    store,
    log: [],
    transactions: createTransactions(store),
    userSettings: new Map(),
    cut: [],
    findMeta: (name) => metas.get(name.toLowerCase()),
    meta: (name) => {
      const meta = metas.get(name.toLowerCase());
      if (!meta) throw new Error(`the model has no ${name}`);
      return meta;
    },
    reference: (name, uuid) => {
      const meta = base.meta(name);
      const type = types.get(fullName(meta)) ?? createReferenceType(base, meta);
      types.set(fullName(meta), type);
      return { type, meta, uuid: uuid.toLowerCase() };
    },
    enumeration: (name, value) => enumerations.get(name.toLowerCase())?.find(value),
    emptyEnumeration: (name) => enumerations.get(name.toLowerCase())?.empty,
    enumerationManager: (name) => enumerations.get(name.toLowerCase())?.manager,
    spec: (type) => specOf(base, type),
  };
  fill(base);
  return base;
}

const specs = new WeakMap<Base, Map<FieldType, TypeSpec>>();

function specOf(base: Base, type: FieldType): TypeSpec {
  if (!('refs' in type)) return type;
  const known = specs.get(base) ?? new Map<FieldType, TypeSpec>();
  specs.set(base, known);
  const spec = known.get(type) ?? referenceSpec(base, type.refs);
  known.set(type, spec);
  return spec;
}

function referenceSpec(base: Base, names: readonly FullName[]): TypeSpec {
  const types = names.map((name) =>
    name.startsWith('Перечисление.')
      ? `ПеречислениеСсылка.${name.slice(13)}`
      : referenceTypeName(base.meta(name)),
  );
  const [only, ...others] = names;
  const empty = only !== undefined && others.length === 0 ? emptyOf(base, only) : undefined;
  return { types, ...(empty && { empty }) };
}

function emptyOf(base: Base, name: FullName): Value {
  if (!name.startsWith('Перечисление.')) return base.reference(name, ZERO_UUID);
  const empty = base.emptyEnumeration(name.slice(13));
  if (!empty) throw new Error(`the model has no ${name}`);
  return empty;
}

function fill(base: Base): void {
  for (const { code, name, uuid } of ACCOUNTS)
    put(base, 'ПланСчетов.Хозрасчетный', uuid, { Код: code, Наименование: name });
  put(base, 'Справочник.Валюты', 'ca000000-0000-4000-8000-000000000643', {
    Код: '643',
    Наименование: 'руб.',
  });
  put(base, 'Справочник.КлассификаторЕдиницИзмерения', 'ce000000-0000-4000-8000-000000000796', {
    Код: '796',
    Наименование: 'шт',
  });
  put(base, 'Справочник.НоменклатурныеГруппы', 'c6000000-0000-4000-8000-000000000001', {
    Код: '00-000001',
    Наименование: 'Основная номенклатурная группа',
  });
  put(base, 'Справочник.ВидыНоменклатуры', 'c7000000-0000-4000-8000-000000000001', {
    Наименование: 'Услуги',
    Услуга: true,
  });
  let number = 0;
  for (const meta of base.profile.configuration.objects)
    for (const { name, title, values = {} } of meta.predefined ?? []) {
      const uuid = `c8000000-0000-4000-8000-${String(++number).padStart(12, '0')}`;
      const fields = Object.entries(values).map(([key, value]) => [key, enumValue(base, value)] as const);
      put(base, fullName(meta), uuid, {
        Предопределенный: true,
        ИмяПредопределенныхДанных: name,
        Наименование: title,
        ...Object.fromEntries(fields),
      });
    }
  base.store.constants.set('ВестиУчетПоДоговорам', true);
  base.store.constants.set(
    'ВалютаРегламентированногоУчета',
    base.reference('Справочник.Валюты', 'ca000000-0000-4000-8000-000000000643'),
  );
}

/** `Перечисление.ТипыКонтактнойИнформации.Адрес`. */
function enumValue(base: Base, path: string): Value {
  const [, enumeration, name] = path.split('.');
  const value = base.enumeration(enumeration!, name!);
  if (!value) throw new Error(`the model has no ${path}`);
  return value;
}

/** Puts an object into the base as if it had always been there: no handler runs. */
export function put(
  base: Base,
  name: FullName,
  uuid: string,
  fields: Record<string, Value>,
  parts: Record<string, readonly Record<string, Value>[]> = {},
): Reference {
  const meta: ObjectMeta = base.meta(name);
  const object = newObject(base, meta);
  for (const [key, value] of Object.entries(fields))
    if (!setField(object, key, value)) throw new Error(`${name} has no ${key}`);
  for (const [part, rows] of Object.entries(parts)) {
    const table = object.parts.get(part.toLowerCase());
    if (!table) throw new Error(`${name} has no ${part}`);
    for (const row of rows) {
      const made = addRow(table);
      for (const [key, value] of Object.entries(row))
        if (!setCell(made, key, value)) throw new Error(`${name}.${part} has no ${key}`);
    }
  }
  base.store.put(name, {
    uuid,
    fields: new Map(object.fields),
    parts: new Map([...object.parts].map(([key, table]) => [key, partRows(table)])),
  });
  return base.reference(name, uuid);
}
