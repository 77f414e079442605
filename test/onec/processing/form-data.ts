import type { FormAttribute } from '../../../src/epf/description/description.ts';
import type { Cell } from '../language/args.ts';
import { integer, toInteger } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObject, type ObjectType } from '../language/object-type.ts';
import { transfer } from '../language/transfer.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { walk } from '../library/array.ts';
import {
  getCell,
  rowMethods,
  rowOf,
  setCell,
  type TableRow,
  type ValueTable,
} from '../library/value-table.ts';
import { specOfDescription, typedCell } from './typed-cell.ts';

const ids = new WeakMap<TableRow, number>();
let drawn = 0;

/** ПолучитьИдентификатор(): a number that stays with the row. */
export function rowId(row: TableRow): number {
  const id = ids.get(row) ?? drawn++;
  ids.set(row, id);
  return id;
}

const rowType: ObjectType<TableRow> = defineType<TableRow>('ДанныеФормыЭлементКоллекции', {
  methods: { 'ПолучитьИдентификатор()': (self) => integer(rowId(self)) },
  dynamic: {
    get: getCell,
    set: (self, name, value) => {
      if (isObject(value)) transfer(value);
      return setCell(self, name, value);
    },
    names: ({ table }) => table.columns.map(({ name }) => name),
  },
  transfer: 'same',
  closed: true,
});

/** ДанныеФормыКоллекция: a table of values as a form holds it, on both sides. */
const collectionType: ObjectType<ValueTable> = defineType<ValueTable>('ДанныеФормыКоллекция', {
  methods: {
    ...rowMethods,
    'НайтиПоИдентификатору(Идентификатор)': ({ rows }, args) => {
      const id = toInteger(args.decimal(0));
      return rows.find((row) => rowId(row) === id) ?? UNDEFINED;
    },
  },
  index: { get: rowOf },
  iterate: ({ rows }) => walk(rows),
  transfer: 'same',
  closed: true,
});

export interface FormStructure extends BslObject {
  readonly cells: ReadonlyMap<string, Cell>;
}

/** ДанныеФормыСтруктура: the processing as its form holds it. */
const structureType: ObjectType<FormStructure> = defineType<FormStructure>('ДанныеФормыСтруктура', {
  dynamic: {
    get: ({ cells }, name) => cells.get(name.toLowerCase())?.value,
    set: ({ cells }, name, value) => {
      const cell = cells.get(name.toLowerCase());
      if (cell) cell.value = value;
      return cell !== undefined;
    },
  },
  transfer: 'same',
  closed: true,
});

export function formStructure(cells: ReadonlyMap<string, Cell>): FormStructure {
  return { type: structureType, cells };
}

/** The cell of an attribute that is not the main one; a collection cannot be replaced, only filled. */
export function attributeCell({ name, type, columns }: FormAttribute): Cell {
  if (!columns) return typedCell(specOfDescription(type ?? 'any'));
  const table: ValueTable = {
    type: collectionType,
    columns: columns.map((column) => ({
      name: column.name,
      title: column.title,
      spec: specOfDescription(column.type),
    })),
    rows: [],
    rowType,
  };
  return readOnly(name, table);
}

export function readOnly(name: string, value: Value): Cell {
  return {
    get value() {
      return value;
    },
    set value(_: Value) {
      throw new BslException(`Поле объекта недоступно для записи (${name})`);
    },
  };
}

export function tableOf(cell: Cell | undefined): ValueTable {
  const value = cell?.value;
  if (value !== undefined && isObject(value) && value.type === collectionType) return value as ValueTable;
  throw new Unsupported('реквизит — не таблица');
}
