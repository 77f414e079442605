import { join } from 'node:path';
import type { Disk } from '../exchange/disk.ts';
import type { Journal } from '../journal/journal.ts';
import type { PartRow } from '../journal/packages.ts';
import { STAGED_NAME, type WrittenPart } from '../package/write.ts';

/**
 * Publishing: the parts of a committed package get their names. The journal knows the state before and after each
 * rename, so that whatever is killed is finished by the next start. The first part comes last: where it is, all are
 * (decisions 18).
 */

/**
 * Publishes the parts of a package of the journal.
 * @param written its files under their temporary names: also of parts that were published before and are given out again
 */
export function publishPackage(
  journal: Journal,
  disk: Disk,
  packageId: string,
  written: readonly WrittenPart[],
): void {
  const { packages } = journal.records;
  const { id } = packages.find(packageId)!;
  const begun = packages.unpublished().filter((part) => part.package === id);
  publishStaged(journal, disk, begun);
  const published = (part: number): boolean => begun.every((one) => one.part !== part);
  for (const { temporary, path, manifest } of [...written].reverse())
    if (published(manifest.part)) disk.rename(temporary, path);
}

/** Publishes every part that is staged. A part that is nowhere any more becomes `lost`. @returns the lost ones */
export function publishStaged(journal: Journal, disk: Disk, parts: readonly PartRow[]): PartRow[] {
  const lost: PartRow[] = [];
  for (const part of [...parts].sort((a, b) => a.package - b.package || b.part - a.part))
    if (part.state === 'lost' || !publishPart(journal, disk, part)) lost.push(part);
  return lost;
}

function publishPart(journal: Journal, disk: Disk, part: PartRow): boolean {
  const key = [part.package, part.part];
  const staged = join(part.folder, part.staged);
  if (part.state === 'staged') journal.atomically(() => journal.move('part', key, 'publishing'));
  const there = disk.stat(staged) !== undefined;
  if (there) disk.rename(staged, join(part.folder, part.file));
  const to = there || isTaken(disk, part) ? 'published' : 'lost';
  journal.atomically(() => journal.move('part', key, to));
  return to === 'published';
}

/** 1C may have taken the file before we could put down that it was there. */
function isTaken(disk: Disk, { folder, file }: PartRow): boolean {
  return [folder, join(folder, 'done'), join(folder, 'error')].some(
    (place) => disk.stat(join(place, file)) !== undefined,
  );
}

/**
 * Removes files that a killed build staged and did not commit.
 * To be called while the journal is begun: no other build is between staging and committing then.
 */
export function removeUncommitted(journal: Journal, disk: Disk, folder: string): void {
  const known = new Set(journal.records.packages.unpublished().map(({ staged }) => staged));
  for (const { name, kind } of disk.list(folder))
    if (kind === 'file' && STAGED_NAME.test(name) && !known.has(name)) disk.remove(join(folder, name));
}
