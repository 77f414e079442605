import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CanonicalRecord } from '../../../src/model/types.ts';
import type { Manifest } from '../../../src/package/manifest.ts';
import { readZip, writeZip } from '../library/zip-format.ts';

/** A package file as it lies in the outbox. */
export interface PackageFile {
  name: string;
  bytes: Buffer;
  manifest: Manifest;
  records: CanonicalRecord[];
}

export function readPackage(path: string): PackageFile {
  return openPackage(basename(path), readFileSync(path));
}

export function openPackage(name: string, bytes: Buffer): PackageFile {
  const entries = new Map(readZip(bytes).map((entry) => [entry.name, entry]));
  const text = (name: string): string => entries.get(name)!.read().toString('utf8');
  return {
    name,
    bytes,
    manifest: JSON.parse(text('manifest.json')) as Manifest,
    records: text('documents.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CanonicalRecord),
  };
}

/** A file inside a package. */
export interface Entry {
  name: string;
  content: Buffer;
}

/** Changes the files of a package in place. */
export type EntryEdit = (files: Entry[]) => void;

/** The archive with other files inside; the list of contents is told only by `rewritten` and `renamed`. */
export function repack(bytes: Buffer, edit: EntryEdit): Buffer {
  const files = readZip(bytes).map((entry) => ({ name: entry.name, content: entry.read() }));
  edit(files);
  return writeZip(files);
}

export function entryOf(files: Entry[], start: string): Entry {
  return files.find(({ name }) => name.startsWith(start))!;
}

/** Changes the list of contents. */
export function listed(
  change: (manifest: Record<string, unknown> & { entries: Manifest['entries'] }) => void,
): EntryEdit {
  return (files) => {
    const entry = entryOf(files, 'manifest.json');
    const manifest = JSON.parse(entry.content.toString('utf8'));
    change(manifest);
    entry.content = Buffer.from(JSON.stringify(manifest));
  };
}

/** Changes a file and tells the list of contents of it. */
export function rewritten(start: string, change: (text: string) => string): EntryEdit {
  return (files) => {
    const entry = entryOf(files, start);
    entry.content = Buffer.from(change(entry.content.toString('utf8')));
    const sha256 = createHash('sha256').update(entry.content).digest('hex');
    listed(({ entries }) => {
      Object.assign(entries.find(({ name }) => name === entry.name)!, { size: entry.content.length, sha256 });
    })(files);
  };
}

/** Changes the records of documents.jsonl in place. */
export function recorded(change: (records: CanonicalRecord[]) => void): EntryEdit {
  return rewritten('documents', (text) => {
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CanonicalRecord);
    change(records);
    return `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
  });
}

/** Gives a file another name, in the list of contents, too. */
export function renamed(start: string, name: string): EntryEdit {
  return (files) => {
    const entry = entryOf(files, start);
    listed(({ entries }) => {
      entries.find((one) => one.name === entry.name)!.name = name;
    })(files);
    entry.name = name;
  };
}
