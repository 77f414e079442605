import { join } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { CommerceMl } from '../formats/commerceml/message.ts';
import type { Service } from '../model/types.ts';
import { createValidator } from '../schema/validate.ts';
import { profileXsd } from '../schema/xsd.ts';
import type { ContractResult } from '../sources/assembly/sourced.ts';
import { openAppender } from '../support/appender.ts';
import type { ZipEntry } from './zip.ts';

/** Names of the entries; they are there only where a part has bills. */
const BILLS = 'commerceml.xml';
const CATALOG = 'commerceml-catalog.xml';

/** Bills checked by the schema at once: libxml2 builds a tree of them. */
const BILLS_PER_CHECK = 500;

/** The CommerceML entries of one part, written as contracts come. */
export interface BillFile {
  add(contract: ContractResult): void;
  /** @returns the entries of the package */
  close(): ZipEntry[];
  abandon(): void;
}

/** @param path of the file of bills, in a private folder that the caller removes */
export function openBillFile(
  folder: string,
  name: string,
  format: CommerceMl,
  report: (found: Fault) => void,
): BillFile {
  const path = join(folder, `${name}-${BILLS}`);
  const file = openAppender(path);
  const validator = createValidator([{ name: 'commerceml.xsd', text: profileXsd(format.profile) }]);
  const services = new Map<string, Service>();
  let unchecked: string[] = [];
  let count = 0;

  const check = (xml: string, entry: string): void => {
    for (const { message, xpath = '' } of validator.check(xml).slice(0, 5))
      report(fault('BG1C-MESSAGE-INVALID', { reason: message }, { target: { file: entry, xpath } }));
  };
  const flush = (): void => {
    if (unchecked.length > 0) check(`${format.head}${unchecked.join('\n')}\n${format.tail}`, BILLS);
    for (const bill of unchecked) file.write(`${bill}\n`);
    count += unchecked.length;
    unchecked = [];
  };
  let disposed = false;
  const dispose = (): void => {
    if (!disposed) validator.dispose();
    disposed = true;
  };
  return {
    add(contract) {
      const bills = format.bills(contract);
      if (bills.length === 0) return;
      const sold = contract.documents.flatMap(({ record }) => (record.record === 'bill' ? record.lines : []));
      for (const { record } of contract.services)
        if (sold.some(({ service }) => service === record.uuid)) services.set(record.uuid, record);
      unchecked.push(...bills);
      if (unchecked.length >= BILLS_PER_CHECK) flush();
    },
    close() {
      try {
        flush();
        file.close();
        if (count === 0) return [];
        const catalog = format.catalog([...services.values()]);
        check(catalog, CATALOG);
        return [
          { name: BILLS, parts: [{ text: format.head }, { file: path }, { text: format.tail }] },
          { name: CATALOG, parts: [{ text: catalog }] },
        ];
      } finally {
        dispose();
      }
    },
    abandon() {
      dispose();
      file.abandon();
    },
  };
}
