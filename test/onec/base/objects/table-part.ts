import { integer } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import { defineType, isObjectOf, type ObjectType } from '../../language/object-type.ts';
import type { Value } from '../../language/values.ts';
import { walk } from '../../library/array.ts';
import { number } from '../../library/type-spec.ts';
import {
  addRow,
  type Column,
  getCell,
  newValueTable,
  rowMethods,
  rowOf,
  setCell,
  type TableRow,
  type ValueTable,
  valueTableType,
} from '../../library/value-table.ts';
import type { Base } from '../base.ts';
import type { TablePart } from '../metadata/types.ts';
import type { Fields } from '../store.ts';

const LINE = 'НомерСтроки';

const rowType: ObjectType<TableRow> = defineType<TableRow>('СтрокаТабличнойЧасти', {
  dynamic: {
    get: (self, name) => (name.toLowerCase() === LINE.toLowerCase() ? lineNumber(self) : getCell(self, name)),
    set: setCell,
    names: ({ table }) => [LINE, ...table.columns.map(({ name }) => name)],
  },
  closed: true,
});

function lineNumber(row: TableRow): Value {
  return integer(row.table.rows.indexOf(row) + 1);
}

/** Табличная часть: rows of an object that is being changed. */
export const tablePartType: ObjectType<ValueTable> = defineType<ValueTable>('ТабличнаяЧасть', {
  methods: {
    ...rowMethods,
    'Выгрузить()': (self) => unload(self),
    'Загрузить(Таблица)': (self, args) => {
      const source = args.value(0);
      if (!isObjectOf(source, valueTableType)) throw new BslException('Загрузить: нужна таблица значений');
      load(self, source);
      return undefined;
    },
  },
  index: { get: rowOf },
  iterate: ({ rows }) => walk(rows),
  filled: ({ rows }) => rows.length > 0,
  closed: true,
});

export function openPart(base: Base, part: TablePart, rows: readonly Fields[]): ValueTable {
  const columns = part.fields.map(({ name, type }): Column => ({ name, title: name, spec: base.spec(type) }));
  const table: ValueTable = { type: tablePartType, columns, rows: [], rowType };
  for (const fields of rows) {
    const row = addRow(table);
    for (const [name, value] of fields) row.values.set(name, value);
  }
  return table;
}

/** The rows as they lie in the base. */
export function partRows({ rows }: ValueTable): Fields[] {
  return rows.map(({ values }) => new Map(values));
}

function unload(table: ValueTable): ValueTable {
  const copy = newValueTable([{ name: LINE, title: LINE, spec: number(10) }, ...table.columns]);
  for (const row of table.rows) {
    const target = addRow(copy);
    for (const [name, value] of row.values) target.values.set(name, value);
    target.values.set(LINE.toLowerCase(), lineNumber(row));
  }
  return copy;
}

function load(table: ValueTable, source: ValueTable): void {
  table.rows.splice(0);
  for (const row of source.rows) {
    const target = addRow(table);
    for (const { name } of source.columns) setCell(target, name, getCell(row, name)!);
  }
}
