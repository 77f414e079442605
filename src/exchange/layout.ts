import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** The folders of the exchange (design §8). */
export interface Layout {
  root: string;
  inbox: string;
  /** What is worked on: a folder for each, named by its number in the journal. */
  inwork: string;
  done: string;
  error: string;
  outbox: string;
  receipts: string;
  /** The passport of the base. */
  passport: string;
  lock: string;
}

export function layoutOf(root: string): Layout {
  const at = (name: string): string => join(root, name);
  return {
    root,
    inbox: at('inbox'),
    inwork: at('inwork'),
    done: at('done'),
    error: at('error'),
    outbox: at('outbox'),
    receipts: at('receipts'),
    passport: at('base.json'),
    lock: at('.bg1c.lock'),
  };
}

/** Folders where what is finished lies, whoever moved it there. */
export function finishedFolders({ done, error, outbox, receipts }: Layout): string[] {
  return [
    done,
    error,
    ...[outbox, receipts].flatMap((folder) => ['done', 'error'].map((name) => join(folder, name))),
  ];
}

/** Makes what is missing. Only at a start: a share that vanished must not be replaced by empty folders. */
export function createFolders(disk: Disk, layout: Layout): void {
  for (const folder of [
    layout.inbox,
    layout.inwork,
    layout.outbox,
    layout.receipts,
    ...finishedFolders(layout),
  ])
    disk.ensureFolder(folder);
}
