import { join } from 'node:path';
import type { Fault } from '../faults/fault.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import type { Counterparty } from '../model/types.ts';
import type { BesideChecker } from '../schema/check-beside.ts';
import { openAppender } from '../support/appender.ts';
import { createCheckedBody } from './checked-body.ts';
import { emptyTotals } from './manifest.ts';
import type { StagedPart } from './stage.ts';

export interface CardStageOptions {
  /** A private folder that the caller removes. */
  folder: string;
  format: MessageFormat;
  checker: BesideChecker;
  /** Told of every record. */
  keep: (record: Counterparty) => void;
  report: (found: Fault) => void;
}

/**
 * A part of counterparties alone. Cards with changes stand in `documents.jsonl` only: whoever loads the message by other
 * means must not write over a whole card for the sake of a field.
 */
export async function stageCards(
  counterparties: readonly Counterparty[],
  { folder, format, checker, keep, report }: CardStageOptions,
): Promise<StagedPart> {
  const path = (entry: string): string => join(folder, `${format.organization.code}-cards-${entry}`);
  const files = {
    body: path('body.xml'),
    documents: path('documents.jsonl'),
    origins: path('origins.jsonl'),
  };
  const message = createCheckedBody(format, checker, report);
  const body = openAppender(files.body);
  const documents = openAppender(files.documents);
  const origins = openAppender(files.origins);
  try {
    origins.write(`${JSON.stringify({ origins: 1, tables: {}, fields: {}, paths: {} })}\n`);
    documents.write(`${JSON.stringify(format.organization)}\n`);
    for (const record of counterparties) {
      documents.write(`${JSON.stringify(record)}\n`);
      keep(record);
      origins.write(`${JSON.stringify({ uuid: record.uuid, element: 'counterparty', rows: {} })}\n`);
      if (record.changes) continue;
      for (const object of format.counterparty({ record, rows: {} })) message.put(object, body);
    }
    message.flush(body);
    for (const file of [body, documents, origins]) file.close();
    await message.done();
  } catch (error) {
    for (const file of [body, documents, origins]) file.abandon();
    throw error;
  }
  return {
    body: files.body,
    documentsFile: files.documents,
    originsFile: files.origins,
    documents: emptyTotals(),
    objects: { counterparties: counterparties.length, contracts: 0, services: 0 },
    losses: new Map(),
    extra: [],
    deletions: [],
  };
}
