import { BslException } from '../../language/errors.ts';
import type { Base } from '../base.ts';
import type { FieldType } from '../metadata/types.ts';
import { standardFields } from '../standard-fields.ts';
import type { Query, QueryExpression } from './ast.ts';
import type { TableData } from './tables.ts';

/** Tables of a query by alias in lower case. */
export type Scope = ReadonlyMap<string, TableData>;

/** Where a path begins: the table, and how many of its parts name it. */
export function sourceOf(
  scope: Scope,
  path: readonly string[],
): { alias: string; rest: readonly string[] } | undefined {
  const [first, ...rest] = path;
  if (rest.length > 0 && scope.has(first!.toLowerCase())) return { alias: first!.toLowerCase(), rest };
  const owners = [...scope].filter(([, table]) => table.fields.has(first!.toLowerCase()));
  if (owners.length > 1) throw new BslException(`Неоднозначное поле "${first}"`);
  return owners[0] && { alias: owners[0][0], rest: path };
}

/** Finds fields that do not exist, as 1C does before it looks at a single row. */
export function checkPaths(base: Base, query: Query, scope: Scope): void {
  const aliases = new Set(query.fields.map(({ alias }) => alias.toLowerCase()));
  const check = (expression: QueryExpression): void => {
    if (expression.kind === 'path') pathType(base, scope, expression.path, expression.line);
    for (const part of partsOf(expression)) check(part);
  };
  for (const { expression } of query.fields) check(expression);
  for (const one of [query.where, query.having, ...query.groupBy]) if (one) check(one);
  for (const { expression } of query.orderBy)
    if (!(expression.kind === 'path' && aliases.has(expression.path.join('').toLowerCase())))
      check(expression);
  for (const { joins } of query.from) for (const { on } of joins) check(on);
}

/** @throws BslException where there is no such field */
export function pathType(base: Base, scope: Scope, path: readonly string[], line: number): FieldType {
  const missing = (): never => {
    throw new BslException(`{(${line})}: Поле не найдено "${path.join('.')}"`);
  };
  const source = sourceOf(scope, path);
  if (!source) return missing();
  const [first, ...rest] = source.rest;
  let type = scope.get(source.alias)!.fields.get(first!.toLowerCase())?.type;
  for (const name of rest) type = type && memberType(base, type, name);
  return type ?? missing();
}

/** The attribute of what a field refers to; of several kinds of objects any may have it. */
function memberType(base: Base, type: FieldType, name: string): FieldType | undefined {
  if (!('refs' in type)) return undefined;
  for (const target of type.refs) {
    const meta = base.findMeta(target);
    if (!meta) continue;
    if (name.toLowerCase() === 'ссылка') return { refs: [target] };
    const found = [...standardFields(meta), ...meta.fields].find(
      (one) => one.name.toLowerCase() === name.toLowerCase(),
    );
    if (found) return found.type;
  }
  return undefined;
}

/** Direct parts of an expression; nested queries check themselves. */
export function partsOf(expression: QueryExpression): QueryExpression[] {
  switch (expression.kind) {
    case 'not':
    case 'minus':
    case 'is-null':
    case 'is-type':
    case 'in-query':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.list];
    case 'between':
      return [expression.operand, expression.low, expression.high];
    case 'like':
      return [expression.operand, expression.pattern];
    case 'case':
      return [
        ...expression.branches.flatMap(({ when, result }) => [when, result]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    case 'call':
      return expression.args;
    case 'period':
      return [expression.date];
    case 'aggregate':
      return expression.argument ? [expression.argument] : [];
    default:
      return [];
  }
}
