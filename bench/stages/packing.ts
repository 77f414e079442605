import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { fingerprint, writeZip, type ZipEntry } from '../../src/package/zip.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { filesOf, readStaged, stagedFolder } from './staged.ts';

/** Floor: the bytes of all entries to the disk, the disk's own cache emptied at the end. */
export async function write(folder: string): Promise<StageResult> {
  return overFiles(folder, (contents, path) => {
    const file = openSync(path, 'w');
    for (const bytes of contents)
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
    closeSync(file);
  });
}

/** Floor: the same bytes deflated at the level of the packages. */
export async function deflate(folder: string): Promise<StageResult> {
  return overFiles(folder, (contents) => {
    for (const bytes of contents) deflateRawSync(bytes, { level: 6 });
  });
}

/** The zips of a package: fingerprints of the entries, then the archive. */
export async function zip(folder: string): Promise<StageResult> {
  const { head, tail, parts } = readStaged(folder);
  const watch = createStopwatch();
  let bytes = 0;
  for (const { body, documentsFile, originsFile } of parts) {
    const entries: ZipEntry[] = [
      { name: 'message.xml', parts: [{ text: head }, { file: body }, { text: tail }] },
      { name: 'documents.jsonl', parts: [{ file: documentsFile }] },
      { name: 'origins.jsonl', parts: [{ file: originsFile }] },
    ];
    const path = join(stagedFolder(folder), 'part.zip');
    await watch.time(async () => {
      for (const entry of entries) bytes += (await fingerprint(entry)).size;
      await writeZip(path, entries);
    });
    rmSync(path);
  }
  return { ...watch.read(), amounts: { bytes } };
}

/** Three files at a time, as a part has them; reading them does not count. */
function overFiles(folder: string, work: (contents: Buffer[], path: string) => void): StageResult {
  const watch = createStopwatch();
  const files = filesOf(readStaged(folder));
  const path = join(stagedFolder(folder), 'floor.bin');
  let bytes = 0;
  for (let at = 0; at < files.length; at += 3) {
    const contents = files.slice(at, at + 3).map((file) => readFileSync(file));
    bytes += contents.reduce((sum, { length }) => sum + length, 0);
    watch.time(() => work(contents, path));
  }
  rmSync(path, { force: true });
  return { ...watch.read(), amounts: { bytes } };
}
