import { DateTime } from '../language/date-time.ts';
import { Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import { textOf } from '../language/presentation.ts';
import type { Session } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { emptyValue } from '../library/type-spec.ts';
import { newUuid, ZERO_UUID } from '../library/uuid.ts';
import type { Base } from './base.ts';
import { fullName, type ObjectKind, type ObjectMeta } from './metadata/types.ts';
import { metadataOf } from './metadata-objects.ts';
import { openObject } from './objects/data-object.ts';
import { standardFields } from './standard-fields.ts';

/** СправочникСсылка.X, ДокументСсылка.X. */
export interface Reference extends BslObject {
  readonly meta: ObjectMeta;
  readonly uuid: string;
}

const PREFIX: Readonly<Record<ObjectKind, string>> = {
  Справочник: 'Справочник',
  Документ: 'Документ',
  ПланСчетов: 'ПланСчетов',
};

/** `СправочникСсылка.Контрагенты`. */
export function referenceTypeName({ kind, name }: Pick<ObjectMeta, 'kind' | 'name'>): string {
  return `${PREFIX[kind]}Ссылка.${name}`;
}

/** @returns undefined where the object has no such attribute */
export function readField(base: Base, reference: Reference, name: string): Value | undefined {
  const { meta, uuid } = reference;
  const key = name.toLowerCase();
  if (key === 'ссылка') return reference;
  const field = [...standardFields(meta), ...meta.fields].find((one) => one.name.toLowerCase() === key);
  if (!field) return undefined;
  if (uuid === ZERO_UUID) return emptyValue(base.spec(field.type));
  base.transactions.touch();
  const stored = base.store.find(fullName(meta), uuid);
  if (!stored)
    throw new Unsupported(`чтение «${name}» по ссылке на объект, которого нет: ${fullName(meta)} ${uuid}`);
  return stored.fields.get(key)!;
}

export function exists(base: Base, { meta, uuid }: Reference): boolean {
  return base.store.find(fullName(meta), uuid) !== undefined;
}

/** What Строка() gives: a name, or «Реализация (акт, накладная) 0000-000001 от 31.10.2026 12:00:00». */
export function presentation(base: Base, reference: Reference, session: Session): string {
  const { meta, uuid } = reference;
  if (uuid === ZERO_UUID) return '';
  if (!exists(base, reference))
    throw new Unsupported(`представление ссылки на объект, которого нет: ${fullName(meta)}`);
  if (meta.kind !== 'Документ') return String(readField(base, reference, 'Наименование')).trim();
  const date = readField(base, reference, 'Дата');
  if (!(date instanceof DateTime)) throw new Error('a document without a date');
  return `${meta.synonym} ${String(readField(base, reference, 'Номер')).trim()} от ${textOf(date, session)}`;
}

export function createReferenceType(base: Base, meta: ObjectMeta): ObjectType<Reference> {
  return defineType<Reference>(referenceTypeName(meta), {
    methods: {
      'Пустая()': ({ uuid }) => uuid === ZERO_UUID,
      'УникальныйИдентификатор()': ({ uuid }) => newUuid(uuid),
      'Метаданные()': () => metadataOf(base, meta),
      'ПолучитьОбъект()': (self) => (exists(base, self) ? openObject(base, self) : UNDEFINED),
    },
    dynamic: {
      get: (self, name) => readField(base, self, name),
      names: () => ['Ссылка', ...[...standardFields(meta), ...meta.fields].map(({ name }) => name)],
    },
    key: ({ uuid }) => uuid,
    text: (self, session) => presentation(base, self, session),
    xml: ({ uuid }) => uuid,
    filled: ({ uuid }) => uuid !== ZERO_UUID,
    transfer: 'same',
    closed: true,
  });
}
