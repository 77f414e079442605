import { Args, type Cell, checkCount } from './args.ts';
import type { Arguments, Assignable, Call, Expression, MethodCall, Name } from './ast.ts';
import { callMethod } from './call.ts';
import { available } from './check-names.ts';
import { dateOfDigits } from './date-time.ts';
import { parseDecimal } from './decimal.ts';
import { BslException, Unsupported } from './errors.ts';
import { type Frame, halfOf, type Machine } from './machine.ts';
import { callMember, getIndex, getMember, setIndex, setMember } from './members.ts';
import { applyBinary, applyMinus, toBoolean } from './operators.ts';
import { NULL, UNDEFINED, type Value } from './values.ts';

const CONSTANTS = { true: true, false: false, undefined: UNDEFINED, null: NULL } as const;

export function evaluate(machine: Machine, frame: Frame, expression: Expression): Value {
  const { session } = machine;
  const value = (inner: Expression): Value => evaluate(machine, frame, inner);
  switch (expression.kind) {
    case 'number':
      return parseDecimal(expression.text)!;
    case 'string':
      return expression.text;
    case 'date':
      return dateOfDigits(expression.text)!;
    case 'constant':
      return CONSTANTS[expression.value];
    case 'name':
      return readName(machine, frame, expression);
    case 'member':
      return getMember(value(expression.object), expression.name, session);
    case 'index':
      return getIndex(value(expression.object), value(expression.index), session);
    case 'call':
    case 'method': {
      const result = invoke(machine, frame, expression);
      if (result === undefined)
        throw new Unsupported(`обращение к процедуре как к функции (${expression.name})`);
      return result;
    }
    case 'new':
      return construct(machine, expression.type, argumentsOf(machine, frame, expression.args));
    case 'new-by-name':
      return constructByName(machine, argumentsOf(machine, frame, expression.args));
    case 'unary':
      if (expression.operator === 'not') return !toBoolean(value(expression.operand));
      return expression.operator === '-' ? applyMinus(value(expression.operand)) : value(expression.operand);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === 'and') return toBoolean(value(left)) && toBoolean(value(right));
      if (operator === 'or') return toBoolean(value(left)) || toBoolean(value(right));
      return applyBinary(operator, value(left), value(right), session);
    }
    case 'conditional':
      return value(toBoolean(value(expression.condition)) ? expression.yes : expression.no);
  }
}

/** Calls a method of the module, of its context, of the global context or of an object. */
export function invoke(machine: Machine, frame: Frame, call: Call | MethodCall): Value | undefined {
  const { session } = machine;
  if (call.kind === 'method') {
    const object = evaluate(machine, frame, call.object);
    return callMember(object, call.name, argumentsOf(machine, frame, call.args), session);
  }
  const key = call.name.toLowerCase();
  const cells = argumentsOf(machine, frame, call.args);
  const own = halfOf(frame.instance, session.side).methods.get(key);
  if (own) return callMethod(machine, frame.instance, own, cells);
  const ofContext = frame.context?.method(key);
  const found = ofContext ? undefined : session.findFunction(key);
  const definition = ofContext ?? found;
  if (!definition || (found && !available(found.side, session.side)))
    throw new Unsupported(`Процедура или функция с указанным именем не определена (${call.name})`);
  checkCount(call.name, definition.signature, cells);
  const args = new Args(call.name, cells);
  return ofContext ? ofContext.run(undefined, args, session) : found!.run(args, session);
}

/** Variables go by reference; so do attributes of the form. */
function argumentsOf(machine: Machine, frame: Frame, args: Arguments): (Cell | undefined)[] {
  return args.map((expression) => {
    if (expression === undefined) return undefined;
    if (expression.kind === 'name') {
      const cell = cellOf(machine, frame, expression.name);
      if (cell) return cell;
    }
    const value = evaluate(machine, frame, expression);
    return expression.kind === 'member' || expression.kind === 'index' ? unassignable(value) : { value };
  });
}

/** Whether 1C writes back into a property that was passed as a parameter is not documented. */
function unassignable(value: Value): Cell {
  return {
    fixed: true,
    get value() {
      return value;
    },
    set value(_: Value) {
      throw new Unsupported('присваивание параметру, в который передано свойство объекта');
    },
  };
}

function construct({ session }: Machine, type: string, cells: readonly (Cell | undefined)[]): Value {
  const found = session.findConstructor(type.toLowerCase());
  if (!found || !available(found.side, session.side)) throw new Unsupported(`Тип не определен (${type})`);
  checkCount(`Новый ${type}`, found.signature, cells);
  return found.run(new Args(`Новый ${type}`, cells), session);
}

function constructByName(machine: Machine, cells: readonly (Cell | undefined)[]): Value {
  const [type, ...rest] = cells;
  if (typeof type?.value !== 'string' || rest.length > 0)
    throw new Unsupported('Новый(…): поддержано только имя типа');
  return construct(machine, type.value, []);
}

/** The variable of this name: local, of the module, of its context. */
function cellOf({ session }: Machine, { locals, instance, context }: Frame, name: string): Cell | undefined {
  const key = name.toLowerCase();
  return locals.get(key) ?? (context && (instance.variables[session.side].get(key) ?? context.property(key)));
}

function readName(machine: Machine, frame: Frame, { name }: Name): Value {
  const cell = cellOf(machine, frame, name);
  if (cell) return cell.value;
  const found = machine.session.findValue(name.toLowerCase());
  if (found && available(found.side, machine.session.side)) return found.get(machine.session);
  throw new Unsupported(`Переменная не определена (${name})`);
}

export function assign(machine: Machine, frame: Frame, target: Assignable, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(machine, frame, target.name, value);
      return;
    case 'member':
      setMember(evaluate(machine, frame, target.object), target.name, value);
      return;
    case 'index':
      setIndex(evaluate(machine, frame, target.object), evaluate(machine, frame, target.index), value);
  }
}

export function assignName(machine: Machine, frame: Frame, name: string, value: Value): void {
  const cell = cellOf(machine, frame, name);
  if (cell) cell.value = value;
  else if (machine.session.findValue(name.toLowerCase()))
    throw new BslException(`Поле объекта недоступно для записи (${name})`);
  else frame.locals.set(name.toLowerCase(), { value });
}
