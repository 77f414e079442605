import type { CanonicalRecord, Contract, Counterparty, Organization, Service } from '../../model/types.ts';
import { isUpdDocument, type UpdSource } from './source.ts';

/** Joins the records of `documents.jsonl`: parties, contracts and services stand before the documents that need them. */
export interface UpdCollector {
  /**
   * @returns what a file is made of, where the record is a document that becomes one
   * @throws UnresolvedRecord where the document names a record that did not come
   */
  add(record: CanonicalRecord): UpdSource | undefined;
}

/** In Russian. */
export class UnresolvedRecord extends Error {}

export function createUpdCollector(): UpdCollector {
  let organization: Organization | undefined;
  const counterparties = new Map<string, Counterparty>();
  const contracts = new Map<string, Contract>();
  const services = new Map<string, Service>();
  const sourceOf = (record: Parameters<typeof isUpdDocument>[0]): UpdSource | undefined => {
    if (!isUpdDocument(record)) return undefined;
    const need = <T>(found: T | undefined, what: string): T => {
      if (found === undefined) throw new UnresolvedRecord(`для документа № ${record.number} нет ${what}`);
      return found;
    };
    return {
      document: record,
      organization: need(organization, 'организации'),
      counterparty: need(counterparties.get(record.counterparty), 'контрагента'),
      contract: need(contracts.get(record.contract), 'договора'),
      lines: record.lines.map((line) => ({ line, service: need(services.get(line.service), 'услуги') })),
      payments: [],
    };
  };
  return {
    add(record) {
      switch (record.record) {
        case 'organization':
          organization = record;
          return undefined;
        case 'counterparty':
          counterparties.set(record.uuid, record);
          return undefined;
        case 'contract':
          contracts.set(record.uuid, record);
          return undefined;
        case 'service':
          services.set(record.uuid, record);
          return undefined;
        default:
          return sourceOf(record);
      }
    },
  };
}
