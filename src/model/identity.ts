import { uuidV5 } from '../support/ids.ts';

/**
 * Seeds of our UUIDs. They name the installation, so that two billings of one company never meet in one 1C base.
 * A seed is never changed: 1C finds what it loaded by these UUIDs.
 */
export interface Identity {
  /** The sender of messages. */
  node(): string;
  organization(inn: string, kpp: string): string;
  counterparty(key: string): string;
  /** A card that 1C has: itself where it came from us, else one of our own that travels beside 1C's. */
  card(ref1c: string): string;
  contract(id: string): string;
  service(id: string): string;
  /** @param name of a folder of services */
  serviceGroup(name: string): string;
  bankAccount(owner: string, account: string, bik: string): string;
  /** @param role `act`, `vat-invoice` and `bill` of one source document are different objects in 1C */
  document(key: string, role: 'bill' | 'act' | 'vat-invoice'): string;
  /** The VAT invoice that corrects the one of a source document for the nth time. */
  correction(key: string, number: number): string;
}

/** UUIDs of version 5: 1C makes others. */
const OURS = /^.{14}5.{4}[89ab]/;

/** What a counterparty is merged by: ИНН and КПП; without an ИНН the contract itself. */
export function counterpartyKey(inn: string | undefined, kpp: string | undefined, cid: string): string {
  return inn ? `${inn}/${kpp ?? ''}` : `cid:${cid}`;
}

export function createIdentity(installation: string): Identity {
  const id = (kind: string, key: string): string => uuidV5(`bgbilling:${installation}:${kind}:${key}`);
  return {
    node: () => uuidV5(installation),
    organization: (inn, kpp) => id('organization', `${inn}/${kpp}`),
    counterparty: (key) => id('counterparty', key),
    card: (ref1c) => (OURS.test(ref1c) ? ref1c : id('card', ref1c)),
    contract: (cid) => id('contract', cid),
    service: (sid) => id('service', sid),
    serviceGroup: (name) => id('service-group', name),
    bankAccount: (owner, account, bik) => id('bank-account', `${owner}:${bik}:${account}`),
    document: (key, role) => id(role, key),
    correction: (key, number) => id('correction', `${key}/${number}`),
  };
}
