import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { receiptKey } from '../../config/receipt-key.ts';
import type { Config } from '../../config/types.ts';
import { realDisk } from '../../exchange/disk.ts';
import { layoutOf } from '../../exchange/layout.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { backupProblem } from '../../journal/backup.ts';
import { contentHash } from '../../journal/documents.ts';
import { type Journal, openJournal } from '../../journal/journal.ts';
import { takeLock } from '../../journal/lock.ts';
import type { GivenNumber } from '../../journal/numbers.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';
import { ensureFolder, publishFile, temporaryName } from '../../support/files.ts';
import { receiveFile } from '../books/receive.ts';

/** What reconciling found in the exchange folder that the journal did not know. */
export interface Reconciled {
  /** Files of packages. */
  parts: number;
  receipts: number;
  faults: Fault[];
}

/**
 * Puts a copy in the place of the journal; what was there is kept beside it. The journal then knows that it was restored
 * and refuses to build and deliver until it is reconciled.
 */
export function restore(config: Config, backup: string, clock: Clock): { kept?: string; fault?: Fault } {
  const { path } = config.journal;
  const problem = existsSync(backup) ? backupProblem(backup) : 'такого файла нет';
  if (problem) return { fault: fault('BG1C-BACKUP-READ', { file: backup, reason: problem }) };
  const lock = exclusive(config);
  if (!lock.release) return { fault: lock.fault! };
  try {
    const kept = `${path}.${clock().toISOString().replaceAll(':', '')}`;
    const temporary = temporaryName(path);
    ensureFolder(dirname(path));
    copyFileSync(backup, temporary);
    const there = existsSync(path);
    for (const ending of ['-wal', '-shm', ''])
      if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
    publishFile(temporary, path);
    const { journal, fault: refused } = openJournal(path, clock);
    journal?.close();
    return refused ? { fault: refused } : there ? { kept } : {};
  } finally {
    lock.release();
  }
}

/** Nobody may use the exchange folder meanwhile. */
function exclusive({ exchange: { dir } }: Config): { release?: () => void; fault?: Fault } {
  const lock = takeLock(layoutOf(dir).lock);
  return lock ?? { fault: fault('BG1C-WATCH-RUNNING', { dir, who: '' }) };
}

/**
 * Takes into the journal what lies in the exchange folder and is not in it: packages with their numbers and
 * counterparties, then receipts. Then the journal may be used again.
 */
export async function reconcile(config: Config, clock: Clock): Promise<Reconciled> {
  const { key, fault: unknown } = receiptKey(config);
  if (unknown) return { parts: 0, receipts: 0, faults: [unknown] };
  const lock = exclusive(config);
  if (!lock.release) return { parts: 0, receipts: 0, faults: [lock.fault!] };
  const { journal, fault: refused } = openJournal(config.journal.path, clock);
  try {
    if (!journal) return { parts: 0, receipts: 0, faults: [refused!] };
    const packages = await adoptPackages(config, journal);
    if (packages.faults.length > 0) return { ...packages, receipts: 0 };
    const receipts = adoptReceipts(config, key, journal);
    journal.atomically(() => {
      journal.records.settings.remove('restored-at');
      journal.records.settings.set('reconciled-at', clock().toISOString());
      journal.records.events.add('journal.reconciled', 'journal');
    });
    return { parts: packages.parts, receipts, faults: [] };
  } finally {
    journal?.close();
    lock.release();
  }
}

async function adoptPackages(config: Config, journal: Journal): Promise<{ parts: number; faults: Fault[] }> {
  const { outbox } = layoutOf(config.exchange.dir);
  const faults: Fault[] = [];
  let parts = 0;
  for (const path of packageFiles([outbox, join(outbox, 'done'), join(outbox, 'error')])) {
    const { opened, faults: broken } = await openPackage(path);
    faults.push(...broken);
    if (!opened) continue;
    try {
      if (await adoptPart(config, journal, opened, path, outbox, faults)) parts++;
    } finally {
      opened.close();
    }
  }
  return { parts, faults };
}

const PACKAGE_NAME = /-(\d+)-(\d+)of\d+\.zip$/;

/** Files of packages in the order in which they were made. */
function packageFiles(folders: readonly string[]): string[] {
  const found = folders.flatMap((folder) => {
    const entries = realDisk.stat(folder) ? realDisk.list(folder) : [];
    return entries.flatMap(({ name, kind }) => {
      const [, seq, part] = (kind === 'file' && PACKAGE_NAME.exec(name)) || [];
      return seq === undefined ? [] : [{ path: join(folder, name), seq: Number(seq), part: Number(part) }];
    });
  });
  return found.sort((a, b) => a.seq - b.seq || a.part - b.part).map(({ path }) => path);
}

