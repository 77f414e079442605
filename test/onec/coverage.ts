import type { ModuleCoverage } from './language/coverage.ts';

/** A table for people: module, statements, share, lines that never ran. */
export function coverageTable(report: readonly ModuleCoverage[]): string {
  const rows = report.map((one) => [
    one.module,
    `${one.covered}/${one.statements}`,
    `${(share(one) * 100).toFixed(1)} %`,
    ranges(one.missedLines),
  ]);
  const head = ['Модуль', 'Операторы', 'Покрытие', 'Не выполнялись строки'];
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]!.length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
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
