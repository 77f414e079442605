import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { KnownCounterparties, KnownCounterparty } from '../sources/assembly/context.ts';
import type { Clock } from '../support/clock.ts';
import { ensureFolder, FILE_MODE } from '../support/files.ts';
import { sha256 } from '../support/ids.ts';
import { type AcceptedStore, createAcceptedStore } from './accepted.ts';
import { type AddressBook, createAddressBook } from './address-book.ts';
import { integrityOf, writeBackup, writeCopy } from './backup.ts';
import { type ClosingStore, createClosingStore } from './closing.ts';
import { type ContractTotalStore, createContractTotalStore } from './contract-totals.ts';
import { type CorrectionStore, createCorrectionStore } from './corrections.ts';
import { type CounterpartyStore, createCounterpartyStore } from './counterparties.ts';
import { type CrmStore, createCrmStore } from './crm.ts';
import { type CrmChangeStore, createCrmChangeStore } from './crm-changes.ts';
import { atomically, beginMonth, type Connection, connect, journalFault, takeBack } from './database.ts';
import { createDeliveryStore, type DeliveryStore } from './deliveries.ts';
import { createDocumentStore, type DocumentStore } from './documents.ts';
import { createEvents, type Events } from './events.ts';
import { createIntakeStore, type IntakeStore } from './intake.ts';
import { createLetterStore, type LetterStore } from './letters.ts';
import { createNumberStore, type NumberStore } from './numbers.ts';
import { createPackageStore, type PackageRow, type PackageStore } from './packages.ts';
import { createPassportStore, type PassportStore } from './passports.ts';
import { forget } from './purge.ts';
import { createReceiptStore, type ReceiptStore } from './receipts.ts';
import { revisionOf } from './revision.ts';
import { createSettings, type Settings } from './settings.ts';
import { createTransition, type Transition } from './states.ts';

export { journalFault } from './database.ts';
export type { PackageRow } from './packages.ts';

/** Everything that the journal keeps, by kind. */
export interface Records {
  packages: PackageStore;
  documents: DocumentStore;
  counterparties: CounterpartyStore;
  numbers: NumberStore;
  receipts: ReceiptStore;
  accepted: AcceptedStore;
  corrections: CorrectionStore;
  contractTotals: ContractTotalStore;
  passports: PassportStore;
  intake: IntakeStore;
  closings: ClosingStore;
  addressBook: AddressBook;
  crm: CrmStore;
  crmChanges: CrmChangeStore;
  deliveries: DeliveryStore;
  letters: LetterStore;
  settings: Settings;
  events: Events;
}

/**
 * The journal: the only place that touches the database. Everything between `begin` and `commit` is one fact: it is
 * there whole or not at all, and only one program writes at a time.
 */
export interface Journal {
  readonly path: string;
  readonly records: Records;
  /** Moves a part, an intake, a closing or a delivery from one state to the next. */
  readonly move: Transition;
  /**
   * Locks the journal for writing; a fault when another program has it.
   * @param documents about to come: many of them want memory
   */
  begin(documents?: number): Fault | undefined;
  commit(): void;
  /** @returns whether there was something to take back */
  rollback(): boolean;
  /** One fact: all of the work is kept, or nothing of it and the error is thrown. */
  atomically<T>(work: () => T): T;
  /** The number a package has, or the organisation's next one. */
  sequenceOf(organization: string, packageId: string): number;
  /** @returns the package's own number in the journal */
  recordPackage(row: PackageRow, tool: string): number;
  packages(): PackageRow[];
  /** What was known when the journal was opened or last begun. */
  counterparties: KnownCounterparties;
  /** Keeps a contract's counterparty; the first one stays. */
  rememberCounterparty(contract: string, counterparty: Omit<KnownCounterparty, 'age'>): void;
  /** `ok`, or what the database finds wrong with itself. */
  integrity(): string;
  /** A text that stays the same as long as no build would find the journal different. */
  revision(): string;
  /** Writes a whole copy of the journal. */
  backup(path: string): void;
  /** Writes a copy to try something with; it does not count as a backup. */
  copy(path: string): void;
  /** Forgets personal data of what was made before an instant (ISO). @returns what was touched */
  forget(before: string): ReturnType<typeof forget>;
  close(): void;
}

