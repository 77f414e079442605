import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Config, OrganizationConfig } from '../config/types.ts';
import { createCollector, type FaultCollector } from '../faults/collector.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { createUpdCollector, UnresolvedRecord } from '../formats/upd/collect.ts';
import { listCsv, type UpdList, type UpdRow, updRow } from '../formats/upd/list.ts';
import { moscowMoment, type UpdSetting } from '../formats/upd/source.ts';
import { createUpdWriter } from '../formats/upd/write.ts';
import type { CanonicalRecord } from '../model/types.ts';
import { type OpenPackage, openPackage } from '../package/read.ts';
import type { Clock } from '../support/clock.ts';
import { writeFileAtomic } from '../support/files.ts';
import { outputFault } from './build.ts';
import { type ExitCode, exitCodeOf } from './exit.ts';

export interface UpdRequest {
  config: Config;
  /** One part of a package. */
  path: string;
  /** Where files and list go; one folder for each part. */
  out: string;
  /** Number or UUID of the only document wanted. */
  only?: string | undefined;
  clock: Clock;
}

export interface UpdResult {
  exit: ExitCode;
  folder: string;
  /** Documents of this run. */
  files: UpdRow[];
  faults: Fault[];
}

const LIST = 'upd.json';
const TABLE = 'upd.csv';

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
    const before = earlierList(request.out, opened);
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
  { out, only }: UpdRequest,
  opened: OpenPackage,
  setting: UpdSetting,
  list: UpdList,
  faults: FaultCollector,
): Promise<UpdRow[]> {
  // Before the first file: a run that is broken off leaves the moment by which the next one makes the same files.
  writeFileAtomic(join(out, LIST), listText(list));
  const earlier = new Map(list.files.map((row): [string, UpdRow] => [row.uuid, row]));
  const rows: UpdRow[] = [];
  const writer = createUpdWriter();
  try {
    const collector = createUpdCollector();
    for await (const line of opened.lines('documents.jsonl')) {
      const source = collector.add(JSON.parse(line) as CanonicalRecord);
      const { number, uuid } = source?.document ?? {};
      if (!source || (only !== undefined && only !== number && only.toLowerCase() !== uuid)) continue;
      const { file, faults: found } = writer.write(source, setting);
      faults.add(found);
      if (file) writeFileAtomic(join(out, file.name), file.bytes);
      const row = updRow(
        source,
        file?.name,
        found.map(({ code }) => code),
      );
      // Without folders: a list changed by hand must not reach files outside.
      const replaced = basename(earlier.get(row.uuid)?.file ?? '');
      if (replaced !== '' && replaced !== row.file) rmSync(join(out, replaced), { force: true });
      earlier.set(row.uuid, row);
      rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof UnresolvedRecord)) throw error;
    faults.add(fault('BG1C-PACKAGE-DAMAGED', { file: opened.file, reason: error.message }));
  } finally {
    writer.dispose();
  }
  if (rows.length > 0) faults.add(participantNotice(setting));
  else if (!faults.stopped()) faults.add(nothingFound(opened.file, only));
  const files = [...earlier.values()];
  writeFileAtomic(join(out, LIST), listText({ ...list, files }));
  writeFileAtomic(join(out, TABLE), listCsv(files));
  return rows;
}

function organizationOf(config: Config, { manifest }: OpenPackage): OrganizationConfig | undefined {
  return config.organizations.find(({ code }) => code === manifest.organization.code);
}

/** The list that lies in the folder; `foreign` where it is not of this part of this package. */
function earlierList(out: string, { manifest }: OpenPackage): UpdList | 'foreign' | undefined {
  const path = join(out, LIST);
  if (!existsSync(path)) return undefined;
  let list: Partial<UpdList> | null;
  try {
    list = JSON.parse(readFileSync(path, 'utf8')) as typeof list;
  } catch (error) {
    if (error instanceof SyntaxError) return 'foreign';
    throw error;
  }
  const { packageId, part } = manifest;
  const same = list?.updListVersion === 1 && list.packageId === packageId && list.part === part;
  return same && Array.isArray(list?.files) ? (list as UpdList) : 'foreign';
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

function listText(list: UpdList): string {
  return `${JSON.stringify(list, undefined, 2)}\n`;
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
