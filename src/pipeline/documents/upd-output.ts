import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listCsv, type UpdList } from '../../formats/upd/list.ts';
import type { UpdFile } from '../../formats/upd/write.ts';
import { type OpenZip, openZip } from '../../package/zip.ts';
import { type Archive, ArchiveError, openArchive } from '../../support/archive.ts';
import {
  ensureFolder,
  syncFolder,
  temporaryName,
  writeFileAtomic,
  writeFilesAtomic,
} from '../../support/files.ts';

/** Where the УПД files of one part of a package go, with the list of them. */
export interface UpdOutput {
  /** Before the first file: a run that is broken off leaves the moment by which the next one makes the same files. */
  begin(list: UpdList): Promise<void>;
  put(file: UpdFile): Promise<void>;
  /** A file that an earlier run made of a document and this one does not. */
  remove(name: string): void;
  finish(list: UpdList): Promise<void>;
  /** After a failure. */
  abandon(): Promise<void>;
}

const LIST = 'upd.json';
const TABLE = 'upd.csv';

/** Files that are made durable together. */
const BATCH = 64;

/** Files of their own in a folder; a failure leaves those that are there. */
export function folderOutput(folder: string): UpdOutput {
  let batch: { name: string; bytes: Uint8Array }[] = [];
  let replaced: string[] = [];
  const flush = async (): Promise<void> => {
    await writeFilesAtomic(folder, batch);
    for (const name of replaced) rmSync(join(folder, name), { force: true });
    batch = [];
    replaced = [];
  };
  return {
    async begin(list) {
      writeFileAtomic(join(folder, LIST), listText(list));
    },
    async put({ name, bytes }) {
      batch.push({ name, bytes });
      if (batch.length >= BATCH) await flush();
    },
    remove: (name) => void replaced.push(name),
    async finish(list) {
      await flush();
      writeFileAtomic(join(folder, LIST), listText(list));
      writeFileAtomic(join(folder, TABLE), listCsv(list.files));
    },
    async abandon() {},
  };
}

/** One archive with files and list; it is there whole or not at all. */
export function zipOutput(path: string): UpdOutput {
  const temporary = temporaryName(path);
  let zip: OpenZip | undefined;
  return {
    async begin() {
      ensureFolder(dirname(path));
      zip = openZip(temporary);
    },
    put: ({ name, bytes }) => zip!.add(name, bytes),
    remove() {},
    async finish(list) {
      await zip!.add(LIST, listText(list));
      await zip!.add(TABLE, listCsv(list.files));
      await zip!.finish();
      renameSync(temporary, path);
      syncFolder(dirname(path));
    },
    async abandon() {
      await zip?.abandon();
    },
  };
}

/** What lies where the files are to go: nothing, the list of an earlier run, or something else. */
export type EarlierList = UpdList | 'foreign' | undefined;

type PartOfPackage = Pick<UpdList, 'packageId' | 'part'>;

/** The list that lies in a folder; `foreign` where it is not of this part of this package. */
export function listInFolder(folder: string, part: PartOfPackage): EarlierList {
  const path = join(folder, LIST);
  return existsSync(path) ? listOf(readFileSync(path, 'utf8'), part) : undefined;
}

const LIMITS = { entries: 10_000, entryBytes: 64 * 1024 * 1024, ratio: 200 };

/** The list in an archive; `foreign` where the archive is not of this part of this package. */
export async function listInZip(path: string, part: PartOfPackage): Promise<EarlierList> {
  if (!existsSync(path)) return undefined;
  let archive: Archive | undefined;
  try {
    archive = await openArchive(path, LIMITS);
    if (!archive.entries.some(({ name }) => name === LIST)) return 'foreign';
    return listOf(await archive.readText(LIST), part);
  } catch (error) {
    if (error instanceof ArchiveError) return 'foreign';
    throw error;
  } finally {
    archive?.close();
  }
}

function listOf(text: string, { packageId, part }: PartOfPackage): UpdList | 'foreign' {
  let list: Partial<UpdList> | null;
  try {
    list = JSON.parse(text) as typeof list;
  } catch (error) {
    if (error instanceof SyntaxError) return 'foreign';
    throw error;
  }
  const same = list?.updListVersion === 1 && list.packageId === packageId && list.part === part;
  return same && Array.isArray(list?.files) ? (list as UpdList) : 'foreign';
}

function listText(list: UpdList): string {
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

/** Without folders: a list changed by hand must not reach files outside. */
export function plainName(name: string | undefined): string {
  return basename(name ?? '');
}
