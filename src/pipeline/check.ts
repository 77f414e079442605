import { statSync } from 'node:fs';
import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import { fault } from '../faults/fault.ts';
import type { Period } from '../model/period.ts';
import { openPackage } from '../package/read.ts';
import { listProfiles, loadProfile } from '../schema/load.ts';
import { createValidator } from '../schema/validate.ts';
import { messageXsd } from '../schema/xsd.ts';
import type { Clock } from '../support/clock.ts';
import { type BuildResult, build } from './build.ts';

/** Objects of a package checked by the schema at once. */
const OBJECTS_PER_CHECK = 1000;

/** True for a package, false for an export: an export's archive has no manifest. */
export async function isPackage(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile() || !path.toLowerCase().endsWith('.zip'))
    return false;
  const { opened, faults } = await openPackage(path);
  opened?.close();
  return opened !== undefined || faults.some(({ message }) => !message.includes('нет описи'));
}

/** All rules over an export; nothing is written. */
export function checkExport(
  config: Config,
  input: string,
  period: Period | undefined,
  clock: Clock,
): Promise<BuildResult> {
  return build({ config, input, period, dryRun: true, clock });
}

/** A package against its manifest and its message against the schema of its version. */
export async function checkPackage(path: string): Promise<Fault[]> {
  const { opened, faults } = await openPackage(path);
  if (!opened) return faults;
  try {
    const damaged = await opened.verify();
    const { version } = opened.manifest.format;
    if (damaged.length > 0) return damaged;
    if (!listProfiles('enterprise-data').includes(version))
      return [fault('BG1C-FORMAT-UNKNOWN', { version, known: listProfiles('enterprise-data').join(', ') })];
    return await checkMessage(opened.lines(opened.message), version, opened.message);
  } finally {
    opened.close();
  }
}

/** A message in our layout (an object a line), in chunks inside its own head and tail. */
async function checkMessage(lines: AsyncIterable<string>, version: string, file: string): Promise<Fault[]> {
  const validator = createValidator(
    messageXsd(loadProfile('enterprise-data', version), loadProfile('exchange-message', '3.1')),
  );
  const faults: Fault[] = [];
  let head = '';
  let objects: string[] = [];
  let first = 0;
  const check = (): void => {
    const problems = validator.check(`${head}${objects.join('\n')}\n</Body>\n</Message>\n`);
    for (const { line, message, xpath } of problems)
      faults.push(
        fault(
          'BG1C-MESSAGE-INVALID',
          { reason: message },
          { target: { file, xpath: `${first + line}: ${xpath ?? ''}` } },
        ),
      );
    first += objects.length;
    objects = [];
  };
  try {
    for await (const line of lines) {
      if (head === '' || !head.includes('<Body')) head += `${line}\n`;
      else if (line !== '</Body>' && line !== '</Message>') objects.push(line);
      if (objects.length >= OBJECTS_PER_CHECK) check();
    }
    check();
    return faults;
  } finally {
    validator.dispose();
  }
}
