import type { Config, OrganizationConfig } from '../../config/types.ts';
import { createCollector, type FaultCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { createUpdCollector } from '../../formats/upd/collect.ts';
import { type UpdList, type UpdRow, updRow } from '../../formats/upd/list.ts';
import { makeUpdFiles } from '../../formats/upd/make.ts';
import { moscowMoment, type UpdSetting, type UpdSource } from '../../formats/upd/source.ts';
import type { OpenJournal } from '../../journal/journal.ts';
import type { BookRow } from '../../journal/receipts.ts';
import { UnresolvedRecord } from '../../model/document-source.ts';
import type { CanonicalRecord, Document } from '../../model/types.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';
import { booksOf, isAskedFor, withBooks } from '../books/with-books.ts';
import { outputFault } from '../build/build.ts';
import { type ExitCode, exitCodeOf } from '../exit.ts';
import { folderOutput, listInFolder, listInZip, plainName, zipOutput } from './upd-output.ts';

export interface UpdRequest {
  config: Config;
  /** One part of a package. */
  path: string;
  /** Where files and list go: a folder for each part, or the archive that holds them. */
  out: string;
  /** One archive instead of a folder. */
  zip?: boolean;
  /** Number or UUID of the only document wanted. */
  only?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal;
  /** Ends the work with its reason; what was written to a folder stays, an archive does not come about. */
  signal?: AbortSignal | undefined;
}

export interface UpdResult {
  exit: ExitCode;
  /** The folder or the archive. */
  folder: string;
  /** Documents of this run. */
  files: UpdRow[];
  faults: Fault[];
}

/** УПД, acts and VAT invoices of a package → files for electronic exchange and a list of them. */
export async function makeUpd(request: UpdRequest): Promise<UpdResult> {
  const faults = createCollector();
  const rows = await attempt(request, faults).catch((error: unknown) => {
    const found = outputFault(error);
    if (!found) throw error;
    faults.add(found);
    return [] as UpdRow[];
  });
  const leftOut = rows.filter(({ state }) => state === 'left-out').length;
  const list = faults.list();
  return {
    exit: exitCodeOf(list, rows.length > leftOut, leftOut),
    folder: request.out,
    files: rows,
    faults: list,
  };
}

async function attempt(request: UpdRequest, faults: FaultCollector): Promise<UpdRow[]> {
  const { opened, faults: unopened } = await openPackage(request.path);
  faults.add(unopened);
  if (!opened) return [];
  try {
    faults.add(await opened.verify());
    const seller = organizationOf(request.config, opened);
    if (!seller?.signer)
      faults.add(fault('BG1C-UPD-SIGNER', { organization: opened.manifest.organization.name }));
    const { packageId, part } = opened.manifest;
    const earlier = request.zip ? listInZip : listInFolder;
    const before = await earlier(request.out, { packageId, part });
    if (before === 'foreign')
      faults.add(fault('BG1C-UPD-FOLDER', { folder: request.out, package: opened.file }));
    if (faults.stopped() || !seller?.signer || before === 'foreign') return [];
    const setting: UpdSetting = {
      signer: seller.signer,
      sender: seller.edoId,
      formed: before?.formed ?? moscowMoment(request.clock()),
    };
    const list = emptyList(opened, setting, before?.files ?? []);
    return await writeFiles(request, opened, setting, list, faults);
  } finally {
    opened.close();
  }
}

async function writeFiles(
  { config, out, zip, only, clock, signal, openJournal }: UpdRequest,
  opened: OpenPackage,
  setting: UpdSetting,
  list: UpdList,
  faults: FaultCollector,
): Promise<UpdRow[]> {
  const output = zip ? zipOutput(out) : folderOutput(out);
  // An archive is made anew; in a folder lie files of earlier runs.
  const files = new Map((zip ? [] : list.files).map((row): [string, UpdRow] => [row.uuid, row]));
  const rows: UpdRow[] = [];
  try {
    await output.begin(list);
    const expected = only === undefined ? documentsOf(opened) : 1;
    const books = booksOf(config, await drawnDocuments(opened), clock, openJournal);
    const sources = sourcesOf(opened, only, books, faults);
    for await (const made of makeUpdFiles(sources, setting, { expected, signal })) {
      const { source, file, faults: found } = made;
      faults.add(found);
      if (file) await output.put(file);
      const codes = found.map(({ code }) => code);
      const row = updRow(source, file?.name, codes);
      const replaced = plainName(files.get(row.uuid)?.file);
      if (replaced !== '' && replaced !== row.file) output.remove(replaced);
      files.set(row.uuid, row);
      rows.push(row);
    }
    if (rows.length > 0) faults.add(participantNotice(setting));
    else if (!faults.stopped()) faults.add(nothingFound(opened.file, only));
    await output.finish({ ...list, files: [...files.values()] });
  } catch (error) {
    await output.abandon();
    throw error;
  }
  return rows;
}

/** Documents whose numbers 1C draws: the others need nothing of its receipts. */
async function drawnDocuments(opened: OpenPackage): Promise<Document[]> {
  const drawn: Document[] = [];
  for await (const line of opened.lines('documents.jsonl')) {
    const record = JSON.parse(line) as CanonicalRecord;
    if ('numberedBy' in record && record.numberedBy === 'onec') drawn.push(record);
  }
  return drawn;
}

/** The documents that become files; a package that names what it does not hold ends them with a fault. */
async function* sourcesOf(
  opened: OpenPackage,
  only: string | undefined,
  books: ReadonlyMap<string, BookRow>,
  faults: FaultCollector,
): AsyncGenerator<UpdSource> {
  const collector = createUpdCollector();
  try {
    for await (const line of opened.lines('documents.jsonl')) {
      const source = collector.add(JSON.parse(line) as CanonicalRecord);
      if (source && isAskedFor(only, source.document, books)) yield withBooks(source, books);
    }
  } catch (error) {
    if (!(error instanceof UnresolvedRecord)) throw error;
    faults.add(fault('BG1C-PACKAGE-DAMAGED', { file: opened.file, reason: error.message }));
  }
}

function documentsOf({ manifest: { documents } }: OpenPackage): number {
  return documents.act.count + documents['vat-invoice'].count + documents.upd.count;
}

function organizationOf(config: Config, { manifest }: OpenPackage): OrganizationConfig | undefined {
  return config.organizations.find(({ code }) => code === manifest.organization.code);
}

function emptyList({ manifest }: OpenPackage, { formed }: UpdSetting, files: UpdRow[]): UpdList {
  const { packageId, part, parts, organization, period } = manifest;
  return {
    updListVersion: 1,
    packageId,
    part,
    parts,
    organization: organization.code,
    period,
    formed,
    files,
  };
}

function nothingFound(file: string, only: string | undefined): Fault {
  return only === undefined
    ? fault('BG1C-UPD-NONE', { package: file })
    : fault('BG1C-OBJECT-NOT-FOUND', { package: file, wanted: only });
}

/** The ids of buyers are known to the operator alone: files for a folder bear ИНН and КПП instead. */
function participantNotice({ sender }: UpdSetting): Fault {
  const party = sender === undefined ? 'продавец и покупатели' : 'покупатели';
  return fault('BG1C-UPD-PARTICIPANT', { party });
}
