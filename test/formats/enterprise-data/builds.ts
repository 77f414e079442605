import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/types.ts';
import { type BuildRequest, type BuildResult, build } from '../../../src/pipeline/build/build.ts';
import { shipped } from '../../../src/support/root.ts';

export interface SampleBuild extends BuildResult {
  /** Paths of all parts. */
  files: string[];
  remove(): void;
}

/**
 * Builds a month of `samples/` with other settings, in a folder of its own.
 * @param folder of the configuration: where the customer's own profiles lie
 */
export async function buildSample(
  sample: string,
  onec: Partial<Config['onec']>,
  request: Partial<BuildRequest> = {},
  folder?: string,
): Promise<SampleBuild> {
  const scratch = mkdtempSync(join(tmpdir(), 'bg1c-'));
  const { config } = loadConfig(shipped(`samples/${sample}/bg1c.yaml`));
  const changed: Config = {
    ...config!,
    folder: folder ?? scratch,
    onec: { ...config!.onec, ...onec },
    journal: { path: join(scratch, 'journal.db') },
  };
  const result = await build({
    config: changed,
    input: shipped(`samples/${sample}/in`),
    out: join(scratch, 'out'),
    clock: () => new Date('2026-11-03T08:00:00Z'),
    ...request,
  });
  const files = result.packages.flatMap((one) => one.files);
  return { ...result, files, remove: () => rmSync(scratch, { recursive: true, force: true }) };
}
