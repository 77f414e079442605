import { Args, type Cell, checkCount } from './args.ts';
import type { Arguments, Assignable, Call, Expression, MethodCall, Name } from './ast.ts';
import { callMethod } from './call.ts';
import { available } from './check-names.ts';
import { dateOfDigits } from './date-time.ts';
import { parseDecimal } from './decimal.ts';
import { BslException, Unsupported } from './errors.ts';
import { type Frame, halfOf, type Machine } from './machine.ts';
import { callMember, getIndex, getMember, setIndex, setMember } from './members.ts';
import { nameKey } from './names.ts';
import { applyBinary, applyMinus, toBoolean } from './operators.ts';
import { NULL, UNDEFINED, type Value } from './values.ts';

const CONSTANTS = { true: true, false: false, undefined: UNDEFINED, null: NULL } as const;

const numbers = new Map<string, Value>();

/** A number as it stands in the text: modules name few of them. */
function numberOf(text: string): Value {
  const known = numbers.get(text) ?? parseDecimal(text)!;
  numbers.set(text, known);
  return known;
}

export function evaluate(machine: Machine, frame: Frame, expression: Expression): Value {
  switch (expression.kind) {
    case 'number':
      return numberOf(expression.text);
    case 'string':
      return expression.text;
    case 'date':
      return dateOfDigits(expression.text)!;
    case 'constant':
      return CONSTANTS[expression.value];
    case 'name':
      return readName(machine, frame, expression);
    case 'member':
      return getMember(evaluate(machine, frame, expression.object), expression.name, machine.session);
    case 'index':
      return getIndex(
        evaluate(machine, frame, expression.object),
        evaluate(machine, frame, expression.index),
        machine.session,
      );
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
    case 'unary': {
      const operand = evaluate(machine, frame, expression.operand);
      if (expression.operator === 'not') return !toBoolean(operand);
      return expression.operator === '-' ? applyMinus(operand) : operand;
    }
    case 'binary': {
      const { operator, right } = expression;
      const left = evaluate(machine, frame, expression.left);
      if (operator === 'and') return toBoolean(left) && toBoolean(evaluate(machine, frame, right));
      if (operator === 'or') return toBoolean(left) || toBoolean(evaluate(machine, frame, right));
      return applyBinary(operator, left, evaluate(machine, frame, right), machine.session);
    }
    case 'conditional': {
      const condition = toBoolean(evaluate(machine, frame, expression.condition));
      return evaluate(machine, frame, condition ? expression.yes : expression.no);
    }
  }
}

/** Calls a method of the module, of its context, of the global context or of an object. */
export function invoke(machine: Machine, frame: Frame, call: Call | MethodCall): Value | undefined {
  const { session } = machine;
  if (call.kind === 'method') {
    const object = evaluate(machine, frame, call.object);
    return callMember(object, call.name, argumentsOf(machine, frame, call.args), session);
  }
  const key = nameKey(call.name);
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
  const cells: (Cell | undefined)[] = [];
  for (const expression of args) cells.push(expression && argument(machine, frame, expression));
  return cells;
}

function argument(machine: Machine, frame: Frame, expression: Expression): Cell {
  if (expression.kind === 'name') {
    const cell = cellOf(machine, frame, expression.name);
    if (cell) return cell;
  }
  const value = evaluate(machine, frame, expression);
  return expression.kind === 'member' || expression.kind === 'index'
    ? new UnassignableCell(value)
    : { value };
}

/** Whether 1C writes back into a property that was passed as a parameter is not documented. */
class UnassignableCell implements Cell {
  readonly fixed = true;
  private readonly passed: Value;

  constructor(passed: Value) {
    this.passed = passed;
  }

  get value(): Value {
    return this.passed;
  }

  set value(_: Value) {
    throw new Unsupported('присваивание параметру, в который передано свойство объекта');
  }
}

function construct({ session }: Machine, type: string, cells: readonly (Cell | undefined)[]): Value {
  const found = session.findConstructor(nameKey(type));
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
  const key = nameKey(name);
  return locals.get(key) ?? (context && (instance.variables[session.side].get(key) ?? context.property(key)));
}

function readName(machine: Machine, frame: Frame, { name }: Name): Value {
  const cell = cellOf(machine, frame, name);
  if (cell) return cell.value;
  const found = machine.session.findValue(nameKey(name));
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
  else if (machine.session.findValue(nameKey(name)))
    throw new BslException(`Поле объекта недоступно для записи (${name})`);
  else frame.locals.set(nameKey(name), { value });
}
