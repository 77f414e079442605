import type { Method, Position, Statement } from './ast.ts';
import type { ModuleContext } from './context.ts';
import { BslSyntaxError } from './errors.ts';
import { hasContext, type ModuleCode, runsOn, type SideCode, variablesOn } from './module-code.ts';
import type { Availability, Session, Side } from './session.ts';
import { allExpressions, assignedNames } from './walk.ts';

/**
 * What 1C finds when it compiles: variables that nothing gives a value, methods that nobody has, names of the server
 * in code of the client. A name that only the model lacks is found here too, before anything runs.
 * @throws BslSyntaxError at the first of them
 */
export function checkNames(code: ModuleCode, context: ModuleContext, session: Session): void {
  checkSide(code, code.server, 'server', context, session);
  if (code.client) checkSide(code, code.client, 'client', context, session);
}

function checkSide(
  code: ModuleCode,
  half: SideCode,
  side: Side,
  context: ModuleContext,
  session: Session,
): void {
  const variables = new Set(variablesOn(code, side));
  const known: Known = { code, half, side, session };
  for (const method of half.methods.values())
    if (code.kind === 'object' || runsOn(method, side)) {
      const withContext = code.kind === 'object' || hasContext(method);
      const locals = [...method.parameters.map(({ name }) => name), ...method.variables].map((one) =>
        one.toLowerCase(),
      );
      const seen = withContext
        ? { variables, context }
        : { variables: new Set<string>(), context: undefined };
      checkBlock(method.body, new Set([...locals, ...assignedNames(method.body)]), {
        ...known,
        ...seen,
        method,
      });
    }
  checkBlock(half.module.body, assignedNames(half.module.body), {
    ...known,
    variables,
    context,
    method: undefined,
  });
}

interface Known {
  code: ModuleCode;
  half: SideCode;
  side: Side;
  session: Session;
}

interface Scope extends Known {
  variables: ReadonlySet<string>;
  /** Undefined in a method without context. */
  context: ModuleContext | undefined;
  method: Method | undefined;
}

function checkBlock(block: readonly Statement[], locals: ReadonlySet<string>, scope: Scope): void {
  for (const expression of allExpressions(block)) {
    if (expression.kind === 'name') checkVariable(expression.name, expression.at, locals, scope);
    if (expression.kind === 'call') checkCall(expression.name, expression.args.length, expression.at, scope);
    if (expression.kind === 'new') {
      const found = scope.session.findConstructor(expression.type.toLowerCase());
      if (!found) fail(scope, expression.at, `Тип не определен (${expression.type})`);
      else if (!available(found.side, scope.side))
        fail(scope, expression.at, unavailable(expression.type, scope.side));
    }
  }
}

function checkVariable(name: string, at: Position, locals: ReadonlySet<string>, scope: Scope): void {
  const key = name.toLowerCase();
  if (locals.has(key) || scope.variables.has(key) || scope.context?.property(key)) return;
  const found = scope.session.findValue(key);
  if (!found) fail(scope, at, `Переменная не определена (${name})`);
  else if (!available(found.side, scope.side)) fail(scope, at, unavailable(name, scope.side));
}

function checkCall(name: string, count: number, at: Position, scope: Scope): void {
  const key = name.toLowerCase();
  const method = scope.half.methods.get(key);
  if (method) {
    if (count > method.parameters.length) fail(scope, at, `Слишком много фактических параметров (${name})`);
    const needed = method.parameters.findLastIndex((parameter) => parameter.default === undefined) + 1;
    if (count < needed) fail(scope, at, `Недостаточно фактических параметров (${name})`);
    if (scope.code.kind === 'form' && !scope.context && hasContext(method) && scope.method)
      fail(scope, at, `${name}: метод с контекстом недоступен из метода без контекста`);
    return;
  }
  if (scope.context?.method(key)) return;
  const found = scope.session.findFunction(key);
  if (!found) fail(scope, at, `Процедура или функция с указанным именем не определена (${name})`);
  else if (!available(found.side, scope.side)) fail(scope, at, unavailable(name, scope.side));
}

export function available(name: Availability, side: Side): boolean {
  return name === 'both' || name === side;
}

function unavailable(name: string, side: Side): string {
  return `«${name}» недоступно ${side === 'client' ? 'на клиенте' : 'на сервере'}`;
}

function fail({ code }: Scope, at: Position, problem: string): never {
  throw new BslSyntaxError({ module: code.name, line: at.line }, problem);
}
