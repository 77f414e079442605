import { join, resolve } from 'node:path';
import { type BuiltEpf, buildEpf, EPF_TEMPLATE } from '../epf/build.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { EXIT } from '../pipeline/exit.ts';
import { writeFileAtomic } from '../support/files.ts';
import { printJson, type Register, refuse } from './command.ts';

interface Options {
  out?: string;
  xml?: string;
  json?: boolean;
}

const DEFAULT_NAME = 'BGBillingЗагрузка.epf';

export const registerEpf: Register = (program, context) => {
  program
    .command('epf')
    .description('собрать внешнюю обработку для 1С (сама 1С для этого не нужна)')
    .option('--out <файл>', `куда записать обработку (по умолчанию ${DEFAULT_NAME})`)
    .option('--xml <папка>', 'записать ещё и исходники для Конфигуратора (формат 2.17)')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c epf\n  bg1c epf --out обработки/BGBillingЗагрузка.epf --xml исходники\n' +
        'Как установить: docs/install-1c.ru.md\n',
    )
    .action((options: Options) => {
      const { io } = context;
      const json = options.json ?? false;
      const { built, faults } = buildEpf(EPF_TEMPLATE);
      if (!built) return refuse(context, 'epf', faults, json);
      const out = resolve(io.cwd, options.out ?? DEFAULT_NAME);
      const xml = options.xml === undefined ? undefined : resolve(io.cwd, options.xml);
      const failed = write(built, out, xml);
      if (failed) return refuse(context, 'epf', [failed], json);
      if (json) printJson(context, 'epf', { exit: EXIT.done, file: out, size: built.epf.length, xml });
      else {
        io.out(`Обработка записана: ${out} (${Math.ceil(built.epf.length / 1024)} КБ)\n`);
        if (xml !== undefined)
          io.out(`Исходники для Конфигуратора: ${xml} (файлов: ${built.sources.size})\n`);
      }
      context.exit(EXIT.done);
    });
};

/** @returns the fault of the first file that could not be written */
function write(built: BuiltEpf, out: string, xml: string | undefined): Fault | undefined {
  const files = new Map([[out, built.epf]]);
  if (xml !== undefined)
    for (const [path, bytes] of built.sources) files.set(join(xml, ...path.split('/')), bytes);
  for (const [file, bytes] of files)
    try {
      writeFileAtomic(file, bytes);
    } catch (error) {
      return fault('BG1C-EPF-WRITE', {
        file,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  return undefined;
}
