import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { update } from './define.ts';
import { describeType, specOf } from './type-description.ts';
import { emptyValue } from './type-spec.ts';
import { type Column, findColumn, type ValueTable } from './value-table.ts';

interface Columns extends BslObject {
  readonly table: ValueTable;
}

interface ColumnObject extends BslObject {
  readonly column: Column;
}

const columnType: ObjectType<ColumnObject> = defineType<ColumnObject>('КолонкаТаблицыЗначений', {
  properties: {
    Имя: ({ column }) => column.name,
    Заголовок: {
      get: ({ column }) => column.title,
      set: ({ column }, value) => update(column, { title: String(value) }),
    },
    ТипЗначения: ({ column }) => describeType(column.spec),
  },
  key: ({ column }) => column.name,
});

function asObject(column: Column): ColumnObject {
  return { type: columnType, column };
}

/** Колонки of a table of values: added in the order in which cells stand. */
export const columnsType: ObjectType<Columns> = defineType<Columns>('КоллекцияКолонокТаблицыЗначений', {
  methods: {
    'Количество()': ({ table }) => integer(table.columns.length),
    'Добавить(Имя, Тип?, Заголовок?, Ширина?)': ({ table }, args) => {
      const name = args.text(0);
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw new BslException(`Неверное имя колонки "${name}"`);
      if (findColumn(table, name)) throw new BslException(`Колонка с таким именем уже существует "${name}"`);
      const column: Column = { name, title: args.text(2, name), spec: specOf(args.optional(1)) };
      table.columns.push(column);
      for (const { values } of table.rows) values.set(name.toLowerCase(), emptyValue(column.spec));
      return asObject(column);
    },
    'Найти(Имя)': ({ table }, args) => {
      const column = findColumn(table, args.text(0));
      return column ? asObject(column) : UNDEFINED;
    },
    'Удалить(Колонка)': ({ table }, args) => {
      const column = columnOf(table, args.value(0));
      table.columns.splice(table.columns.indexOf(column), 1);
      for (const { values } of table.rows) values.delete(column.name.toLowerCase());
      return undefined;
    },
  },
  dynamic: {
    get: ({ table }, name) => {
      const column = findColumn(table, name);
      return column && asObject(column);
    },
  },
  index: { get: ({ table }, key) => asObject(columnOf(table, key)) },
  iterate: ({ table }) => table.columns.map(asObject),
});

function columnOf(table: ValueTable, key: Value): Column {
  const found =
    typeof key === 'string'
      ? findColumn(table, key)
      : key instanceof Decimal
        ? table.columns[toInteger(key)]
        : (key as ColumnObject).column;
  if (!found) throw new BslException('Неверное имя колонки');
  return found;
}
