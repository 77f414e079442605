import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Receipt } from '../journal/receipt.ts';
import { FileRefusal, parseJson } from './json-file.ts';

/**
 * Reads a receipt.
 * @throws {FileRefusal} where it is not of its form or names an object twice
 */
export function parseReceipt(bytes: Buffer): Receipt {
  const receipt = parseJson<Receipt>(bytes, 'receipt.schema.json');
  const seen = new Set<string>();
  for (const { uuid } of receipt.objects) {
    if (seen.has(uuid)) throw new FileRefusal(`объект ${uuid} назван дважды`);
    seen.add(uuid);
  }
  return receipt;
}

/** Name of the signature beside a receipt. */
export function signatureName(name: string): string {
  return `${name}.sig`;
}

/**
 * Compares a signature (HMAC-SHA256 over the bytes of the receipt, hexadecimal) with the key of the installation.
 * @param signature content of the side file; undefined where there is none
 * @returns what is wrong, in Russian, or undefined
 */
export function signatureProblem(
  bytes: Buffer,
  signature: Buffer | undefined,
  key: Buffer,
): string | undefined {
  if (!signature) return 'рядом нет файла подписи (.sig)';
  const stated = signature
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase();
  const right = createHmac('sha256', key).update(bytes).digest('hex');
  if (stated.length === right.length && timingSafeEqual(Buffer.from(stated), Buffer.from(right)))
    return undefined;
  return 'подпись не подходит к содержимому или сделана другим ключом';
}
