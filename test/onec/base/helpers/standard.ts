import { Unsupported } from '../../language/errors.ts';
import { getMember } from '../../language/members.ts';
import { NullValue, UNDEFINED, type Value } from '../../language/values.ts';
import { newArray } from '../../library/array.ts';
import { mapType, putEntry } from '../../library/map.ts';
import { newStructure } from '../../library/structure.ts';
import { BOOLEAN, text } from '../../library/type-spec.ts';
import { addRow, getCell, newValueTable, setCell } from '../../library/value-table.ts';
import type { Base } from '../base.ts';
import { type DataObject, partOf } from '../objects/data-object.ts';
import { closingDateProblem } from '../objects/write.ts';
import { type Reference, readField } from '../reference.ts';
import type { CommonModule } from './common-module.ts';

/** СтандартныеПодсистемыСервер. */
export const standardServer: CommonModule = {
  name: 'СтандартныеПодсистемыСервер',
  side: 'server',
  methods: {
    'ВерсияБиблиотеки()': (_, __, base) => base.profile.configuration.bsp,
    'ИдентификаторИнформационнойБазы()': (_, session, base) => infobaseId(base, session.newUuid),
  },
};

/** Made on first use, then kept: a copied base has the same. */
function infobaseId({ store }: Base, newUuid: () => string): Value {
  const known = store.constants.get('ИдентификаторИнформационнойБазы');
  if (typeof known === 'string' && known !== '') return known;
  const id = newUuid();
  store.constants.set('ИдентификаторИнформационнойБазы', id);
  return id;
}

/** ДатыЗапретаИзменения. */
export const closingDates: CommonModule = {
  name: 'ДатыЗапретаИзменения',
  side: 'server',
  methods: {
    'ИзменениеЗапрещено(Данные, Идентификатор?, ОписаниеОшибки?, Узел?)': (args, session) => {
      const object = args.value(0) as unknown as DataObject;
      if (!('additional' in (args.value(0) as object)) || (args.has(1) && args.value(1) !== UNDEFINED))
        throw new Unsupported('ИзменениеЗапрещено: поддержан только объект');
      const problem = closingDateProblem(object, session, true);
      // The text is given only to a caller that passed a text.
      if (args.has(2) && !(args.value(2) instanceof NullValue)) args.assign(2, problem ?? '');
      return problem !== undefined;
    },
  },
};

/** ОбменДаннымиПереопределяемый. */
export const exchangeOverridable: CommonModule = {
  name: 'ОбменДаннымиПереопределяемый',
  side: 'server',
  methods: {
    'ПриПолученииДоступныхВерсийФормата(ВерсииФормата)': (args, _, base) => {
      const versions = args.object(0, mapType);
      for (const version of base.profile.formatVersions) putEntry(versions, version, UNDEFINED);
      return undefined;
    },
  },
};

/** Пользователи. */
export const users: CommonModule = {
  name: 'Пользователи',
  side: 'server',
  methods: {
    'ЭтоПолноправныйПользователь(Пользователь?, ПроверятьПраваАдминистрирования?)': () => true,
  },
};

/** ДополнительныеОтчетыИОбработки. */
export const additionalProcessors: CommonModule = {
  name: 'ДополнительныеОтчетыИОбработки',
  side: 'server',
  methods: {
    'СведенияОВнешнейОбработке(ВерсияБСП?)': (args) => registration(args.text(0, '')),
  },
};

/** The structure that a processing fills to be registered (facts: epf §9). */
function registration(version: string): Value {
  const column = (name: string, spec: typeof BOOLEAN) => ({ name, title: name, spec });
  return newStructure({
    Вид: '',
    Версия: '0.0',
    Назначение: newArray(),
    Наименование: UNDEFINED,
    БезопасныйРежим: true,
    Информация: UNDEFINED,
    ВерсияБСП: version,
    ОпределитьНастройкиФормы: false,
    Команды: newValueTable([
      column('Представление', text()),
      column('Идентификатор', text()),
      column('Использование', text()),
      column('ПоказыватьОповещение', BOOLEAN),
      column('Модификатор', text()),
      column('Скрыть', BOOLEAN),
      column('ЗаменяемыеКоманды', text()),
    ]),
    Разрешения: newArray(),
  });
}

/** ДополнительныеОтчетыИОбработкиКлиентСервер. */
export const additionalProcessorsClientServer: CommonModule = {
  name: 'ДополнительныеОтчетыИОбработкиКлиентСервер',
  side: 'both',
  methods: { 'ВидОбработкиДополнительнаяОбработка()': () => 'ДополнительнаяОбработка' },
};

/** УправлениеКонтактнойИнформацией. */
export const contactInformation: CommonModule = {
  name: 'УправлениеКонтактнойИнформацией',
  side: 'server',
  newer: [
    'ПредставлениеКонтактнойИнформацииОбъекта',
    'ВидКонтактнойИнформацииПоИмени',
    'ДобавитьКонтактнуюИнформацию',
  ],
  methods: {
    'ПредставлениеКонтактнойИнформацииОбъекта(Ссылка, Вид, Разделитель?)': (args, session, base) => {
      const kind = getMember(args.value(1), 'ИмяПредопределенныхДанных', session);
      return contacts(base, args.value(0), String(kind), args.text(2, ', '));
    },
    'ВидКонтактнойИнформацииПоИмени(Имя)': (args, _, base) => {
      const stored = base.store
        .all('Справочник.ВидыКонтактнойИнформации')
        .find(({ fields }) => fields.get('имяпредопределенныхданных') === args.text(0));
      return stored ? base.reference('Справочник.ВидыКонтактнойИнформации', stored.uuid) : UNDEFINED;
    },
    // Into the object, which the caller writes; another of its kind gives way only where it is to be replaced.
    'ДобавитьКонтактнуюИнформацию(СсылкаИлиОбъект, ЗначениеИлиПредставление, ВидКонтактнойИнформации, Дата?, Замещать?)':
      (args, _, base) => {
        const contacts = partOf(args.value(0) as unknown as DataObject, 'КонтактнаяИнформация');
        const kind = args.value(2) as Reference;
        const same = args.boolean(4, true)
          ? contacts.rows.find((row) => (getCell(row, 'Вид') as unknown as Reference)?.uuid === kind.uuid)
          : undefined;
        const row = same ?? addRow(contacts);
        setCell(row, 'Вид', kind);
        setCell(row, 'Тип', readField(base, kind, 'Тип')!);
        setCell(row, 'Представление', args.text(1));
        return UNDEFINED;
      },
  },
};

function contacts(base: Base, owner: Value, kind: string, separator: string): string {
  const { meta, uuid } = owner as unknown as { meta: { kind: string; name: string }; uuid: string };
  const rows = base.store.find(`${meta.kind}.${meta.name}`, uuid)?.parts.get('контактнаяинформация') ?? [];
  return rows
    .filter((row) => {
      const of = row.get('вид') as unknown as { uuid: string };
      return (
        base.store
          .find('Справочник.ВидыКонтактнойИнформации', of.uuid)
          ?.fields.get('имяпредопределенныхданных') === kind
      );
    })
    .map((row) => String(row.get('представление')))
    .join(separator);
}
