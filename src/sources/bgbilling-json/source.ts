import type { Fault } from '../../faults/fault.ts';
import { detectEncoding } from '../../support/decode.ts';
import { envelopeProblem, type FileIndex } from '../file-index.ts';
import { type FileFormat, type FileOptions, openFileSource } from '../file-source.ts';
import type { Source } from '../source.ts';
import { createJsonReader } from './records.ts';

const NAME = 'bgbilling-export';

const FORMAT: FileFormat = {
  ending: '.json',
  createReader: createJsonReader,
  opening: (table) => `{"${table}":[`,
  async detectEncoding(file) {
    const { encoding } = await detectEncoding(file.open());
    if (encoding === 'utf-16') return { refused: 'файл записан в UTF-16' };
    return { encoding: encoding === 'windows-1251' ? encoding : 'utf-8' };
  },
  envelopeProblem(envelope: FileIndex['envelope']) {
    const name = envelope.get('format');
    if (name !== NAME)
      return name === undefined ? `нет "format": "${NAME}"` : `формат «${name}», а ожидается ${NAME}`;
    return envelopeProblem(
      envelope.get('version'),
      envelope.get('period.year'),
      envelope.get('period.month'),
    );
  },
};

/** Opens an export in JSON: a file, or the only one in a folder or a zip. */
export function openJsonSource(
  path: string,
  options: FileOptions,
): Promise<{ source?: Source; faults: Fault[] }> {
  return openFileSource(path, FORMAT, options);
}
