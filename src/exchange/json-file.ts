import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { shipped } from '../support/root.ts';
import type { Disk } from './disk.ts';

/** Why a file is not what it should be; the message is the reason, in Russian. */
export class FileRefusal extends Error {}

/** Over anything that 1C writes: some 2000 documents a part, a kilobyte each. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads a whole file that came from outside.
 * @throws {FileRefusal} where it is larger than any of ours; errors of the disk as they are
 */
export function readSmall(disk: Pick<Disk, 'stat' | 'read'>, path: string): Buffer {
  const size = disk.stat(path)?.size ?? 0;
  if (size > LARGEST) throw new FileRefusal('файл слишком велик');
  return disk.read(path);
}

/**
 * Reads JSON of ours that came from outside.
 * @param schema file name in `schemas/`, or a definition in it: `counterparties.schema.json#/definitions/header`
 * @throws {FileRefusal} where it is not UTF-8, not JSON, or not of the schema's form
 */
export function parseJson<T>(bytes: Uint8Array, schema: string): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FileRefusal(bytes.length === 0 ? 'файл пуст' : 'это не JSON в UTF-8, или он обрезан');
  }
  const validate = validatorOf(schema);
  if (!validate(value)) throw new FileRefusal(`не та форма: ${reasonOf(validate.errors![0]!)}`);
  return value as T;
}

const compiled = new Map<string, ValidateFunction>();

function validatorOf(schema: string): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const [file, definition = ''] = schema.split('#') as [string, string?];
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, verbose: true });
  const whole = JSON.parse(readFileSync(shipped(`schemas/${file}`), 'utf8')) as { $id: string };
  ajv.addSchema(whole);
  const made = ajv.getSchema(`${whole.$id}#${definition}`)!;
  compiled.set(schema, made);
  return made;
}

const TYPES: Record<string, string> = {
  string: 'текст',
  object: 'вложенные поля',
  array: 'список',
  boolean: 'true или false',
  integer: 'целое число',
};

/** The first thing that is wrong, with its place and value. */
function reasonOf({ keyword, params, data, instancePath }: ErrorObject): string {
  const place = instancePath === '' ? '' : `${instancePath.slice(1)}: `;
  const shown = typeof data === 'object' ? 'значение' : `«${String(data)}»`;
  switch (keyword) {
    case 'required':
      return `${place}нет поля ${String(params.missingProperty)}`;
    case 'additionalProperties':
      return `${place}лишнее поле ${String(params.additionalProperty)}`;
    case 'type':
      return `${place}${shown} — нужно: ${TYPES[String(params.type)] ?? String(params.type)}`;
    case 'const':
      return `${place}${shown} — нужно: ${String(params.allowedValue)}`;
    case 'enum':
      return `${place}${shown} — возможно: ${(params.allowedValues as unknown[]).join(', ')}`;
    default:
      return `${place}${shown} не подходит (${keyword})`;
  }
}
