import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../../src/config/load.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { shipped } from '../../../src/support/root.ts';
import { type PackageFile, readPackage } from './package-files.ts';

/** Months that the product builds once for all scenarios: with a journal, so that receipts can be taken in. */

/** The base that the settings name. */
export const INFOBASE = {
  id: '0ba5e000-0000-4000-8000-000000000001',
  connection: ['File="C:\\Базы\\Бухгалтерия";'],
};

export interface Month {
  period: string;
  /** Folder with settings, journal and exchange folder; a world gets a copy. */
  folder: string;
  /** In the order in which they were built. */
  files: PackageFile[];
  /** Writes the export that the first package was built of. @param change what is another in it */
  writeExport?(input: string, change: Tables): void;
}

/** What is another in the tables of an export. */
export type Tables = Readonly<Record<string, (rows: Row[]) => Row[]>>;

type Row = Record<string, string>;

interface Recipe {
  sample: 'december-2025' | 'october-2026';
  documentsPerPart?: number;
  settings?: (settings: Settings) => void;
  tables?: Tables;
  /** A second export of the same month, and what is another in it. */
  again?: Tables;
}

interface Settings {
  organizations: { bank?: unknown }[];
  onec: { format: string; bill: string; infobase?: typeof INFOBASE };
  documents: { upd: boolean };
  numbering: { by: string; map: { kind: string; match: string; to: string }[] };
  exchange?: { dir: string; receiptKeyFile?: string };
}

/** Two persons without ИНН and with one name, an act each. */
const namesakes: Tables = {
  clients: (rows) => [...rows, person(rows, '710', '100710'), person(rows, '711', '100711')],
  contracts: (rows) =>
    [...rows, like(rows, '709', { cid: '710' }), like(rows, '709', { cid: '711' })].map(titled),
  documents: (rows) => [...rows, actOf(rows, '710', '2920', '881'), actOf(rows, '711', '2921', '882')],
  document_lines: (rows) => [...rows, lineOf(rows, '2920', 'А12/881'), lineOf(rows, '2921', 'А12/882')],
};

function like(rows: Row[], cid: string, change: Row): Row {
  return { ...rows.find((row) => row.cid === cid)!, ...change };
}

function titled(row: Row): Row {
  return ['710', '711'].includes(row.cid!) ? { ...row, contract_title: `Ф-100${row.cid}` } : row;
}

function person(rows: Row[], cid: string, account: string): Row {
  const name = 'Иванова Мария Петровна';
  const names = { contract_comment: name, name_short: name, name_full: name };
  return like(rows, '709', { cid, contract_title: `Ф-100${cid}`, account, ...names });
}

function actOf(rows: Row[], cid: string, id: string, number: string): Row {
  return like(rows, '709', { cid, id, format_number: `А12/${number}`, number, number_in_year: number });
}

function lineOf(rows: Row[], docId: string, number: string): Row {
  const model = rows.find((row) => row.kind === 'invoice' && row.doc_id === '2919')!;
  return { ...model, doc_id: docId, format_number: number };
}

