import { readFileSync } from 'node:fs';
import { type Fault, fault } from '../faults/fault.ts';

/**
 * A secret out of an environment variable or a file; a final line break of a file is not part of it.
 * @param key of the setting that names it, as far as both names have it in common: `channels.sbis.password`
 */
export function readSecret(
  key: string,
  env: string | undefined,
  file: string | undefined,
): { secret?: string; fault?: Fault } {
  if (env !== undefined) {
    const secret = process.env[env] ?? '';
    return secret !== ''
      ? { secret }
      : refused(`${key}Env`, `переменная окружения ${env} не задана или пуста`);
  }
  if (file === undefined) return refused(`${key}Env`, 'не указано, где взять');
  try {
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret !== '' ? { secret } : refused(`${key}File`, `файл ${file} пуст`);
  } catch (error) {
    return refused(`${key}File`, `файл ${file} не читается (${(error as NodeJS.ErrnoException).code})`);
  }
}

function refused(key: string, reason: string): { fault: Fault } {
  return { fault: fault('BG1C-CONFIG-VALUE', { key, reason }, { path: key }) };
}
