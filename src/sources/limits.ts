import type { ArchiveLimits } from '../support/archive.ts';

/** Far over any row of a billing: what is longer is a quote never closed, or no export at all. */
export const LONGEST_ROW = 1024 * 1024;

/** A million documents are some 500 MB a table, packed ten to thirty times. */
export const EXPORT_ARCHIVE: ArchiveLimits = { entries: 1000, entryBytes: 4 * 1024 ** 3, ratio: 200 };
