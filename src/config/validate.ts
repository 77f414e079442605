import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FaultCode } from '../faults/registry.ts';
import { shipped } from '../support/root.ts';

/** What is wrong with a setting, before it has a line. */
export interface ConfigProblem {
  code: FaultCode;
  path: readonly (string | number)[];
  /** `organizations[0].inn` */
  key: string;
  values: Record<string, string>;
}

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
}

interface Compiled {
  schema: SchemaNode;
  validate: ValidateFunction;
}

let compiled: Compiled | undefined;

function compile(): Compiled {
  const schema = JSON.parse(readFileSync(shipped('schemas/config.schema.json'), 'utf8')) as SchemaNode;
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
  });
  return { schema, validate: ajv.compile(schema) };
}

/** Checks the structure of a parsed file by `schemas/config.schema.json` and fills in its defaults. */
export function structureProblems(raw: unknown): ConfigProblem[] {
  compiled ??= compile();
  const { schema, validate } = compiled;
  if (!validate(raw)) return dropEchoes(validate.errors!).map((error) => problemOf(error, raw, schema));
  return badExpressions(raw as Expressions);
}

/** A value that fails `enum` or a nested rule is reported once. */
function dropEchoes(errors: ErrorObject[]): ErrorObject[] {
  return errors.filter(({ keyword }) => keyword !== 'if' && keyword !== 'anyOf' && keyword !== 'oneOf');
}

function problemOf(error: ErrorObject, raw: unknown, schema: SchemaNode): ConfigProblem {
  const path = pathOf(error.instancePath, raw);
  if (error.keyword === 'additionalProperties') {
    const unknown = String(error.params.additionalProperty);
    const near = nearest(unknown, Object.keys(nodeAt(schema, path)?.properties ?? {}));
    return problem('BG1C-CONFIG-KEY', [...path, unknown], {
      suggestion: near === undefined ? '' : `; возможно, имелось в виду «${near}»`,
    });
  }
  if (error.keyword === 'required')
    return problem('BG1C-CONFIG-MISSING', [...path, String(error.params.missingProperty)], {});
  return problem('BG1C-CONFIG-VALUE', path, { reason: reasonOf(error) });
}

/** Steps of a JSON pointer; those into a list are numbers («'2': act» is a setting named 2, not the third of a list). */
function pathOf(pointer: string, raw: unknown): (string | number)[] {
  let node = raw;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => {
      const step = Array.isArray(node) ? Number(part) : part;
      node = (node as Record<string | number, unknown>)[step];
      return step;
    });
}

function problem(code: FaultCode, path: (string | number)[], values: Record<string, string>): ConfigProblem {
  const key = keyText(path);
  return { code, path, key, values: { key, ...values } };
}

/** `organizations[0].inn` */
export function keyText(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

function nodeAt(schema: SchemaNode, path: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (const part of path) {
    const other: SchemaNode | undefined =
      typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined;
    node = typeof part === 'number' && node?.items ? node.items : (node?.properties?.[part] ?? other);
  }
  return node;
}

const TYPE_WORDS: Record<string, string> = {
  string: 'текст в кавычках',
  object: 'вложенные настройки',
  array: 'список',
  boolean: 'true или false',
  number: 'число',
};

function reasonOf({ keyword, params, data }: ErrorObject): string {
  const shown = data === null || typeof data !== 'object' ? `«${String(data)}»` : 'указанное значение';
  switch (keyword) {
    case 'type':
      return `нужно: ${TYPE_WORDS[String(params.type)] ?? String(params.type)}, а стоит ${shown}`;
    case 'enum':
      return `${shown} не подходит; возможно: ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'pattern':
      return `${shown} записано не по форме (${String(params.pattern)})`;
    case 'minLength':
    case 'minItems':
      return 'значение пусто';
    case 'minProperties':
      return 'вложенных настроек слишком мало';
    case 'maxLength':
      return `${shown} длиннее ${String(params.limit)} знаков`;
    default:
      return `${shown} не подходит (${keyword})`;
  }
}

/** Settings that hold regular expressions. */
interface Expressions {
  numbering: { map: { match: string }[] };
  payments: { documents?: string[] };
}

function badExpressions({ numbering, payments }: Expressions): ConfigProblem[] {
  const texts = [
    ...numbering.map.map(({ match }, index) => ({ text: match, path: ['numbering', 'map', index, 'match'] })),
    ...(payments.documents ?? []).map((text, index) => ({ text, path: ['payments', 'documents', index] })),
  ];
  return texts.flatMap(({ text, path }) => {
    try {
      new RegExp(text, 'u');
      return [];
    } catch {
      return [problem('BG1C-CONFIG-VALUE', path, { reason: `«${text}» — не регулярное выражение` })];
    }
  });
}

/** The known word that differs in at most two or three letters, or undefined. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((candidate) => ({
    candidate,
    distance: distance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
