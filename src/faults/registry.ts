import { DOCUMENT_FAULTS } from './texts/documents.ts';
import { EPF_FAULTS } from './texts/epf.ts';
import { EXCHANGE_FAULTS } from './texts/exchange.ts';
import { EXPORT_FAULTS } from './texts/export.ts';
import { PACKAGE_FAULTS } from './texts/package.ts';
import { PARTY_FAULTS } from './texts/parties.ts';
import { SETTINGS_FAULTS } from './texts/settings.ts';
import { UPD_FAULTS } from './texts/upd.ts';
import { VALUE_FAULTS } from './texts/values.ts';

/**
 * The registry of findings: data, one file a subject, from which `schemas/faults.json` and the tables of the guides are
 * generated. Codes are stable: they may be added, never given another meaning.
 */
export const FAULTS = {
  ...SETTINGS_FAULTS,
  ...EXPORT_FAULTS,
  ...VALUE_FAULTS,
  ...PARTY_FAULTS,
  ...DOCUMENT_FAULTS,
  ...PACKAGE_FAULTS,
  ...UPD_FAULTS,
  ...EPF_FAULTS,
  ...EXCHANGE_FAULTS,
};

export type FaultCode = keyof typeof FAULTS;
