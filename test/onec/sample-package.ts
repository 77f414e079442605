import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { shipped } from '../../src/support/root.ts';
import { readZip } from './library/zip-format.ts';

/** A package as the product builds it out of a sample month. */
export interface SamplePackage {
  fileName: string;
  bytes: Buffer;
  /** The EnterpriseData message. */
  message: string;
  records: CanonicalRecord[];
}

export interface SampleOptions {
  sample: 'october-2026' | 'december-2025';
  /** EnterpriseData version; that of the sample's settings where absent. */
  format?: string;
}

/** @throws Error where the sample is not built as a whole */
export async function buildSample({ sample, format }: SampleOptions): Promise<SamplePackage> {
  const folder = shipped(`samples/${sample}`);
  const { config, faults } = loadConfig(join(folder, 'bg1c.yaml'));
  if (!config) throw new Error(faults.map(({ message }) => message).join('\n'));
  const work = mkdtempSync(join(tmpdir(), 'onec-package-'));
  try {
    const result = await build({
      config: {
        ...config,
        onec: { ...config.onec, ...(format !== undefined && { format }) },
        journal: { path: join(work, 'journal.db') },
      },
      input: join(folder, 'in'),
      out: join(work, 'out'),
      clock: () => new Date('2026-11-01T09:00:00Z'),
    });
    const file = result.packages[0]?.files[0];
    if (file === undefined || result.exit !== 0) throw new Error(`${sample}: exit ${result.exit}`);
    return readPackage(file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function readPackage(file: string): SamplePackage {
  const bytes = readFileSync(file);
  const entries = new Map(readZip(bytes).map((entry) => [entry.name, entry]));
  const message = [...entries.keys()].find((name) => name.startsWith('Message_'))!;
  const lines = entries.get('documents.jsonl')!.read().toString('utf8').trim().split('\n');
  return {
    fileName: file.split('/').at(-1)!,
    bytes,
    message: entries.get(message)!.read().toString('utf8'),
    records: lines.map((line) => JSON.parse(line) as CanonicalRecord),
  };
}
