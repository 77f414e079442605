import { resolve } from 'node:path';
import { fault } from '../faults/fault.ts';
import { PREVIEW_ENTRY } from '../package/preview.ts';
import { openPackage } from '../package/read.ts';
import { EXIT } from '../pipeline/exit.ts';
import { writeFileAtomic } from '../support/files.ts';
import { type Register, refuse } from './command.ts';

export const registerPreview: Register = (program, context) => {
  program
    .command('preview')
    .description('достать из пакета страницу для просмотра: итоги, документы, замечания, сверка')
    .argument('<пакет>', 'файл пакета (.zip)')
    .option('--out <файл>', 'куда записать', PREVIEW_ENTRY)
    .action(async (path: string, options: { out: string }) => {
      const { opened, faults } = await openPackage(resolve(context.io.cwd, path));
      if (!opened) return refuse(context, 'preview', faults, false);
      try {
        if (!opened.manifest.entries.some(({ name }) => name === PREVIEW_ENTRY)) {
          const missing = fault('BG1C-PACKAGE-DAMAGED', {
            file: opened.file,
            reason: `нет страницы ${PREVIEW_ENTRY}`,
          });
          return refuse(context, 'preview', [missing], false);
        }
        const lines: string[] = [];
        for await (const line of opened.lines(PREVIEW_ENTRY)) lines.push(line);
        const file = resolve(context.io.cwd, options.out);
        writeFileAtomic(file, `${lines.join('\n')}\n`);
        context.io.out(`Страница записана: ${file}\n`);
        context.exit(EXIT.done);
      } finally {
        opened.close();
      }
    });
};
