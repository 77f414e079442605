import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import { type Archive, ArchiveError, openArchive } from '../support/archive.ts';
import { textLines } from '../support/lines.ts';
import { type Manifest, manifestProblem } from './manifest.ts';

const LIMITS = { entries: 32, entryBytes: 512 * 1024 * 1024, ratio: 200 };
const MANIFEST = 'manifest.json';

/** A package file that was opened: its manifest and the lines of its entries. */
export interface OpenPackage {
  file: string;
  manifest: Manifest;
  /** Name of the EnterpriseData message. */
  message: string;
  lines(entry: string): AsyncIterable<string>;
  /** Compares every entry with the manifest; reads everything. */
  verify(): Promise<Fault[]>;
  close(): void;
}

/**
 * True for a package, false for an export in an archive: a package has a manifest. A file that is no archive any more
 * is told by its name.
 */
export async function isPackage(path: string): Promise<boolean> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile() || !path.toLowerCase().endsWith('.zip'))
    return false;
  try {
    const archive = await openArchive(path, LIMITS);
    archive.close();
    return archive.entries.some(({ name }) => name === MANIFEST) || isPackageName(path);
  } catch (error) {
    if (error instanceof ArchiveError) return isPackageName(path);
    throw error;
  }
}

function isPackageName(path: string): boolean {
  return /-\d{4}-\d{2}-\d+-\d+of\d+\.zip$/.test(path);
}

/** Opens one part of a package and checks its manifest. The caller closes it. */
export async function openPackage(path: string): Promise<{ opened?: OpenPackage; faults: Fault[] }> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    return { faults: [fault('BG1C-PACKAGE-NOT-FOUND', { path })] };
  const file = basename(path);
  const damaged = (reason: string): { faults: Fault[] } => ({
    faults: [fault('BG1C-PACKAGE-DAMAGED', { file, reason })],
  });
  let archive: Archive;
  try {
    archive = await openArchive(path, LIMITS);
  } catch (error) {
    if (error instanceof ArchiveError) return damaged(error.message);
    throw error;
  }
  try {
    const manifest = await parseManifest(archive);
    if (typeof manifest === 'string') {
      archive.close();
      return damaged(manifest);
    }
    const message = manifest.entries.find(({ name }) => /^Message_.*\.xml$/.test(name))?.name;
    if (message === undefined) {
      archive.close();
      return damaged('в описи нет сообщения для 1С');
    }
    return {
      faults: [],
      opened: {
        file,
        manifest,
        message,
        lines: (entry) => textLines(archive.read(entry)),
        verify: () => verifyEntries(archive, manifest, file),
        close: () => archive.close(),
      },
    };
  } catch (error) {
    archive.close();
    if (error instanceof ArchiveError) return damaged(error.message);
    throw error;
  }
}

/** The manifest of a file alone. */
export async function readManifest(path: string): Promise<{ manifest?: Manifest; faults: Fault[] }> {
  const { opened, faults } = await openPackage(path);
  opened?.close();
  return opened ? { manifest: opened.manifest, faults } : { faults };
}

async function parseManifest(archive: Archive): Promise<Manifest | string> {
  if (!archive.entries.some(({ name }) => name === MANIFEST)) return `нет описи (${MANIFEST})`;
  try {
    const manifest = JSON.parse(await archive.readText(MANIFEST)) as unknown;
    const problem = manifestProblem(manifest);
    return problem === undefined ? (manifest as Manifest) : `опись не той формы: ${problem}`;
  } catch (error) {
    if (error instanceof SyntaxError) return 'опись не читается как JSON';
    throw error;
  }
}

async function verifyEntries(archive: Archive, manifest: Manifest, file: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  const damaged = (reason: string): void => void faults.push(fault('BG1C-PACKAGE-DAMAGED', { file, reason }));
  const listed = new Set([MANIFEST, ...manifest.entries.map(({ name }) => name)]);
  for (const { name } of archive.entries) if (!listed.has(name)) damaged(`файла ${name} нет в описи`);
  for (const entry of manifest.entries) {
    if (!archive.entries.some(({ name }) => name === entry.name)) {
      damaged(`нет файла ${entry.name}`);
      continue;
    }
    try {
      const hash = createHash('sha256');
      for await (const chunk of archive.read(entry.name) as AsyncIterable<Buffer>) hash.update(chunk);
      if (hash.digest('hex') !== entry.sha256) damaged(`содержимое ${entry.name} не совпадает с описью`);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      damaged(`${entry.name}: ${error.message}`);
    }
  }
  return faults;
}
