import type { Expression, Statement } from './ast.ts';

/** Every statement, those inside others too. */
export function* allStatements(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    for (const block of blocksOf(statement)) yield* allStatements(block);
  }
}

/** Every expression of the statements, parents before their parts. */
export function* allExpressions(statements: readonly Statement[]): Generator<Expression> {
  for (const statement of allStatements(statements))
    for (const expression of expressionsOf(statement)) yield* parts(expression);
}

function blocksOf(statement: Statement): Statement[][] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise ?? []];
    case 'for':
    case 'each':
    case 'while':
      return [statement.body];
    case 'try':
      return [statement.body, statement.handler];
    default:
      return [];
  }
}

function expressionsOf(statement: Statement): Expression[] {
  switch (statement.kind) {
    case 'assign':
      return statement.target.kind === 'name' ? [statement.value] : [statement.target, statement.value];
    case 'do':
      return [statement.call];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'for':
      return [statement.from, statement.to];
    case 'each':
      return [statement.of];
    case 'while':
      return [statement.condition];
    case 'return':
    case 'raise':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}

function* parts(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* parts(part);
}

function partsOf(expression: Expression): Expression[] {
  const given = (args: readonly (Expression | undefined)[]): Expression[] =>
    args.filter((one) => one !== undefined);
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'call':
    case 'new':
    case 'new-by-name':
      return given(expression.args);
    case 'method':
      return [expression.object, ...given(expression.args)];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.yes, expression.no];
    default:
      return [];
  }
}

/** Names that the statements give a value, in lower case. */
export function assignedNames(statements: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  for (const statement of allStatements(statements)) {
    if (statement.kind === 'assign' && statement.target.kind === 'name')
      names.add(statement.target.name.toLowerCase());
    if (statement.kind === 'for' || statement.kind === 'each') names.add(statement.variable.toLowerCase());
  }
  return names;
}