const RECIPES = {
  december: { sample: 'december-2025', tables: namesakes },
  /** НДС 22 %. */
  october: { sample: 'october-2026' },
  /** Act and VAT invoice of one number are one УПД; the format has the flag from 1.20 on only. */
  upd: {
    sample: 'december-2025',
    settings: ({ documents, numbering }) => {
      documents.upd = true;
      numbering.map.push({ kind: 'act', match: '^А12/(.*)$', to: '$1' });
    },
  },
  /** The seller's account is not told. */
  bankless: {
    sample: 'december-2025',
    settings: ({ organizations }) => {
      delete organizations[0]!.bank;
    },
  },
  /** Several files, as of a month with thousands of documents. */
  parts: { sample: 'december-2025', tables: namesakes, documentsPerPart: 9 },
  /** 1C gives the numbers. */
  unnumbered: {
    sample: 'december-2025',
    settings: ({ numbering }) => {
      numbering.by = 'onec';
    },
  },
  /** Corrected and built again: one act costs another sum, one is gone. */
  corrected: {
    sample: 'december-2025',
    tables: namesakes,
    again: {
      documents: (rows) =>
        rows
          .filter(({ id, kind }) => kind !== 'invoice' || id !== '2919')
          .map((row) =>
            row.format_number === 'А12/878' || row.id === '2916' ? { ...row, summ: '1440,00' } : row,
          ),
      document_lines: (rows) =>
        rows
          .filter(({ format_number }) => format_number !== 'А12/880')
          .map((row) =>
            row.kind === 'invoice' && ['А12/878', '878'].includes(row.format_number!)
              ? { ...row, price: '1440,00', line_summ: '1440,00', vat_sum: '240,00', doc_summ: '1440,00' }
              : row,
          ),
    },
  },
} satisfies Record<string, Recipe>;

export type MonthName = keyof typeof RECIPES;

const built = new Map<MonthName, Promise<Month>>();
const folders: string[] = [];

/** @returns the same month every time: worlds take copies */
export function monthOf(name: MonthName): Promise<Month> {
  const known = built.get(name) ?? buildMonth(RECIPES[name]);
  built.set(name, known);
  return known;
}

export function removeMonths(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  built.clear();
}

async function buildMonth({ sample, settings, tables = {}, again, ...request }: Recipe): Promise<Month> {
  const folder = mkdtempSync(join(tmpdir(), 'onec-month-'));
  folders.push(folder);
  writeSettings(folder, sample, settings);
  const outbox = join(folder, 'exchange', 'outbox');
  mkdirSync(outbox, { recursive: true });
  const { config, faults } = loadConfig(join(folder, 'bg1c.yaml'));
  if (!config) throw new Error(faults.map(({ message }) => message).join('\n'));
  const files: PackageFile[] = [];
  let period = '';
  for (const [index, change] of [tables, ...(again ? [again] : [])].entries()) {
    const input = join(folder, `in${index}`);
    writeExport(sample, input, tables, index === 0 ? {} : change);
    const result = await build({ ...request, config, input, clock: () => new Date('2026-11-01T09:00:00Z') });
    if (result.exit !== 0)
      throw new Error(
        `${sample}: ${JSON.stringify(result.faults.filter(({ severity }) => severity === 'error'))}`,
      );
    period = result.period!;
    for (const path of result.packages.flatMap((one) => one.files)) files.push(readPackage(path));
    rmSync(input, { recursive: true });
  }
  return {
    period,
    folder,
    files,
    writeExport: (input, change) => writeExport(sample, input, tables, change),
  };
}

function writeSettings(folder: string, sample: string, change: Recipe['settings']): void {
  const settings = parse(readFileSync(shipped(`samples/${sample}/bg1c.yaml`), 'utf8')) as Settings;
  settings.onec = { ...settings.onec, bill: 'ЗаказКлиента', infobase: INFOBASE };
  settings.exchange = { dir: 'exchange' };
  change?.(settings);
  writeFileSync(join(folder, 'bg1c.yaml'), stringify(settings));
}

function writeExport(sample: string, input: string, ...changes: Tables[]): void {
  cpSync(shipped(`samples/${sample}/in`), input, { recursive: true });
  for (const change of changes)
    for (const [table, edit] of Object.entries(change)) {
      const path = join(input, `${table}.csv`);
      const text = iconv.decode(readFileSync(path), 'win1251');
      const rows = edit(parseCsv(text, { delimiter: ';', columns: true }) as Row[]);
      const names = Object.keys(rows[0]!);
      const lines = [names, ...rows.map((row) => names.map((name) => quoted(row[name]!)))];
      writeFileSync(path, iconv.encode(`${lines.map((cells) => cells.join(';')).join('\n')}\n`, 'win1251'));
    }
}

function quoted(cell: string): string {
  return /[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
