import type { LoadedTemplate } from '../../src/epf/description/load.ts';
import type { ModuleCoverage } from './language/coverage.ts';

/** Lines that never ran, by the file they stand in: `Loading.bsl: 12, 40-43`, a line a file. */
export function missedLines(
  { texts }: LoadedTemplate,
  files: readonly string[],
  report: ModuleCoverage,
): string {
  const found: string[] = [];
  let start = 0;
  for (const file of files) {
    const length = texts.get(file)!.trimEnd().split('\n').length;
    const own = report.missedLines.filter((line) => line > start && line <= start + length);
    if (own.length > 0) found.push(`${file}: ${ranges(own.map((line) => line - start))}`);
    // Files are joined with an empty line between them.
    start += length + 1;
  }
  return found.join('\n');
}

export function share({ covered, statements }: ModuleCoverage): number {
  return statements === 0 ? 1 : covered / statements;
}

/** `3, 7-9`. */
function ranges(lines: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else parts.push([line, line]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
