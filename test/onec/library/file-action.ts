import { BslException } from '../language/errors.ts';

/** What the system refuses (no file, no right, a folder in the way) a module may catch. */
export function fileAction<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new BslException(`Ошибка доступа к файлу '${path ?? ''}' (${code})`);
  }
}
