import type { FaultCode } from '../../faults/registry.ts';
import type { Contract, Counterparty, Document, DocumentKind, Service } from '../../model/types.ts';
import type { SourceRow } from '../source.ts';
import type { TableName } from '../tables.ts';

/** Lines of the source tables that a record was made of. */
export type RowRefs = Partial<Record<TableName, readonly number[]>>;

/** A record and where it comes from; for documents also where each line comes from. */
export interface Sourced<T> {
  record: T;
  rows: RowRefs;
  lines?: readonly RowRefs[];
}

/** A document that the billing has and the package has not, with the reasons. */
export interface LeftOut {
  kind: DocumentKind;
  key: string;
  number: string;
  codes: FaultCode[];
}

/** Everything that one contract of the billing gives to a package. */
export interface ContractResult {
  /** `organizations[].code` whose package this belongs to. */
  organization: string;
  counterparty: Sourced<Counterparty>;
  contract: Sourced<Contract>;
  /** Services that the documents name. */
  services: readonly Sourced<Service>[];
  /** Bills first, then each act with its VAT invoice behind it. */
  documents: readonly Sourced<Document>[];
}

export function refs(table: TableName, rows: readonly SourceRow[]): RowRefs {
  return rows.length === 0 ? {} : { [table]: rows.map(({ line }) => line) };
}

/** Rows of several records, table by table. */
export function mergeRefs(all: readonly RowRefs[]): RowRefs {
  const merged: Partial<Record<TableName, number[]>> = {};
  for (const one of all)
    for (const [table, lines] of Object.entries(one) as [TableName, readonly number[]][]) {
      const known = merged[table];
      // Not spread: all persons of a month may stand behind one line.
      if (known) for (const line of lines) known.push(line);
      else merged[table] = [...lines];
    }
  return merged;
}
