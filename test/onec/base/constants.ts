import { type BslObject, defineType } from '../language/object-type.ts';
import type { Value } from '../language/values.ts';
import { adjust, emptyValue } from '../library/type-spec.ts';
import type { Base } from './base.ts';
import type { ConstantMeta } from './metadata/types.ts';

export function readConstant(base: Base, { name, type }: ConstantMeta): Value {
  base.transactions.touch();
  return base.store.constants.get(name) ?? emptyValue(base.spec(type));
}

/** The global object Константы. */
export function createConstants(base: Base): Value {
  const managers = new Map(
    base.profile.configuration.constants.map((constant) => {
      const type = defineType<BslObject>(`КонстантаМенеджер.${constant.name}`, {
        methods: {
          'Получить()': () => readConstant(base, constant),
          'Установить(Значение)': (_, args) =>
            void base.transactions.write(() =>
              base.store.constants.set(constant.name, adjust(base.spec(constant.type), args.value(0))),
            ),
        },
        closed: true,
      });
      return [constant.name.toLowerCase(), { type }] as const;
    }),
  );
  const type = defineType<BslObject>('КонстантыМенеджер', {
    dynamic: { get: (_, name) => managers.get(name.toLowerCase()) },
    closed: true,
  });
  return { type };
}
