import { BslException, Unsupported } from '../../language/errors.ts';
import { getMember, iterate } from '../../language/members.ts';
import { isObject } from '../../language/object-type.ts';
import type { Session } from '../../language/session.ts';
import { transfer } from '../../language/transfer.ts';
import { keyOf } from '../../language/type-of.ts';
import type { Value } from '../../language/values.ts';
import { itemsOf, newArray } from '../../library/array.ts';
import { newMap, putEntry } from '../../library/map.ts';
import { newStructure, putField } from '../../library/structure.ts';
import type { Base } from '../base.ts';
import { exists, type Reference } from '../reference.ts';
import type { CommonModule } from './common-module.ts';

/** ОбщегоНазначения. @param modules what ОбщийМодуль() finds: `Пользователи` → its value */
export function commonModule(modules: (name: string) => Value | undefined): CommonModule {
  return {
    name: 'ОбщегоНазначения',
    side: 'server',
    newer: ['СообщитьПользователю'],
    methods: {
      'ОбщийМодуль(Имя)': (args) => {
        const found = modules(args.text(0));
        if (!found) throw new BslException(`Общий модуль "${args.text(0)}" не существует.`);
        return found;
      },
      // Every subsystem that a module asks for is part of БП.
      'ПодсистемаСуществует(Имя)': (args) => {
        if (!args.text(0).startsWith('СтандартныеПодсистемы.'))
          throw new Unsupported(`ПодсистемаСуществует(${args.text(0)})`);
        return true;
      },
      'РазделениеВключено()': () => false,
      'СсылкаСуществует(Ссылка)': (args, _, base) => exists(base, reference(args.value(0))),
      'ЗначениеРеквизитаОбъекта(Ссылка, Имя, ВыбратьРазрешенные?)': (args, session) =>
        attribute(args.value(0), args.text(1), session),
      'ЗначенияРеквизитовОбъекта(Ссылка, Реквизиты, ВыбратьРазрешенные?)': (args, session) =>
        attributes(args.value(0), args.text(1), session),
      'ЗначениеРеквизитаОбъектов(Ссылки, Имя, ВыбратьРазрешенные?)': (args, session) => {
        const map = newMap();
        for (const one of itemsOf(args.value(0))) putEntry(map, one, attribute(one, args.text(1), session));
        return map;
      },
      'ВыгрузитьКолонку(Строки, Имя, ТолькоУникальные?)': (args, session) => {
        const values = [...iterate(args.value(0))].map((row) => getMember(row, args.text(1), session));
        return newArray(args.boolean(2, false) ? unique(values) : values);
      },
      'СообщитьПользователю(Текст, КлючДанных?, Поле?, ПутьКДанным?)': (args, session) =>
        void session.messages.push({
          text: args.text(0),
          field: args.text(2, ''),
          dataPath: args.text(3, ''),
        }),
      'ХранилищеОбщихНастроекЗагрузить(КлючОбъекта, КлючНастроек, ПоУмолчанию?)': (args, _, base) =>
        base.userSettings.get(settingsKey(base, args.text(0), args.text(1))) ?? args.value(2),
      'ХранилищеОбщихНастроекСохранить(КлючОбъекта, КлючНастроек, Настройки)': (args, _, base) =>
        void base.userSettings.set(settingsKey(base, args.text(0), args.text(1)), transfer(args.value(2))),
    },
  };
}

/** ОбщегоНазначенияКлиентСервер. */
export const commonClientServer: CommonModule = {
  name: 'ОбщегоНазначенияКлиентСервер',
  side: 'both',
  methods: {
    'СообщитьПользователю(Текст, КлючДанных?, Поле?, ПутьКДанным?)': (args, session) =>
      void session.messages.push({ text: args.text(0), field: args.text(2, ''), dataPath: args.text(3, '') }),
  },
};

function settingsKey({ settings }: Base, object: string, key: string): string {
  return `${settings.userName}/${object}/${key}`;
}

function reference(value: Value): Reference {
  if (isObject(value) && 'uuid' in value && 'meta' in value) return value as Reference;
  throw new Unsupported('нужна ссылка');
}

function attribute(value: Value, name: string, session: Session): Value {
  return getMember(reference(value), name.trim(), session);
}

function attributes(value: Value, names: string, session: Session): Value {
  const structure = newStructure();
  for (const name of names.split(','))
    putField(structure, name.trim().replaceAll('.', ''), attribute(value, name, session));
  return structure;
}

function unique(values: readonly Value[]): Value[] {
  const found = new Map<string, Value>();
  for (const value of values) if (!found.has(keyOf(value))) found.set(keyOf(value), value);
  return [...found.values()];
}
