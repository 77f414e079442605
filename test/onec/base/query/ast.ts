import type { Decimal } from '../../language/decimal.ts';

/** A query of the subset that our modules may use; see parse.ts. */
export interface Query {
  distinct: boolean;
  /** ПЕРВЫЕ n. */
  first: number | undefined;
  fields: QueryField[];
  /** ПОМЕСТИТЬ. */
  into: string | undefined;
  from: Source[];
  where: QueryExpression | undefined;
  groupBy: QueryExpression[];
  having: QueryExpression | undefined;
  orderBy: { expression: QueryExpression; descending: boolean }[];
  line: number;
}

export interface QueryField {
  expression: QueryExpression;
  alias: string;
}

export interface Source {
  table: Table;
  alias: string;
  joins: Join[];
}

/** `Справочник.Контрагенты`, `Вт`; a table of values given as a parameter; a nested query. */
export type Table =
  | { kind: 'named'; path: string[]; line: number }
  | { kind: 'parameter'; name: string }
  | { kind: 'query'; query: Query };

export interface Join {
  kind: 'left' | 'inner';
  table: Table;
  alias: string;
  on: QueryExpression;
}

export type QueryExpression =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: Decimal }
  | { kind: 'constant'; value: 'true' | 'false' | 'undefined' | 'null' }
  | { kind: 'parameter'; name: string }
  | { kind: 'path'; path: string[]; line: number }
  | { kind: 'value'; path: string[]; line: number }
  | { kind: 'not' | 'minus'; operand: QueryExpression }
  | { kind: 'binary'; operator: QueryOperator; left: QueryExpression; right: QueryExpression }
  | { kind: 'in'; operand: QueryExpression; negated: boolean; list: QueryExpression[] }
  | { kind: 'in-query'; operand: QueryExpression; negated: boolean; query: Query }
  | {
      kind: 'between';
      operand: QueryExpression;
      low: QueryExpression;
      high: QueryExpression;
      negated: boolean;
    }
  | { kind: 'like'; operand: QueryExpression; pattern: QueryExpression; negated: boolean }
  | { kind: 'is-null'; operand: QueryExpression; negated: boolean }
  | { kind: 'is-type'; operand: QueryExpression; type: string }
  | {
      kind: 'case';
      branches: { when: QueryExpression; result: QueryExpression }[];
      otherwise: QueryExpression | undefined;
    }
  | { kind: 'call'; name: QueryFunction; args: QueryExpression[] }
  | { kind: 'period'; start: boolean; date: QueryExpression; unit: PeriodUnit }
  | { kind: 'aggregate'; name: Aggregate; distinct: boolean; argument: QueryExpression | undefined };

export type QueryOperator = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '>' | '<=' | '>=' | 'and' | 'or';
export type QueryFunction = 'ГОД' | 'МЕСЯЦ' | 'ДЕНЬ' | 'ЕСТЬNULL' | 'ПОДСТРОКА' | 'ДАТАВРЕМЯ';
export type Aggregate = 'КОЛИЧЕСТВО' | 'СУММА' | 'МИНИМУМ' | 'МАКСИМУМ';
export type PeriodUnit = 'day' | 'month' | 'quarter' | 'year';
