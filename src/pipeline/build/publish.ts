import { join } from 'node:path';
import type { Disk } from '../../exchange/disk.ts';
import type { Journal } from '../../journal/journal.ts';
import type { PartRow } from '../../journal/packages.ts';
import { STAGED_NAME, type WrittenPart } from '../../package/write.ts';

/**
 * Publishing: the parts of a committed package get their names. The journal knows the state before and after each
 * rename, so that whatever is killed is finished by the next start. The first part comes last: where it is, all are
 * (decisions 18).
 */

/**
 * Gives parts that were published before out again. To be called while the journal is begun: nobody clears away what is
 * staged then. Their content is known, so that nothing has to be put down after it.
 * @param written files of the package under their temporary names, also of parts that are yet to be published
 */
export function giveOutAgain(
  { records: { packages } }: Journal,
  disk: Disk,
  packageId: string,
  written: readonly WrittenPart[],
): void {
  const { id } = packages.find(packageId)!;
  const begun = packages.unpublished().filter((part) => part.package === id);
  for (const { temporary, path, manifest } of [...written].reverse())
    if (begun.every(({ part }) => part !== manifest.part)) moveStaged(disk, temporary, path);
}

/** Publishes what is staged of a package of the journal. */
export function publishPackage(journal: Journal, disk: Disk, packageId: string): void {
  const { packages } = journal.records;
  const { id } = packages.find(packageId)!;
  publishStaged(
    journal,
    disk,
    packages.unpublished().filter((part) => part.package === id),
  );
}

/** Publishes every part that is staged. A part that is nowhere any more becomes `lost`. @returns the lost ones */
export function publishStaged(journal: Journal, disk: Disk, parts: readonly PartRow[]): PartRow[] {
  const lost: PartRow[] = [];
  for (const part of [...parts].sort((a, b) => a.package - b.package || b.part - a.part))
    if (part.state === 'lost' || !publishPart(journal, disk, part)) lost.push(part);
  return lost;
}

/** Another program may publish the same part at the same time: whoever comes second finds it done. */
function publishPart(journal: Journal, disk: Disk, part: PartRow): boolean {
  const { packages } = journal.records;
  const key = [part.package, part.part];
  const state = (): PartRow['state'] | undefined => packages.stateOf(part.package, part.part);
  journal.atomically(() => {
    if (state() === 'staged') journal.move('part', key, 'publishing');
  });
  const moved = moveStaged(disk, join(part.folder, part.staged), join(part.folder, part.file));
  const to = moved || isTaken(disk, part) ? 'published' : 'lost';
  journal.atomically(() => {
    if (state() === 'publishing') journal.move('part', key, to);
  });
  return to === 'published';
}

/** False where nothing lies under the temporary name. */
function moveStaged(disk: Disk, staged: string, path: string): boolean {
  if (disk.stat(staged) === undefined) return false;
  try {
    disk.rename(staged, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** 1C may have taken the file before we could put down that it was there. */
function isTaken(disk: Disk, { folder, file }: PartRow): boolean {
  return [folder, join(folder, 'done'), join(folder, 'error')].some(
    (place) => disk.stat(join(place, file)) !== undefined,
  );
}

/**
 * Removes files that a killed build staged and did not commit.
 * To be called while the journal is begun: nobody else is between staging and committing then.
 */
export function removeUncommitted(journal: Journal, disk: Disk, folder: string): void {
  const known = new Set(journal.records.packages.unpublished().map(({ staged }) => staged));
  for (const { name, kind } of disk.list(folder))
    if (kind === 'file' && STAGED_NAME.test(name) && !known.has(name)) disk.remove(join(folder, name));
}
