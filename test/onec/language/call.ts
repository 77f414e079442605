import type { Cell } from './args.ts';
import type { Method, Parameter } from './ast.ts';
import { Unsupported } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { runBlock } from './execute.ts';
import type { Frame, Machine, ModuleInstance } from './machine.ts';
import { hasContext, runsOn } from './module-code.ts';
import { nameKey } from './names.ts';
import type { Side } from './session.ts';
import { transfer } from './transfer.ts';
import { UNDEFINED, type Value } from './values.ts';
import { assignedNames } from './walk.ts';

/**
 * Runs a method of a module, on the other side where its directive says so.
 * @returns undefined for a procedure
 */
export function callMethod(
  machine: Machine,
  instance: ModuleInstance,
  method: Method,
  cells: readonly (Cell | undefined)[],
): Value | undefined {
  const { session } = machine;
  if (instance.code.kind === 'object' || runsOn(method, session.side))
    return run(machine, instance, method, cells);
  if (session.side === 'server') throw new Unsupported(`${method.name}: вызов клиента с сервера`);
  return callServer(machine, instance, method, cells);
}

/** Parameters and the result are copies: a reference does not outlive the way to the server. */
function callServer(
  machine: Machine,
  instance: ModuleInstance,
  method: Method,
  cells: readonly (Cell | undefined)[],
): Value | undefined {
  const { session } = machine;
  session.serverCalls.push({ module: instance.code.name, method: method.name });
  const there = cells.map((cell) => cell && { value: transfer(cell.value) });
  const serverMethod = instance.code.server.methods.get(method.name.toLowerCase())!;
  const result = onSide(machine, 'server', () => run(machine, instance, serverMethod, there));
  method.parameters.forEach((parameter, index) => {
    const [from, to] = [there[index], cells[index]];
    if (from && to && !parameter.byValue && !to.fixed && from.value !== to.value)
      to.value = transfer(from.value);
  });
  return result === undefined ? undefined : transfer(result);
}

export function onSide<T>({ session }: Machine, side: Side, work: () => T): T {
  const before = session.side;
  session.side = side;
  try {
    return work();
  } finally {
    session.side = before;
  }
}

function run(
  machine: Machine,
  instance: ModuleInstance,
  method: Method,
  cells: readonly (Cell | undefined)[],
): Value | undefined {
  if (cells.length > method.parameters.length)
    throw new Unsupported(`${method.name}: слишком много фактических параметров`);
  const context = instance.code.kind === 'object' || hasContext(method) ? instance.context : undefined;
  const locals = new Map<string, Cell>();
  const frame: Frame = { instance, method, context, locals };
  method.parameters.forEach((parameter, index) => {
    const missing = index >= cells.length && parameter.default === undefined;
    if (missing) throw new Unsupported(`${method.name}: недостаточно фактических параметров`);
    locals.set(nameKey(parameter.name), bind(machine, frame, parameter, cells[index]));
  });
  for (const name of method.variables) locals.set(nameKey(name), { value: UNDEFINED });
  for (const name of ownNames(machine, frame, method))
    if (!locals.has(name)) locals.set(name, { value: UNDEFINED });
  const leave = runBlock(machine, frame, method.body);
  if (!method.isFunction) return undefined;
  return typeof leave === 'object' ? leave.result : UNDEFINED;
}

function bind(machine: Machine, frame: Frame, parameter: Parameter, cell: Cell | undefined): Cell {
  if (cell) return parameter.byValue ? { value: cell.value } : cell;
  return { value: parameter.default ? evaluate(machine, frame, parameter.default) : UNDEFINED };
}

function ownNames(machine: Machine, frame: Frame, method: Method): readonly string[] {
  const known = machine.ownNames.get(method);
  if (known) return known;
  const names = [...assignedNames(method.body)].filter((name) => !isKnown(machine, frame, name));
  machine.ownNames.set(method, names);
  return names;
}

/** The name is one of the module, its context or the global context, so that no local variable arises. */
function isKnown({ session }: Machine, { instance, context }: Frame, name: string): boolean {
  if (context && (instance.variables[session.side].has(name) || context.property(name))) return true;
  return session.findValue(name) !== undefined;
}
