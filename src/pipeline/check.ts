import { type Fault, fault } from '../faults/fault.ts';
import { openPackage } from '../package/read.ts';
import { listProfiles, loadProfile } from '../schema/load.ts';
import { createValidator } from '../schema/validate.ts';
import { messageXsd } from '../schema/xsd.ts';

/** Objects of a package checked by the schema at once. */
const OBJECTS_PER_CHECK = 1000;

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
