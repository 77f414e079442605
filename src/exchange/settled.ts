import { join } from 'node:path';
import type { Disk, DiskEntry } from './disk.ts';

/** Something that lies in a folder and has not changed since the last look. */
export interface Settled {
  name: string;
  kind: 'file' | 'folder';
  /** Size and time of everything in it: another text means another content. */
  signature: string;
  /** Nothing in it. */
  empty: boolean;
  /** Looks at which it was the same, this one counted: at least two. */
  looks: number;
}

/** Watches a folder from look to look. Size and time are compared with the look before, never with our clock. */
export interface Sightings {
  /** One look: lists the folder and tells what is settled. */
  look(): { settled: Settled[]; moving: number };
}

/** More than this is no export; nor is it read to the bottom. */
const MOST_FILES = 1000;
const DEEPEST = 4;
/** Equal at this many looks: settled. */
const LOOKS = 2;

/** @param wanted which of the folder's entries count */
export function createSightings(
  disk: Disk,
  folder: string,
  wanted: (entry: DiskEntry) => boolean,
): Sightings {
  let before = new Map<string, { signature: string; looks: number }>();
  return {
    look() {
      const now: typeof before = new Map();
      const settled: Settled[] = [];
      let moving = 0;
      for (const entry of disk.list(folder)) {
        if (entry.kind === 'other' || isTemporary(entry.name) || !wanted(entry)) continue;
        const found = signatureOf(disk, join(folder, entry.name));
        if (!found) continue;
        const known = before.get(entry.name);
        const looks = known?.signature === found.signature ? known.looks + 1 : 1;
        now.set(entry.name, { signature: found.signature, looks });
        if (looks >= LOOKS) settled.push({ name: entry.name, kind: entry.kind, ...found, looks });
        else moving++;
      }
      before = now;
      return { settled, moving };
    },
  };
}

/** Names under which programs write what they have not finished. */
export function isTemporary(name: string): boolean {
  return /^(\.|~)|\.(tmp|part|partial|filepart|crdownload)$/i.test(name);
}

function signatureOf(disk: Disk, path: string): { signature: string; empty: boolean } | undefined {
  const found = disk.stat(path);
  if (!found) return undefined;
  if (found.kind === 'file') return { signature: `${found.size} ${found.mtimeMs}`, empty: found.size === 0 };
  const files = filesIn(disk, path);
  const lines = files.map((name) => {
    const { size, mtimeMs } = disk.stat(join(path, name)) ?? { size: 0, mtimeMs: 0 };
    return `${name} ${size} ${mtimeMs}`;
  });
  return { signature: lines.join('\n'), empty: files.length === 0 };
}

/** Files of a folder with their paths inside it, sorted; at most {@link MOST_FILES} and some. */
export function filesIn(disk: Disk, folder: string, inside = '', depth = 1): string[] {
  const files: string[] = [];
  for (const { name, kind } of disk.list(join(folder, inside))) {
    const path = inside === '' ? name : `${inside}/${name}`;
    if (kind === 'file') files.push(path);
    else if (kind === 'folder' && depth < DEEPEST) files.push(...filesIn(disk, folder, path, depth + 1));
    if (files.length > MOST_FILES) break;
  }
  return files;
}
