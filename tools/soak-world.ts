import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Receipt, ReceiptObject } from '../src/journal/receipt.ts';
import { lastDay } from '../src/model/period.ts';
import type { CanonicalRecord, Counterparty } from '../src/model/types.ts';
import { openPackage } from '../src/package/read.ts';
import { writeZip } from '../src/package/zip.ts';
import { formatDecimal } from '../src/support/decimal.ts';
import { sha256, uuidV5 } from '../src/support/ids.ts';
import { BILLING_STYLE, csvBytes } from './samples/csv.ts';
import { PROVIDER } from './samples/provider.ts';
import { companyInn } from './samples/requisites.ts';

/** A month in several exports, and a 1C that takes the packages and answers: what the soak lives on. */

export const PERIOD = '2026-10';
const [YEAR, MONTH] = PERIOD.split('-') as [string, string];
export const BASE = { id: '5a0c2b1e-6d47-4f0e-9a3b-7c1d2e3f4a5b', connection: 'Srvr="books";Ref="buh";' };

/** One export: so many contracts from one on, an act, a VAT invoice and a bill each. */
export interface ExportPlan {
  name: string;
  first: number;
  contracts: number;
  /** Tells apart documents of the same contracts in different exports. */
  series: number;
  zip: boolean;
}

export interface Plan {
  /** Dropped at first. */
  before: ExportPlan[];
  /** Dropped when the receipts of the first packages are in. */
  after: ExportPlan[];
  /** Dropped once more under another name. */
  again: Record<string, string>;
}

const small = (name: string, first: number, contracts: number, series: number, zip: boolean): ExportPlan => ({
  name,
  first,
  contracts,
  series,
  zip,
});

/** 3 120 documents: one export that makes a package of two parts, six small ones. */
export const MONTH_PLAN: Plan = {
  before: [
    small('big.zip', 1, 900, 0, true),
    small('s1', 901, 20, 0, false),
    small('s2.zip', 921, 20, 0, true),
    small('s3', 941, 20, 0, false),
  ],
  after: [small('t1', 901, 30, 1, false), small('t2.zip', 931, 30, 1, true), small('t3', 1, 20, 1, false)],
  again: { 's1-copy': 's1', 'x-big.zip': 'big.zip' },
};

/** 396 documents, of which the books hold more than the journal is asked for at once: for a kill at every step. */
export const SMALL_PLAN: Plan = {
  before: [small('s1', 1, 60, 0, false), small('s2.zip', 61, 60, 0, true)],
  after: [small('t1', 55, 12, 1, false)],
  again: { 's1-copy': 's1', 's2-copy.zip': 's2.zip' },
};

export function documentsOf({ before, after }: Plan): number {
  return [...before, ...after].reduce((sum, { contracts }) => sum + contracts * 3, 0);
}

/** Writes the configuration, both drops and what is no export: `drop1/`, `drop2/`. */
export async function createWorld(root: string, plan: Plan): Promise<void> {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'bg1c.yaml'), configText());
  for (const [folder, exports] of [
    ['drop1', plan.before],
    ['drop2', plan.after],
  ] as const)
    for (const one of exports) await writeExport(join(root, folder), one);
  for (const [name, original] of Object.entries(plan.again))
    cpSync(join(root, 'drop1', original), join(root, 'drop1', name), { recursive: true });
  writeFileSync(join(root, 'drop1', 'empty.zip'), '');
  writeFileSync(join(root, 'drop1', 'notes.docx'), 'не выгрузка');
}

/** Puts a drop into the inbox. */
export function drop(root: string, folder: 'drop1' | 'drop2'): void {
  const inbox = join(root, 'exchange', 'inbox');
  mkdirSync(inbox, { recursive: true });
  for (const name of readdirSync(join(root, folder)))
    cpSync(join(root, folder, name), join(inbox, name), { recursive: true, preserveTimestamps: true });
}

function configText(): string {
  const { name, fullName, inn, kpp } = PROVIDER;
  return `installation: soak
organizations:
  - { code: one, name: '${name}', fullName: '${fullName}', inn: '${inn}', kpp: '${kpp}', firms: ['0'] }
  - { code: two, name: ООО «Вторая», inn: '${companyInn(2)}', kpp: '${kpp}', firms: ['1'] }
source: { kind: bgbilling-csv }
onec: { infobase: { id: ${BASE.id}, connection: ['${BASE.connection}'] } }
documents: { types: { '1': bill, '2': act, '3': vat-invoice } }
exchange: { poll: 1 }
`;
}

type Row = Record<string, string>;

async function writeExport(folder: string, plan: ExportPlan): Promise<void> {
  const tables = tablesOf(plan);
  if (plan.zip) {
    mkdirSync(folder, { recursive: true });
    const entries = [...tables].map(([name, bytes]) => ({
      name,
      parts: [
        {
          stream: async function* () {
            yield bytes;
          },
        },
      ],
    }));
    await writeZip(join(folder, plan.name), entries);
    return;
  }
  mkdirSync(join(folder, plan.name), { recursive: true });
  for (const [name, bytes] of tables) writeFileSync(join(folder, plan.name, name), bytes);
}

