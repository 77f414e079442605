import { buildSummary, floorSeconds, type MonthResults, type Results, summary } from './results.ts';
import { STAGE_NAMES, STAGES, type StageName, UNAVOIDABLE } from './stages/index.ts';

const MEGA = 1e6;

/** The table for people. */
export function reportText(results: Results): string {
  const { cpu, cores, memory, node, platform, load } = results.machine;
  const lines = [
    `${cpu}, ${cores} cores, ${(memory / 1e9).toFixed(0)} GB, ${platform}, Node ${node}; load before the run ${load.toFixed(1)}`,
    `medians of ${results.rounds} rounds; speeds and ratios by processor time; peak: memory of the process, with all that came before the stage`,
  ];
  for (const month of results.months) lines.push('', ...monthLines(month));
  return `${lines.join('\n')}\n`;
}

function monthLines(month: MonthResults): string[] {
  const { documents, contracts, rows, bytes } = month;
  const notes: string[] = [];
  const table = [['', '', 'wall s', 'CPU s', 'a second', 'MB/s', 'against', 'peak MB']];
  for (const name of STAGE_NAMES) {
    const found = summary(month, name);
    if (!found) continue;
    const { title, kind } = STAGES[name];
    const amount = found.documents
      ? [found.documents, 'documents']
      : found.rows
        ? [found.rows, 'rows']
        : undefined;
    table.push([
      title,
      kind === 'stage' ? '' : kind,
      found.wall.toFixed(2),
      found.cpu.toFixed(2),
      amount ? `${grouped((amount[0] as number) / found.cpu)} ${amount[1]}` : '',
      found.bytes ? (found.bytes / found.cpu / MEGA).toFixed(1) : '',
      ratioText(month, name),
      (found.peak / MEGA).toFixed(0),
    ]);
    if (found.note) notes.push(`${title}: ${found.note}`);
  }
  const build = buildSummary(month);
  const floor = floorSeconds(month);
  table.push([
    'bg1c build',
    '',
    build.wall.toFixed(2),
    build.cpu.toFixed(2),
    `${grouped(documents / build.cpu)} documents`,
    '',
    floor === undefined ? '' : `${(build.cpu / floor).toFixed(2)}× floors`,
    (build.peak / MEGA).toFixed(0),
  ]);
  if (floor !== undefined)
    notes.push(
      `floors (${UNAVOIDABLE.map((name) => STAGES[name].title).join(', ')}): ${floor.toFixed(2)} s of processor time`,
    );
  return [
    `${grouped(documents)} documents: ${grouped(contracts)} contracts, ${grouped(rows)} rows, ${(bytes / MEGA).toFixed(1)} MB of CSV → packages of ${(build.bytes / MEGA).toFixed(1)} MB`,
    ...aligned(table),
    ...notes,
  ];
}

function ratioText(month: MonthResults, name: StageName): string {
  const { against } = STAGES[name];
  const own = summary(month, name);
  const other = against && summary(month, against);
  return own && other ? `${(own.speed / other.speed).toFixed(2)}× ${against}` : '';
}

function aligned(table: readonly string[][]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}
