import { integer } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../../language/object-type.ts';
import type { Library, Session } from '../../language/session.ts';
import { keyOf } from '../../language/type-of.ts';
import { UNDEFINED, type Value } from '../../language/values.ts';
import { newArray } from '../../library/array.ts';
import { newable, update } from '../../library/define.ts';
import { newStructure, putField } from '../../library/structure.ts';
import { ANY } from '../../library/type-spec.ts';
import { addRow, newValueTable } from '../../library/value-table.ts';
import type { Base } from '../base.ts';
import type { Fields } from '../store.ts';
import { parseQueries } from './parse.ts';
import { runQuery } from './run.ts';
import type { TableData } from './tables.ts';

interface TemporaryTables extends BslObject {
  readonly tables: Map<string, TableData>;
}

const temporaryType: ObjectType<TemporaryTables> = defineType<TemporaryTables>('МенеджерВременныхТаблиц', {
  methods: { 'Закрыть()': ({ tables }) => void tables.clear() },
});

interface QueryObject extends BslObject {
  readonly base: Base;
  text: string;
  readonly parameters: Map<string, Value>;
  temporary: TemporaryTables;
}

const queryType: ObjectType<QueryObject> = defineType<QueryObject>('Запрос', {
  properties: {
    Текст: { get: ({ text }) => text, set: (self, value) => update(self, { text: String(value) }) },
    Параметры: ({ parameters }) => {
      const structure = newStructure();
      for (const [name, value] of parameters) putField(structure, name, value);
      return structure;
    },
    МенеджерВременныхТаблиц: {
      get: ({ temporary }) => temporary,
      set: (self, value) => update(self, { temporary: value as TemporaryTables }),
    },
  },
  methods: {
    'УстановитьПараметр(Имя, Значение)': ({ parameters }, args) =>
      void parameters.set(args.text(0).toLowerCase(), args.value(1)),
    'Выполнить()': (self, _, session) => execute(self, session).at(-1)!,
    'ВыполнитьПакет()': (self, _, session) => newArray(execute(self, session)),
  },
});

function execute({ base, text, parameters, temporary }: QueryObject, session: Session): QueryResult[] {
  base.transactions.touch();
  const run = { base, session, parameters, temporary: temporary.tables };
  return parseQueries(text).map((query) => ({ type: resultType, data: runQuery(run, query) }));
}

interface QueryResult extends BslObject {
  readonly data: TableData;
}

const resultType: ObjectType<QueryResult> = defineType<QueryResult>('РезультатЗапроса', {
  methods: {
    'Пустой()': ({ data }) => data.rows.length === 0,
    'Выбрать()': ({ data }): Selection => ({ type: selectionType, data, at: -1 }),
    'Выгрузить()': ({ data }) => {
      const table = newValueTable(
        [...data.fields.values()].map(({ name }) => ({ name, title: name, spec: ANY })),
      );
      for (const fields of data.rows) {
        const row = addRow(table);
        for (const [name, value] of fields) row.values.set(name, value);
      }
      return table;
    },
  },
});

interface Selection extends BslObject {
  readonly data: TableData;
  at: number;
}

/** ВыборкаИзРезультатаЗапроса: stands before its first row. */
const selectionType: ObjectType<Selection> = defineType<Selection>('ВыборкаИзРезультатаЗапроса', {
  methods: {
    'Количество()': ({ data }) => integer(data.rows.length),
    'Следующий()': (self) => {
      if (self.at < self.data.rows.length) self.at++;
      return self.at < self.data.rows.length;
    },
    'НайтиСледующий(Отбор)': (self, args) => {
      const filter = args.value(0);
      if (!('fields' in (filter as object))) throw new BslException('НайтиСледующий: нужна структура');
      const wanted = [...(filter as unknown as { fields: Map<string, { value: Value }> }).fields];
      while (++self.at < self.data.rows.length)
        if (wanted.every(([name, { value }]) => keyOf(current(self)!.get(name)!) === keyOf(value)))
          return true;
      return false;
    },
    'Сбросить()': (self) => update(self, { at: -1 }),
  },
  dynamic: {
    get: (self, name) => {
      if (!self.data.fields.has(name.toLowerCase())) return undefined;
      return current(self)?.get(name.toLowerCase()) ?? UNDEFINED;
    },
    names: ({ data }) => [...data.fields.values()].map(({ name }) => name),
  },
  closed: true,
});

function current({ data, at }: Selection): Fields | undefined {
  return data.rows[at];
}

export function queryLibrary(base: Base): Library {
  return {
    constructors: [
      newable(
        'Запрос(Текст?)',
        (args): QueryObject => ({
          type: queryType,
          base,
          text: args.text(0, ''),
          parameters: new Map(),
          temporary: { type: temporaryType, tables: new Map() },
        }),
        'server',
      ),
      newable(
        'МенеджерВременныхТаблиц()',
        (): TemporaryTables => ({ type: temporaryType, tables: new Map() }),
        'server',
      ),
    ],
  };
}
