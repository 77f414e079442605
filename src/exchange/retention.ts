import { join } from 'node:path';
import type { Disk } from './disk.ts';

/**
 * Removes what has lain in a folder since before an instant.
 * @param before milliseconds since 1970, compared with the last change of the entry: also of its place
 * @returns how many entries were removed
 */
export function prune(disk: Disk, folder: string, before: number): number {
  let removed = 0;
  if (disk.stat(folder) === undefined) return removed;
  for (const { name } of disk.list(folder)) {
    const path = join(folder, name);
    const found = disk.stat(path);
    if (!found || found.changedMs >= before) continue;
    disk.remove(path);
    removed++;
  }
  return removed;
}
