import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';

/** A configuration of invented Башнет with these channels; everything else by default. */
export function configFor(channels: object, more: object = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-config-'));
  try {
    const path = join(folder, 'bg1c.yaml');
    writeFileSync(path, stringify({ ...BASHNET, channels, ...more }));
    const { config, faults } = loadConfig(path);
    if (!config) throw new Error(JSON.stringify(faults));
    return config;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const BASHNET = {
  installation: 'bashnet',
  organizations: [
    {
      code: 'bashnet',
      name: 'ООО «Башнет»',
      inn: '0299000011',
      kpp: '027401001',
      address: '450077, Республика Башкортостан, г. Уфа, ул. Достоевского, д. 100',
      edoId: '2BE0123456789',
      signer: { position: 'Директор', name: { last: 'Каримов', first: 'Ильдар' } },
    },
  ],
  source: { kind: 'bgbilling-csv' },
  documents: { types: { '1': 'bill', '2': 'act', '3': 'vat-invoice' } },
};
