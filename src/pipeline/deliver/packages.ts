import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../delivery/desk.ts';
import { fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import { UnresolvedRecord } from '../../model/document-source.ts';
import { shiftPeriod } from '../../model/period.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import { type Planning, planPart } from './plan.ts';

/** What may go out, part by part, as it is asked for. @param path one part; without it those of the last two months */
export async function* tasksOf(planning: Planning, path: string | undefined): AsyncGenerator<Task> {
  for await (const { opened, stored } of openedParts(planning, path))
    yield* await planPart(planning, opened, stored);
}

/** A part of a package that is open while it is looked at. */
export interface OpenPart {
  opened: OpenPackage;
  stored: StoredPackage;
}

/** Parts as they were given out; what is not there, or is not what was given out, is a fault. */
export async function* openedParts(
  planning: Pick<Planning, 'journal' | 'onFault'>,
  path: string | undefined,
): AsyncGenerator<OpenPart> {
  if (path !== undefined) return yield* openedPart(planning, path);
  const { journal, onFault } = planning;
  for (const stored of latestPackages(journal))
    for (const { folder, file, state } of journal.records.packages.parts(stored.id)) {
      if (state === 'staged' || state === 'publishing' || state === 'lost') continue;
      const found = [folder, join(folder, 'done'), join(folder, 'error')]
        .map((place) => join(place, file))
        .find((place) => existsSync(place));
      if (found) yield* openedPart(planning, found);
      else onFault(fault('BG1C-SEND-FILE', { file, reason: `нет ни в ${folder}, ни в её done` }));
    }
}

/** Of the newest month and the one before it, the earliest first. */
function latestPackages({ records: { packages } }: Journal): StoredPackage[] {
  const all = packages.list().sort((a, b) => a.id - b.id);
  const newest = all
    .map(({ period }) => period)
    .sort()
    .at(-1);
  return newest === undefined ? [] : all.filter(({ period }) => period >= shiftPeriod(newest, -1));
}

async function* openedPart(
  { journal, onFault }: Pick<Planning, 'journal' | 'onFault'>,
  path: string,
): AsyncGenerator<OpenPart> {
  const { opened, faults } = await openPackage(path);
  for (const found of faults) onFault(found);
  if (!opened) return;
  try {
    const { packageId, part } = opened.manifest;
    const stored = journal.records.packages.find(packageId);
    // Of a file that the journal does not know, nobody knows what of it was sent.
    if (!stored) return onFault(fault('BG1C-PACKAGE-UNKNOWN', { wanted: packageId }));
    if (!journal.records.packages.hasFile(stored.id, part, await hashOf(path)))
      return onFault(
        fault('BG1C-SEND-FILE', { file: opened.file, reason: 'это не тот файл, что был выдан' }),
      );
    yield { opened, stored };
  } catch (error) {
    if (!(error instanceof UnresolvedRecord)) throw error;
    onFault(fault('BG1C-PACKAGE-DAMAGED', { file: opened.file, reason: error.message }));
  } finally {
    opened.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
