import { readFileSync } from 'node:fs';
import { type Fault, fault } from '../faults/fault.ts';
import type { Config } from './types.ts';

/**
 * The key that receipts are signed with, byte for byte as 1C has it; nothing where none is configured.
 * A key that is configured and cannot be had is a fault: receipts must not be believed unsigned then.
 */
export function receiptKey({ exchange }: Config): { key?: Buffer; fault?: Fault } {
  const { receiptKeyEnv, receiptKeyFile } = exchange;
  if (receiptKeyEnv !== undefined) {
    const text = process.env[receiptKeyEnv] ?? '';
    if (text !== '') return { key: Buffer.from(text, 'utf8') };
    return refused('exchange.receiptKeyEnv', `переменная окружения ${receiptKeyEnv} не задана или пуста`);
  }
  if (receiptKeyFile === undefined) return {};
  try {
    const key = readFileSync(receiptKeyFile);
    return key.length > 0 ? { key } : refused('exchange.receiptKeyFile', `файл ${receiptKeyFile} пуст`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused('exchange.receiptKeyFile', `файл ${receiptKeyFile} не читается (${code})`);
  }
}

function refused(key: string, reason: string): { fault: Fault } {
  return { fault: fault('BG1C-CONFIG-VALUE', { key, reason }, { path: key }) };
}
