import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import { KIND_NAMES } from '../../model/document-name.ts';
import { createSourceCollector, UnresolvedRecord } from '../../model/document-source.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import { ArchiveError } from '../../support/archive.ts';

/** Who a document is for. The journal keeps no names: they stand in the files of the packages. */
export interface Buyer {
  name: string;
  inn: string;
  account: string;
}

/** A document that did not come into the package. */
export interface LeftOut {
  name: string;
  codes: string[];
}

/** Buyers by document, and what the newest package of each organisation left out; of files that are there. */
export async function contentsOf(
  journal: Journal,
  stored: readonly StoredPackage[],
): Promise<{ buyers: Map<string, Buyer>; leftOut: LeftOut[] }> {
  const buyers = new Map<string, Buyer>();
  const leftOut = new Map<string, LeftOut[]>();
  for (const { id, organization } of stored) {
    leftOut.set(organization, []);
    for (const { folder, file } of journal.records.packages.parts(id)) {
      const path = [folder, join(folder, 'done'), join(folder, 'error')]
        .map((place) => join(place, file))
        .find((place) => existsSync(place));
      const { opened } = path === undefined ? {} : await openPackage(path);
      if (!opened) continue;
      try {
        // Each part names all that was left out of the package.
        leftOut.set(organization, leftOutOf(opened));
        await readBuyers(opened, buyers);
      } finally {
        opened.close();
      }
    }
  }
  return { buyers, leftOut: [...leftOut.values()].flat() };
}

function leftOutOf({ manifest }: OpenPackage): LeftOut[] {
  return manifest.leftOut.documents.map(({ kind, number, key, codes }) => ({
    name: `${KIND_NAMES[kind]} № ${number || key}`,
    codes,
  }));
}

/** A damaged file gives no names; the figures are the journal's. */
async function readBuyers(opened: OpenPackage, buyers: Map<string, Buyer>): Promise<void> {
  const collect = createSourceCollector();
  try {
    for await (const line of opened.lines('documents.jsonl')) {
      const source = line === '' ? undefined : collect(JSON.parse(line) as CanonicalRecord);
      if (!source) continue;
      const { document, counterparty } = source;
      buyers.set(document.uuid, {
        name: counterparty.name,
        inn: counterparty.inn ?? '',
        account: document.account,
      });
    }
  } catch (error) {
    const damaged =
      error instanceof UnresolvedRecord || error instanceof ArchiveError || error instanceof SyntaxError;
    if (!damaged) throw error;
  }
}
