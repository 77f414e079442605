import type {
  CanonicalRecord,
  Contract,
  Counterparty,
  Document,
  Line,
  Organization,
  Service,
} from './types.ts';

/** A document with everything that it names. */
export interface DocumentSource {
  document: Document;
  organization: Organization;
  counterparty: Counterparty;
  contract: Contract;
  lines: { line: Line; service: Service }[];
  /** Line 5б of a VAT invoice: advance invoices, as the books have them. */
  advances?: readonly { number: string; date: string }[] | undefined;
}

/** In Russian. */
export class UnresolvedRecord extends Error {}

/**
 * Joins the records of `documents.jsonl`: parties, contracts and services stand before the documents that need them.
 * @returns a function that takes one record after another and returns the document when it is one
 * @throws UnresolvedRecord where a document names a record that did not come
 */
export function createSourceCollector(): (record: CanonicalRecord) => DocumentSource | undefined {
  let organization: Organization | undefined;
  const counterparties = new Map<string, Counterparty>();
  const contracts = new Map<string, Contract>();
  const services = new Map<string, Service>();
  const sourceOf = (document: Document): DocumentSource => {
    const need = <T>(found: T | undefined, what: string): T => {
      if (found === undefined) throw new UnresolvedRecord(`для документа № ${document.number} нет ${what}`);
      return found;
    };
    return {
      document,
      organization: need(organization, 'организации'),
      counterparty: need(counterparties.get(document.counterparty), 'контрагента'),
      contract: need(contracts.get(document.contract), 'договора'),
      lines: document.lines.map((line) => ({ line, service: need(services.get(line.service), 'услуги') })),
    };
  };
  return (record) => {
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
  };
}
