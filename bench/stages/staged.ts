import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StagedPart } from '../../src/package/stage.ts';

/** What the stage of writing leaves for the stages of packing. */
export interface Staged {
  /** Of the message around each body. */
  head: string;
  tail: string;
  parts: Pick<StagedPart, 'body' | 'documentsFile' | 'originsFile'>[];
}

export function stagedFolder(folder: string): string {
  return join(folder, 'staged');
}

/** The whole month as one message, for validators that stream. */
export function messageFile(folder: string): string {
  return join(stagedFolder(folder), 'message.xml');
}

/** @returns bytes of all parts */
export function writeStaged(folder: string, staged: Staged): number {
  writeFileSync(join(stagedFolder(folder), 'staged.json'), JSON.stringify(staged));
  const file = openSync(messageFile(folder), 'w');
  writeSync(file, staged.head);
  for (const { body } of staged.parts) writeSync(file, readFileSync(body));
  writeSync(file, staged.tail);
  closeSync(file);
  return filesOf(staged).reduce((sum, path) => sum + statSync(path).size, 0);
}

export function readStaged(folder: string): Staged {
  return JSON.parse(readFileSync(join(stagedFolder(folder), 'staged.json'), 'utf8')) as Staged;
}

export function filesOf({ parts }: Staged): string[] {
  return parts.flatMap(({ body, documentsFile, originsFile }) => [body, documentsFile, originsFile]);
}
