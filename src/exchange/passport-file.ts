import type { Infobase } from '../journal/receipt.ts';
import { parseJson } from './json-file.ts';

/** What of the passport of a base is asked for here (schemas/base-passport.schema.json). */
export interface Passport {
  passportVersion: 1;
  /** UTC, `2026-11-01T12:00:00Z`. */
  createdAt: string;
  infobase: Infobase;
  configuration: { name: string; version: string };
  /** Whether the base has a loader of EnterpriseData. */
  loader: boolean;
  /** EnterpriseData versions that the base accepts; empty: it could not tell. */
  formatVersions: string[];
  /** VAT rates that the base can hold; empty: it could not tell. */
  vatRates: (number | 'none')[];
  organizations: { uuid: string; name: string; inn: string; kpp: string }[];
}

/** @throws {FileRefusal} where it is not of its form */
export function parsePassport(bytes: Uint8Array): Passport {
  return parseJson<Passport>(bytes, 'base-passport.schema.json');
}
