import { XMLParser } from 'fast-xml-parser';
import { type Fault, fault } from '../faults/fault.ts';
import type { ObjectOrigin, OriginsHead } from '../package/origins.ts';
import { type OpenPackage, openPackage } from '../package/read.ts';
import { isUuid } from '../support/ids.ts';

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
    const uuids = isUuid(wanted.toLowerCase())
      ? new Set([wanted.toLowerCase()])
      : await uuidsOfNumber(opened, wanted);
    const { head, origins } = await readOrigins(opened, uuids);
    const elements = await readObjects(opened, uuids);
    const objects = origins
      .filter(({ uuid }) => elements.has(uuid))
      .map((origin) => ({
        element: origin.element,
        uuid: origin.uuid,
        values: valuesOf(elements.get(origin.uuid)!, '').map((value) => explainValue(value, origin, head)),
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
): Promise<{ head: OriginsHead; origins: ObjectOrigin[] }> {
  let head: OriginsHead | undefined;
  const origins: ObjectOrigin[] = [];
  for await (const line of opened.lines('origins.jsonl')) {
    if (!head) head = JSON.parse(line) as OriginsHead;
    else if (uuids.has(line.slice(UUID_AT, UUID_AT + 36))) origins.push(JSON.parse(line) as ObjectOrigin);
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
}

/** Leaves of an ordered tree; repeated elements get their number. */
function valuesOf(children: readonly XmlNode[], path: string): Value[] {
  const names = children.map((child) => Object.keys(child).find((name) => name !== ':@')!);
  return children.flatMap((child, index): Value[] => {
    const name = names[index]!;
    if (name === '#text') return [{ path, value: String(child[name]) }];
    const number =
      name === 'Строка' ? `[${names.slice(0, index + 1).filter((one) => one === name).length}]` : '';
    return valuesOf(child[name] as XmlNode[], `${path === '' ? '' : `${path}/`}${name}${number}`);
  });
}

function explainValue({ path, value }: Value, origin: ObjectOrigin, head: OriginsHead): ExplainedValue {
  const general = path.replace(/\[\d+\]/g, '[]');
  const field = head.paths[origin.element]?.find((one) => one.path === general)?.from ?? 'fixed';
  const known = head.fields[field];
  const line = Number(/^Услуги\/Строка\[(\d+)\]/.exec(path)?.[1] ?? 0);
  const rows = { ...origin.rows, ...(line > 0 ? origin.lines?.[line - 1] : undefined) } as Record<
    string,
    readonly number[]
  >;
  const sources = (known?.columns ?? []).flatMap((column): ValueSource[] => {
    const [table, name] = column.split('.') as [string, string];
    const at = head.tables[table]?.columns[name];
    if (at === undefined) return [];
    return (rows[table] ?? []).map((number) => ({
      file: head.tables[table]!.file,
      line: number,
      column: at,
      name,
    }));
  });
  return { path, value, field, ...(known?.how && { how: known.how }), sources };
}
