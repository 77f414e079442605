import type { ReceiptState } from '../../../src/journal/receipt.ts';
import type { CanonicalRecord } from '../../../src/model/types.ts';
import type { Standing } from '../../../src/pipeline/books/status.ts';
import type { BaseSettings } from '../base/base.ts';
import type { BaseProfile } from '../base/metadata/profiles.ts';
import type { Reference } from '../base/reference.ts';
import type { MonthName } from './months.ts';
import type { PackageFile } from './package-files.ts';
import type { IssuedReceipt, World } from './world.ts';

/**
 * One story: what she has in the base, what is done with the packages, how it must end. What holds for every story
 * stands in verify.ts and is not repeated here.
 */
export interface Scenario {
  title: string;
  month?: MonthName;
  /** The configuration, where it is not the profile's own. */
  profile?: (profile: BaseProfile) => BaseProfile;
  settings?: Partial<BaseSettings>;
  /** Puts hers into the base. @returns how it must end; by default everything is created and posted */
  given?: (world: World) => Outcome | undefined;
  /** What is done with the packages; by default the schedule loads the folder. */
  steps?: (world: World) => void | Promise<void>;
  /** How it must end, where that can be told only after the steps: of packages that they have built. */
  told?: (world: World) => Outcome;
}

export interface Outcome {
  /** Objects that do not end as the others. */
  ends?: readonly ObjectEnd[];
  /** How the others end; `created` where absent. */
  others?: ReceiptState;
  /** Of hers: what she allowed to change. */
  changed?: readonly Reference[];
  /**
   * Nothing was loaded: what the receipt says of it, or what the note beside the package says where there is no
   * receipt; `untouched`: the package lies where it lay.
   */
  refused?: { receipt: RegExp } | { note: RegExp } | { untouched: true };
  /** The receipts are those of another base: the status does not believe them. */
  foreign?: true;
  /** Kinds of documents that 1C makes by itself. */
  makes?: readonly string[];
  /** One more load is another story: what she removed would come again. */
  once?: true;
  /** More than every story proves. @param receipts of the steps, the earliest first */
  check?: (receipts: readonly IssuedReceipt[]) => void;
}

export interface ObjectEnd {
  uuid: string;
  state: ReceiptState;
  /** In the receipt of this file only: its place among the files of the month. */
  file?: number;
  /** Of a document; by its state where absent. */
  standing?: Standing;
  posted?: false;
  /** Marked for deletion, and so unposted. */
  marked?: true;
  /** A deletion that asks nothing of a person any more. */
  settled?: true;
  /** What the receipt says of it. */
  message?: RegExp;
  /** State after one more load; `found` for what is in the base, else as before. */
  again?: ReceiptState;
}

/** The same end for several objects. @param records an УПД gives two objects */
export function ends(
  records: readonly (CanonicalRecord | string)[],
  end: Omit<ObjectEnd, 'uuid'>,
): ObjectEnd[] {
  return records
    .flatMap((one) => (typeof one === 'string' ? [one] : objectsOf(one)))
    .map((uuid) => ({ uuid, ...end }));
}

/** UUIDs of the objects that a record becomes in 1C. */
export function objectsOf(record: CanonicalRecord): string[] {
  if (record.record === 'organization') return [];
  return record.record === 'upd' && record.vatInvoiceUuid !== undefined
    ? [record.uuid, record.vatInvoiceUuid]
    : [record.uuid];
}

/** UUIDs of all objects that a package file tells of: its records, and documents that the billing has no more. */
export function objectsIn({ records, manifest }: PackageFile): string[] {
  return [...records.flatMap(objectsOf), ...deletionsIn(manifest)];
}

/** UUIDs of the documents that a package asks to mark for deletion. */
export function deletionsIn({ deletions = [] }: PackageFile['manifest']): string[] {
  return deletions.flatMap(({ uuid, vatInvoice }) =>
    vatInvoice === undefined ? [uuid] : [uuid, vatInvoice],
  );
}

export function isDocument(record: CanonicalRecord): record is Extract<CanonicalRecord, { lines: unknown }> {
  return 'lines' in record;
}