/** @returns whether the part was unknown */
async function adoptPart(
  config: Config,
  journal: Journal,
  { manifest, lines }: OpenPackage,
  path: string,
  outbox: string,
  faults: Fault[],
): Promise<boolean> {
  const { packages, documents } = journal.records;
  const { packageId, part, organization, seq, installation } = manifest;
  if (installation !== config.installation) return false;
  const known = packages.find(packageId);
  if (known && packages.parts(known.id).some((one) => one.part === part)) return false;
  const other = packages.list().find((one) => one.organization === organization.code && one.seq === seq);
  if (other && other.packageId !== packageId) {
    faults.push(fault('BG1C-OUTPUT-EXISTS', { file: path }));
    return false;
  }
  const records: CanonicalRecord[] = [];
  for await (const text of lines('documents.jsonl'))
    if (text !== '') records.push(JSON.parse(text) as CanonicalRecord);
  const sha256 = await hashOf(path);
  journal.atomically(() => {
    const row = {
      organization: organization.code,
      seq,
      packageId,
      period: manifest.period,
      mode: manifest.mode,
    };
    const total = Object.values(manifest.documents).reduce((sum, { count }) => sum + count, 0);
    const id =
      known?.id ??
      packages.record({ ...row, parts: manifest.parts, documents: total }, manifest.tool.version);
    for (const record of records) {
      documents.record(id, part, record);
      rememberCorrection(journal, id, record);
      if (config.numbering.by === 'own') rememberNumber(journal, record);
    }
    rememberCounterparties(journal, records);
    const file = basename(path);
    packages.recordPart(id, { part, folder: outbox, file, staged: '', sha256, entries: manifest.entries });
    journal.move('part', [id, part], 'publishing');
    journal.move('part', [id, part], 'published');
  });
  return true;
}

/**
 * A number that was given here stays with its document and is given to no other. Its counter is not known any more: the
 * next ordinals that are taken are passed over.
 */
function rememberNumber({ records: { numbers } }: Journal, record: CanonicalRecord): void {
  if (!('number' in record) || record.record === 'contract' || record.number === '') return;
  const { number, date, uuid } = record;
  const year = date.slice(0, 4);
  const give = (kind: GivenNumber['kind'], document: string): void => {
    if (numbers.of(document) !== undefined || numbers.given(kind, year, number)) return;
    numbers.give({ kind, year, number, document, series: `${kind} ${number}`, ordinal: 1 });
  };
  give(record.record === 'upd' ? 'act' : record.record, uuid);
  if (record.record === 'upd' && record.vatInvoiceUuid !== undefined)
    give('vat-invoice', record.vatInvoiceUuid);
}

/** The numbers of corrections go on from those that were given out. */
function rememberCorrection(journal: Journal, id: number, record: CanonicalRecord): void {
  if (record.record !== 'vat-invoice' && record.record !== 'upd') return;
  if (!record.correction) return;
  const { number, date, original } = record.correction;
  journal.records.corrections.record({
    package: id,
    document: record.record === 'upd' ? record.uuid : original,
    what: 'corrected',
    before: '',
    after: contentHash(record),
    number,
    date,
  });
}

function rememberCounterparties(journal: Journal, records: readonly CanonicalRecord[]): void {
  const byUuid = new Map(records.map((record) => [record.uuid, record]));
  for (const record of records) {
    if (record.record !== 'contract') continue;
    const owner = byUuid.get(record.counterparty);
    if (owner?.record !== 'counterparty') continue;
    const { uuid, inn = '', kpp = '' } = owner;
    journal.rememberCounterparty(record.id, { uuid, inn, kpp });
  }
}

function adoptReceipts(config: Config, key: Buffer | undefined, journal: Journal): number {
  const folder = join(layoutOf(config.exchange.dir).receipts, 'done');
  if (!realDisk.stat(folder)) return 0;
  let taken = 0;
  for (const { name, kind } of realDisk.list(folder)) {
    if (kind !== 'file' || !name.endsWith('.json')) continue;
    const { taken: isTaken, faults } = receiveFile(realDisk, join(folder, name), config, key, journal);
    if (isTaken && !faults.some(({ code }) => code === 'BG1C-RECEIPT-REPEATED')) taken++;
  }
  return taken;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
