import { uuidV5 } from '../../support/ids.ts';
import { childrenOf, type Description, type Form, type Item } from './description.ts';

/**
 * Ids of everything in the description. Uuids come from names, numbers from the order of the description, so that
 * the same description always gives the same bytes; both outputs use the same ids.
 */
export interface ObjectIds {
  /** The file; also `uuid` of the root element of the XML sources. */
  file: string;
  object: string;
  type: string;
  value: string;
  attribute(name: string): string;
  form(name: string): string;
  template(name: string): string;
}

export function objectIds(processing: string): ObjectIds {
  const id = (path: string): string => uuidV5(`epf:${processing}:${path}`);
  return {
    file: id('file'),
    object: id('object'),
    type: id('type'),
    value: id('value'),
    attribute: (name) => id(`attribute:${name}`),
    form: (name) => id(`form:${name}`),
    template: (name) => id(`template:${name}`),
  };
}

export interface FormIds {
  attribute(name: string): number;
  /** Columns are numbered inside their table. */
  column(attribute: string, name: string): number;
  command(name: string): number;
  item(item: Item): number;
}

/** How many ids an item takes: itself, its context menu, tooltip and, of a table, command bar and search items. */
const IDS_OF_FIELD = 3;
const IDS_OF_BUTTON = 2;
const IDS_OF_GROUP = 2;
const IDS_OF_TABLE = 13;

export function formIds(form: Form): FormIds {
  const attributes = numbered(form.attributes.map((attribute) => attribute.name));
  const commands = numbered(form.commands.map((command) => command.name));
  const columns = new Map(
    form.attributes.map((attribute) => [
      attribute.name,
      numbered(attribute.columns?.map((one) => one.name) ?? []),
    ]),
  );
  const items = new Map<Item, number>();
  let next = 1;
  const number = (list: readonly Item[]): void => {
    for (const item of list) {
      items.set(item, next);
      next += idsOf(item);
      number(childrenOf(item));
    }
  };
  number(form.commandBar);
  number(form.items);
  return {
    attribute: (name) => attributes.get(name)!,
    column: (attribute, name) => columns.get(attribute)!.get(name)!,
    command: (name) => commands.get(name)!,
    item: (item) => items.get(item)!,
  };
}

function idsOf(item: Item): number {
  switch (item.kind) {
    case 'table':
      return IDS_OF_TABLE;
    case 'button':
      return IDS_OF_BUTTON;
    case 'group':
    case 'pages':
    case 'page':
    case 'commandBar':
      return IDS_OF_GROUP;
    default:
      return IDS_OF_FIELD;
  }
}

function numbered(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index + 1]));
}

/** What a data path of the description points at. */
export type Target =
  | { kind: 'attribute'; attribute: string }
  | { kind: 'column'; attribute: string; column: string }
  | { kind: 'object'; attribute: string };

/** The target of `Attribute`, `Attribute.Column` or `Объект.Attribute`; undefined where there is no such thing. */
export function targetOf(path: string, form: Form, description: Description): Target | undefined {
  const [name, member, ...rest] = path.split('.');
  const attribute = form.attributes.find((one) => one.name === name);
  if (!attribute || rest.length > 0) return undefined;
  if (member === undefined) return { kind: 'attribute', attribute: attribute.name };
  if (attribute.main)
    return description.attributes.some((one) => one.name === member)
      ? { kind: 'object', attribute: member }
      : undefined;
  return attribute.columns?.some((one) => one.name === member)
    ? { kind: 'column', attribute: attribute.name, column: member }
    : undefined;
}

/** The type text behind a target; undefined for the object itself and for a value table. */
export function typeOfTarget(target: Target, form: Form, description: Description): string | undefined {
  if (target.kind === 'object')
    return description.attributes.find((one) => one.name === target.attribute)?.type;
  const attribute = form.attributes.find((one) => one.name === target.attribute);
  return target.kind === 'attribute'
    ? attribute?.type
    : attribute?.columns?.find((one) => one.name === target.column)?.type;
}

/** Names of the items that 1C keeps beside an item, as the Russian Designer names them. */
export const COMPANION = {
  contextMenu: 'КонтекстноеМеню',
  tooltip: 'РасширеннаяПодсказка',
  commandBar: 'КоманднаяПанель',
  searchString: 'СтрокаПоиска',
  viewStatus: 'СостояниеПросмотра',
  searchControl: 'УправлениеПоиском',
} as const;

export const FORM_COMMAND_BAR = 'ФормаКоманднаяПанель';
