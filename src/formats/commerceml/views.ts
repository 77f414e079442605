import type { Bill, Contract, Counterparty, Line, Organization, Service } from '../../model/types.ts';

/** What the mappings look at: a record together with what it refers to. */

export type Party = Organization | Counterparty;

export interface BillView {
  bill: Bill;
  contract: Contract;
  counterparty: Counterparty;
  lines: LineView[];
}

export interface LineView {
  line: Line;
  service: Service;
  /** Id of the group of services. */
  group: string;
}

/** A service of the catalogue. */
export interface ServiceView {
  service: Service;
  group: string;
}

/** Classifier and catalogue of one organisation's services. */
export interface CatalogView {
  /** Ids of the classifier, its only group and the catalogue: the same for ever. */
  classifier: string;
  group: string;
  catalog: string;
  owner: Organization;
  services: ServiceView[];
}
