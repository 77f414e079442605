import type { Infobase } from '../journal/receipt.ts';
import { parseJson } from './json-file.ts';

/** What of the passport of a base is asked for here (schemas/base-passport.schema.json). */
export interface Passport {
  passportVersion: 1;
  infobase: Infobase;
  configuration: { name: string; version: string };
  /** EnterpriseData versions that the base accepts. */
  formatVersions: string[];
}

/** @throws {FileRefusal} where it is not of its form */
export function parsePassport(bytes: Buffer): Passport {
  return parseJson<Passport>(bytes, 'base-passport.schema.json');
}
