import type { Cell } from './args.ts';
import { callMethod, onSide } from './call.ts';
import { checkNames } from './check-names.ts';
import type { ModuleContext } from './context.ts';
import { Unsupported } from './errors.ts';
import { runBlock } from './execute.ts';
import { halfOf, type Machine, type ModuleInstance } from './machine.ts';
import { type ModuleCode, variablesOn } from './module-code.ts';
import type { Side } from './session.ts';
import { UNDEFINED, type Value } from './values.ts';

/**
 * Makes an object of a module: its variables are there, its body has run.
 * @throws BslSyntaxError where 1C would not compile it, or where it names what the model does not have
 */
export function instantiate(machine: Machine, code: ModuleCode, context: ModuleContext): ModuleInstance {
  machine.coverage.register(code);
  if (!machine.checked.has(code)) checkNames(code, context, machine.session);
  machine.checked.add(code);
  const instance: ModuleInstance = { code, context, variables: { server: new Map(), client: new Map() } };
  for (const side of ['server', 'client'] as const)
    for (const name of variablesOn(code, side)) instance.variables[side].set(name, { value: UNDEFINED });
  onSide(machine, 'server', () =>
    runBlock(machine, { instance, method: undefined, context, locals: new Map() }, code.server.module.body),
  );
  return instance;
}

/**
 * Calls a method as 1C or another module would.
 * @returns what a function gives; Неопределено for a procedure
 */
export function call(
  machine: Machine,
  instance: ModuleInstance,
  name: string,
  cells: readonly (Cell | undefined)[] = [],
  side: Side = 'server',
): Value {
  return onSide(machine, side, () => {
    const method = halfOf(instance, side).methods.get(name.toLowerCase());
    if (!method) throw new Unsupported(`${instance.code.name}: нет метода «${name}»`);
    return callMethod(machine, instance, method, cells) ?? UNDEFINED;
  });
}

/** Parameters of a call that are values only. */
export function values(...list: readonly Value[]): Cell[] {
  return list.map((value) => ({ value }));
}
