import type { NumberMapRule } from '../model/numbering.ts';
import type { DocumentKind } from '../model/types.ts';
import type { VatRate } from '../model/vat.ts';

/** How documents are formed of what the billing charged: kinds, numbers, persons, what is left aside. */

/** What is made of accruals. */
export interface AccrualConfig {
  /** Who gets a bill. */
  bills: 'none' | 'business' | 'all';
  /** Of bills; acts and VAT invoices have the last day of the period. */
  billDate: 'last-day' | 'first-day' | 'next-month';
}

export interface NumberingConfig {
  /** Who numbers: the billing, this program by templates, or 1C when it loads. */
  by: 'billing' | 'own' | 'onec';
  map: NumberMapRule[];
  /** `own`: template of each kind; a VAT invoice without one bears the number of its act. */
  template: Partial<Record<DocumentKind, string>>;
}

/** How payments of prepaid contracts become line 5 of a VAT invoice. */
export interface PaymentsConfig {
  /** Months before the period whose payments are looked at. */
  months: number;
  /** Finds `number` and `date` of the payment document in the payment's comment; the first that matches counts. */
  documents: RegExp[];
  /** The number of a payment without a document: none, or BGBilling's id. */
  otherwise: 'none' | 'id';
}

/** Documents of persons. */
export interface PersonsConfig {
  /** Each by itself, one act a month for all of them, or none at all. */
  mode: 'individual' | 'aggregate' | 'ignore';
  /** Whose name the one act bears. */
  counterparty: { name: string; fullName?: string | undefined };
  /** Name of the contract of the one act. */
  contract: string;
  /** Template of its number. */
  number: string;
  /** Who makes the summary of the sales book (КВО 26): 1C, or this program with a VAT invoice to the one act. */
  salesBook: 'onec' | 'vat-invoice';
}

/** What is taken and what is left aside; an empty list says nothing. */
export interface FilterConfig {
  /** Groups of contracts, by title or id. */
  groups: Choice;
  /** BGBilling's firms. */
  firms: Choice;
  /** BGBilling's services. */
  services: Choice;
}

export interface Choice {
  only: string[];
  except: string[];
}

export interface ServicesConfig {
  /** ОКЕИ code. */
  unit: string;
  /** By BGBilling's sid. */
  map: Record<string, MappedService>;
}

/** What a service of BGBilling is in 1C. */
export interface MappedService {
  name?: string | undefined;
  fullName?: string | undefined;
  /** Name of the folder of Номенклатура. */
  group?: string | undefined;
  unit?: string | undefined;
  /** Instead of the general rate. */
  vat?: VatRate | undefined;
}
