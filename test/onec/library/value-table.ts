import { add, Decimal, integer, toInteger, ZERO } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { nameKey } from '../language/names.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { keyOf } from '../language/type-of.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { itemsOf, newArray, walk } from './array.ts';
import { newable } from './define.ts';
import { sortOrder } from './ordering.ts';
import { fixedStructureType, structureType } from './structure.ts';
import { adjust, emptyValue, type TypeSpec } from './type-spec.ts';
import { columnsType } from './value-table-columns.ts';

export interface Column {
  name: string;
  title: string;
  spec: TypeSpec;
}

/** Rows keep their values by the name of the column in lower case. */
export interface TableRow extends BslObject {
  readonly table: ValueTable;
  readonly values: Map<string, Value>;
}

/** A collection of rows with columns: ТаблицаЗначений, and a table part of a document by the same rules. */
export interface ValueTable extends BslObject {
  readonly columns: Column[];
  readonly rows: TableRow[];
  readonly rowType: ObjectType<TableRow>;
}

export const rowType: ObjectType<TableRow> = defineType<TableRow>('СтрокаТаблицыЗначений', {
  methods: {
    'Владелец()': (self) => self.table,
    'Получить(Индекс)': (self, args) => getCell(self, columnAt(self.table, args.integer(0)).name)!,
    'Установить(Индекс, Значение)': (self, args) =>
      void setCell(self, columnAt(self.table, args.integer(0)).name, args.value(1)),
  },
  dynamic: { get: getCell, set: setCell, names: (self) => self.table.columns.map(({ name }) => name) },
  index: {
    get: (self, key) => getCell(self, columnName(self.table, key)) ?? noColumn(key),
    set: (self, key, value) => void (setCell(self, columnName(self.table, key), value) || noColumn(key)),
  },
  closed: true,
});

export function getCell({ values }: TableRow, name: string): Value | undefined {
  return values.get(nameKey(name));
}

/** @returns false where there is no such column */
export function setCell(row: TableRow, name: string, value: Value): boolean {
  const column = findColumn(row.table, name);
  if (column) row.values.set(nameKey(name), adjust(column.spec, value));
  return column !== undefined;
}

function columnName(table: ValueTable, key: Value): string {
  if (typeof key === 'string') return key;
  if (key instanceof Decimal) return columnAt(table, toInteger(key)).name;
  throw new Unsupported('обращение к колонке не по имени и не по номеру');
}

function columnAt({ columns }: ValueTable, index: number): Column {
  const column = columns[index];
  if (!column) throw new BslException('Индекс находится за границами массива');
  return column;
}

function noColumn(key: Value): never {
  throw new BslException(`Поле объекта не обнаружено (${String(key)})`);
}

export function findColumn({ columns }: ValueTable, name: string): Column | undefined {
  const key = nameKey(name.trim());
  return columns.find((column) => nameKey(column.name) === key);
}

/** `«Имя, Сумма»`; an empty list is all columns. */
export function listColumns(table: ValueTable, list: string): Column[] {
  if (list.trim() === '') return table.columns;
  return list.split(',').map((name) => {
    const column = findColumn(table, name);
    if (!column) throw new BslException(`Неверное имя колонки "${name.trim()}"`);
    return column;
  });
}

export function addRow(table: ValueTable, at = table.rows.length): TableRow {
  if (at < 0 || at > table.rows.length) throw new BslException('Индекс находится за границами массива');
  const row: TableRow = { type: table.rowType, table, values: new Map() };
  for (const { name, spec } of table.columns) row.values.set(nameKey(name), emptyValue(spec));
  table.rows.splice(at, 0, row);
  return row;
}

/** A row by itself or by its number. */
export function rowOf(table: ValueTable, key: Value): TableRow {
  const row = key instanceof Decimal ? table.rows[toInteger(key)] : table.rows.find((one) => one === key);
  if (!row) throw new BslException('Индекс находится за границами массива');
  return row;
}

/** Rows whose cells equal the fields of the structure. */
export function findRows(table: ValueTable, filter: Value): TableRow[] {
  if (!isObjectOf(filter, structureType) && !isObjectOf(filter, fixedStructureType))
    throw new Unsupported('отбор строк — не структура');
  const wanted = [...filter.fields.values()].map(({ name, value }) => {
    listColumns(table, name);
    return [nameKey(name), keyOf(value)] as const;
  });
  return table.rows.filter(({ values }) => wanted.every(([name, key]) => keyOf(values.get(name)!) === key));
}

export function total(table: ValueTable, name: string): Decimal {
  const [column] = listColumns(table, name);
  let sum = ZERO;
  for (const { values } of table.rows) {
    const value = values.get(nameKey(column!.name));
    if (value instanceof Decimal) sum = add(sum, value);
    else if (value !== UNDEFINED) throw new Unsupported('Итог по колонке не только с числами');
  }
  return sum;
}

/** Sums the second columns over equal values of the first; groups stand as they were met, other columns go. */
function collapse(table: ValueTable, groups: string, sums: string): void {
  const by = groups.trim() === '' ? [] : listColumns(table, groups);
  const summed = sums.trim() === '' ? [] : listColumns(table, sums);
  const found = new Map<string, TableRow>();
  for (const row of table.rows) {
    const key = by.map(({ name }) => keyOf(getCell(row, name)!)).join('\n');
    const first = found.get(key);
    if (!first) {
      found.set(key, row);
      continue;
    }
    for (const { name } of summed) {
      const [left, right] = [getCell(first, name), getCell(row, name)];
      if (!(left instanceof Decimal && right instanceof Decimal))
        throw new Unsupported('Свернуть: в сумме не числа');
      first.values.set(nameKey(name), add(left, right));
    }
  }
  table.columns.splice(0, table.columns.length, ...by, ...summed);
  table.rows.splice(0, table.rows.length, ...found.values());
}

