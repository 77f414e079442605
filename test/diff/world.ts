import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import { realDisk } from '../../src/exchange/disk.ts';
import { type Journal, openJournal } from '../../src/journal/journal.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { openPackage } from '../../src/package/read.ts';
import { receiveFile } from '../../src/pipeline/books/receive.ts';
import { type BuildRequest, type BuildResult, build } from '../../src/pipeline/build/build.ts';
import { formatDecimal } from '../../src/support/decimal.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { BILLING_STYLE, csvBytes } from '../../tools/samples/csv.ts';
import { PROVIDER } from '../../tools/samples/provider.ts';
import { companyInn } from '../../tools/samples/requisites.ts';
import { BASE, receiptOf } from '../../tools/soak-world.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** A contract of the export with an act, a VAT invoice and a bill of one line. Sums in kopecks. */
export interface Subscriber {
  sum: number;
  name?: string;
  date?: string;
  /** Of the VAT invoice. */
  number?: string;
  content?: string;
  accrued?: number;
  /** Without documents. */
  silent?: boolean;
}

/** Subscribers by cid. */
export type Month = Record<number, Subscriber>;

export interface World {
  root: string;
  config: Config;
  /** Writes the export and builds it. */
  build(month: Month, request?: Partial<BuildRequest>): Promise<BuildResult>;
  /** Writes the export. @returns its folder */
  export(month: Month): string;
  /** 1C takes every package of a build; its receipts go to the journal. */
  accept(result: BuildResult, edit?: (receipt: Receipt) => void): Promise<void>;
  records(file: string): Promise<CanonicalRecord[]>;
  journal<T>(work: (journal: Journal) => T): T;
}

export function acceptedWorld(
  settings = 'documents: { types: { 1: bill, 2: act, 3: vat-invoice } }',
  base: { id: string; connection: string } = BASE,
): World {
  const root = folder();
  const { name, fullName, inn, kpp, address } = PROVIDER;
  writeFileSync(
    join(root, 'bg1c.yaml'),
    `installation: diff
organizations:
  - { code: one, name: '${name}', fullName: '${fullName}', inn: '${inn}', kpp: '${kpp}', address: '${address}', firms: ['0'] }
source: { kind: bgbilling-csv }
onec: { infobase: { id: ${base.id}, connection: ['${base.connection}'] } }
${settings}
`,
  );
  const { config, faults } = loadConfig(join(root, 'bg1c.yaml'));
  if (!config) throw new Error(JSON.stringify(faults));
  let day = 3;
  let minutes = 0;
  let exports = 0;
  const clock = (): Date => new Date(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`);
  const world: World = {
    root,
    config,
    export(month) {
      const input = join(root, `export-${++exports}`);
      writeExport(input, month);
      return input;
    },
    build: (month, request = {}) => build({ config, input: world.export(month), clock, ...request }),
    async accept(result, edit = () => {}) {
      for (const path of result.packages.flatMap(({ files }) => files)) {
        const receipt = await receiptOf(path, (one) => {
          minutes++;
          one.receiptId = uuidV5(`receipt ${minutes}`);
          one.finishedAt = `2026-11-03T09:${String(minutes).padStart(2, '0')}:00Z`;
          edit(one);
        });
        const file = join(root, `receipt-${minutes}.json`);
        writeFileSync(file, JSON.stringify(receipt));
        const received = world.journal((journal) => receiveFile(realDisk, file, config, undefined, journal));
        if (!received.taken || received.standing !== 'own') throw new Error(JSON.stringify(received));
      }
      day++;
    },
    async records(file) {
      const { opened } = await openPackage(file);
      const records: CanonicalRecord[] = [];
      for await (const line of opened!.lines('documents.jsonl'))
        records.push(JSON.parse(line) as CanonicalRecord);
      opened!.close();
      return records;
    },
    journal(work) {
      const { journal } = openJournal(config.journal.path, clock);
      try {
        return work(journal!);
      } finally {
        journal!.close();
      }
    },
  };
  return world;
}

type Row = Record<string, string>;

function writeExport(folder: string, month: Month): void {
  const all = Object.entries(month).map(([cid, subscriber]) => ({ cid: Number(cid), ...subscriber }));
  const documents = all.filter(({ silent }) => !silent).flatMap(documentRows);
  const tables: Record<string, Row[]> = {
    clients: all.map(({ cid, name }) => ({
      cid: String(cid),
      contract_title: `Д-${cid}`,
      fc: '1',
      name_short: name ?? `ООО «Абонент ${cid}»`,
      inn: companyInn(100 + cid),
      kpp: '027401001',
      legal_address: '450000, г. Уфа, ул. Ленина, д. 1',
    })),
    contracts: all.map(({ cid }) => ({
      ...{ cid: String(cid), contract_title: `Д-${cid}`, contract_date: '2024-02-01' },
      ...{ scid: '0', sub_mode: '0', firm_id: '0' },
    })),
    services: [{ sid: '20', title: 'Доступ в Интернет' }],
    documents: documents.map(({ content: _, ...row }) => row),
    document_lines: documents.map(({ kind, id, summ, content }) => ({
      ...{ kind: kind!, doc_id: id!, sid: '20', line_summ: summ!, service_title: content! },
    })),
  };
  if (all.some(({ accrued }) => accrued !== undefined))
    tables.accruals = all.flatMap(({ cid, accrued }) =>
      accrued === undefined
        ? []
        : [{ cid: String(cid), sid: '20', yy: '2026', mm: '10', summa: formatDecimal(accrued, 2, ',') }],
    );
  mkdirSync(folder, { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0] ?? { cid: '' });
    const bytes = csvBytes({ columns, rows } as Parameters<typeof csvBytes>[0], BILLING_STYLE);
    writeFileSync(join(folder, `${name}.csv`), bytes);
  }
  if (readdirSync(folder).length === 0) throw new Error('empty export');
}

function documentRows({
  cid,
  sum,
  date = '2026-10-31',
  number,
  content = 'Интернет',
}: Subscriber & {
  cid: number;
}): Row[] {
  const row = (kind: string, id: number, type: string, printed: string): Row => ({
    ...{ kind, id: String(id), cid: String(cid), doc_type_id: type, number: String(cid) },
    ...{ format_number: printed, create_dt: date, yy: '2026', mm: '10' },
    ...{ summ: formatDecimal(sum, 2, ','), content },
  });
  return [
    row('invoice', cid * 2, '2', `А${cid}`),
    row('invoice', cid * 2 + 1, '3', number ?? `Ф${cid}`),
    row('bill', cid, '1', `С${cid}`),
  ];
}
