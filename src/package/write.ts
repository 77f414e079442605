import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import { ensureFolder, publishFile } from '../support/files.ts';
import { type Manifest, manifestProblem, packageFileName } from './manifest.ts';
import { readManifest } from './read.ts';
import type { StagedPart } from './stage.ts';
import { fingerprint, writeZip, type ZipEntry } from './zip.ts';

/** A finished part under a temporary name, and the name it is to get. */
export interface WrittenPart {
  temporary: string;
  path: string;
  manifest: Manifest;
}

export type ManifestHead = Omit<Manifest, 'part' | 'parts' | 'documents' | 'objects' | 'entries' | 'losses'>;

/**
 * Packs the staged parts.
 * @param folder a private folder on the same file system as `out`
 * @param refs text of `refs.jsonl`: pairs of our UUID and 1C's
 */
export async function packParts(
  staged: readonly StagedPart[],
  head: ManifestHead,
  format: MessageFormat,
  refs: string,
  folder: string,
  out: string,
): Promise<WrittenPart[]> {
  const written: WrittenPart[] = [];
  for (const [index, part] of staged.entries()) {
    const content: ZipEntry[] = [
      {
        name: format.fileName,
        parts: [{ text: format.head(head.seq) }, { file: part.body }, { text: format.tail }],
      },
      { name: 'documents.jsonl', parts: [{ file: part.documentsFile }] },
      { name: 'origins.jsonl', parts: [{ file: part.originsFile }] },
      { name: 'refs.jsonl', parts: [{ text: refs }] },
    ];
    const entries = [];
    for (const entry of content) entries.push(await fingerprint(entry));
    const manifest: Manifest = {
      ...head,
      part: index + 1,
      parts: staged.length,
      documents: part.documents,
      objects: part.objects,
      entries,
      losses: [...part.losses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => ({ name, count })),
    };
    const problem = manifestProblem(manifest);
    if (problem) throw new Error(`manifest of part ${index + 1}: ${problem}`);
    const name = packageFileName(manifest);
    const temporary = join(folder, name);
    await writeZip(temporary, [
      { name: 'manifest.json', parts: [{ text: `${JSON.stringify(manifest, undefined, 2)}\n` }] },
      ...content,
    ]);
    written.push({ temporary, path: join(out, name), manifest });
  }
  return written;
}

/** A file of another package under one of our names: it must not be written over. */
export async function occupied(parts: readonly WrittenPart[]): Promise<Fault | undefined> {
  for (const { path, manifest } of parts) {
    if (!existsSync(path)) continue;
    const there = await readManifest(path);
    if (there.manifest?.packageId !== manifest.packageId) return fault('BG1C-OUTPUT-EXISTS', { file: path });
  }
  return undefined;
}

/** Gives the parts their names; the first part comes last: where it is, all are (decisions 18). */
export function publishParts(parts: readonly WrittenPart[], out: string): void {
  ensureFolder(out);
  for (const { temporary, path } of [...parts].reverse()) publishFile(temporary, path);
}
