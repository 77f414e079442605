import { keyOf } from '../language/type-of.ts';
import { asReference, type DataObject, getField } from './objects/data-object.ts';
import type { Reference } from './reference.ts';

/** The main contract of the buyer with the organisation of a document, if the base names one. */
export function mainContract(object: DataObject): Reference | undefined {
  const { base } = object;
  const wanted = [
    ['организация', keyOf(getField(object, 'Организация'))],
    ['контрагент', keyOf(getField(object, 'Контрагент'))],
  ] as const;
  const row = base.store
    .rows('ОсновныеДоговорыКонтрагента')
    .find((fields) => wanted.every(([name, key]) => keyOf(fields.get(name)!) === key));
  return row && asReference(row.get('договор')!);
}
