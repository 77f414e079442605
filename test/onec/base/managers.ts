import { DateTime, endOf, startOf } from '../language/date-time.ts';
import { type BslObject, defineType, type Methods, type ObjectType } from '../language/object-type.ts';
import { keyOf } from '../language/type-of.ts';
import type { Value } from '../language/values.ts';
import { uuidType, ZERO_UUID } from '../library/uuid.ts';
import type { Base } from './base.ts';
import { fullName, type ObjectKind, type ObjectMeta } from './metadata/types.ts';
import { newObject, setField } from './objects/data-object.ts';
import type { Reference } from './reference.ts';

/** Справочники.X, Документы.X. */

interface Managers extends BslObject {
  readonly items: ReadonlyMap<string, Value>;
}

const managersType: ObjectType<Managers> = defineType<Managers>('МенеджерыОбъектов', {
  dynamic: { get: ({ items }, name) => items.get(name.toLowerCase()) },
  closed: true,
});

/** The global objects Справочники, Документы, ПланыСчетов. */
export function createManagers(base: Base, kind: ObjectKind): Value {
  const metas = base.profile.configuration.objects.filter((meta) => meta.kind === kind);
  const managers: Managers = {
    type: managersType,
    items: new Map(metas.map((meta) => [meta.name.toLowerCase(), createManager(base, meta)])),
  };
  return managers;
}

function createManager(base: Base, meta: ObjectMeta): Value {
  const type = defineType<BslObject>(`${meta.kind}Менеджер.${meta.name}`, {
    methods: {
      'ПустаяСсылка()': () => base.reference(fullName(meta), ZERO_UUID),
      'ПолучитьСсылку(Идентификатор?)': (_, args, session) =>
        base.reference(fullName(meta), args.has(0) ? args.object(0, uuidType).uuid : session.newUuid()),
      ...(meta.kind === 'Документ' ? documentMethods(base, meta) : catalogMethods(base, meta)),
    },
    dynamic: {
      get: (_, name) => {
        const found = meta.predefined?.find((one) => one.name.toLowerCase() === name.toLowerCase());
        const stored =
          found &&
          base.store
            .all(fullName(meta))
            .find(({ fields }) => fields.get('имяпредопределенныхданных') === found.name);
        return stored && base.reference(fullName(meta), stored.uuid);
      },
    },
    closed: true,
  });
  return { type };
}

function documentMethods(base: Base, meta: ObjectMeta): Methods<BslObject> {
  return {
    'СоздатьДокумент()': () => newObject(base, meta),
    'НайтиПоНомеру(Номер, Дата?)': (_, args) =>
      findByNumber(base, meta, args.text(0), args.has(1) ? args.date(1) : undefined),
  };
}

/**
 * The document with this number; with a date, in the year of that date: numbers are unique within a year, so the day
 * and the time do not matter.
 */
export function findByNumber(
  base: Base,
  meta: ObjectMeta,
  number: string,
  date: DateTime | undefined,
): Reference {
  base.transactions.touch();
  const found = base.store.all(fullName(meta)).find(({ fields }) => {
    const at = fields.get('дата');
    const inYear =
      date === undefined ||
      (at instanceof DateTime &&
        at.seconds >= startOf(date, 'year').seconds &&
        at.seconds <= endOf(date, 'year').seconds);
    return inYear && sameText(fields.get('номер')!, number);
  });
  return base.reference(fullName(meta), found?.uuid ?? ZERO_UUID);
}

/** Texts of the base are compared without regard to case and to spaces at the end. */
export function sameText(left: Value, right: string): boolean {
  return String(left).trimEnd().toLowerCase() === right.trimEnd().toLowerCase();
}

function catalogMethods(base: Base, meta: ObjectMeta): Methods<BslObject> {
  const find = (matches: (fields: ReadonlyMap<string, Value>) => boolean): Reference => {
    base.transactions.touch();
    const found = base.store.all(fullName(meta)).find(({ fields }) => matches(fields));
    return base.reference(fullName(meta), found?.uuid ?? ZERO_UUID);
  };
  return {
    'СоздатьЭлемент()': () => newObject(base, meta),
    ...(meta.hierarchical && {
      'СоздатьГруппу()': () => {
        const folder = newObject(base, meta);
        setField(folder, 'ЭтоГруппа', true);
        return folder;
      },
    }),
    'НайтиПоКоду(Код)': (_, args) =>
      find((fields) => fields.has('код') && sameText(fields.get('код')!, args.text(0))),
    'НайтиПоНаименованию(Наименование, Точно?)': (_, args) => {
      const exact = args.boolean(1, false);
      const name = args.text(0).trimEnd().toLowerCase();
      return find((fields) => {
        const own = String(fields.get('наименование')).trimEnd().toLowerCase();
        return exact ? own === name : own.startsWith(name);
      });
    },
    'НайтиПоРеквизиту(Имя, Значение)': (_, args) => {
      const name = args.text(0).toLowerCase();
      const wanted = args.value(1);
      return find((fields) => {
        const value = fields.get(name);
        if (value === undefined) return false;
        return typeof wanted === 'string' ? sameText(value, wanted) : keyOf(value) === keyOf(wanted);
      });
    },
  };
}
