import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fault } from '../faults/fault.ts';
import { rateText } from '../model/vat.ts';
import { damagedFault, ownSchemas } from '../pipeline/build/format-fit.ts';
import { importSchema, type SchemaImport } from '../pipeline/check/import-schema.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { describeFormats, describeProfile, type ProfileDescription } from '../schema/describe.ts';
import { isOwnProfile, listProfiles, loadProfile } from '../schema/load.ts';
import { type CommandContext, printJson, type Register, refuse } from './command.ts';
import { configFolder } from './config.ts';
import { faultsText } from './report-faults.ts';

interface Options {
  config?: string;
  json?: boolean;
}

export const registerSchema: Register = (program, context) => {
  const schema = program.command('schema').description('версии форматов, которые умеет программа');
  const command = (name: string, description: string): Command =>
    schema
      .command(name)
      .description(description)
      .option(
        '--config <файл>',
        'файл настроек: рядом с ним лежат ваши описания (по умолчанию текущая папка)',
      )
      .option('--json', 'результат для программ: один объект JSON');
  command('list', 'перечислить форматы и версии').action((options: Options) => list(context, options));
  command('show', 'показать объекты и поля версии EnterpriseData, которые пишет программа')
    .argument('<версия>', 'например 1.20')
    .action((version: string, options: Options) => show(context, version, options));
  command('import', 'сделать описание версии EnterpriseData из пакета XDTO вашей 1С')
    .argument(
      '<файл>',
      'XDTOPackages/EnterpriseData_<версия>/Ext/Package.bin из выгрузки конфигурации в файлы',
    )
    .addHelpText('after', '\nПример:\n  bg1c schema import Package.bin --config bg1c.yaml\n')
    .action((path: string, options: Options) => runImport(context, path, options));
};

function list(context: CommandContext, options: Options): void {
  const own = ownSchemas(configFolder(context.io, options.config));
  try {
    const formats = describeFormats(own).map(({ format, versions }) => ({
      format,
      versions: versions.map((one) => ({ ...one, own: isOwnProfile(format, one.version, own) })),
    }));
    if (options.json) printJson(context, 'schema list', { exit: EXIT.done, formats });
    else
      for (const { format, versions } of formats)
        for (const { version, origin, own: isOwn } of versions)
          context.io.out(`${format} ${version}  (${origin.file}${isOwn ? ', импортирована вами' : ''})\n`);
    context.exit(EXIT.done);
  } catch (error) {
    refuse(context, 'schema list', [damagedFault(error)], options.json ?? false);
  }
}

function show(context: CommandContext, version: string, options: Options): void {
  const own = ownSchemas(configFolder(context.io, options.config));
  const known = listProfiles('enterprise-data', own);
  const json = options.json ?? false;
  if (!known.includes(version)) {
    const values = { version, known: known.join(', ') };
    refuse(context, 'schema show', [fault('BG1C-FORMAT-UNKNOWN', values)], json);
    return;
  }
  try {
    const profile = describeProfile(loadProfile('enterprise-data', version, own));
    if (json) printJson(context, 'schema show', { exit: EXIT.done, profile });
    else context.io.out(profileLines(profile));
    context.exit(EXIT.done);
  } catch (error) {
    refuse(context, 'schema show', [damagedFault(error)], json);
  }
}

function profileLines({ types }: ProfileDescription): string {
  return types
    .flatMap(({ name, properties }) => [
      name,
      ...properties.map((property) => `  ${property.name}  ${property.type}  ${property.cardinality}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function runImport(context: CommandContext, path: string, options: Options): void {
  const { io } = context;
  const result = importSchema(resolve(io.cwd, path), configFolder(context.io, options.config));
  const exit = result.file === undefined ? exitCodeOf(result.faults, false, 0) : EXIT.done;
  if (options.json) printJson(context, 'schema import', { exit, ...result });
  else io.out(importText(result));
  context.exit(exit);
}

/** What was made of a package, for a person. */
function importText({ version, file, replaced, losses, missingRates, faults }: SchemaImport): string {
  const blocks = [faultsText(faults)];
  if (file === undefined) return `${blocks.join('')}Итог: описание не записано.\n`;
  blocks.push(`EnterpriseData ${version}: описание ${replaced ? 'заменено' : 'записано'} — ${file}\n`);
  if (losses.length > 0) {
    blocks.push('Чего эта версия не передаёт:\n');
    for (const { element, losses: lost } of losses) blocks.push(`  ${element}: ${lost.join('; ')}\n`);
  } else blocks.push('Эта версия передаёт всё, что пишет программа.\n');
  if (missingRates.length > 0)
    blocks.push(
      `Ставки НДС, которых в ней нет: ${missingRates.map(rateText).join(', ')} — документы с ними не передаются.\n`,
    );
  blocks.push(`Чтобы собирать пакеты в этой версии: onec.format: '${version}'\n`);
  return blocks.join('');
}
