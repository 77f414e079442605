import type { CanonicalRecord } from './types.ts';

/**
 * What a record says, as one text: equal texts are equal documents. What only identifies (UUID, the mark of a
 * correction, a number that 1C drew) is not content, and neither is the order in which a version of the program writes the fields: an accepted
 * month must not look changed because the program or the number of a correction did.
 */
export function contentText(record: Exclude<CanonicalRecord, { record: 'organization' }>): string {
  const { uuid: _uuid, ...said } = record;
  const own =
    'numberedBy' in said ? { ...said, number: '', ...('actNumber' in said && { actNumber: '' }) } : said;
  return JSON.stringify(ordered({ ...own, correction: undefined, vatInvoiceUuid: undefined }));
}

/** A copy with its fields in the order of the alphabet. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const fields = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(fields).sort()) copy[name] = ordered(fields[name]);
  return copy;
}
