import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { LETTER_TEMPLATES } from '../../delivery/mail/letter-text.ts';
import { createCollector, type FaultCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Forms, formFileName, openForms } from '../../formats/printed-forms/forms.ts';
import { makeForms } from '../../formats/printed-forms/make.ts';
import { TEMPLATES } from '../../formats/printed-forms/printer.ts';
import type { PrintSource } from '../../formats/printed-forms/source.ts';
import type { OpenJournal } from '../../journal/journal.ts';
import { createSourceCollector, UnresolvedRecord } from '../../model/document-source.ts';
import type { CanonicalRecord, DocumentKind } from '../../model/types.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';
import { ensureFolder, writeFileAtomic } from '../../support/files.ts';
import { booksOf, isAskedFor, withBooks } from '../books/with-books.ts';
import { outputFault } from '../build/build.ts';
import { type ExitCode, exitCodeOf } from '../exit.ts';

export interface PrintRequest {
  config: Config;
  /** One part of a package. */
  path: string;
  /** Folder for the files. */
  out: string;
  /** Number or UUID of the only document wanted. */
  only?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal;
  /** Told after each file. */
  progress?: ((files: number) => void) | undefined;
}

/** One printed document. Sums in kopecks. */
export interface PrintedFile {
  uuid: string;
  kind: DocumentKind;
  number: string;
  date: string;
  sum: number;
  file: string;
}

export interface PrintResult {
  exit: ExitCode;
  folder: string;
  files: PrintedFile[];
  leftOut: number;
  faults: Fault[];
}

/** Documents of a package → PDFs; numbers that 1C draws come from its receipts. */
export async function printPackage(request: PrintRequest): Promise<PrintResult> {
  const faults = createCollector();
  const files: PrintedFile[] = [];
  let leftOut = 0;
  try {
    leftOut = await attempt(request, files, faults);
  } catch (error) {
    const found = outputFault(error);
    if (!found) throw error;
    faults.add(found);
  }
  const list = faults.list();
  return {
    exit: exitCodeOf(list, files.length > 0, leftOut),
    folder: request.out,
    files,
    leftOut,
    faults: list,
  };
}

async function attempt(request: PrintRequest, files: PrintedFile[], faults: FaultCollector): Promise<number> {
  const { opened, faults: unopened } = await openPackage(request.path);
  faults.add(unopened);
  if (!opened) return 0;
  try {
    faults.add(await opened.verify());
    if (faults.stopped()) return 0;
    const { forms, faults: unready } = openForms(request.config, opened.manifest.organization.code);
    faults.add(unready);
    return forms ? await printAll(request, opened, forms, files, faults) : 0;
  } finally {
    opened.close();
  }
}

/** @returns documents that could not be printed */
async function printAll(
  { config, out, only, clock, openJournal: open, progress }: PrintRequest,
  opened: OpenPackage,
  forms: Forms,
  files: PrintedFile[],
  faults: FaultCollector,
): Promise<number> {
  const sources = await sourcesOf(opened, faults);
  const books = booksOf(
    config,
    sources.map(({ document }) => document),
    clock,
    open,
  );
  const wanted = sources
    .filter(({ document }) => isAskedFor(only, document, books))
    .map((source) => withBooks(source, books));
  if (wanted.length === 0 && !faults.stopped()) {
    const values = { package: opened.file, wanted: only ?? '' };
    faults.add(fault(only === undefined ? 'BG1C-PRINT-NONE' : 'BG1C-OBJECT-NOT-FOUND', values));
  }
  const taken = new Set<string>();
  const { code } = opened.manifest.organization;
  const made = makeForms(wanted, forms, config, code, { expected: wanted.length });
  for await (const { source, bytes, faults: found } of made) {
    faults.add(found);
    if (faults.stopped()) break;
    if (!bytes) continue;
    const { uuid, record, number, date, sum } = source.document;
    const file = freeName(formFileName(source.document), uuid, taken);
    writeFileAtomic(join(out, file), bytes);
    files.push({ uuid, kind: record, number, date, sum, file });
    progress?.(files.length);
  }
  return wanted.length - files.length;
}

async function sourcesOf(opened: OpenPackage, faults: FaultCollector): Promise<PrintSource[]> {
  const collect = createSourceCollector();
  const sources: PrintSource[] = [];
  try {
    for await (const line of opened.lines('documents.jsonl')) {
      const source = collect(JSON.parse(line) as CanonicalRecord);
      if (source) sources.push(source);
    }
  } catch (error) {
    if (!(error instanceof UnresolvedRecord)) throw error;
    faults.add(fault('BG1C-PACKAGE-DAMAGED', { file: opened.file, reason: error.message }));
  }
  return sources;
}

/** Names differ in more than what was left out of them: the UUID's beginning is added where they do not. */
function freeName(name: string, uuid: string, taken: Set<string>): string {
  const free = taken.has(name) ? name.replace(/\.pdf$/, ` ${uuid.slice(0, 8)}.pdf`) : name;
  taken.add(free);
  return free;
}

/**
 * Copies the templates that ship, of forms and of letters, into a folder, to be changed there; what lies there already
 * stays.
 * @returns names
 */
export function copyTemplates(folder: string): { copied: string[]; kept: string[]; faults: Fault[] } {
  const files = [TEMPLATES, LETTER_TEMPLATES].flatMap((from) =>
    readdirSync(from).map((name) => ({ name, path: join(from, name) })),
  );
  const kept = files.filter(({ name }) => existsSync(join(folder, name)));
  const copied = files.filter((file) => !kept.includes(file));
  const names = (list: typeof files): string[] => list.map(({ name }) => name);
  try {
    ensureFolder(folder);
    for (const { name, path } of copied) copyFileSync(path, join(folder, name));
    return { copied: names(copied), kept: names(kept), faults: [] };
  } catch (error) {
    const found = outputFault(error, folder);
    if (!found) throw error;
    return { copied: [], kept: names(kept), faults: [found] };
  }
}
