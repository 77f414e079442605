import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Base, BaseSettings } from './base/base.ts';
import { createBase } from './base/create-base.ts';
import { baseLibrary } from './base/library.ts';
import type { BaseProfile } from './base/metadata/profiles.ts';
import { NO_CONTEXT } from './language/context.ts';
import { call, instantiate, values } from './language/interpreter.ts';
import type { Machine } from './language/machine.ts';
import { compileModule } from './language/module-code.ts';
import { textOf } from './language/presentation.ts';
import type { Value } from './language/values.ts';
import { clientLibrary } from './processing/client-library.ts';
import { createMachine, type SharedState } from './run-code.ts';
import type { TestSession } from './session.ts';

/** A base with a session of its user, on this machine. */
export interface Host {
  readonly base: Base;
  readonly machine: Machine;
  readonly session: TestSession;
  /** Files of the server; gone after `dispose`. */
  readonly folder: string;
  /**
   * Runs the body of a method on the server with these parameters.
   * @returns what Сообщить() told, a line each
   */
  run(code: string, parameters?: Readonly<Record<string, Value>>): string;
  /** Строка() of the value of an expression. */
  text(expression: string, parameters?: Readonly<Record<string, Value>>): string;
  dispose(): void;
}

/** @param shared with other hosts of the same configuration */
export function createHost(
  profile: BaseProfile,
  settings: Partial<BaseSettings> = {},
  shared?: SharedState,
): Host {
  const base = createBase(profile, settings);
  const folder = mkdtempSync(join(tmpdir(), 'onec-'));
  const machine = createMachine(folder, [baseLibrary(base), clientLibrary], shared);
  const session = machine.session as TestSession;
  const runCode = (code: string, parameters: Readonly<Record<string, Value>>): Value => {
    const text = `Функция Выполняемая(${Object.keys(parameters).join(', ')})\n${code}\nКонецФункции`;
    const instance = instantiate(machine, compileModule('Проверка', 'object', text), NO_CONTEXT);
    return call(machine, instance, 'Выполняемая', values(...Object.values(parameters)));
  };
  return {
    base,
    machine,
    session,
    folder,
    run(code, parameters = {}) {
      session.messages.splice(0);
      runCode(code, parameters);
      return session.messages.map(({ text }) => text).join('\n');
    },
    text: (expression, parameters = {}) => textOf(runCode(`Возврат ${expression};`, parameters), session),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
