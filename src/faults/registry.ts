import { BITRIX24_FAULTS } from './texts/bitrix24.ts';
import { CORRECTION_FAULTS } from './texts/corrections.ts';
import { DELIVERY_FAULTS } from './texts/delivery.ts';
import { DOCUMENT_FAULTS } from './texts/documents.ts';
import { EPF_FAULTS } from './texts/epf.ts';
import { EXCHANGE_FAULTS } from './texts/exchange.ts';
import { EXPORT_FAULTS } from './texts/export.ts';
import { FORMATION_FAULTS } from './texts/formation.ts';
import { MAIL_FAULTS } from './texts/mail.ts';
import { NUMBERING_FAULTS } from './texts/numbering.ts';
import { PACKAGE_FAULTS } from './texts/package.ts';
import { PARTY_FAULTS } from './texts/parties.ts';
import { PAYMENT_FAULTS } from './texts/payments.ts';
import { PRINT_FAULTS } from './texts/print.ts';
import { SBIS_FAULTS } from './texts/sbis.ts';
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
  ...CORRECTION_FAULTS,
  ...FORMATION_FAULTS,
  ...NUMBERING_FAULTS,
  ...PAYMENT_FAULTS,
  ...PACKAGE_FAULTS,
  ...UPD_FAULTS,
  ...PRINT_FAULTS,
  ...MAIL_FAULTS,
  ...EPF_FAULTS,
  ...EXCHANGE_FAULTS,
  ...DELIVERY_FAULTS,
  ...SBIS_FAULTS,
  ...BITRIX24_FAULTS,
};

export type FaultCode = keyof typeof FAULTS;
