import { fault } from '../faults/fault.ts';
import { EXIT } from '../pipeline/exit.ts';
import { describeFormats, describeProfile } from '../schema/describe.ts';
import { listProfiles, loadProfile } from '../schema/load.ts';
import { printJson, type Register, refuse } from './command.ts';

export const registerSchema: Register = (program, context) => {
  const schema = program.command('schema').description('версии форматов, которые умеет программа');
  schema
    .command('list')
    .description('перечислить форматы и версии')
    .option('--json', 'результат для программ: один объект JSON')
    .action(({ json }: { json?: boolean }) => {
      const formats = describeFormats();
      if (json) printJson(context, 'schema list', { exit: EXIT.done, formats });
      else
        for (const { format, versions } of formats)
          for (const { version, origin } of versions)
            context.io.out(`${format} ${version}  (${origin.file})\n`);
      context.exit(EXIT.done);
    });
  schema
    .command('show')
    .description('показать объекты и поля версии EnterpriseData, которые пишет программа')
    .argument('<версия>', 'например 1.20')
    .option('--json', 'результат для программ: один объект JSON')
    .action((version: string, { json }: { json?: boolean }) => {
      const known = listProfiles('enterprise-data');
      if (!known.includes(version))
        return refuse(
          context,
          'schema show',
          [fault('BG1C-FORMAT-UNKNOWN', { version, known: known.join(', ') })],
          json ?? false,
        );
      const profile = describeProfile(loadProfile('enterprise-data', version));
      if (json) printJson(context, 'schema show', { exit: EXIT.done, profile });
      else
        for (const type of profile.types) {
          context.io.out(`${type.name}\n`);
          for (const property of type.properties)
            context.io.out(`  ${property.name}  ${property.type}  ${property.cardinality}\n`);
        }
      context.exit(EXIT.done);
    });
};
