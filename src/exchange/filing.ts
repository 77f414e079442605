import { extname, join } from 'node:path';
import { type Fault, placeText } from '../faults/fault.ts';
import type { Disk } from './disk.ts';

/** What became of something that was taken in, for people and programs. */
export interface FilingNote {
  /** Its name where it came in. */
  name: string;
  exit: number;
  /** One sentence, in Russian. */
  verdict: string;
  packages: { packageId: string; seq: number; organization: string; files: string[] }[];
  leftOut: { kind: string; number: string; key: string; codes: string[] }[];
  faults: readonly Fault[];
}

/** A name that is free in the folder; where it is taken, the number from the journal tells them apart. */
export function freeName(disk: Disk, folder: string, name: string, id: number): string {
  const ending = extname(name);
  const stem = ending === '' ? name : name.slice(0, -ending.length);
  for (let nth = 0; ; nth++) {
    const candidate = nth === 0 ? name : `${stem}.${id}${nth === 1 ? '' : `-${nth}`}${ending}`;
    if (disk.stat(join(folder, candidate)) === undefined) return candidate;
  }
}

/** Writes `<name>.faults.json` and `<name>.txt` beside the place where it is going to lie. */
export function writeNotes(disk: Disk, folder: string, name: string, note: FilingNote): void {
  const { name: came, exit, packages, leftOut, faults } = note;
  const json = { bg1c: 1, file: came, exit, packages, leftOut, faults };
  disk.write(join(folder, `${name}.faults.json`), `${JSON.stringify(json, undefined, 2)}\n`);
  disk.write(join(folder, `${name}.txt`), noteText(note));
}

const HEADS = { error: 'ОШИБКА', warning: 'ПРЕДУПРЕЖДЕНИЕ', notice: 'К СВЕДЕНИЮ' } as const;
/** Findings shown in full; all of them are in the JSON. */
const SHOWN = 100;

function noteText({ name, verdict, packages, leftOut, faults }: FilingNote): string {
  const lines = [`${name}: ${verdict}.`];
  for (const { organization, seq, files } of packages)
    lines.push(`Пакет № ${seq}, ${organization}${files.length > 0 ? `: ${files.join(', ')}` : ''}`);
  if (leftOut.length > 0) lines.push('', `Не переданы документы: ${leftOut.length}`);
  for (const { kind, number, key, codes } of leftOut.slice(0, SHOWN))
    lines.push(`  ${kind} № ${number || '—'} (${key}): ${codes.join(', ')}`);
  for (const { code, severity, message, remedy, paths } of faults.slice(0, SHOWN)) {
    lines.push('', `${HEADS[severity]} ${code}`, `  ${message}`);
    if (paths.length > 0) lines.push(`  где: ${paths.slice(0, 3).map(placeText).join('; ')}`);
    lines.push(`  что делать: ${remedy}`);
  }
  if (faults.length > SHOWN) lines.push('', `… и ещё ${faults.length - SHOWN}: все — в ${name}.faults.json`);
  return `${lines.join('\n')}\n`;
}
