import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { transfer } from '../language/transfer.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable } from '../library/define.ts';

interface ValueStorage extends BslObject {
  readonly value: Value;
}

/** ХранилищеЗначения: any value that can be written into the base, kept as a copy. */
const storageType: ObjectType<ValueStorage> = defineType<ValueStorage>('ХранилищеЗначения', {
  methods: { 'Получить()': ({ value }) => transfer(value) },
});

export const EMPTY_STORAGE: Value = { type: storageType, value: UNDEFINED } as ValueStorage;

export const valueStorage: Library = {
  constructors: [
    newable(
      'ХранилищеЗначения(Значение, Сжатие?)',
      (args): ValueStorage => ({
        type: storageType,
        value: transfer(args.value(0)),
      }),
      'server',
    ),
  ],
};
