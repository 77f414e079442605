import type { Severity } from '../fault.ts';

/**
 * One kind of finding.
 *
 * - `scope: 'document'` — an error leaves out the documents it touches, the others go on;
 * - `scope: 'build'` — an error in what all documents share: nothing is written;
 * - `scope: 'usage'` — the call or the configuration is wrong: nothing is read further (exit code 2).
 */
export interface FaultEntry {
  severity: Severity;
  scope: 'document' | 'build' | 'usage';
  /** A short name for tables and counts. */
  title: string;
  /** `{name}` stands for an actual value. */
  message: string;
  remedy: string;
}
