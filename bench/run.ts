import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { shipped } from '../src/support/root.ts';
import { chartSvg } from './chart.ts';
import { compile } from './compile.ts';
import { measured, type StageResult } from './measure.ts';
import { type WrittenMonth, writeMonth } from './month.ts';
import { reportText } from './report.ts';
import { type MonthResults, machine, type Results } from './results.ts';
import { STAGE_NAMES, stagesFor } from './stages/index.ts';

/**
 * Measures the build of a month, stage by stage and whole, beside the floors of the same run.
 *
 *     npx tsx bench/run.ts [--docs 10000,100000] [--rounds 3] [--only build,xsd] [--add] [--json file] [--svg file]
 *       [--work folder]
 */
const { values: options } = parseArgs({
  options: {
    docs: { type: 'string', default: '10000,100000' },
    rounds: { type: 'string', default: '3' },
    /** Names of stages, and `build`; all by default, the whole build alone for a month beyond `STAGES_UP_TO`. */
    only: { type: 'string' },
    /** Adds the rounds to those that the file of `--json` holds: a long run may come in pieces. */
    add: { type: 'boolean', default: false },
    json: { type: 'string' },
    svg: { type: 'string' },
    /** Months, packages and temporary files, about 20 KB a document; below the checkout, in a folder that git ignores. */
    work: { type: 'string', default: shipped('.demo/bench') },
  },
});

const work = resolve(options.work);
const json = resolve(options.json ?? join(work, 'results.json'));
const sizes = options.docs.split(',').map(Number);
const rounds = Number(options.rounds);
if (![...sizes, rounds].every((value) => Number.isInteger(value) && value > 0))
  throw new Error('--docs and --rounds take positive integers');

/** In a bigger month a stage says nothing that it does not say in a smaller one. */
const STAGES_UP_TO = 200_000;

/** Below the checkout, where packages are found. */
const program = shipped('.demo/bench/program');
const before =
  options.add && existsSync(json) ? (JSON.parse(readFileSync(json, 'utf8')) as Results) : undefined;
const results: Results = { bench: 1, machine: machine(), months: [], ...before };
say('compiling');
await compile(program);
for (const size of sizes) {
  const folder = join(work, String(size));
  rmSync(folder, { recursive: true, force: true });
  say(`${size} documents: writing the month`);
  await measureMonth(writeMonth(folder, size), folder);
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(reportText(results));

async function measureMonth(month: WrittenMonth, folder: string): Promise<void> {
  const { documents, contracts, rows, bytes } = month;
  const size = { documents, contracts, rows, bytes };
  const known = results.months.find((one) => one.documents === documents);
  const found: MonthResults = known ?? { ...size, stages: {}, build: [] };
  if (!known) results.months.push(found);
  const wanted =
    options.only?.split(',') ?? (documents > STAGES_UP_TO ? ['build'] : ['build', ...STAGE_NAMES]);
  for (let round = 1; round <= rounds; round++) {
    if (wanted.includes('build')) {
      say(`${documents} documents: round ${round}, bg1c build`);
      found.build.push(await measureBuild(folder));
      save();
    }
    for (const name of stagesFor(wanted)) {
      say(`${documents} documents: round ${round}, ${name}`);
      const run = await measured(program, [join(program, 'bench/stage.js'), name, folder], folder).catch(
        (error: Error) => {
          if (name === 'xmllint' && /ENOENT/.test(error.message)) return undefined;
          throw error;
        },
      );
      if (!run) continue;
      const result = JSON.parse(run.output.trimEnd().split('\n').at(-1)!) as StageResult;
      found.stages[name] = [...(found.stages[name] ?? []), { usage: run.usage, result }];
      save();
    }
  }
}

/** A first month of an installation, as a process. */
async function measureBuild(folder: string): Promise<MonthResults['build'][number]> {
  const out = join(folder, 'out');
  for (const name of ['out', '.bg1c']) rmSync(join(folder, name), { recursive: true, force: true });
  const { usage } = await measured(
    program,
    [join(program, 'src/cli/main.js'), 'build', 'in', '--config', 'bg1c.yaml', '--out', out],
    folder,
  );
  const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  rmSync(out, { recursive: true });
  return { usage, bytes };
}

function save(): void {
  for (const [file, text] of [
    [json, `${JSON.stringify(results, undefined, 2)}\n`],
    ...(options.svg ? [[resolve(options.svg), chartSvg(results)]] : []),
  ] as [string, string][]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${text}\n`);
}
