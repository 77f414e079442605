import { type Fault, fault } from '../../faults/fault.ts';
import { openPackage } from '../../package/read.ts';
import { listProfiles, loadProfile } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import { createValidator } from '../../schema/validate.ts';
import { messageXsd } from '../../schema/xsd.ts';
import { damagedFault } from '../build/format-fit.ts';

/** Objects of a package checked by the schema at once. */
const OBJECTS_PER_CHECK = 1000;

/**
 * A package against its manifest and its message against the schema of its version.
 * @param own a folder of profiles imported by the user, as in `loadProfile`
 */
export async function checkPackage(path: string, own?: string): Promise<Fault[]> {
  const { opened, faults } = await openPackage(path);
  if (!opened) return faults;
  try {
    const damaged = await opened.verify();
    const { version } = opened.manifest.format;
    if (damaged.length > 0) return damaged;
    const known = listProfiles('enterprise-data', own);
    if (!known.includes(version)) return [fault('BG1C-FORMAT-UNKNOWN', { version, known: known.join(', ') })];
    const profile = loadProfile('enterprise-data', version, own);
    return await checkMessage(opened.lines(opened.message), profile, opened.message);
  } catch (error) {
    return [damagedFault(error)];
  } finally {
    opened.close();
  }
}

/** A message in our layout (an object a line), in chunks inside its own head and tail. */
async function checkMessage(lines: AsyncIterable<string>, profile: Profile, file: string): Promise<Fault[]> {
  const validator = createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1')));
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