export type OpenJournal = (path: string, clock: Clock) => { journal?: Journal; fault?: Fault };

/**
 * Opens the journal, creating it where there is none (file 0600, folder 0700).
 * @param path the file, or `:memory:` for a journal that is forgotten (`check`, `--dry-run` beside no journal)
 */
export function openJournal(path: string, clock: Clock): { journal?: Journal; fault?: Fault } {
  try {
    const inMemory = path === ':memory:';
    if (!inMemory) ensureFolder(dirname(path));
    // SQLite gives the files beside it the rights that this one has when they are made.
    if (!inMemory && !existsSync(path)) closeSync(openSync(path, 'a', FILE_MODE));
    const connection = connect(path);
    return { journal: createJournal(connection, path, clock) };
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    const of = { file: path, reason: message };
    // A folder that cannot be made or written to is no damage of the file.
    const other = fault(syscall === undefined ? 'BG1C-JOURNAL-DAMAGED' : 'BG1C-JOURNAL-WRITE', of);
    return { fault: journalFault(path, error) ?? other };
  }
}

function createJournal(connection: Connection, path: string, clock: Clock): Journal {
  const events = createEvents(connection, clock);
  const move = createTransition(connection, events, clock);
  const records = createRecords(connection, events, move, clock);
  const { packages, counterparties } = records;
  if (records.settings.get('origin') === 'backup')
    atomically(connection, () => {
      records.settings.remove('origin');
      records.settings.set('restored-at', clock().toISOString());
      records.deliveries.doubtAll();
      records.events.add('journal.restored', 'journal');
    });
  const journal: Journal = {
    path,
    records,
    move,
    begin(documents = 0) {
      try {
        beginMonth(connection, documents);
        journal.counterparties = counterparties.before(counterparties.newest());
        return undefined;
      } catch (error) {
        const found = journalFault(path, error);
        if (!found) throw error;
        return found;
      }
    },
    commit: () => connection.exec('COMMIT'),
    rollback: () => takeBack(connection),
    atomically: (work) => atomically(connection, work),
    sequenceOf: packages.sequenceOf,
    recordPackage: packages.record,
    packages: packages.list,
    counterparties: counterparties.before(counterparties.newest()),
    rememberCounterparty: counterparties.remember,
    integrity: () => integrityOf(connection),
    revision: () => revisionOf(connection),
    backup: (target) => writeBackup(connection, target),
    copy: (target) => writeCopy(connection, target),
    forget: (before) => forget(connection, before),
    close() {
      // The driver keeps the file, and with it the lock, until its statements are collected.
      takeBack(connection);
      connection.close();
    },
  };
  return journal;
}

function createRecords(connection: Connection, events: Events, move: Transition, clock: Clock): Records {
  return {
    packages: createPackageStore(connection, events, clock, sha256),
    documents: createDocumentStore(connection),
    counterparties: createCounterpartyStore(connection),
    numbers: createNumberStore(connection),
    receipts: createReceiptStore(connection, events, clock),
    accepted: createAcceptedStore(connection),
    corrections: createCorrectionStore(connection),
    contractTotals: createContractTotalStore(connection),
    passports: createPassportStore(connection, clock),
    intake: createIntakeStore(connection, events, clock),
    closings: createClosingStore(connection, events, clock),
    addressBook: createAddressBook(connection, clock),
    crm: createCrmStore(connection, clock),
    crmChanges: createCrmChangeStore(connection, events, clock),
    letters: createLetterStore(connection, clock),
    deliveries: createDeliveryStore(connection, (work) => atomically(connection, work), move, clock),
    settings: createSettings(connection),
    events,
  };
}
