import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import { fileChunks } from '../support/file-chunks.ts';
import { syncFile, syncFolder, temporaryName } from '../support/files.ts';
import { textLines } from '../support/lines.ts';
import { inParallel } from '../support/parallel.ts';
import { coreCount } from '../support/pool.ts';
import { type Manifest, manifestProblem, packageFileName } from './manifest.ts';
import { PREVIEW_ENTRY, type PreviewFindings, renderPreview } from './preview.ts';
import { readManifest } from './read.ts';
import type { StagedPart } from './stage.ts';
import { fingerprint, writeZip, type ZipEntry } from './zip.ts';

/** A finished part under a temporary name, and the name it is to get. */
export interface WrittenPart {
  temporary: string;
  path: string;
  /** Of the file. */
  sha256: string;
  manifest: Manifest;
}

export type ManifestHead = Omit<
  Manifest,
  'part' | 'parts' | 'documents' | 'objects' | 'entries' | 'losses' | 'deletions'
>;

/** What the parts of a package share. */
export interface Packing {
  head: ManifestHead;
  format: MessageFormat;
  /** Text of a part's `refs.jsonl`: pairs of our UUID and 1C's. */
  refsOf: (part: StagedPart, number: number) => string;
  /** What the page for a person says beside the documents. */
  findings: PreviewFindings;
  /** Where the parts are to be published. */
  folder: string;
  /** The page for a person where it is not one of documents. */
  page?: string | undefined;
}

/**
 * Compression has threads of its own, and what is left to this one takes about as long: one part a core would have
 * each wait for the other.
 */
const PARTS_PER_CORE = 2;

/** Packs the staged parts, durably, under temporary names in the folder where they are to be published. */
export async function packParts(staged: readonly StagedPart[], packing: Packing): Promise<WrittenPart[]> {
  const written: WrittenPart[] = [];
  try {
    await inParallel(staged, PARTS_PER_CORE * coreCount(), async (part, index) => {
      written[index] = await packPart(part, index + 1, staged.length, packing);
    });
    syncFolder(packing.folder);
    return written;
  } catch (error) {
    discardParts(written.filter(Boolean));
    throw error;
  }
}

async function packPart(
  part: StagedPart,
  number: number,
  parts: number,
  { head, format, refsOf, findings, folder, page: given }: Packing,
): Promise<WrittenPart> {
  const { documents, objects, deletions } = part;
  const losses = [...part.losses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => ({ name, count }));
  const known = {
    ...head,
    part: number,
    parts,
    documents,
    objects,
    losses,
    ...(deletions.length > 0 && { deletions }),
  };
  const page = given ?? (await renderPreview(known, textLines(fileChunks(part.documentsFile)), findings));
  const content: ZipEntry[] = [
    {
      name: format.fileName,
      parts: [{ text: format.head(head.seq) }, { file: part.body }, { text: format.tail }],
    },
    { name: 'documents.jsonl', parts: [{ file: part.documentsFile }] },
    { name: 'origins.jsonl', parts: [{ file: part.originsFile }] },
    { name: 'refs.jsonl', parts: [{ text: refsOf(part, number) }] },
    ...part.extra,
    { name: PREVIEW_ENTRY, parts: [{ text: page }] },
  ];
  const entries = [];
  for (const entry of content) entries.push(await fingerprint(entry));
  const manifest: Manifest = { ...known, entries };
  const problem = manifestProblem(manifest);
  if (problem) throw new Error(`manifest of part ${number}: ${problem}`);
  const path = join(folder, packageFileName(manifest));
  const temporary = stagedPath(path);
  try {
    const sha256 = await writeZip(temporary, [
      { name: 'manifest.json', parts: [{ text: `${JSON.stringify(manifest, undefined, 2)}\n` }] },
      ...content,
    ]);
    syncFile(temporary);
    return { temporary, path, sha256, manifest };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Removes parts that are not to be published. */
export function discardParts(parts: readonly WrittenPart[]): void {
  for (const { temporary } of parts) rmSync(temporary, { force: true });
}

/** A name of its own for every build: two of them may make the same package. */
function stagedPath(path: string): string {
  return temporaryName(join(dirname(path), `.${basename(path)}`));
}

/** What a file that was staged and is not in the journal looks like. */
export const STAGED_NAME = /^\..+-\d+of\d+\.zip\.[0-9a-f]{8}\.tmp$/;

/**
 * A file of another package under one of our names, also one that 1C has taken already: a number must not be given
 * twice.
 */
export async function occupied(parts: readonly WrittenPart[]): Promise<Fault | undefined> {
  for (const { path, manifest } of parts)
    for (const taken of [path, beside(path, 'done'), beside(path, 'error')]) {
      if (!existsSync(taken)) continue;
      const there = await readManifest(taken);
      if (there.manifest?.packageId !== manifest.packageId)
        return fault('BG1C-OUTPUT-EXISTS', { file: taken });
    }
  return undefined;
}

/** Where 1C puts a file that it has taken. */
function beside(path: string, folder: 'done' | 'error'): string {
  return join(dirname(path), folder, basename(path));
}
