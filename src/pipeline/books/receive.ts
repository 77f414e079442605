import { basename } from 'node:path';
import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { standingOf } from '../../exchange/infobase.ts';
import { FileRefusal, readSmall } from '../../exchange/json-file.ts';
import { parseReceipt, signatureName, signatureProblem } from '../../exchange/receipt-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { DocumentRow } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import type { PartRow, StoredPackage } from '../../journal/packages.ts';
import type { Receipt, ReceiptState, Standing } from '../../journal/receipt.ts';
import type { PartState } from '../../journal/states.ts';
import { sha256 } from '../../support/ids.ts';

/** A receipt as it lies on the disk. */
interface IncomingReceipt {
  name: string;
  bytes: Buffer;
  /** Content of the `.sig` beside it. */
  signature: Buffer | undefined;
}

/** What became of a receipt: taken (also when it was taken before), or refused with an error among the faults. */
export interface Received {
  taken: boolean;
  /** Its number in the journal. */
  id?: number;
  standing?: Standing;
  packageId?: string;
  part?: number;
  faults: Fault[];
}

/** States of a document that is not in the books as it should be. */
const NOT_BOOKED: readonly ReceiptState[] = ['skipped', 'conflict', 'failed', 'missing'];

/**
 * Takes a receipt, with the signature beside it, into the journal: as one fact, once. Nothing is believed that was not
 * checked: form, signature, package and its file, base. Errors of the disk and the journal are thrown.
 * @param key of signatures; undefined: none is configured, and whoever can write into the folder is trusted
 */
export function receiveFile(
  disk: Disk,
  path: string,
  config: Config,
  key: Buffer | undefined,
  journal: Journal,
): Received {
  const name = basename(path);
  try {
    const beside = signatureName(path);
    const signature = disk.stat(beside) && readSmall(disk, beside);
    const file = { name, bytes: readSmall(disk, path), signature };
    return journal.atomically(() => receive(file, config, key, journal));
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return refuse(fault('BG1C-RECEIPT-READ', { file: name, reason: error.message }));
  }
}

function receive(file: IncomingReceipt, config: Config, key: Buffer | undefined, journal: Journal): Received {
  const { name } = file;
  const hash = sha256(file.bytes);
  const known = journal.records.receipts.findByHash(hash);
  if (!known) return judge(file, hash, config, key, journal);
  const { id, standing, infobase, connection } = known;
  const faults = [fault('BG1C-RECEIPT-REPEATED', { file: name })];
  if (standing === 'foreign')
    faults.push(fault('BG1C-RECEIPT-FOREIGN', { file: name, infobase, connection }));
  return { taken: true, id, standing, faults };
}

function refuse(found: Fault): Received {
  return { taken: false, faults: [found] };
}

function judge(
  { name, bytes, signature }: IncomingReceipt,
  hash: string,
  config: Config,
  key: Buffer | undefined,
  journal: Journal,
): Received {
  const unsigned = key && signatureProblem(bytes, signature, key);
  if (unsigned !== undefined)
    return refuse(fault('BG1C-RECEIPT-SIGNATURE', { file: name, reason: unsigned }));
  const receipt = parseReceipt(bytes);
  const { packages, receipts } = journal.records;
  const { packageId, part } = receipt;
  const stored = packages.find(packageId);
  const row = stored && packages.parts(stored.id).find((one) => one.part === part);
  if (!stored || !row) return refuse(fault('BG1C-RECEIPT-UNKNOWN', { file: name, package: packageId, part }));
  const altered = alteration(receipt, stored, journal);
  if (altered) return refuse(fault('BG1C-RECEIPT-ALTERED', { file: name, reason: altered }));
  const standing = standingOf(config, receipt.infobase);
  const signed = key !== undefined;
  const id = receipts.record(receipt, { sha256: hash, package: stored.id, standing, signed });
  const faults =
    standing === 'foreign' ? [foreignFault(name, receipt)] : account(name, receipt, stored, row, journal);
  return { taken: true, id, standing, packageId, part, faults };
}

function alteration(receipt: Receipt, { id }: StoredPackage, journal: Journal): string | undefined {
  const { packages, receipts } = journal.records;
  if (receipts.findById(receipt.receiptId))
    return `квитанция ${receipt.receiptId} уже принята с другим содержимым`;
  if (!packages.hasFile(id, receipt.part, receipt.packageSha256.toLowerCase()))
    return 'в 1С загружен не тот файл, что был выдан: его контрольная сумма другая';
  return undefined;
}

function foreignFault(name: string, { infobase: { id, connection } }: Receipt): Fault {
  return fault('BG1C-RECEIPT-FOREIGN', { file: name, infobase: id, connection });
}

/** What a receipt of the configured base says of the documents of its part. */
function account(
  name: string,
  { objects, packageId, part, complete }: Receipt,
  { id }: StoredPackage,
  row: PartRow,
  journal: Journal,
): Fault[] {
  const told = new Map(objects.map(({ uuid, state }) => [uuid, state]));
  const documents = journal.records.documents.of(id, part);
  const accounted = documents.filter((document) => inBase(document).every((uuid) => told.has(uuid)));
  const whole = complete && accounted.length === documents.length;
  // A package of counterparties alone has no documents to account for.
  if (accounted.length > 0 || (whole && objects.length > 0))
    advance(row, whole ? 'received' : 'partly', journal);
  const faults: Fault[] = [];
  if (accounted.length < documents.length) {
    const counts = { told: accounted.length, total: documents.length };
    faults.push(fault('BG1C-RECEIPT-PARTIAL', { file: name, package: packageId, part, ...counts }));
  }
  const left = accounted.filter((document) =>
    inBase(document).some((uuid) => NOT_BOOKED.includes(told.get(uuid)!)),
  ).length;
  if (left > 0) faults.push(fault('BG1C-RECEIPT-OBJECTS', { file: name, count: left }));
  return faults;
}

/** Objects of the base that a document is: an УПД is two. */
export function inBase({ uuid, vatInvoice }: Pick<DocumentRow, 'uuid' | 'vatInvoice'>): string[] {
  return vatInvoice === null ? [uuid] : [uuid, vatInvoice];
}

/** A receipt proves that the file was there; one that came late or says less does not take anything back. */
function advance({ package: id, part, state }: PartRow, to: 'partly' | 'received', journal: Journal): void {
  const rank: Record<PartState, number> = {
    staged: 0,
    publishing: 0,
    lost: 0,
    published: 0,
    partly: 1,
    received: 2,
  };
  if (rank[state] < rank[to]) journal.move('part', [id, part], to);
}