/** A table of its own with these columns and rows. */
export function copyTable(columns: readonly Column[], rows: readonly TableRow[]): ValueTable {
  const copy = newValueTable(columns.map((column) => ({ ...column })));
  for (const row of rows) {
    const made = addRow(copy);
    for (const { name } of columns) made.values.set(nameKey(name), getCell(row, name)!);
  }
  return copy;
}

/** Methods that tables of values and table parts have in common. */
export const rowMethods: Parameters<typeof defineType<ValueTable>>[1]['methods'] = {
  'Количество()': ({ rows }) => integer(rows.length),
  'Добавить()': (self) => addRow(self),
  'Вставить(Индекс)': (self, args) => addRow(self, args.integer(0)),
  'Удалить(Строка)': (self, args) => void self.rows.splice(self.rows.indexOf(rowOf(self, args.value(0))), 1),
  'Очистить()': ({ rows }) => void rows.splice(0),
  'Получить(Индекс)': (self, args) => rowOf(self, args.value(0)),
  'Индекс(Строка)': ({ rows }, args) => integer(rows.indexOf(args.value(0) as TableRow)),
  'Итог(Колонка)': (self, args) => total(self, args.text(0)),
  'НайтиСтроки(Отбор)': (self, args) => newArray(findRows(self, args.value(0))),
  'Найти(Значение, Колонки?)': (self, args) => {
    const key = keyOf(args.value(0));
    const columns = listColumns(self, args.text(1, ''));
    return (
      self.rows.find((row) => columns.some(({ name }) => keyOf(getCell(row, name)!) === key)) ?? UNDEFINED
    );
  },
  'ВыгрузитьКолонку(Колонка)': (self, args) => {
    const [column] = listColumns(self, args.text(0));
    return newArray(self.rows.map((row) => getCell(row, column!.name)!));
  },
  'ЗагрузитьКолонку(Массив, Колонка)': (self, args) => {
    const [column] = listColumns(self, args.text(1));
    itemsOf(args.value(0)).forEach((value, index) => {
      const row = self.rows[index];
      if (row) setCell(row, column!.name, value);
    });
    return undefined;
  },
  'ЗаполнитьЗначения(Значение, Колонки?)': (self, args) => {
    for (const row of self.rows)
      for (const { name } of listColumns(self, args.text(1, ''))) setCell(row, name, args.value(0));
    return undefined;
  },
  'Сортировать(Колонки, Сравнение?)': (self, args, session) => {
    if (args.has(1)) throw new Unsupported('СравнениеЗначений');
    const order = args
      .text(0)
      .split(',')
      .map((part) => {
        const [name = '', word = 'Возр'] = part.trim().split(/\s+/);
        if (!/^(возр|убыв)$/i.test(word)) throw new Unsupported(`Сортировать: «${part}»`);
        return { name: listColumns(self, name)[0]!.name, sign: /^убыв$/i.test(word) ? -1 : 1 };
      });
    self.rows.sort((a, b) => {
      for (const { name, sign } of order) {
        const found = sign * sortOrder(getCell(a, name)!, getCell(b, name)!, session);
        if (found !== 0) return found;
      }
      return 0;
    });
    return undefined;
  },
};

export const valueTableType: ObjectType<ValueTable> = defineType<ValueTable>('ТаблицаЗначений', {
  properties: {
    Колонки: (self) => ({ type: columnsType, table: self }),
    Индексы: (self) => ({ type: indexesType, table: self }),
  },
  methods: {
    ...rowMethods,
    'Свернуть(Группировка, Суммирование?)': (self, args) =>
      void collapse(self, args.text(0), args.text(1, '')),
    'Скопировать(Отбор?, Колонки?)': (self, args) => {
      const filter = args.optional(0);
      const rows =
        filter === undefined
          ? self.rows
          : isRows(filter)
            ? (itemsOf(filter) as TableRow[])
            : findRows(self, filter);
      return copyTable(listColumns(self, args.text(1, '')), rows);
    },
    'СкопироватьКолонки(Колонки?)': (self, args) => copyTable(listColumns(self, args.text(0, '')), []),
  },
  index: { get: rowOf },
  iterate: ({ rows }) => walk(rows),
  filled: ({ rows }) => rows.length > 0,
});

function isRows(value: Value): boolean {
  return typeof value === 'object' && 'type' in value && value.type.name === 'Массив';
}

/** An index of columns only makes searches faster. */
const indexesType = defineType<BslObject & { table: ValueTable }>('ИндексыКоллекции', {
  methods: { 'Добавить(Колонки)': ({ table }, args) => void listColumns(table, args.text(0)) },
});

export function newValueTable(columns: readonly Column[] = []): ValueTable {
  return { type: valueTableType, columns: [...columns], rows: [], rowType };
}

export const valueTables: Library = {
  constructors: [newable('ТаблицаЗначений()', () => newValueTable(), 'server')],
};
