import { type Fault, type Severity, stopsBuild } from './fault.ts';
import type { FaultCode } from './registry.ts';

/** Distinct texts kept for one code, and places kept for one text: a broken month must not fill the memory. */
const TEXTS_PER_CODE = 200;
const PATHS_PER_TEXT = 50;

const ORDER: Record<Severity, number> = { error: 0, warning: 1, notice: 2 };

/**
 * Gathers faults: the same code and text at many places becomes one fault with many paths. Texts beyond the cap are
 * counted at the last one kept.
 */
export interface FaultCollector {
  add(found: Fault | readonly Fault[]): void;
  /** Merged, errors first, then by code and first place. */
  list(): Fault[];
  /** Number of findings by code, complete also where texts were not kept. */
  counts(): Map<FaultCode, number>;
  has(severity: Severity): boolean;
  /** True when an error was found in what all documents share. */
  stopped(): boolean;
}

export function createCollector(): FaultCollector {
  const byText = new Map<string, Fault>();
  const textsOfCode = new Map<FaultCode, number>();
  const lastOfCode = new Map<FaultCode, Fault>();
  const counts = new Map<FaultCode, number>();
  const severities = new Set<Severity>();
  let stopped = false;

  const addOne = (found: Fault): void => {
    counts.set(found.code, (counts.get(found.code) ?? 0) + found.count);
    severities.add(found.severity);
    stopped ||= stopsBuild(found);
    const key = `${found.code}\n${found.message}`;
    const known = byText.get(key);
    if (known) {
      known.count += found.count;
      for (const path of found.paths)
        if (known.paths.length < PATHS_PER_TEXT && !known.paths.includes(path)) known.paths.push(path);
      return;
    }
    const texts = textsOfCode.get(found.code) ?? 0;
    textsOfCode.set(found.code, texts + 1);
    if (texts >= TEXTS_PER_CODE) {
      lastOfCode.get(found.code)!.count += found.count;
      return;
    }
    const kept = { ...found, paths: [...found.paths] };
    byText.set(key, kept);
    lastOfCode.set(found.code, kept);
  };

  return {
    add(found) {
      if (Array.isArray(found)) for (const one of found as readonly Fault[]) addOne(one);
      else addOne(found as Fault);
    },
    list: () =>
      [...byText.values()].sort(
        (a, b) => ORDER[a.severity] - ORDER[b.severity] || compare(a.code, b.code) || comparePlaces(a, b),
      ),
    counts: () => new Map([...counts].sort(([a], [b]) => compare(a, b))),
    has: (severity) => severities.has(severity),
    stopped: () => stopped,
  };
}

function comparePlaces(a: Fault, b: Fault): number {
  return (
    compare(a.source?.file ?? '', b.source?.file ?? '') ||
    (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
    (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
