import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import type { Fault } from '../../src/faults/fault.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** The smallest configuration that is accepted. */
export const MINIMAL = `
installation: bashnet
organizations:
  - code: bashnet
    name: ООО «Башнет»
    inn: '0299000011'
    kpp: '027401001'
source: { kind: bgbilling-csv }
documents:
  types: { '1': bill, '2': act, '3': vat-invoice }
`;

/** Loads a text as `bg1c.yaml` of a folder of its own. */
export function load(text: string): { config?: Config; faults: Fault[]; path: string } {
  const path = join(folder(), 'bg1c.yaml');
  writeFileSync(path, text);
  return { ...loadConfig(path), path };
}

/** The configuration of a text that must be right. */
export function loaded(text: string): Config {
  const { config, faults } = load(text);
  if (!config) throw new Error(faults.map(({ message }) => message).join('\n'));
  return config;
}
