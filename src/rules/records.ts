import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { type Fault, fault } from '../faults/fault.ts';
import { type CanonicalRecord, DOCUMENT_KINDS } from '../model/types.ts';
import { shipped } from '../support/root.ts';

const RECORDS: readonly CanonicalRecord['record'][] = [
  'organization',
  'counterparty',
  'contract',
  'service',
  ...DOCUMENT_KINDS,
];

/** Checks records by `schemas/canonical`: the last gate before a line of `documents.jsonl` is written. */
export function createRecordCheck(): (record: CanonicalRecord) => Fault | undefined {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const checks = new Map(
    RECORDS.map((name): [string, ValidateFunction] => [name, ajv.compile(readSchema(name))]),
  );
  return (record) => {
    const check = checks.get(record.record)!;
    const valid: boolean = check(record);
    if (valid) return undefined;
    return fault('BG1C-RECORD-INVALID', {
      record: `${record.record} ${record.uuid}`,
      reason: ajv.errorsText(check.errors),
    });
  };
}

function readSchema(name: string): object {
  return JSON.parse(readFileSync(shipped(`schemas/canonical/${name}.schema.json`), 'utf8')) as object;
}
