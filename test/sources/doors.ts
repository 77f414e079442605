import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config, ParameterName } from '../../src/config/types.ts';
import { columnsOf, type TableName } from '../../src/sources/tables.ts';
import { companyInn } from '../../tools/samples/requisites.ts';
import { zipOf } from '../support/zips.ts';
import type { Tables } from './billing.ts';
import type { Layout } from './db/load.ts';
import { csvFiles, jsonText, xmlBytes } from './writers.ts';

/** The ways into the product, as configurations and inputs for one and the same month. */

export type Kind = Config['source']['kind'];

/** A configuration that takes everything of the invented billing. */
export function configOf(folder: string, source: Config['source']): Config {
  const file = join(folder, 'bg1c.yaml');
  // JSON is YAML: the product's own defaults complete it.
  writeFileSync(
    file,
    JSON.stringify({
      installation: 'doors',
      organizations: [
        { code: 'main', name: 'ООО «Башнет»', inn: companyInn(11), kpp: '027401001', firms: ['0'] },
        { code: 'plus', name: 'ООО «Башнет Плюс»', inn: companyInn(12), kpp: '027401001', firms: ['1'] },
      ],
      source,
      documents: { types: { '1': 'bill', '2': 'act', '3': 'vat-invoice' } },
      charges: { types: { '10': 'sale', '11': 'ignore' } },
    }),
  );
  const { config, faults } = loadConfig(file);
  if (!config) throw new Error(faults.map(({ message }) => message).join('\n'));
  return config;
}

export function fileSource(kind: 'bgbilling-csv' | 'bgbilling-xml' | 'bgbilling-json'): Config['source'] {
  return { kind, encoding: 'auto', account: 'contract_title' };
}

export function dbSource({ module, parameters, base }: Layout, urlEnv: string): Config['source'] {
  const { person, ...single } = parameters;
  const ids: Partial<Record<ParameterName, number | number[]>> = { person: person.map(({ id }) => id) };
  for (const [name, { id }] of Object.entries(single)) ids[name as ParameterName] = id;
  return {
    kind: 'bgbilling-db',
    encoding: 'auto',
    account: 'contract_title',
    db: { urlEnv },
    billModule: module,
    parameters: ids,
    monthOffset: base,
  };
}

/** Writes the month in each form of a file; returns the path to give. */
export const WRITE: Record<
  'bgbilling-csv' | 'bgbilling-xml' | 'bgbilling-json',
  (folder: string, tables: Tables) => string
> = {
  'bgbilling-csv': (folder, tables) => {
    const path = join(folder, 'csv');
    mkdirSync(path);
    const columns = (table: string): string[] => columnsOf(table as TableName).map(({ name }) => name);
    for (const [name, bytes] of Object.entries(csvFiles(tables, columns)))
      writeFileSync(join(path, name), bytes);
    return path;
  },
  'bgbilling-xml': (folder, tables) => {
    const path = join(folder, 'export.xml');
    writeFileSync(path, xmlBytes(tables, { encoding: 'windows-1251', spread: true }));
    return path;
  },
  'bgbilling-json': (folder, tables) => {
    const path = join(folder, 'export.zip');
    writeFileSync(path, zipOf([{ name: 'месяц/export.json', data: jsonText(tables, 1) }]));
    return path;
  },
};