function tablesOf({ first, contracts, series }: ExportPlan): Map<string, Buffer> {
  const numbers = Array.from({ length: contracts }, (_, index) => first + index);
  const clients = numbers.map(
    (n): Row => ({
      cid: String(n),
      contract_title: `Д${n}`,
      fc: '1',
      name_short: `ООО «Абонент ${n}»`,
      inn: companyInn(100 + n),
      kpp: '027401001',
    }),
  );
  const contractRows = numbers.map(
    (n): Row => ({
      cid: String(n),
      contract_title: `Д${n}`,
      contract_date: '2024-02-01',
      scid: '0',
      sub_mode: '0',
      firm_id: n % 4 === 3 ? '1' : '0',
    }),
  );
  const documents = numbers.flatMap((n) => documentRows(n, series));
  const lines = documents.map(
    ({ kind, id, summ }): Row => ({
      kind: kind!,
      doc_id: id!,
      sid: '20',
      line_summ: summ!,
    }),
  );
  const table = (rows: Row[]): Buffer =>
    csvBytes({ columns: Object.keys(rows[0]!), rows } as Parameters<typeof csvBytes>[0], BILLING_STYLE);
  return new Map([
    ['clients.csv', table(clients)],
    ['contracts.csv', table(contractRows)],
    ['services.csv', table([{ sid: '20', title: 'Доступ в Интернет' }])],
    ['documents.csv', table(documents)],
    ['document_lines.csv', table(lines)],
  ]);
}

function documentRows(n: number, series: number): Row[] {
  const ordinal = n + series * 5000;
  const summ = formatDecimal(50_000 + ((ordinal * 7919) % 900_000), 2, ',');
  const row = (kind: string, id: number, type: string, number: string): Row => ({
    kind,
    id: String(id),
    cid: String(n),
    doc_type_id: type,
    format_number: number,
    number: String(ordinal),
    create_dt: lastDay(PERIOD),
    yy: YEAR,
    mm: String(Number(MONTH)),
    summ,
  });
  return [
    row('invoice', ordinal * 2, '2', `А${ordinal}`),
    row('invoice', ordinal * 2 + 1, '3', `Ф${ordinal}`),
    row('bill', ordinal, '1', `С${ordinal}`),
  ];
}

/** Takes every package of the outbox as 1C does: a receipt first, then the file moves on. Always the same answers. */
export async function answer(root: string): Promise<number> {
  const outbox = join(root, 'exchange', 'outbox');
  const names = readdirSync(outbox).filter((name) => name.endsWith('.zip'));
  for (const name of names) {
    const path = join(outbox, name);
    const receipt = await receiptOf(path);
    const file = join(root, 'exchange', 'receipts', `${name.slice(0, -4)}-${receipt.receiptId}.json`);
    writeFileSync(`${file}.tmp`, JSON.stringify(receipt));
    renameSync(`${file}.tmp`, file);
    renameSync(path, join(outbox, 'done', name));
  }
  return names.length;
}

/** What 1C would say of a package; it finds counterparties under its own UUIDs and keeps ours for the rest. */
export async function receiptOf(path: string, edit: (receipt: Receipt) => void = () => {}): Promise<Receipt> {
  const { opened } = await openPackage(path);
  const { packageId, part, format } = opened!.manifest;
  const objects: ReceiptObject[] = [];
  const buyers = new Map<string, { inn?: string; kpp?: string }>();
  for await (const line of opened!.lines('documents.jsonl')) {
    const record = JSON.parse(line) as CanonicalRecord;
    if (record.record === 'organization') continue;
    const { inn, kpp } = record as Partial<Counterparty>;
    if (record.record === 'counterparty')
      buyers.set(record.uuid, { ...(inn && { inn }), ...(kpp && { kpp }) });
    objects.push(...objectsOf(record, buyers));
  }
  opened!.close();
  const receipt: Receipt = {
    receiptVersion: 1,
    receiptId: uuidV5(`receipt:${packageId}:${part}`),
    packageId,
    part,
    packageSha256: sha256(readFileSync(path)),
    infobase: { ...BASE },
    user: 'бухгалтер',
    startedAt: '2026-11-03T09:00:00Z',
    finishedAt: '2026-11-03T09:05:00Z',
    loader: {
      configuration: 'БухгалтерияПредприятия 3.0.178.24',
      bsp: '3.1.10.412',
      formatVersion: format.version,
    },
    complete: true,
    objects,
  };
  edit(receipt);
  return receipt;
}

/** An УПД is an act and a VAT invoice in 1C. */
function objectsOf(
  record: Exclude<CanonicalRecord, { record: 'organization' }>,
  buyers: ReadonlyMap<string, { inn?: string; kpp?: string }>,
): ReceiptObject[] {
  const object = objectOf(record, buyers);
  if (record.record !== 'upd') return [object];
  const act = { ...object, kind: 'act' };
  const { vatInvoiceUuid: uuid } = record;
  return uuid === undefined ? [act] : [act, { ...act, kind: 'vat-invoice', uuid, ref1c: uuid }];
}

function objectOf(
  record: Exclude<CanonicalRecord, { record: 'organization' }>,
  buyers: ReadonlyMap<string, { inn?: string; kpp?: string }>,
): ReceiptObject {
  const { uuid } = record;
  if (record.record === 'counterparty')
    return { kind: 'counterparty', uuid, ref1c: uuidV5(`1c:${uuid}`), state: 'found' };
  if (record.record === 'contract' || record.record === 'service')
    return { kind: record.record, uuid, ref1c: uuid, state: 'created' };
  const { record: kind, number, date, sum, vat } = record;
  const counterparty = buyers.get(record.counterparty)!;
  return {
    kind,
    uuid,
    ref1c: uuid,
    number,
    date,
    sum,
    vat,
    counterparty,
    state: 'created',
    posted: true,
    deletionMark: false,
  };
}
