import { join } from 'node:path';
import { freeName, writeNotes } from '../../exchange/filing.ts';
import { signatureName } from '../../exchange/receipt-file.ts';
import type { Fault } from '../../faults/fault.ts';
import { type Received, receiveFile } from '../books/receive.ts';
import type { Exchange } from './exchange.ts';
import { takePassportFile } from './take-passport.ts';

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
export function takePassport({ config, disk, journal, layout, log }: Exchange): Fault | undefined {
  const { known, infobase, faults } = takePassportFile(disk, layout.passport, config, journal);
  const codes = faults.map(({ code }) => code);
  if (!infobase) log.warn('passport', { codes });
  else if (!known) log[codes.length > 0 ? 'warn' : 'info']('passport', { infobase: infobase.id, codes });
  return faults[0];
}
