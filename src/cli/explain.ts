import { resolve } from 'node:path';
import { type ExplainedObject, type ExplainedValue, explain } from '../pipeline/check/explain.ts';
import { EXIT } from '../pipeline/exit.ts';
import { printJson, type Register, refuse } from './command.ts';

export const registerExplain: Register = (program, context) => {
  program
    .command('explain')
    .description('показать, из какой строки и столбца выгрузки взято каждое значение документа')
    .argument('<пакет>', 'файл пакета (.zip)')
    .argument('<номер>', 'номер документа или идентификатор (UUID) любого объекта')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПример:\n  bg1c explain outbox/bashnet-2026-10-1-1of1.zip А10/1045\n')
    .action(async (path: string, wanted: string, options: { json?: boolean }) => {
      const { objects, faults } = await explain(resolve(context.io.cwd, path), wanted);
      if (faults.length > 0) return refuse(context, 'explain', faults, options.json ?? false);
      if (options.json) printJson(context, 'explain', { exit: EXIT.done, objects });
      else context.io.out(objects.map(objectText).join('\n'));
      context.exit(EXIT.done);
    });
};

function objectText({ element, uuid, values }: ExplainedObject): string {
  return `${element} ${uuid}\n${values.map((value) => `  ${value.path} = ${value.value}\n      ${originText(value)}\n`).join('')}`;
}

function originText({ field, how, sources }: ExplainedValue): string {
  const places = sources.map(
    ({ file, line, column, name }) => `${file}, строка ${line}, столбец ${column} (${name})`,
  );
  if (places.length > 0) return `← ${places.join('; ')}${how ? ` — ${how}` : ''}`;
  if (field.startsWith('config:')) return `← настройка ${field.slice('config:'.length)}`;
  if (field === 'fixed') return '← постоянное значение формата';
  return `← ${how ?? field.replace(/^computed: /, '')}`;
}
