import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { type Fault, fault } from '../faults/fault.ts';
import type { CanonicalRecord } from '../model/types.ts';
import { shipped } from '../support/root.ts';

/** Compiled when the first record of a kind comes, for as long as the program runs: each takes some 10 ms. */
const checks = new Map<CanonicalRecord['record'], ValidateFunction>();
let ajv: Ajv | undefined;

/** Checks a record by `schemas/canonical`: the last gate before a line of `documents.jsonl` is written. */
export function checkRecord(record: CanonicalRecord): Fault | undefined {
  const check = checks.get(record.record) ?? compile(record.record);
  const valid: boolean = check(record);
  if (valid) return undefined;
  return fault('BG1C-RECORD-INVALID', {
    record: `${record.record} ${record.uuid}`,
    reason: ajv!.errorsText(check.errors),
  });
}

function compile(kind: CanonicalRecord['record']): ValidateFunction {
  ajv ??= new Ajv({ strict: true, allowUnionTypes: true });
  const text = readFileSync(shipped(`schemas/canonical/${kind}.schema.json`), 'utf8');
  const check = ajv.compile(JSON.parse(text) as object);
  checks.set(kind, check);
  return check;
}
