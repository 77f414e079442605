import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes folders that are removed after the tests of the file. */
export function temporaryFolders(): () => string {
  const made: string[] = [];
  afterAll(() => {
    // A browser that was just closed may still write.
    for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return () => {
    const path = mkdtempSync(join(tmpdir(), 'bg1c-test-'));
    made.push(path);
    return path;
  };
}
