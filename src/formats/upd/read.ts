import { isAscii, isUtf8 } from 'node:buffer';
import { type Fault, fault } from '../../faults/fault.ts';
import { createElementChecker, type ElementChecker } from '../../schema/check-elements.ts';
import { loadProfile } from '../../schema/load.ts';
import { parseElement, type XmlElement, XmlProblem } from '../../schema/read-elements.ts';
import { decodeXml } from '../../support/cp1251.ts';
import { contentFaults } from './content.ts';
import { KND, VERSION } from './mapping/file.ts';

/** What was found in a file that anybody may have written. */
export interface UpdCheck {
  /** Версия формата; absent where the file could not be read. */
  version?: string;
  function?: string;
  number?: string;
  faults: Fault[];
}

export interface UpdChecker {
  /** @param fileName without folder, with extension */
  check(bytes: Uint8Array, fileName: string): UpdCheck;
  dispose(): void;
}

export function createUpdChecker(): UpdChecker {
  const elements = createElementChecker(loadProfile('upd', VERSION));
  return {
    check: (bytes, fileName) => checkFile(elements, bytes, fileName),
    dispose: () => elements.dispose(),
  };
}

/** True where the start of a file says that it is a seller's title of a VAT invoice or УПД, of any version. */
export function looksLikeUpd(start: Uint8Array): boolean {
  const knd = new RegExp(`="${KND}"|='${KND}'`);
  const root = decodeXml(start)?.text ?? Buffer.from(start).toString('latin1');
  return knd.test(root) && !/<(?:[\w.-]+:)?Message[\s>]/.test(root);
}

function checkFile(elements: ElementChecker, bytes: Uint8Array, fileName: string): UpdCheck {
  const document = fileName;
  const place = { path: fileName };
  const decoded = decodeXml(bytes);
  if (!decoded)
    return { faults: [fault('BG1C-UPD-READ', { document, reason: 'кодировка не распознана' }, place)] };
  const { text, encoding, bom } = decoded;
  if (encoding === 'windows-1251' && isUtf8(bytes) && !isAscii(bytes)) {
    const reason = 'объявлена кодировка windows-1251, а байты — в UTF-8';
    return { faults: [fault('BG1C-UPD-ENCODING', { document, reason }, place)] };
  }
  const faults = encodingProblems(encoding, bom).map((reason) =>
    fault('BG1C-UPD-ENCODING', { document, reason }, place),
  );
  let root: XmlElement;
  try {
    root = parseElement(text);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    return { faults: [...faults, fault('BG1C-UPD-READ', { document, reason: error.message }, place)] };
  }
  const version = root.attributes.ВерсФорм ?? '';
  if (version !== VERSION)
    return {
      version,
      faults: [...faults, fault('BG1C-UPD-VERSION', { document, version, known: VERSION }, place)],
    };
  const main = root.children.find(({ name }) => name === 'Документ');
  const number = main?.children.find(({ name }) => name === 'СвСчФакт')?.attributes.НомерДок;
  return {
    version,
    ...(main?.attributes.Функция !== undefined && { function: main.attributes.Функция }),
    ...(number !== undefined && { number }),
    faults: [
      ...faults,
      ...structureFaults(elements, root, fileName),
      ...contentFaults(root, document, fileName),
    ],
  };
}

function encodingProblems(encoding: string | undefined, bom: boolean): string[] {
  return [
    ...(bom ? ['файл начинается с метки порядка байтов (BOM)'] : []),
    ...(encoding === undefined ? ['кодировка не объявлена'] : []),
    ...(encoding !== undefined && encoding !== 'windows-1251' ? [`объявлена кодировка ${encoding}`] : []),
  ];
}

function structureFaults(elements: ElementChecker, root: XmlElement, fileName: string): Fault[] {
  const { problems, unchecked } = elements.check(root);
  const faults = problems.map(({ path, line, reason }) =>
    fault(
      'BG1C-UPD-INVALID',
      { document: fileName, place: path === '' ? 'Файл' : path, reason },
      { source: { file: fileName, line }, target: { file: fileName, xpath: path } },
    ),
  );
  if (unchecked.length === 0) return faults;
  const paths = [...new Set(unchecked)].join(', ');
  return [...faults, fault('BG1C-UPD-UNCHECKED', { document: fileName, paths }, { path: fileName })];
}
