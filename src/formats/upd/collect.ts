import { correctionOf } from '../../model/correction.ts';
import { createSourceCollector, type DocumentSource } from '../../model/document-source.ts';
import { paymentsOf } from '../../model/payments.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import { isUpdDocument, type UpdSource } from './source.ts';

/** Joins the records of `documents.jsonl`. */
export interface UpdCollector {
  /**
   * @returns what a file is made of, where the record is a document that becomes one
   * @throws UnresolvedRecord where the document names a record that did not come
   */
  add(record: CanonicalRecord): UpdSource | undefined;
}

export function createUpdCollector(): UpdCollector {
  const collect = createSourceCollector();
  return {
    add(record) {
      const source = collect(record);
      return source && updSource(source);
    },
  };
}

/** Undefined where the document becomes no file: a bill, and what stands for all persons. */
export function updSource(source: DocumentSource): UpdSource | undefined {
  const { document } = source;
  const correction = correctionOf(document);
  return isUpdDocument(document) && !source.counterparty.collective
    ? { ...source, document, payments: paymentsOf(document), ...(correction && { correction }) }
    : undefined;
}
