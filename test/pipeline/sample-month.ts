import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import { type BuildRequest, type BuildResult, build } from '../../src/pipeline/build/build.ts';
import { shipped } from '../../src/support/root.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** A copy of a sample month in a folder of its own: its journal and outbox start empty. */
export interface MonthCopy {
  root: string;
  input: string;
  config: Config;
  build(request?: Partial<BuildRequest>): Promise<BuildResult>;
}

export function monthCopy(sample: string, edit: (config: Config) => void = () => {}): MonthCopy {
  const root = folder();
  const input = join(root, 'in');
  mkdirSync(input);
  cpSync(shipped(`samples/${sample}/in`), input, { recursive: true });
  for (const name of ['bg1c.yaml', 'services.csv'])
    if (existsSync(shipped(`samples/${sample}/${name}`)))
      cpSync(shipped(`samples/${sample}/${name}`), join(root, name));
  const { config } = loadConfig(join(root, 'bg1c.yaml'));
  edit(config!);
  return {
    root,
    input,
    config: config!,
    build: (request = {}) =>
      build({ config: config!, input, clock: () => new Date('2026-11-03T08:00:00Z'), ...request }),
  };
}

/** Cells of a CSV file of windows-1251 by the line on which their row begins. */
export function csvCells(path: string): Map<number, string[]> {
  const text = new TextDecoder('windows-1251').decode(readFileSync(path));
  const cells = new Map<number, string[]>();
  let line = 1;
  for (const record of text.match(/(?:"(?:[^"]|"")*"|[^"\n])*\n/g) ?? []) {
    const values = [...record.trimEnd().matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)];
    cells.set(
      line,
      values.map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim()),
    );
    line += record.split('\n').length - 1;
  }
  return cells;
}
