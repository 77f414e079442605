import { type Fault, fault } from '../../faults/fault.ts';
import { compileWriter } from '../../schema/compile-writer.ts';
import { loadProfile } from '../../schema/load.ts';
import { problemText } from '../../schema/problem-text.ts';
import { readWritten } from '../../schema/read-written.ts';
import { createValidator } from '../../schema/validate.ts';
import { profileXsd } from '../../schema/xsd.ts';
import { encodeXmlCp1251 } from '../../support/cp1251.ts';
import { contentFaults } from './content.ts';
import { updFile, VERSION } from './mapping/file.ts';
import { missingRequisites } from './requisites.ts';
import type { UpdSetting, UpdSource } from './source.ts';
import { updView } from './view.ts';

/** A file to hand to an operator of electronic exchange. */
export interface UpdFile {
  /** ИдФайл. */
  id: string;
  /** With extension. */
  name: string;
  /** windows-1251. */
  bytes: Buffer;
}

export interface UpdWriter {
  /**
   * Makes the file of one document and checks what it made: schema, rules of ФНС, arithmetic.
   * @returns the file, or the errors that forbid it; warnings beside the file
   */
  write(source: UpdSource, setting: UpdSetting): { file?: UpdFile; faults: Fault[] };
  /** The checker of the schema holds memory outside of JavaScript. */
  dispose(): void;
}

const DECLARATION = '<?xml version="1.0" encoding="windows-1251"?>\n';

/** @param checkSchema false: without the check by the XSD (to measure what it costs) */
export function createUpdWriter({ checkSchema = true } = {}): UpdWriter {
  const profile = loadProfile('upd', VERSION);
  const writer = compileWriter(profile, 'Файл', updFile);
  const validator = checkSchema
    ? createValidator([{ name: 'upd.xsd', text: profileXsd(profile) }])
    : undefined;
  return {
    write(source, setting) {
      const missing = missingRequisites(source);
      if (missing.length > 0) return { faults: missing };
      const view = updView(source, setting);
      const text = writer.write(view);
      const bytes = encodeXmlCp1251(DECLARATION + text);
      const name = `${view.id}.xml`;
      const document = `УПД № ${view.document.number}`;
      const invalid = (validator?.check(bytes) ?? []).map(({ message, xpath = '' }) =>
        fault(
          'BG1C-UPD-INVALID',
          { document, place: xpath.replace(/^\//, ''), reason: problemText(message) },
          { target: { file: name, xpath } },
        ),
      );
      const faults = [...invalid, ...contentFaults(readWritten(text), document)];
      if (faults.some(({ severity }) => severity === 'error')) return { faults };
      return { file: { id: view.id, name, bytes }, faults };
    },
    dispose: () => validator?.dispose(),
  };
}
