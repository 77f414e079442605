import { join } from 'node:path';
import { LIST_MARK, listHead, listLine, type UpdRow } from '../../formats/upd/list.ts';
import type { Files } from './files.ts';

/**
 * `upd.csv` beside the files: every file that was ever put into the folder, also after the operator's client has taken
 * it, with the key of its delivery in the last column. A line is added before its file gets its name: what is listed
 * and lies nowhere any more was taken.
 */
export interface FolderList {
  /** Name of the file of a delivery. */
  file(key: string): string | undefined;
  add(key: string, row: UpdRow & { file: string }): void;
}

const LINE = /;(?<file>[^;\r\n]+\.xml);[^;\r\n]*;(?<key>[0-9a-f-]{36})\r?$/gm;

export function openList(files: Files, folder: string): FolderList {
  const path = join(folder, 'upd.csv');
  const text = files.exists(path) ? files.read(path).toString('utf8') : '';
  const known = new Map([...text.matchAll(LINE)].map(({ groups }) => [groups!.key!, groups!.file!]));
  // A line that was cut short stays as it is; the next one begins on its own.
  let start = text === '' ? `${LIST_MARK}${listHead()};Доставка\r\n` : text.endsWith('\n') ? '' : '\r\n';
  return {
    file: (key) => known.get(key),
    add(key, row) {
      if (known.has(key)) return;
      files.append(path, `${start}${listLine(row)};${key}\r\n`);
      start = '';
      known.set(key, row.file);
    },
  };
}
