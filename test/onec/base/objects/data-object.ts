import { BslException, Unsupported } from '../../language/errors.ts';
import { type BslObject, isObject } from '../../language/object-type.ts';
import { keyOf } from '../../language/type-of.ts';
import type { Value } from '../../language/values.ts';
import { newStructure, type StructureValue } from '../../library/structure.ts';
import { adjust, emptyValue } from '../../library/type-spec.ts';
import { ZERO_UUID } from '../../library/uuid.ts';
import type { ValueTable } from '../../library/value-table.ts';
import type { Base } from '../base.ts';
import { type Field, fullName, type ObjectMeta } from '../metadata/types.ts';
import type { Reference } from '../reference.ts';
import { standardFields } from '../standard-fields.ts';
import type { StoredObject } from '../store.ts';
import { objectTypeOf } from './object-members.ts';
import { openPart, partRows } from './table-part.ts';

/** СправочникОбъект, ДокументОбъект: an object taken for change. */
export interface DataObject extends BslObject {
  readonly base: Base;
  readonly meta: ObjectMeta;
  /** Zero until a new object is written. */
  uuid: string;
  isNew: boolean;
  /** УстановитьСсылкуНового. */
  newUuid: string | undefined;
  /** By name in lower case. */
  readonly fields: Map<string, Value>;
  readonly parts: Map<string, ValueTable>;
  /** ДополнительныеСвойства: settings that handlers look at. */
  readonly additional: StructureValue;
  /** ОбменДанными.Загрузка: the configuration's own handlers do not run. */
  loading: boolean;
}

export function allFields(meta: ObjectMeta): Field[] {
  return [...standardFields(meta), ...meta.fields];
}

export function newObject(base: Base, meta: ObjectMeta): DataObject {
  const fields = new Map(
    allFields(meta).map(({ name, type }) => [name.toLowerCase(), emptyValue(base.spec(type))]),
  );
  return build(base, meta, ZERO_UUID, fields, new Map());
}

/** An object of the base, to be changed and written back. */
export function openObject(base: Base, { meta, uuid }: Reference): DataObject {
  base.transactions.touch();
  const stored = base.store.find(fullName(meta), uuid);
  if (!stored) throw new Error(`no ${fullName(meta)} ${uuid}`);
  return build(base, meta, uuid, new Map(stored.fields), stored.parts);
}

function build(
  base: Base,
  meta: ObjectMeta,
  uuid: string,
  fields: Map<string, Value>,
  parts: StoredObject['parts'],
): DataObject {
  return {
    type: objectTypeOf(meta),
    base,
    meta,
    uuid,
    isNew: uuid === ZERO_UUID,
    newUuid: undefined,
    fields,
    parts: new Map(
      meta.parts.map((part) => [
        part.name.toLowerCase(),
        openPart(base, part, parts.get(part.name.toLowerCase()) ?? []),
      ]),
    ),
    additional: newStructure(),
    loading: false,
  };
}

export function getField(object: DataObject, name: string): Value {
  const value = object.fields.get(name.toLowerCase());
  if (value === undefined) throw new Error(`${fullName(object.meta)} has no field ${name}`);
  return value;
}

/** @returns false where there is no such attribute */
export function setField(object: DataObject, name: string, value: Value): boolean {
  const key = name.toLowerCase();
  const field = allFields(object.meta).find((one) => one.name.toLowerCase() === key);
  if (!field) return false;
  const { base } = object;
  object.fields.set(
    key,
    adjust(base.spec(field.type), value, (text) =>
      base.cut.push(`${fullName(object.meta)}.${field.name}: ${text}`),
    ),
  );
  return true;
}

export function partOf(object: DataObject, name: string): ValueTable {
  const part = object.parts.get(name.toLowerCase());
  if (!part) throw new Error(`${fullName(object.meta)} has no table part ${name}`);
  return part;
}

/** The reference of the object; of a new one it is empty until the object is written. */
export function referenceOf({ base, meta, uuid }: DataObject): Reference {
  return base.reference(fullName(meta), uuid);
}

export function storedOf({ base, meta, uuid, isNew }: DataObject): StoredObject | undefined {
  return isNew ? undefined : base.store.find(fullName(meta), uuid);
}

/** Whether a write would change the base. */
export function isModified(object: DataObject): boolean {
  const stored = storedOf(object);
  if (!stored) return true;
  const differs = (left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean =>
    [...left].some(([name, value]) => keyOf(value) !== keyOf(right.get(name)!));
  if (differs(object.fields, stored.fields)) return true;
  return [...object.parts].some(([name, part]) => {
    const [now, before] = [partRows(part), stored.parts.get(name) ?? []];
    return now.length !== before.length || now.some((row, index) => differs(row, before[index]!));
  });
}

/** A reference that a field must hold. */
export function asReference(value: Value): Reference {
  if (isObject(value) && 'uuid' in value && 'meta' in value) return value as Reference;
  throw new Unsupported('в поле не ссылка');
}

/** Refuses what the handlers of the configuration refuse: the reason goes to the user, the error is general. */
export class Refusal extends BslException {
  readonly reasons: readonly string[];

  constructor(summary: string, reasons: readonly string[]) {
    super(summary);
    this.reasons = reasons;
  }
}
