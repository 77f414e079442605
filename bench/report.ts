import {
  buildSummary,
  floorSeconds,
  type MonthResults,
  type Results,
  type Seconds,
  summary,
} from './results.ts';
import { STAGE_NAMES, STAGES, type StageName, UNAVOIDABLE, WITH_LINES } from './stages/index.ts';

const MEGA = 1e6;

/** The table for people. */
export function reportText(results: Results): string {
  const { cpu, cores, memory, node, platform, load } = results.machine;
  const lines = [
    `${cpu}, ${cores} cores, ${(memory / 1e9).toFixed(0)} GB, ${platform}, Node ${node}; load before the run ${load.toFixed(1)}`,
    'medians; speeds and ratios by processor time (of several threads: as on so many free cores); peak: memory of the process, with all that came before the stage',
  ];
  const months = [...results.months].sort((a, b) => a.documents - b.documents);
  for (const month of months) lines.push('', ...monthLines(month));
  lines.push('', ...months.slice(1).flatMap((month, index) => growthText(months[index]!, month) ?? []));
  return `${lines.join('\n')}\n`;
}

function monthLines(month: MonthResults): string[] {
  const { documents, contracts, rows, bytes } = month;
  const notes: string[] = [];
  const table = [['', '', 'wall s', 'CPU s', 'a second', 'MB/s', 'against', 'peak MB']];
  for (const name of STAGE_NAMES) {
    const found = summary(month, name);
    if (!found) continue;
    const { title, kind, threads = 1 } = STAGES[name];
    const perSecond = (amount: number): number => (amount / found.cpu) * threads;
    const unit = (['documents', 'rows', 'files'] as const).find((one) => found[one]);
    table.push([
      title,
      kind === 'stage' ? '' : kind,
      found.wall.toFixed(2),
      found.cpu.toFixed(2),
      unit ? `${grouped(perSecond(found[unit]!))} ${unit}` : '',
      found.bytes ? (perSecond(found.bytes) / MEGA).toFixed(1) : '',
      ratioText(month, name),
      (found.peak / MEGA).toFixed(0),
    ]);
    if (found.note) notes.push(`${title}: ${found.note}`);
  }
  const build = buildSummary(month);
  const floor = floorSeconds(month);
  if (build)
    table.push([
      'bg1c build',
      '',
      build.wall.toFixed(2),
      build.cpu.toFixed(2),
      `${grouped(documents / build.cpu)} documents`,
      '',
      floor === undefined ? '' : `${(build.cpu / floor.cpu).toFixed(2)}× floors`,
      (build.peak / MEGA).toFixed(0),
    ]);
  for (const names of [UNAVOIDABLE, WITH_LINES]) {
    const sum = floorSeconds(month, names);
    if (sum) notes.push(floorText(names, sum, build));
  }
  return [
    `${grouped(documents)} documents: ${grouped(contracts)} contracts, ${grouped(rows)} rows, ${(bytes / MEGA).toFixed(1)} MB of CSV${build ? ` → packages of ${(build.bytes / MEGA).toFixed(1)} MB` : ''}; ${roundsText(month)}`,
    ...aligned(table),
    ...notes,
  ];
}

/** Floors one after another in one thread, and the build beside them. */
function floorText(names: readonly StageName[], floor: Seconds, build: Seconds | undefined): string {
  const titles = names.map((name) => STAGES[name].title).join(', ');
  const times = (key: keyof Seconds): string =>
    build ? `, the build ${(build[key] / floor[key]).toFixed(2)}×` : '';
  return `floors (${titles}): processor time ${floor.cpu.toFixed(2)} s${times('cpu')}; wall ${floor.wall.toFixed(2)} s${times('wall')}`;
}

/** Rounds of the build; of the stages, where they are others. */
function roundsText({ build, stages }: MonthResults): string {
  const counts = [build.length, ...Object.values(stages).map((runs) => runs.length)].filter((one) => one > 0);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `rounds: ${least === most ? most : `${least} to ${most}`}`;
}

/** What a month costs beside a smaller one. */
function growthText(small: MonthResults, big: MonthResults): string | undefined {
  const [before, after] = [buildSummary(small), buildSummary(big)];
  if (!before || !after) return undefined;
  const times = (key: 'cpu' | 'wall' | 'peak'): string => `${(after[key] / before[key]).toFixed(1)}×`;
  return `${grouped(big.documents)} beside ${grouped(small.documents)} documents: processor time ${times('cpu')}, time ${times('wall')}, peak ${times('peak')}`;
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
