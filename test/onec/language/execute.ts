import type { Position, Statement } from './ast.ts';
import { add, compare, Decimal, integer } from './decimal.ts';
import { BslException, locate } from './errors.ts';
import { assign, assignName, evaluate, invoke } from './evaluate.ts';
import { countStep, type Frame, type Machine } from './machine.ts';
import { iterate } from './members.ts';
import { toBoolean } from './operators.ts';
import { textOf } from './presentation.ts';
import { UNDEFINED, type Value } from './values.ts';

/** How a block was left; undefined: at its end. */
export type Leave = 'break' | 'continue' | { result: Value } | undefined;

export function runBlock(machine: Machine, frame: Frame, block: readonly Statement[]): Leave {
  let at: Position | undefined;
  try {
    for (const statement of block) {
      at = statement.at;
      countStep(machine, at);
      const leave = runStatement(machine, frame, statement);
      if (leave !== undefined) return leave;
    }
    return undefined;
  } catch (error) {
    locate(error, { module: frame.instance.code.name, line: at!.line });
    throw error;
  }
}

function runStatement(machine: Machine, frame: Frame, statement: Statement): Leave {
  switch (statement.kind) {
    case 'assign':
      assign(machine, frame, statement.target, evaluate(machine, frame, statement.value));
      return undefined;
    case 'do':
      invoke(machine, frame, statement.call);
      return undefined;
    case 'if': {
      for (const { condition, body } of statement.branches)
        if (toBoolean(evaluate(machine, frame, condition))) return runBlock(machine, frame, body);
      return statement.otherwise ? runBlock(machine, frame, statement.otherwise) : undefined;
    }
    case 'while':
      while (toBoolean(evaluate(machine, frame, statement.condition))) {
        countStep(machine, statement.at);
        const leave = runLoopBody(machine, frame, statement.body);
        if (leave) return leave.result;
      }
      return undefined;
    case 'for':
      return runFor(machine, frame, statement);
    case 'each':
      for (const item of iterate(evaluate(machine, frame, statement.of))) {
        assignName(machine, frame, statement.variable, item);
        const leave = runLoopBody(machine, frame, statement.body);
        if (leave) return leave.result;
      }
      return undefined;
    case 'try':
      return runTry(machine, frame, statement);
    case 'return':
      return { result: statement.value ? evaluate(machine, frame, statement.value) : UNDEFINED };
    case 'raise':
      throw raised(machine, frame, statement);
    case 'break':
    case 'continue':
      return statement.kind;
  }
}

/** @returns how the loop itself is to be left; undefined: it goes on */
function runLoopBody(
  machine: Machine,
  frame: Frame,
  body: readonly Statement[],
): { result: Leave } | undefined {
  const leave = runBlock(machine, frame, body);
  if (leave === undefined || leave === 'continue') return undefined;
  return { result: leave === 'break' ? undefined : leave };
}

/** The bound is computed once; the variable may be changed in the body. */
function runFor(machine: Machine, frame: Frame, statement: Statement & { kind: 'for' }): Leave {
  const from = number(evaluate(machine, frame, statement.from));
  const to = number(evaluate(machine, frame, statement.to));
  const variable = { kind: 'name', name: statement.variable, at: statement.at } as const;
  assignName(machine, frame, statement.variable, from);
  for (;;) {
    const current = number(evaluate(machine, frame, variable));
    if (compare(current, to) > 0) return undefined;
    const leave = runLoopBody(machine, frame, statement.body);
    if (leave) return leave.result;
    assignName(
      machine,
      frame,
      statement.variable,
      add(number(evaluate(machine, frame, variable)), integer(1)),
    );
  }
}

function number(value: Value): Decimal {
  if (value instanceof Decimal) return value;
  throw new BslException('Преобразование значения к типу Число не может быть выполнено');
}

function runTry(machine: Machine, frame: Frame, statement: Statement & { kind: 'try' }): Leave {
  const { session } = machine;
  const { side } = session;
  try {
    return runBlock(machine, frame, statement.body);
  } catch (error) {
    if (!(error instanceof BslException)) throw error;
    session.side = side;
    session.errors.push(error);
    try {
      return runBlock(machine, frame, statement.handler);
    } finally {
      session.errors.pop();
    }
  }
}

function raised(machine: Machine, frame: Frame, statement: Statement & { kind: 'raise' }): BslException {
  const { session } = machine;
  if (statement.value) return new BslException(textOf(evaluate(machine, frame, statement.value), session));
  const current = session.errors.at(-1);
  if (!current)
    throw new BslException('ВызватьИсключение без аргументов допустимо только в обработке исключения');
  return current;
}
