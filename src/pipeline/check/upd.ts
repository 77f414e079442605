import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createUpdChecker, looksLikeUpd, type UpdCheck } from '../../formats/upd/read.ts';

/** True for the seller's title of an УПД or VAT invoice (КНД 1115131), also a broken one. */
export function isUpdFile(path: string): boolean {
  if (!path.toLowerCase().endsWith('.xml') || !statSync(path, { throwIfNoEntry: false })?.isFile())
    return false;
  const start = Buffer.alloc(4096);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    return looksLikeUpd(start.subarray(0, readSync(file, start, 0, start.length, 0)));
  } finally {
    closeSync(file);
  }
}

/** Checks an УПД of any origin: encoding, structure, rules of ФНС, arithmetic. */
export function checkUpdFile(path: string): UpdCheck {
  const checker = createUpdChecker();
  try {
    return checker.check(readFileSync(path), basename(path));
  } finally {
    checker.dispose();
  }
}
