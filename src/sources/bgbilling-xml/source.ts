import type { Fault } from '../../faults/fault.ts';
import { envelopeProblem } from '../file-index.ts';
import { type FileFormat, type FileOptions, openFileSource } from '../file-source.ts';
import type { Source } from '../source.ts';
import { declaredEncoding } from './encoding.ts';
import { createXmlReader, ROOT } from './records.ts';

const FORMAT: FileFormat = {
  ending: '.xml',
  createReader: createXmlReader,
  opening: (table) => `<${ROOT}><${table}>`,
  detectEncoding: declaredEncoding,
  envelopeProblem: (envelope) =>
    envelopeProblem(envelope.get('version'), envelope.get('year'), envelope.get('month')),
};

/** Opens an export in XML: a file, or the only one in a folder or a zip. */
export function openXmlSource(
  path: string,
  options: FileOptions,
): Promise<{ source?: Source; faults: Fault[] }> {
  return openFileSource(path, FORMAT, options);
}
