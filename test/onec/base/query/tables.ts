import { integer } from '../../language/decimal.ts';
import { BslException, Unsupported } from '../../language/errors.ts';
import { isObjectOf } from '../../language/object-type.ts';
import type { Value } from '../../language/values.ts';
import { ANY, number } from '../../library/type-spec.ts';
import { valueTableType } from '../../library/value-table.ts';
import type { Base } from '../base.ts';
import { type Field, type FieldType, fullName, type ObjectMeta, refs } from '../metadata/types.ts';
import { standardFields } from '../standard-fields.ts';
import type { Fields } from '../store.ts';
import type { Query, Table } from './ast.ts';

/** A table that a query reads: what it may be asked for, and its rows. */
export interface TableData {
  /** By name in lower case. */
  fields: ReadonlyMap<string, { name: string; type: FieldType }>;
  rows: readonly Fields[];
}

export interface TableContext {
  base: Base;
  parameters: ReadonlyMap<string, Value>;
  temporary: ReadonlyMap<string, TableData>;
  run(query: Query): TableData;
}

/** @throws BslException where the base has no such table */
export function openTable(context: TableContext, table: Table): TableData {
  switch (table.kind) {
    case 'query':
      return context.run(table.query);
    case 'parameter':
      return parameterTable(context, table.name);
    case 'named': {
      const [first, ...rest] = table.path;
      const temporary = rest.length === 0 ? context.temporary.get(first!.toLowerCase()) : undefined;
      if (temporary) return temporary;
      const found = objectTable(context.base, table.path);
      if (!found) throw new BslException(`{(${table.line})}: Таблица не найдена "${table.path.join('.')}"`);
      return found;
    }
  }
}

function columns(fields: readonly Field[]): Map<string, { name: string; type: FieldType }> {
  return new Map(fields.map(({ name, type }) => [name.toLowerCase(), { name, type }]));
}

function objectTable(base: Base, [kind, name, part]: readonly string[]): TableData | undefined {
  if (kind === undefined || name === undefined) return undefined;
  if (/^РегистрСведений$/i.test(kind)) return registerTable(base, name, part);
  const meta = base.findMeta(`${kind}.${name}`);
  if (!meta) return undefined;
  return part === undefined ? mainTable(base, meta) : partTable(base, meta, part);
}

const REFERENCE = 'Ссылка';

function mainTable(base: Base, meta: ObjectMeta): TableData {
  const full = fullName(meta);
  const own: Field = { name: REFERENCE, type: refs(full) };
  return {
    fields: columns([own, ...standardFields(meta), ...meta.fields]),
    rows: base.store
      .all(full)
      .map(({ uuid, fields }) => new Map(fields).set('ссылка', base.reference(full, uuid))),
  };
}

function partTable(base: Base, meta: ObjectMeta, name: string): TableData | undefined {
  const full = fullName(meta);
  const part = meta.parts.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!part) return undefined;
  const head: Field[] = [
    { name: REFERENCE, type: refs(full) },
    { name: 'НомерСтроки', type: number(10) },
  ];
  return {
    fields: columns([...head, ...part.fields]),
    rows: base.store
      .all(full)
      .flatMap(({ uuid, parts }) =>
        (parts.get(part.name.toLowerCase()) ?? []).map((row, index) =>
          new Map(row).set('ссылка', base.reference(full, uuid)).set('номерстроки', integer(index + 1)),
        ),
      ),
  };
}

function registerTable(base: Base, name: string, virtual: string | undefined): TableData | undefined {
  const register = base.profile.configuration.registers.find(
    (one) => one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!register) return undefined;
  if (virtual !== undefined) throw new Unsupported(`запрос: виртуальная таблица ${name}.${virtual}`);
  return {
    fields: columns([...register.dimensions, ...register.resources]),
    rows: base.store.rows(register.name),
  };
}

/** A table of values given as a parameter; its columns must have types in 1C. */
function parameterTable({ parameters }: TableContext, name: string): TableData {
  const table = parameters.get(name.toLowerCase());
  if (table === undefined || !isObjectOf(table, valueTableType))
    throw new BslException(`Таблица не найдена "${name}"`);
  const untyped = table.columns.find(({ spec }) => spec.types.length === 0);
  if (untyped) throw new BslException(`Тип не может быть выбран в запросе (колонка ${untyped.name})`);
  return {
    fields: new Map(
      table.columns.map((column) => [column.name.toLowerCase(), { name: column.name, type: column.spec }]),
    ),
    rows: table.rows.map(({ values }) => new Map(values)),
  };
}

export const UNKNOWN_TYPE: FieldType = ANY;
