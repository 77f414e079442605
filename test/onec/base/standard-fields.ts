import { BOOLEAN, DATE_TIME, text } from '../library/type-spec.ts';
import { type Field, field, fullName, type ObjectMeta, REQUIRED, refs } from './metadata/types.ts';

const cache = new WeakMap<ObjectMeta, readonly Field[]>();

/** Attributes that objects of a kind have by themselves. */
export function standardFields(meta: ObjectMeta): readonly Field[] {
  const known = cache.get(meta);
  if (known) return known;
  const fields = meta.kind === 'Документ' ? documentFields(meta) : catalogFields(meta);
  cache.set(meta, fields);
  return fields;
}

function documentFields({ number }: ObjectMeta): Field[] {
  return [
    field('ПометкаУдаления', BOOLEAN),
    field('Номер', text(number?.length ?? 0, true)),
    field('Дата', DATE_TIME, REQUIRED),
    field('Проведен', BOOLEAN),
  ];
}

function catalogFields(meta: ObjectMeta): Field[] {
  return [
    field('ПометкаУдаления', BOOLEAN),
    field('Предопределенный', BOOLEAN),
    field('ИмяПредопределенныхДанных', text()),
    ...(meta.code ? [field('Код', text(meta.code.length))] : []),
    ...(meta.nameLength !== undefined ? [field('Наименование', text(meta.nameLength), REQUIRED)] : []),
    ...(meta.hierarchical ? [field('Родитель', refs(fullName(meta))), field('ЭтоГруппа', BOOLEAN)] : []),
    ...(meta.owners ? [field('Владелец', refs(...meta.owners), REQUIRED)] : []),
  ];
}
