import { Unsupported } from '../language/errors.ts';
import { type BslObject, defineType } from '../language/object-type.ts';
import type { Library, TypeDefinition } from '../language/session.ts';
import type { Value } from '../language/values.ts';
import { fn, globalValue, mergeLibraries, systemEnum } from '../library/define.ts';
import { errorProcessing } from '../library/errors.ts';
import { newUuid, ZERO_UUID } from '../library/uuid.ts';
import type { Base } from './base.ts';
import { createConstants } from './constants.ts';
import { createLoaderManager } from './enterprise-data/loader-object.ts';
import { createEnumerationManagers } from './enumeration.ts';
import { commonClientServer, commonModule } from './helpers/common.ts';
import { type CommonModule, moduleValue } from './helpers/common-module.ts';
import { prefixes } from './helpers/prefixes.ts';
import {
  additionalProcessors,
  additionalProcessorsClientServer,
  closingDates,
  contactInformation,
  exchangeOverridable,
  standardServer,
  users,
} from './helpers/standard.ts';
import { createManagers } from './managers.ts';
import { fullName } from './metadata/types.ts';
import { createMetadata } from './metadata-objects.ts';
import { postingModes, writeModes } from './objects/object-members.ts';
import { queryLibrary } from './query/query-object.ts';
import { referenceTypeName } from './reference.ts';
import { valueStorage } from './value-storage.ts';

const LOADER = 'ВыгрузкаЗагрузкаEnterpriseData';

const levels = systemEnum(
  'УровеньЖурналаРегистрации',
  ['Ошибка', 'Предупреждение', 'Информация', 'Примечание'],
  {},
  'server',
);

/** The global context that a base adds to the platform: its data, its queries, the modules of its configuration. */
export function baseLibrary(base: Base): Library {
  const modules = commonModules(base);
  return mergeLibraries([
    queryLibrary(base),
    valueStorage,
    ...(base.profile.errorProcessing ? [errorProcessing] : []),
    {
      functions: functions(base),
      values: [...values(base, modules), ...moduleValues(modules)],
      types: types(base),
    },
  ]);
}

interface LoadedModule {
  module: CommonModule;
  value: Value;
}

function commonModules(base: Base): LoadedModule[] {
  const loaded: LoadedModule[] = [];
  const find = (name: string): Value | undefined =>
    loaded.find(({ module }) => module.name.toLowerCase() === name.toLowerCase())?.value;
  const all = [
    commonModule(find),
    commonClientServer,
    prefixes,
    standardServer,
    closingDates,
    exchangeOverridable,
    users,
    additionalProcessors,
    additionalProcessorsClientServer,
    contactInformation,
  ];
  for (const module of all)
    if (!base.profile.missingModules.includes(module.name))
      loaded.push({ module, value: moduleValue(base, module) });
  return loaded;
}

function moduleValues(modules: readonly LoadedModule[]): NonNullable<Library['values']> {
  return modules.map(({ module, value }) => globalValue(module.name, () => value, module.side));
}

function values(base: Base, modules: readonly LoadedModule[]): NonNullable<Library['values']> {
  const server = (name: string, value: Value): ReturnType<typeof globalValue> =>
    globalValue(name, () => value, 'server');
  return [
    server('Справочники', createManagers(base, 'Справочник')),
    server('Документы', createManagers(base, 'Документ')),
    server('ПланыСчетов', createManagers(base, 'ПланСчетов')),
    server('Перечисления', createEnumerationManagers(base)),
    server('Константы', createConstants(base)),
    server('Обработки', createProcessors(base)),
    server(
      'Метаданные',
      createMetadata(base, {
        commonModules: modules.map(({ module }) => module.name),
        dataProcessors: base.profile.loader ? [LOADER] : [],
      }),
    ),
    levels.value,
    writeModes.value,
    postingModes.value,
  ];
}

function createProcessors(base: Base): Value {
  const loader = createLoaderManager(base);
  const type = defineType<BslObject>('ОбработкиМенеджер', {
    dynamic: { get: (_, name) => (name.toLowerCase() === LOADER.toLowerCase() ? loader : undefined) },
    closed: true,
  });
  return { type };
}

function functions(base: Base): NonNullable<Library['functions']> {
  const { transactions, settings, log } = base;
  return [
    fn('НачатьТранзакцию()', () => void transactions.begin(), 'server'),
    fn('ЗафиксироватьТранзакцию()', () => void transactions.commit(), 'server'),
    fn('ОтменитьТранзакцию()', () => void transactions.rollback(), 'server'),
    fn('ТранзакцияАктивна()', () => transactions.isActive(), 'server'),
    fn(
      'ЗаписьЖурналаРегистрации(Событие, Уровень?, Объект?, Данные?, Комментарий?)',
      (args) => {
        const data = args.optional(3);
        log.push({
          event: args.text(0),
          level: levels.nameOf(args.optional(1)) ?? 'Информация',
          comment: args.text(4, ''),
          ...(data !== undefined && { data }),
        });
        return undefined;
      },
      'server',
    ),
    fn('ИмяПользователя()', () => settings.userName),
    fn('ПолноеИмяПользователя()', () => settings.userName),
    fn('СтрокаСоединенияИнформационнойБазы()', () => settings.connection),
    fn('УстановитьПривилегированныйРежим(Включить)', () => undefined, 'server'),
    fn('ПривилегированныйРежим()', () => false, 'server'),
  ];
}

function types(base: Base): TypeDefinition[] {
  const { objects, enumerations } = base.profile.configuration;
  return [
    ...objects.flatMap((meta): TypeDefinition[] => {
      const name = fullName(meta);
      return [
        {
          name: referenceTypeName(meta),
          empty: base.reference(name, ZERO_UUID),
          fromXml: (text) => base.reference(name, newUuid(text).uuid),
        },
        { name: `${meta.kind}Объект.${meta.name}` },
      ];
    }),
    ...enumerations.map(({ name }): TypeDefinition => {
      const empty = base.emptyEnumeration(name);
      if (!empty) throw new Unsupported(`перечисление ${name}`);
      return { name: `ПеречислениеСсылка.${name}`, empty };
    }),
  ];
}
