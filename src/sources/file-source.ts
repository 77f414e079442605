import { type Fault, fault, stopsBuild } from '../faults/fault.ts';
import { decodeText, type Encoding, EncodingError } from '../support/decode.ts';
import { createIndex, type FileIndex, type Section } from './file-index.ts';
import { type Fingerprint, fingerprinted } from './fingerprint.ts';
import { type ExportFile, type LocatedFile, locateFile } from './locate-file.ts';
import { ENCODING_NAMES, encodingFault, openingFault, systemFault } from './reading.ts';
import { type CreateReader, RecordError } from './records.ts';
import type { ExtraColumns, Source, SourceRow } from './source.ts';
import type { TableName } from './tables.ts';

/**
 * An export that is one file with all tables (XML, JSON). It is read once when it is opened: that checks its form from
 * the first byte to the last and finds its tables; then each table is read from where it begins.
 */
export interface FileFormat {
  /** `.xml` */
  readonly ending: string;
  readonly createReader: CreateReader;
  /** Text that leads into the middle of a table. */
  opening(table: TableName): string;
  detectEncoding(file: ExportFile): Promise<DetectedEncoding>;
  /** Why the envelope is none of ours, in Russian. */
  envelopeProblem(envelope: FileIndex['envelope']): string | undefined;
}

/** `refused`: why the file is read in no encoding, in Russian. */
export type DetectedEncoding = { readonly encoding: Encoding } | { readonly refused: string };

export interface FileOptions {
  encoding: 'auto' | Encoding;
  /** Columns to read beside those of `tables.ts`; a table that lacks one is a fault. */
  extra?: ExtraColumns;
  /** Tables that need not be there. */
  spared?: readonly TableName[];
}

/**
 * Opens an export that is one file: the file itself, or the only one of its kind in a folder or a zip.
 * @returns no source where there is no such file. Else a source, also with faults: a refused file gives no rows.
 */
export async function openFileSource(
  path: string,
  format: FileFormat,
  { encoding: wanted, extra = {}, spared = [] }: FileOptions,
): Promise<{ source?: Source; faults: Fault[] }> {
  let located: LocatedFile;
  try {
    located = await locateFile(path, format.ending);
  } catch (error) {
    return { faults: [openingFault(error, path)] };
  }
  const { file, close } = located;
  if (!file) {
    close();
    return { faults: [...located.faults] };
  }
  try {
    const stamp = await file.stamp();
    const encoding = await encodingOf(file, format, wanted);
    if (typeof encoding !== 'string')
      return { source: createSource({ file, stamp, format, extra }, close), faults: [encoding] };
    const indexed = await indexFile(file, format, encoding, wanted === 'auto', { extra, spared });
    const opened: Opened = { file, stamp, format, extra, encoding, ...indexed };
    return { source: createSource(opened, close), faults: indexed.faults };
  } catch (error) {
    close();
    return { faults: [systemFault(error, file.name, file.archive ?? file.name)] };
  }
}

interface Opened {
  file: ExportFile;
  stamp: string;
  format: FileFormat;
  extra: ExtraColumns;
  encoding?: Encoding;
  sections?: readonly Section[];
  /** Bytes of the file before the first row of each table; none where the file was refused. */
  starts?: ReadonlyMap<Section, number>;
  fingerprint?: Fingerprint;
}

/** @returns the fault of a file that is in no known encoding */
async function encodingOf(
  file: ExportFile,
  format: FileFormat,
  wanted: 'auto' | Encoding,
): Promise<Encoding | Fault> {
  if (wanted !== 'auto') return wanted;
  const detected = await format.detectEncoding(file);
  if ('encoding' in detected) return detected.encoding;
  return encodingFault(file.name, 1, `windows-1251 или UTF-8: ${detected.refused}`);
}

interface Indexed {
  sections: readonly Section[];
  starts?: ReadonlyMap<Section, number>;
  fingerprint?: Fingerprint;
  faults: Fault[];
}

