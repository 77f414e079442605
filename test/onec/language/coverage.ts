import type { Position } from './ast.ts';
import { bodiesOf, type ModuleCode } from './module-code.ts';
import { allStatements } from './walk.ts';

/** Which statements of which module have run. Statements of both halves of a form are told apart by their place. */
export interface Coverage {
  register(code: ModuleCode): void;
  ran(at: Position): void;
  report(): ModuleCoverage[];
}

export interface ModuleCoverage {
  module: string;
  statements: number;
  covered: number;
  /** Lines with statements that never ran, ascending. */
  missedLines: number[];
}

interface Place {
  line: number;
  count: number;
}

export function createCoverage(): Coverage {
  const modules = new Map<string, Map<string, Place>>();
  const byPosition = new Map<Position, Place>();
  const registered = new WeakSet<ModuleCode>();
  return {
    register(code) {
      if (registered.has(code)) return;
      registered.add(code);
      const places = modules.get(code.name) ?? new Map<string, Place>();
      modules.set(code.name, places);
      for (const half of [code.server, code.client])
        for (const body of half ? bodiesOf(half) : [])
          for (const { at } of allStatements(body)) {
            const key = `${at.line}:${at.column}`;
            const place = places.get(key) ?? { line: at.line, count: 0 };
            places.set(key, place);
            byPosition.set(at, place);
          }
    },
    ran(at) {
      const place = byPosition.get(at);
      if (place) place.count++;
    },
    report() {
      return [...modules].map(([module, places]) => {
        const all = [...places.values()];
        const missed = new Set(all.filter(({ count }) => count === 0).map(({ line }) => line));
        return {
          module,
          statements: all.length,
          covered: all.filter(({ count }) => count > 0).length,
          missedLines: [...missed].sort((a, b) => a - b),
        };
      });
    },
  };
}
