import { BslException } from '../../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../../language/object-type.ts';
import type { Value } from '../../language/values.ts';
import { systemEnum, update } from '../../library/define.ts';
import type { ObjectMeta } from '../metadata/types.ts';
import { fullName } from '../metadata/types.ts';
import { metadataOf } from '../metadata-objects.ts';
import { presentation } from '../reference.ts';
import { checkFilling } from './check-filling.ts';
import { allFields, type DataObject, isModified, referenceOf, setField } from './data-object.ts';
import { assignCode, assignNumber } from './numbering.ts';
import { markForDeletion, removeObject, type WriteMode, writeObject } from './write.ts';

export const writeModes = systemEnum('РежимЗаписиДокумента', ['Запись', 'Проведение', 'ОтменаПроведения']);
export const postingModes = systemEnum('РежимПроведенияДокумента', ['Неоперативный', 'Оперативный']);

const MODES: Readonly<Record<string, WriteMode>> = {
  Запись: 'write',
  Проведение: 'post',
  ОтменаПроведения: 'unpost',
};

interface ExchangeSettings extends BslObject {
  readonly object: DataObject;
}

/** ОбменДанными. */
const exchangeType: ObjectType<ExchangeSettings> = defineType<ExchangeSettings>('ПараметрыОбменаДанными', {
  properties: {
    Загрузка: {
      get: ({ object }) => object.loading,
      set: ({ object }, value) => update(object, { loading: value === true }),
    },
  },
});

const types = new WeakMap<ObjectMeta, ObjectType<DataObject>>();

/** СправочникОбъект.X, ДокументОбъект.X. */
export function objectTypeOf(meta: ObjectMeta): ObjectType<DataObject> {
  const known = types.get(meta);
  if (known) return known;
  const type = createType(meta);
  types.set(meta, type);
  return type;
}

function createType(meta: ObjectMeta): ObjectType<DataObject> {
  const document = meta.kind === 'Документ';
  return defineType<DataObject>(`${meta.kind}Объект.${meta.name}`, {
    properties: {
      Ссылка: (self) => referenceOf(self),
      ДополнительныеСвойства: ({ additional }) => additional,
      ОбменДанными: (object): ExchangeSettings => ({ type: exchangeType, object }),
    },
    methods: {
      'ЭтоНовый()': ({ isNew }) => isNew,
      'Модифицированность()': isModified,
      'Метаданные()': ({ base }) => metadataOf(base, meta),
      'УстановитьСсылкуНового(Ссылка)': (self, args) => setNewReference(self, args.value(0)),
      'ПолучитьСсылкуНового()': ({ base, newUuid }) =>
        base.reference(fullName(meta), newUuid ?? '00000000-0000-0000-0000-000000000000'),
      'ПроверитьЗаполнение()': (self, _, session) => checkFilling(self, session),
      'УстановитьПометкуУдаления(Пометка)': (self, args, session) =>
        void markForDeletion(self, args.boolean(0), session),
      'Удалить()': (self) => void removeObject(self),
      'Заблокировать()': () => undefined,
      'Разблокировать()': () => undefined,
      ...(document
        ? {
            'Записать(Режим?, РежимПроведения?)': (self: DataObject, args, session) => {
              if (postingModes.nameOf(args.optional(1)) === 'Оперативный')
                throw new BslException('Оперативное проведение документа запрещено');
              return void writeObject(self, MODES[writeModes.nameOf(args.optional(0)) ?? 'Запись']!, session);
            },
            'УстановитьНовыйНомер()': (self: DataObject) => void assignNumber(self),
          }
        : {
            'Записать()': (self: DataObject, _, session) => void writeObject(self, 'write', session),
            'УстановитьНовыйКод()': (self: DataObject) => void assignCode(self),
          }),
    },
    dynamic: {
      get: ({ fields, parts }, name) => fields.get(name.toLowerCase()) ?? parts.get(name.toLowerCase()),
      set: setField,
      names: () => [...allFields(meta).map(({ name }) => name)],
    },
    text: (self, session) => (self.isNew ? '' : presentation(self.base, referenceOf(self), session)),
    closed: true,
  });
}

function setNewReference(object: DataObject, value: Value): undefined {
  const wanted = object.base.reference(fullName(object.meta), '00000000-0000-0000-0000-000000000000').type;
  if (!object.isNew) throw new BslException('Ссылка нового устанавливается только новому объекту');
  if (!isObjectOf(value, wanted)) throw new BslException('Несоответствие типов (УстановитьСсылкуНового)');
  return update(object, { newUuid: (value as unknown as { uuid: string }).uuid });
}
