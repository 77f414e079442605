import type { Fault } from '../faults/fault.ts';
import { type Preview, type PreviewDocument, previewPage } from '../formats/preview/page.ts';
import { correctionOf } from '../model/correction.ts';
import { type CanonicalRecord, DOCUMENT_KINDS } from '../model/types.ts';
import { russianDate } from '../support/dates.ts';
import type { Manifest } from './manifest.ts';

/** Name of the page in a package. */
export const PREVIEW_ENTRY = 'preview.html';

/** What a page shows beside the manifest and the documents. */
export type PreviewFindings = Pick<Preview, 'reconciliation'> & { faults: readonly Fault[] };

/**
 * The page of one part of a package.
 * @param lines lines of `documents.jsonl`
 */
export async function renderPreview(
  manifest: Omit<Manifest, 'entries'>,
  lines: AsyncIterable<string>,
  { faults, reconciliation }: PreviewFindings,
): Promise<string> {
  return previewPage({
    organization: manifest.organization,
    period: manifest.period,
    packageId: manifest.packageId,
    seq: manifest.seq,
    part: manifest.part,
    parts: manifest.parts,
    format: `${manifest.format.name} ${manifest.format.version}`,
    totals: DOCUMENT_KINDS.map((kind) => ({ kind, ...manifest.documents[kind] })),
    documents: await documentsOf(lines),
    leftOut: manifest.leftOut,
    deletions: manifest.deletions ?? [],
    faults,
    reconciliation,
  });
}

async function documentsOf(lines: AsyncIterable<string>): Promise<PreviewDocument[]> {
  const buyers = new Map<string, { name: string; inn: string }>();
  const documents: PreviewDocument[] = [];
  for await (const line of lines) {
    const record = JSON.parse(line) as CanonicalRecord;
    if (record.record === 'counterparty')
      buyers.set(record.uuid, { name: record.name, inn: record.inn ?? '' });
    if (!('lines' in record)) continue;
    const { record: kind, number, date, account, sum, vat } = record;
    const { name: counterparty, inn } = buyers.get(record.counterparty) ?? { name: '', inn: '' };
    const issued = correctionOf(record);
    const correction = issued && `№ ${issued.number} от ${russianDate(issued.date)}`;
    documents.push({
      ...{ kind, number, date, counterparty, inn, account, sum, vat },
      ...(correction !== undefined && { correction }),
    });
  }
  return documents;
}
