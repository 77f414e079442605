import type { NumberMapRule } from '../model/numbering.ts';
import type { DocumentKind } from '../model/types.ts';
import type { DatedRate, VatRate } from '../model/vat.ts';

/** The effective configuration: every default filled in, every path absolute. */
export interface Config {
  /** Folder of the file: relative paths start here. */
  folder: string;
  installation: string;
  organizations: OrganizationConfig[];
  source: {
    kind: 'bgbilling-csv';
    encoding: 'auto' | 'windows-1251' | 'utf-8';
    /** Column of `clients` that holds the personal account. */
    account: string;
  };
  onec: {
    infobase?: { id: string; connection: string[] } | undefined;
    format: string;
    bill: 'ЗаказКлиента' | 'СчетПокупателю';
    post: boolean;
    vatInvoice: { method: 'paper' | 'electronic' };
    reducedRateKind: 'Пониженная' | 'Общая';
  };
  documents: {
    mode: 'billing';
    types: Record<string, DocumentKind | 'ignore'>;
    upd: boolean;
    negativeLines: 'fold' | 'leave-out';
  };
  numbering: { by: 'billing'; map: NumberMapRule[] };
  lines: { fallback?: string | undefined };
  vat: {
    included: boolean;
    /** Dated general rate. */
    rates: DatedRate[];
    /** The first that matches counts: contract, then service, then organisation. */
    overrides: VatOverride[];
  };
  services: {
    /** ОКЕИ code. */
    unit: string;
    map: Record<
      string,
      { name?: string | undefined; fullName?: string | undefined; unit?: string | undefined }
    >;
  };
  charges: { types: Record<string, 'sale' | 'ignore'> };
  exchange: { dir: string };
  journal: { path: string };
}

export interface OrganizationConfig {
  code: string;
  name: string;
  fullName: string;
  inn: string;
  kpp?: string | undefined;
  ogrn?: string | undefined;
  address?: string | undefined;
  /** BGBilling firm ids whose contracts belong to this organisation. */
  firms: string[];
  bank?:
    | { bik: string; account: string; name?: string | undefined; correspondentAccount?: string | undefined }
    | undefined;
}

export interface VatOverride {
  organization?: string | undefined;
  /** BGBilling sid. */
  service?: string | undefined;
  /** BGBilling cid. */
  contract?: string | undefined;
  from?: string | undefined;
  rate: VatRate;
}
