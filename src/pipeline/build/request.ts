import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import type { Fault } from '../../faults/fault.ts';
import type { OpenJournal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import type { Period } from '../../model/period.ts';
import type { Reconciliation } from '../../model/reconciliation.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import type { Manifest } from '../../package/manifest.ts';
import type { WrittenPart } from '../../package/write.ts';
import type { LeftOut } from '../../sources/assembly/sourced.ts';
import type { Clock } from '../../support/clock.ts';
import type { ExitCode } from '../exit.ts';
import type { PeriodState } from './reconciler.ts';

export interface BuildRequest {
  config: Config;
  /** Folder or archive of the export. */
  input: string;
  period?: Period | undefined;
  /** Where packages go; the outbox of the exchange folder by default. */
  out?: string | undefined;
  /** Everything but writing: no package, no number drawn. */
  dryRun?: boolean;
  /** Nothing is written where the version of the format loses something of the month. */
  failOnLoss?: boolean;
  /** Most documents of a part; by default as many as 1C takes at once without harm. */
  documentsPerPart?: number;
  /** Documents that 1C accepted and the billing changed go out again: VAT invoices as исправления. */
  corrections?: boolean;
  /** Documents that 1C accepted and the billing has no more: 1C is asked to mark them for deletion. */
  deleteVanished?: boolean;
  /** Told of every record as it would stand in the package; what 1C accepted is not looked at then. */
  observe?: (organization: string, record: CanonicalRecord) => void;
  /** False: a package that was published before is not written again. */
  reissue?: boolean;
  /** Makes this package of the journal again, as it was then, and leaves its parts under their temporary names. */
  again?: StoredPackage;
  /** The real ones by default. */
  disk?: Disk;
  openJournal?: OpenJournal;
  clock: Clock;
  progress?: (contracts: number, documents: number) => void;
}

export interface BuildResult {
  exit: ExitCode;
  /** The same export was built before and nothing has changed since: the files lie where they were put then. */
  unchanged?: true;
  period?: Period;
  packages: BuiltPackage[];
  leftOut: LeftOut[];
  faults: Fault[];
}

/** One package: all parts of one organisation. */
export interface BuiltPackage {
  organization: Manifest['organization'];
  packageId: string;
  seq: number;
  period: Period;
  /** Paths of the parts; empty in a dry run. */
  files: string[];
  /** Parts that wait under temporary names for the caller of a rebuild. */
  waiting: WrittenPart[];
  documents: Manifest['documents'];
  objects: Manifest['objects'];
  format: Manifest['format'];
  losses: Manifest['losses'];
  /** Accruals, documents, package and books by contract. */
  reconciliation: Reconciliation;
  periodState: PeriodState;
}
