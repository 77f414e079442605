import { XMLParser } from 'fast-xml-parser';
import { type Fault, fault } from '../../faults/fault.ts';
import type { ObjectOrigin, OriginsHead } from '../../package/origins.ts';
import { type OpenPackage, openPackage } from '../../package/read.ts';
import { isUuid } from '../../support/ids.ts';

/** One value of a message and where it comes from. */
export interface ExplainedValue {
  /** `Услуги/Строка[2]/Сумма` */
  path: string;
  value: string;
  /** Field of the model: `line.sum`; `fixed`; `config:…`. */
  field: string;
  /** What happens on the way, in Russian. */
  how?: string;
  sources: ValueSource[];
}

/** A cell of the export: `documents.csv:7:10 summ`. */
export interface ValueSource {
  file: string;
  line: number;
  /** Position of the column, from 1. */
  column: number;
  name: string;
}

export interface ExplainedObject {
  element: string;
  uuid: string;
  values: ExplainedValue[];
}

/**
 * Every value of the objects that a number or a UUID names.
 * @param path one part of a package
 * @param wanted a document's number as it stands in the package, or the UUID of any object
 */
export async function explain(
  path: string,
  wanted: string,
): Promise<{ objects: ExplainedObject[]; faults: Fault[] }> {
  const { opened, faults } = await openPackage(path);
  if (!opened) return { objects: [], faults };
  try {
    const damaged = await opened.verify();
    if (damaged.length > 0) return { objects: [], faults: damaged };
    const uuids = isUuid(wanted.toLowerCase())
      ? new Set([wanted.toLowerCase()])
      : await uuidsOfNumber(opened, wanted);
    const elements = await readObjects(opened, uuids);
    const values = new Map([...elements].map(([uuid, children]) => [uuid, valuesOf(children, '', uuid)]));
    const named = new Set([...values.values()].flat().map(({ owner }) => owner));
    const { head, origins } = await readOrigins(opened, named);
    const objects = [...origins.values()]
      .filter(({ uuid }) => values.has(uuid))
      .map((origin) => ({
        element: origin.element,
        uuid: origin.uuid,
        values: values.get(origin.uuid)!.map((value) => explainValue(value, origin, origins, head)),
      }));
    if (objects.length > 0) return { objects, faults: [] };
    return { objects, faults: [fault('BG1C-OBJECT-NOT-FOUND', { package: opened.file, wanted })] };
  } finally {
    opened.close();
  }
}

async function uuidsOfNumber(opened: OpenPackage, number: string): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const line of opened.lines('documents.jsonl')) {
    if (!line.includes('"number"')) continue;
    const record = JSON.parse(line) as { number?: string; uuid: string; vatInvoiceUuid?: string };
    if (record.number !== number) continue;
    found.add(record.uuid);
    if (record.vatInvoiceUuid) found.add(record.vatInvoiceUuid);
  }
  return found;
}

async function readOrigins(
  opened: OpenPackage,
  uuids: ReadonlySet<string>,
): Promise<{ head: OriginsHead; origins: Map<string, ObjectOrigin> }> {
  let head: OriginsHead | undefined;
  const origins = new Map<string, ObjectOrigin>();
  for await (const line of opened.lines('origins.jsonl')) {
    if (!head) head = JSON.parse(line) as OriginsHead;
    else {
      const uuid = line.slice(UUID_AT, UUID_AT + 36);
      if (uuids.has(uuid)) origins.set(uuid, JSON.parse(line) as ObjectOrigin);
    }
  }
  return { head: head!, origins };
}

/** Lines of origins begin with `{"uuid":"`: the UUID is found without parsing them all. */
const UUID_AT = '{"uuid":"'.length;

type XmlNode = Record<string, unknown>;

async function readObjects(opened: OpenPackage, uuids: ReadonlySet<string>): Promise<Map<string, XmlNode[]>> {
  const parser = new XMLParser({
    preserveOrder: true,
    parseTagValue: false,
    trimValues: false,
    processEntities: true,
    ignoreAttributes: false,
  });
  const found = new Map<string, XmlNode[]>();
  for await (const line of opened.lines(opened.message)) {
    const uuid = /^<[^>]+><КлючевыеСвойства><Ссылка>([^<]+)</.exec(line)?.[1];
    if (uuid === undefined || !uuids.has(uuid)) continue;
    const [root] = parser.parse(line) as XmlNode[];
    found.set(uuid, Object.values(root!)[0] as XmlNode[]);
  }
  return found;
}

interface Value {
  path: string;
  value: string;
  /** UUID of the object whose property this is: the one explained, or one that it names by its key properties. */
  owner: string;
}

/** Leaves of an ordered tree; repeated elements get their number. */
function valuesOf(children: readonly XmlNode[], path: string, owner: string): Value[] {
  const names = children.map((child) => Object.keys(child).find((name) => name !== ':@')!);
  const reference = children[names.indexOf('Ссылка')]?.Ссылка as XmlNode[] | undefined;
  const mine = reference ? String(reference[0]?.['#text']) : owner;
  return children.flatMap((child, index): Value[] => {
    const name = names[index]!;
    if (name === '#text') return [{ path, value: String(child[name]), owner }];
    const number =
      name === 'Строка' ? `[${names.slice(0, index + 1).filter((one) => one === name).length}]` : '';
    return valuesOf(child[name] as XmlNode[], `${path === '' ? '' : `${path}/`}${name}${number}`, mine);
  });
}

function explainValue(
  { path, value, owner }: Value,
  origin: ObjectOrigin,
  origins: ReadonlyMap<string, ObjectOrigin>,
  head: OriginsHead,
): ExplainedValue {
  const general = path.replace(/\[\d+\]/g, '[]');
  const field = head.paths[origin.element]?.find((one) => one.path === general)?.from ?? 'unknown';
  const known = head.fields[field];
  const line = Number(/^Услуги\/Строка\[(\d+)\]/.exec(path)?.[1] ?? 0);
  const rows = rowsOf(origins.get(owner) ?? origin, owner === origin.uuid ? line : 0);
  const cells = (columns: readonly string[] = []): ValueSource[] =>
    columns.flatMap((column) => cellsOf(column, rows, head));
  const direct = cells(known?.columns);
  const sources = direct.length > 0 ? direct : cells(known?.instead);
  const how = sources.length > 0 ? known?.how : (known?.otherwise ?? known?.how);
  return { path, value, field, ...(how && { how }), sources };
}

type Rows = Partial<Record<string, readonly number[]>>;

/** Rows of an object and of one of its lines; without a line, of all its lines. */
function rowsOf({ rows, lines = [] }: ObjectOrigin, line: number): Rows {
  const merged: Record<string, number[]> = {};
  for (const one of [rows, ...(line > 0 ? lines.slice(line - 1, line) : lines)])
    for (const [table, numbers] of Object.entries(one))
      merged[table] = [...(merged[table] ?? []), ...numbers];
  return merged;
}

function cellsOf(column: string, rows: Rows, { tables }: OriginsHead): ValueSource[] {
  const [table, name] = column.split('.') as [string, string];
  const at = tables[table]?.columns[name];
  if (at === undefined) return [];
  return (rows[table] ?? []).map((line) => ({ file: tables[table]!.file, line, column: at, name }));
}
