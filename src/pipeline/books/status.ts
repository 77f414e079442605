import { existsSync } from 'node:fs';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import type { ReceiptRow } from '../../journal/receipts.ts';
import type { IntakeState, PartState } from '../../journal/states.ts';
import type { Clock } from '../../support/clock.ts';
import { isRunning } from '../build/leftovers.ts';
import { type Heartbeat, readHeartbeat } from '../exchange/heartbeat.ts';
import { unreconciled } from '../journal/reconciled.ts';
import {
  type DocumentStatus,
  describe,
  documentsNamed,
  documentsOf,
  type Standing,
} from './document-status.ts';

export { type DocumentStatus, STANDINGS, type Standing } from './document-status.ts';

export interface StatusRequest {
  config: Config;
  period?: string | undefined;
  /** A number as it stands in the package, or a UUID. */
  document?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal;
}

/** Where everything is: packages, and each document from its source row to the books. */
export interface Status {
  packages: PackageStatus[];
  documents: DocumentStatus[];
  /** Documents by where they stand. */
  counts: Partial<Record<Standing, number>>;
  /** Exports that came in and are not finished. */
  intake: { id: number; state: IntakeState; name: string }[];
  /** Months that are being taken from the billing's database. */
  closings: string[];
  /** What the watcher said of itself last, and whether its process lives on this machine. */
  watcher?: Heartbeat & { running: boolean };
}

export interface PackageStatus {
  packageId: string;
  organization: string;
  seq: number;
  period: string;
  /** ISO instant. */
  createdAt: string;
  documents: number;
  parts: PartStatus[];
}

export interface PartStatus {
  part: number;
  file: string;
  state: PartState;
  /** The latest receipt of the configured base that refused the part as a whole. */
  refusal?: { finishedAt: string; message: string };
  /** The latest receipt of another base: kept, but not taken into account. */
  foreign?: { finishedAt: string; infobase: string; connection: string };
}

export function status(request: StatusRequest): { status?: Status; faults: Fault[] } {
  const { config, clock, period, document } = request;
  const { path } = config.journal;
  const open = request.openJournal ?? openJournal;
  // Whoever only looks creates nothing.
  const { journal, fault: refused } = open(existsSync(path) ? path : ':memory:', clock);
  if (!journal) return { faults: [refused!] };
  try {
    const wanted = wantedPackages(journal, period);
    const rows =
      document === undefined ? documentsOf(journal, wanted) : documentsNamed(journal, wanted, document);
    const documents = describe(config, journal, wanted, rows, document !== undefined);
    const nothing = documents.length === 0 && (period !== undefined || document !== undefined);
    const restored = unreconciled(journal);
    const faults = [
      ...(restored ? [restored] : []),
      ...(nothing
        ? [fault('BG1C-STATUS-NONE', { wanted: [period, document].filter(Boolean).join(', ') })]
        : []),
    ];
    const counts: Status['counts'] = {};
    for (const { standing } of documents) counts[standing] = (counts[standing] ?? 0) + 1;
    const beat = readHeartbeat(config.journal.path);
    const intake = journal.records.intake.unfinished().map(({ id, state, name }) => ({ id, state, name }));
    const closings = journal.records.closings.list().filter(({ state }) => state === 'exporting');
    const found: Status = {
      packages: [...wanted.values()].map((one) => packageStatus(journal, one)),
      documents,
      counts,
      intake,
      closings: closings.map((one) => one.period),
      ...(beat && { watcher: { ...beat, running: isRunning(beat.pid) } }),
    };
    return { status: found, faults };
  } finally {
    journal.close();
  }
}

/** By their own number in the journal, the earliest first. */
function wantedPackages(journal: Journal, period: string | undefined): Map<number, StoredPackage> {
  const packages = journal.records.packages
    .list()
    .filter((one) => period === undefined || one.period === period);
  return new Map(packages.sort((a, b) => a.id - b.id).map((one) => [one.id, one]));
}

function packageStatus({ records }: Journal, stored: StoredPackage): PackageStatus {
  const { id, packageId, organization, seq, period, createdAt, documents } = stored;
  const receipts = records.receipts.of(id);
  const parts = records.packages.parts(id).map(({ part, file, state }) => {
    const told = receipts.filter((one) => one.part === part);
    const refusal = latest(told, ({ standing }) => standing === 'own');
    const foreign = latest(told, ({ standing }) => standing === 'foreign');
    return {
      part,
      file,
      state,
      ...(refusal?.message && { refusal: { finishedAt: refusal.finishedAt, message: refusal.message } }),
      ...(foreign && {
        foreign: {
          finishedAt: foreign.finishedAt,
          infobase: foreign.infobase,
          connection: foreign.connection,
        },
      }),
    };
  });
  return { packageId, organization, seq, period, createdAt, documents, parts };
}

function latest(
  receipts: readonly ReceiptRow[],
  wanted: (one: ReceiptRow) => boolean,
): ReceiptRow | undefined {
  return receipts
    .filter(wanted)
    .reduce<ReceiptRow | undefined>(
      (last, one) => (last && last.finishedAt > one.finishedAt ? last : one),
      undefined,
    );
}
