import { add, Decimal, integer, ZERO } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import type { Session } from '../../language/session.ts';
import { NULL, NullValue, type Value } from '../../language/values.ts';
import { sortOrder } from '../../library/ordering.ts';
import type { Base } from '../base.ts';
import type { FieldType } from '../metadata/types.ts';
import type { Fields } from '../store.ts';
import type { Query, QueryExpression, QueryField } from './ast.ts';
import { comparable, type Evaluation, evaluate, order, type Row } from './evaluate.ts';
import { checkPaths, partsOf, pathType, type Scope, sourceOf } from './resolve.ts';
import { openTable, type TableContext, type TableData, UNKNOWN_TYPE } from './tables.ts';

export interface QueryRun {
  base: Base;
  session: Session;
  parameters: ReadonlyMap<string, Value>;
  /** Tables made by ПОМЕСТИТЬ. */
  temporary: Map<string, TableData>;
}

/** @returns rows by the aliases of the fields, in their order */
export function runQuery(run: QueryRun, query: Query): TableData {
  const tables: TableContext = { ...run, run: (inner) => runQuery(run, inner) };
  const scope = openSources(tables, query);
  nameFields(query, scope);
  checkPaths(run.base, query, scope);
  const context: Evaluation = {
    ...run,
    scope,
    column: (inner) => {
      const found = runQuery(run, inner);
      const [first] = found.fields.keys();
      return found.rows.map((row) => row.get(first!)!);
    },
  };
  const rows = joinedRows(context, query).filter(
    (row) => !query.where || evaluate(context, query.where, row) === true,
  );
  const grouped = query.groupBy.length > 0 || query.fields.some(({ expression }) => hasAggregate(expression));
  const results = grouped ? groupRows(context, query, rows) : rows.map((row) => ({ row, context }));
  const kept = results.filter(
    (one) => !query.having || evaluate(one.context, query.having, one.row) === true,
  );
  const projected = kept.map((one) => ({ ...one, fields: project(query.fields, one) }));
  const sorted = sortRows(run.session, query, query.distinct ? distinct(projected) : projected);
  const result: TableData = {
    fields: new Map(
      query.fields.map((one) => [
        one.alias.toLowerCase(),
        { name: one.alias, type: typeOf(run.base, scope, one) },
      ]),
    ),
    rows: sorted.slice(0, query.first).map(({ fields }) => fields),
  };
  if (query.into !== undefined) run.temporary.set(query.into.toLowerCase(), result);
  return result;
}

interface Result {
  row: Row;
  context: Evaluation;
}

function openSources(tables: TableContext, query: Query): Scope {
  const scope = new Map<string, TableData>();
  for (const { table, alias, joins } of query.from)
    for (const one of [{ table, alias }, ...joins]) {
      const key = one.alias.toLowerCase();
      if (scope.has(key)) throw new BslException(`Повторяющийся псевдоним "${one.alias}"`);
      scope.set(key, openTable(tables, one.table));
    }
  return scope;
}

/** A field without a name of its own is named by its path without the table. */
function nameFields(query: Query, scope: Scope): void {
  const names = new Set<string>();
  for (const one of query.fields) {
    if (one.alias === '' && one.expression.kind === 'path')
      one.alias = (sourceOf(scope, one.expression.path)?.rest ?? one.expression.path).join('');
    const key = one.alias.toLowerCase();
    if (names.has(key)) throw new BslException(`Повторяющийся псевдоним "${one.alias}"`);
    names.add(key);
  }
}

function typeOf(base: Base, scope: Scope, { expression }: QueryField): FieldType {
  return expression.kind === 'path' ? pathType(base, scope, expression.path, expression.line) : UNKNOWN_TYPE;
}

function joinedRows(context: Evaluation, query: Query): Row[] {
  let rows: Row[] = [new Map()];
  for (const { alias, joins } of query.from) {
    rows = rows.flatMap((row) => extended(context, row, alias));
    for (const join of joins)
      rows = rows.flatMap((row) => {
        const matching = extended(context, row, join.alias).filter(
          (one) => evaluate(context, join.on, one) === true,
        );
        return matching.length === 0 && join.kind === 'left'
          ? [new Map(row).set(join.alias.toLowerCase(), null)]
          : matching;
      });
  }
  return rows;
}

function extended({ scope }: Evaluation, row: Row, alias: string): Row[] {
  const key = alias.toLowerCase();
  return scope.get(key)!.rows.map((fields) => new Map<string, Fields | null>(row).set(key, fields));
}

function hasAggregate(expression: QueryExpression): boolean {
  return expression.kind === 'aggregate' || partsOf(expression).some(hasAggregate);
}

function groupRows(context: Evaluation, query: Query, rows: readonly Row[]): Result[] {
  refuseUngrouped(query);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = query.groupBy.map((one) => comparable(evaluate(context, one, row))).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  if (groups.size === 0 && query.groupBy.length === 0) groups.set('', []);
  return [...groups.values()].map((members) => ({
    row: members[0] ?? new Map(),
    context: { ...context, aggregate: (expression) => aggregate(context, expression, members) },
  }));
}

function refuseUngrouped({ fields, groupBy }: Query): void {
  const grouped = new Set(groupBy.map((one) => JSON.stringify(one, withoutLine)));
  for (const { expression, alias } of fields)
    if (
      !hasAggregate(expression) &&
      expression.kind === 'path' &&
      !grouped.has(JSON.stringify(expression, withoutLine))
    )
      throw new BslException(`Поле не входит в группу "${alias}"`);
}

function withoutLine(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value;
}

function aggregate(
  context: Evaluation,
  expression: QueryExpression & { kind: 'aggregate' },
  rows: readonly Row[],
): Value {
  const { name, argument, distinct: only } = expression;
  if (!argument) return integer(rows.length);
  const values = rows
    .map((row) => evaluate(context, argument, row))
    .filter((value) => !(value instanceof NullValue));
  if (name === 'КОЛИЧЕСТВО') return integer(only ? new Set(values.map(comparable)).size : values.length);
  if (values.length === 0) return NULL;
  if (name === 'СУММА')
    return values.reduce<Decimal>((sum, value) => (value instanceof Decimal ? add(sum, value) : sum), ZERO);
  const sign = name === 'МАКСИМУМ' ? 1 : -1;
  return values.reduce((best, value) => (order(value, best) * sign > 0 ? value : best));
}

function project(fields: readonly QueryField[], { row, context }: Result): Fields {
  return new Map(
    fields.map(({ alias, expression }) => [alias.toLowerCase(), evaluate(context, expression, row)]),
  );
}

function distinct<T extends { fields: Fields }>(rows: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const row of rows) {
    const key = [...row.fields.values()].map(comparable).join('\n');
    if (!seen.has(key)) seen.set(key, row);
  }
  return [...seen.values()];
}

function sortRows<T extends Result & { fields: Fields }>(
  session: Session,
  query: Query,
  rows: readonly T[],
): T[] {
  const keys = query.orderBy.map(({ expression, descending }) => {
    const alias = expression.kind === 'path' ? expression.path.join('').toLowerCase() : undefined;
    const read = (one: T): Value =>
      (alias === undefined ? undefined : one.fields.get(alias)) ?? evaluate(one.context, expression, one.row);
    return { read, sign: descending ? -1 : 1 };
  });
  return [...rows].sort((a, b) => {
    for (const { read, sign } of keys) {
      const found = sign * sortOrder(read(a), read(b), session);
      if (found !== 0) return found;
    }
    return 0;
  });
}
