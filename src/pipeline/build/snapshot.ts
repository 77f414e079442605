import { createReadStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { Disk } from '../../exchange/disk.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import type { FileFingerprint } from '../../package/manifest.ts';
import { writeZip, type ZipEntry } from '../../package/zip.ts';
import { sourceFingerprints } from '../../sources/assembly/month.ts';
import { fingerprinted } from '../../sources/fingerprint.ts';
import { EXPORT_ARCHIVE } from '../../sources/limits.ts';
import type { Source } from '../../sources/source.ts';
import { type Archive, openArchive } from '../../support/archive.ts';
import { ensureFolder, syncFile, syncFolder, temporaryName } from '../../support/files.ts';
import { sha256 } from '../../support/ids.ts';

/**
 * Snapshots of exports: a compressed copy of the files a package was made of, under the hash of their content, so that
 * the package can be made again. They lie beside the journal and are readable by the owner alone.
 */

/** Text compresses well at any level; the build waits for this. */
const LEVEL = 3;

export function snapshotPath(journal: string, address: string): string {
  return join(snapshotFolder(journal), `${address}.zip`);
}

function snapshotFolder(journal: string): string {
  return join(dirname(journal), 'sources');
}

/**
 * Removes what no package needs: snapshots of builds that came to nothing, of packages that were forgotten, and those
 * that a killed build was writing.
 * @returns how many were removed
 */
export function removeOrphans(journal: Journal, disk: Disk): number {
  const folder = snapshotFolder(journal.path);
  // While the journal is begun no build is between its snapshot and its commit.
  return journal.atomically(() => {
    if (disk.stat(folder) === undefined) return 0;
    const needed = new Set(journal.records.packages.list().map(({ origin }) => `${origin?.source}.zip`));
    const orphans = disk.list(folder).filter(({ name }) => !needed.has(name));
    for (const { name } of orphans) disk.remove(join(folder, name));
    return orphans.length;
  });
}

/**
 * Keeps the files of a source that was read to its end.
 * @returns its address; nothing where the source is no file; a fault where the files are not what was read
 */
export async function keepSource(
  input: string,
  source: Source,
  journal: string,
): Promise<{ address?: string; fault?: Fault }> {
  if (!existsSync(input)) return {};
  const files = distinct(sourceFingerprints(source));
  const address = sha256(JSON.stringify(files));
  const path = snapshotPath(journal, address);
  if (existsSync(path)) return { address };
  const { entries, read, close } = await openFiles(input, files);
  const temporary = temporaryName(path);
  try {
    ensureFolder(dirname(path));
    await writeZip(temporary, entries, LEVEL);
    const changed = files.find(({ name, sha256: hash }) => read.get(name) !== hash);
    if (changed) {
      const reason = 'файл изменился, пока его читали';
      return { fault: fault('BG1C-SOURCE-READ', { file: changed.name, reason }) };
    }
    syncFile(temporary);
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return { address };
  } finally {
    rmSync(temporary, { force: true });
    close();
  }
}

/** An export that is one file has all tables in it. */
function distinct(files: readonly FileFingerprint[]): FileFingerprint[] {
  return files.filter(({ name }, index) => files.findIndex((one) => one.name === name) === index);
}

interface OpenFiles {
  entries: ZipEntry[];
  /** Hashes of what was read. */
  read: Map<string, string>;
  close(): void;
}

/** The files of an export: a folder, an archive or the one file. */
async function openFiles(input: string, files: readonly FileFingerprint[]): Promise<OpenFiles> {
  const read = new Map<string, string>();
  const entry = (name: string, open: () => AsyncIterable<Buffer>): ZipEntry => ({
    name,
    parts: [{ stream: () => fingerprinted(open(), ({ sha256: hash }) => read.set(name, hash)) }],
  });
  const onDisk = (path: string) => () => createReadStream(path) as AsyncIterable<Buffer>;
  if (statSync(input).isDirectory())
    return { entries: files.map(({ name }) => entry(name, onDisk(join(input, name)))), read, close() {} };
  if (files.length === 1 && basename(input) === files[0]!.name)
    return { entries: [entry(files[0]!.name, onDisk(input))], read, close() {} };
  const archive: Archive = await openArchive(input, EXPORT_ARCHIVE);
  const names = new Map(archive.entries.map(({ name }) => [posix.basename(name), name]));
  return {
    entries: files.map(({ name }) =>
      entry(name, () => archive.read(names.get(name)!) as AsyncIterable<Buffer>),
    ),
    read,
    close: archive.close,
  };
}
