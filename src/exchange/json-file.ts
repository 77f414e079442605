import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { shipped } from '../support/root.ts';

/** Why a file is not what it should be; the message is the reason, in Russian. */
export class FileRefusal extends Error {}

/** Over any receipt or passport: some 2000 documents a part, a kilobyte each. */
const LARGEST = 64 * 1024 * 1024;

const compiled = new Map<string, ValidateFunction>();

/**
 * Reads JSON of ours that came from outside.
 * @param schema file name in `schemas/`
 * @throws {FileRefusal} too large, not UTF-8, no JSON, or not of the schema's form
 */
export function parseJson<T>(bytes: Buffer, schema: string): T {
  if (bytes.length > LARGEST) throw new FileRefusal('файл слишком велик');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FileRefusal(bytes.length === 0 ? 'файл пуст' : 'это не JSON в UTF-8, или он обрезан');
  }
  const validate = validatorOf(schema);
  if (!validate(value)) {
    const [first] = validate.errors!;
    throw new FileRefusal(`не та форма: ${first!.instancePath || '/'} ${first!.message}`);
  }
  return value as T;
}

function validatorOf(schema: string): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const made = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(shipped(`schemas/${schema}`), 'utf8')) as object,
  );
  compiled.set(schema, made);
  return made;
}
