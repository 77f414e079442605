import type { Position } from './ast.ts';
import { bodiesOf, type ModuleCode } from './module-code.ts';
import { allStatements } from './walk.ts';

/** Which statements of which module have run. Statements of both halves of a form are told apart by their place. */
export interface Coverage {
  register(code: ModuleCode): void;
  ran(module: string, at: Position): void;
  report(): ModuleCoverage[];
}

export interface ModuleCoverage {
  module: string;
  statements: number;
  covered: number;
  /** Lines with statements that never ran, ascending. */
  missedLines: number[];
}

export function createCoverage(): Coverage {
  const modules = new Map<string, Map<string, { line: number; count: number }>>();
  return {
    register(code) {
      const places = modules.get(code.name) ?? new Map<string, { line: number; count: number }>();
      modules.set(code.name, places);
      for (const half of [code.server, code.client])
        for (const body of half ? bodiesOf(half) : [])
          for (const { at } of allStatements(body)) {
            const key = placeKey(at);
            if (!places.has(key)) places.set(key, { line: at.line, count: 0 });
          }
    },
    ran(module, at) {
      const place = modules.get(module)?.get(placeKey(at));
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

function placeKey({ line, column }: Position): string {
  return `${line}:${column}`;
}
