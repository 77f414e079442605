import type { Cell } from './args.ts';
import type { Method, Position } from './ast.ts';
import type { ModuleContext } from './context.ts';
import type { Coverage } from './coverage.ts';
import { Unsupported } from './errors.ts';
import type { ModuleCode, SideCode } from './module-code.ts';
import type { Session, Side } from './session.ts';

/** What executes modules. */
export interface Machine {
  readonly session: Session;
  readonly coverage: Coverage;
  /** Modules whose names have been checked. */
  readonly checked: WeakSet<ModuleCode>;
  /** Names that a method gives a value and that are nobody else's: they are Неопределено before. */
  readonly ownNames: WeakMap<Method, readonly string[]>;
  /** Statements run so far: a loop without an end must not hang the tests. */
  steps: number;
}

/** A module with its variables: of the object, or of the open form. */
export interface ModuleInstance {
  readonly code: ModuleCode;
  readonly context: ModuleContext;
  /** Module variables of each side, by name in lower case. */
  readonly variables: Readonly<Record<Side, Map<string, Cell>>>;
}

/** A method that runs. */
export interface Frame {
  readonly instance: ModuleInstance;
  readonly method: Method | undefined;
  /** Undefined in a method without context. */
  readonly context: ModuleContext | undefined;
  readonly locals: Map<string, Cell>;
}

const MOST_STEPS = 5_000_000;

export function countStep(machine: Machine, at: Position): void {
  machine.coverage.ran(at);
  if (++machine.steps > MOST_STEPS) throw new Unsupported('похоже на бесконечный цикл');
}

export function halfOf({ code }: ModuleInstance, side: Side): SideCode {
  return (side === 'client' ? code.client : undefined) ?? code.server;
}
