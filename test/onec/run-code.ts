import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_CONTEXT } from './language/context.ts';
import { createCoverage } from './language/coverage.ts';
import { call, instantiate } from './language/interpreter.ts';
import type { Machine } from './language/machine.ts';
import { compileModule } from './language/module-code.ts';
import { textOf } from './language/presentation.ts';
import type { Library } from './language/session.ts';
import { errorProcessing } from './library/errors.ts';
import { platformLibrary } from './library/index.ts';
import { createSession } from './session.ts';

/** What machines of one configuration may have together: names are checked once, coverage is counted over all. */
export type SharedState = Pick<Machine, 'coverage' | 'checked'>;

export function createSharedState(): SharedState {
  return { coverage: createCoverage(), checked: new WeakSet() };
}

/**
 * A machine at noon of 1 November 2026.
 * @param libraries besides the platform
 * @param shared with other machines of the same configuration
 */
export function createMachine(
  temporaryFolder: string,
  libraries: readonly Library[] = [errorProcessing],
  shared: SharedState = createSharedState(),
): Machine {
  const session = createSession({
    temporaryFolder,
    now: new Date('2026-11-01T12:00:00Z'),
    libraries: [platformLibrary, ...libraries],
  });
  return { session, ...shared, ownNames: new WeakMap(), steps: 0 };
}

/** @returns Строка() of the value of an expression */
export function evaluateText(expression: string, before = ''): string {
  return runModule(`Функция Итог()\n${before}\nВозврат ${expression};\nКонецФункции`, 'Итог');
}

/**
 * Runs a module of the server.
 * @param method a function of it; absent: its body runs and what it told the user is the result, a line a message
 */
export function runModule(text: string, method?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'onec-'));
  try {
    const machine = createMachine(folder);
    const instance = instantiate(machine, compileModule('Проверка', 'object', text), NO_CONTEXT);
    if (method === undefined) return machine.session.messages.map((message) => message.text).join('\n');
    return textOf(call(machine, instance, method), machine.session);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
