import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Severity } from '../faults/fault.ts';
import type { DocumentKind } from '../model/types.ts';
import type { VatRounding } from '../model/vat.ts';
import { shipped } from '../support/root.ts';

/** `manifest.json` of a package (schemas/manifest.schema.json). Sums in kopecks. */
export interface Manifest {
  manifestVersion: 1;
  packageId: string;
  part: number;
  parts: number;
  installation: string;
  organization: { code: string; uuid: string; name: string; inn: string; kpp?: string };
  period: string;
  mode: 'billing' | 'accrual';
  seq: number;
  format: {
    name: 'EnterpriseData';
    version: string;
    bill: 'ЗаказКлиента' | 'СчетПокупателю';
    /** Absent: the settings or the default chose the version. */
    chosenBy?: 'passport';
  };
  post: boolean;
  /** Where VAT was rounded (`vat.rounding`). */
  rounding?: VatRounding;
  tool: { name: 'bgbilling-1c'; version: string };
  documents: Record<DocumentKind, KindTotal>;
  objects: ObjectCounts;
  source: { kind: string; files: FileFingerprint[] };
  entries: FileFingerprint[];
  faults: { code: string; severity: Severity; count: number }[];
  leftOut: {
    count: number;
    documents: { kind: DocumentKind; number: string; key: string; codes: string[] }[];
  };
  losses: { name: string; count: number }[];
  /** Documents of earlier packages that 1C is asked to mark for deletion; absent where there are none. */
  deletions?: RemovedDocument[];
}

/** A document that stands in the books and not in the billing any more. */
export interface RemovedDocument {
  kind: DocumentKind;
  uuid: string;
  number: string;
  date: string;
  sum: number;
  /** UUID of the second object of an УПД. */
  vatInvoice?: string;
}

export interface KindTotal {
  count: number;
  sum: number;
  vat: number;
  first?: string;
  last?: string;
}

export interface ObjectCounts {
  counterparties: number;
  contracts: number;
  services: number;
}

export interface FileFingerprint {
  name: string;
  size: number;
  sha256: string;
}

/** Documents that were left out are named in the manifest up to this number. */
export const LEFT_OUT_LIMIT = 1000;

let ajv: Ajv | undefined;
let compiled: ValidateFunction | undefined;

/** What is wrong with a manifest by its schema, or undefined. */
export function manifestProblem(manifest: unknown): string | undefined {
  ajv ??= new Ajv({ strict: true });
  compiled ??= ajv.compile(
    JSON.parse(readFileSync(shipped('schemas/manifest.schema.json'), 'utf8')) as object,
  );
  return compiled(manifest) ? undefined : ajv.errorsText(compiled.errors, { dataVar: 'manifest' });
}

/** `<code>-<period>-<seq>-<k>of<n>.zip` */
export function packageFileName({
  organization,
  period,
  seq,
  part,
  parts,
}: Pick<Manifest, 'organization' | 'period' | 'seq' | 'part' | 'parts'>): string {
  return `${organization.code}-${period}-${seq}-${part}of${parts}.zip`;
}

export function emptyTotals(): Record<DocumentKind, KindTotal> {
  const zero = (): KindTotal => ({ count: 0, sum: 0, vat: 0 });
  return { bill: zero(), act: zero(), 'vat-invoice': zero(), upd: zero() };
}

/** Totals of several parts. */
export function addTotals(all: readonly Record<DocumentKind, KindTotal>[]): Record<DocumentKind, KindTotal> {
  const sum = emptyTotals();
  for (const one of all)
    for (const kind of Object.keys(sum) as DocumentKind[]) {
      sum[kind].count += one[kind].count;
      sum[kind].sum += one[kind].sum;
      sum[kind].vat += one[kind].vat;
    }
  return sum;
}
