import { join } from 'node:path';
import { freeName, writeNotes } from '../../exchange/filing.ts';
import { FileRefusal, readSmall } from '../../exchange/json-file.ts';
import { parsePassport } from '../../exchange/passport-file.ts';
import { signatureName } from '../../exchange/receipt-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { sha256 } from '../../support/ids.ts';
import { type Received, receiveFile } from '../books/receive.ts';
import type { Exchange } from './exchange.ts';

/** Takes in one receipt of the folder and moves it on; what was taken before a crash is not taken twice. */
export function takeReceipt(exchange: Exchange, name: string): Received {
  const { config, key, disk, journal, layout, log } = exchange;
  const path = join(layout.receipts, name);
  const beside = join(layout.receipts, signatureName(name));
  const signed = disk.stat(beside) !== undefined;
  const received = receiveFile(disk, path, config, key, journal);
  const { taken, id = 0, standing = 'refused', faults } = received;
  const target = join(layout.receipts, taken ? 'done' : 'error');
  const targetName = freeName(disk, target, name, id);
  if (!taken) {
    const verdict = 'квитанция не принята';
    writeNotes(disk, target, targetName, { name, exit: 1, verdict, packages: [], leftOut: [], faults });
  }
  if (signed) disk.rename(beside, join(target, signatureName(targetName)));
  disk.rename(path, join(target, targetName));
  log[taken ? 'info' : 'warn']('receipt', { receipt: id, standing, codes: faults.map(({ code }) => code) });
  return received;
}

/** Reads the passport of the base; one that is known already changes nothing. */
export function takePassport({ disk, journal, layout, log }: Exchange): Fault | undefined {
  try {
    const bytes = readSmall(disk, layout.passport);
    const { infobase } = parsePassport(bytes);
    const { id, connection } = infobase;
    const hash = sha256(bytes);
    if (journal.records.passports.find(id, connection)?.sha256 === hash) return undefined;
    const passport = bytes.toString('utf8');
    journal.atomically(() =>
      journal.records.passports.record({ infobase: id, connection, sha256: hash, passport }),
    );
    log.info('passport', { infobase: id });
    return undefined;
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    log.warn('passport', { codes: ['BG1C-PASSPORT-READ'] });
    return fault('BG1C-PASSPORT-READ', { file: layout.passport, reason: error.message });
  }
}