/** Reads the file from its first byte to its last. */
async function indexFile(
  file: ExportFile,
  format: FileFormat,
  encoding: Encoding,
  refuseMixed: boolean,
  { extra, spared }: Required<Omit<FileOptions, 'encoding'>>,
): Promise<Indexed> {
  const index = createIndex(file.name, extra, spared);
  const starts = new Map<Section, number>();
  let fingerprint: Fingerprint | undefined;
  let mark = 0;
  const whole = fingerprinted(file.open(), (found) => {
    fingerprint = found;
  });
  const bytes = marked(whole, (length) => {
    mark = length;
    if (encoding !== 'utf-8') throw new EncodingError(1);
  });
  const faults: Fault[] = [];
  try {
    const reader = format.createReader(index.events);
    let characters = 0;
    let before: number | undefined;
    for await (const text of decodeText(bytes, encoding, { refuseMixed })) {
      before ??= mark;
      const known = index.sections.length;
      reader.write(text);
      for (const section of index.sections.slice(known))
        starts.set(section, before + byteLength(text.slice(0, section.at - characters), encoding));
      characters += text.length;
      before += byteLength(text, encoding);
    }
    if (characters === 0)
      faults.push(fault('BG1C-SOURCE-EMPTY', { file: file.name }, { source: { file: file.name } }));
    else {
      reader.end();
      const reason = format.envelopeProblem(index.envelope);
      if (reason)
        faults.push(
          fault(
            'BG1C-SOURCE-FORMAT',
            { file: file.name, line: 1, reason },
            { source: { file: file.name, line: 1 } },
          ),
        );
      faults.push(...index.faults());
    }
  } catch (error) {
    faults.push(readingFault(error, file, encoding));
  }
  const refused = faults.some(stopsBuild);
  return {
    sections: index.sections,
    ...(!refused && { starts }),
    ...(fingerprint && { fingerprint }),
    faults,
  };
}

/** Passes bytes on and tells of the byte order mark of UTF-8. */
async function* marked(
  chunks: AsyncIterable<Buffer>,
  found: (length: number) => void,
): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    if (first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) found(3);
    first = false;
    yield chunk;
  }
}

function byteLength(text: string, encoding: Encoding): number {
  return encoding === 'utf-8' ? Buffer.byteLength(text, 'utf8') : text.length;
}

/** @throws the error itself where it is none of reading */
function readingFault(error: unknown, { name, archive }: ExportFile, encoding: Encoding): Fault {
  if (error instanceof EncodingError) return encodingFault(name, error.line, ENCODING_NAMES[encoding]);
  return error instanceof RecordError ? error.fault(name) : systemFault(error, name, archive ?? name);
}

function createSource(opened: Opened, close: () => void): Source {
  const { file, stamp, encoding, sections = [], starts, fingerprint, extra } = opened;
  const sectionOf = (table: TableName): Section | undefined => sections.find((one) => one.table === table);
  return {
    files: sections.map(({ table }) => ({ name: file.name, table, ...(fingerprint && { fingerprint }) })),
    extra,
    has: (table) => sectionOf(table) !== undefined,
    column: (table, name) => sectionOf(table)?.columns.position(name),
    async *read(table, onFault) {
      const section = sectionOf(table);
      const start = section && starts?.get(section);
      if (start === undefined || encoding === undefined || section!.columns.rows === 0) return;
      try {
        if ((await file.stamp()) === stamp)
          yield* readRows(opened, section!, sections.indexOf(section!), start, encoding);
        else onFault(changed(file));
      } catch (error) {
        onFault(readingFault(error, file, encoding));
      }
    },
    close: async () => close(),
  };
}

function changed({ name }: ExportFile): Fault {
  return fault(
    'BG1C-SOURCE-READ',
    { file: name, reason: 'файл изменился, пока его читали' },
    { source: { file: name } },
  );
}

/** One batch for each piece of text. */
async function* readRows(
  { file: from, format }: Opened,
  { table, line, columns }: Section,
  file: number,
  start: number,
  encoding: Encoding,
): AsyncGenerator<readonly SourceRow[]> {
  let batch: SourceRow[] = [];
  let cells: string[] = [];
  let open: SourceRow | undefined;
  let over = false;
  /** A row is complete when the next one begins or the table ends: a piece of text may cut it. */
  const complete = (): void => {
    if (open) batch.push(open);
    open = undefined;
  };
  const reader = format.createReader(
    {
      envelope() {},
      section: (name) => !over && name === table,
      row(at) {
        complete();
        cells = new Array<string>(columns.width).fill('');
        open = { file, line: at, cells };
      },
      value(name, value) {
        const cell = columns.cell(name);
        if (cell !== -1) cells[cell] = value.trim();
      },
      sectionEnd() {
        complete();
        over = true;
      },
    },
    { before: format.opening(table), line },
  );
  for await (const text of decodeText(from.open(start), encoding, { refuseMixed: false })) {
    reader.write(text);
    if (batch.length > 0) yield batch;
    batch = [];
    if (over) return;
  }
}
