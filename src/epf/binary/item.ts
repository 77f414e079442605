import {
  type Button,
  type Group,
  type Item,
  isField,
  type Label,
  type Representation,
  type Table,
} from '../description/description.ts';
import { COMPANION } from '../description/resolve.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';
import {
  type Child,
  contextMenu,
  groupRecord,
  ITEM_KIND,
  LABEL_PAYLOAD,
  ownCommandBar,
  tooltip,
} from './companion.ts';
import { fieldRecord } from './field.ts';
import {
  AUTO_COLOUR,
  AUTO_FONT,
  commandId,
  events,
  flag,
  itemId,
  localized,
  NO_EVENTS,
  NO_PICTURE,
  NO_SHORTCUT,
  NO_TITLE,
  NO_TYPE,
  UNDEFINED,
  VISIBLE,
} from './record.ts';
import { additions } from './table-additions.ts';

/** What records need to know beyond the item itself. */
export interface FormContext {
  id(item: Item): number;
  commandId(name: string): number;
  /** The bracket data path of a field or table. */
  dataPath(path: string): Bracket;
}

/** Where an item stands decides details of its record. */
type Home = 'form' | 'bar' | 'table';

export function child(item: Item, form: FormContext, home: Home = 'form'): Child {
  if (isField(item))
    return [ITEM_KIND.field, fieldRecord(item, form.id(item), form.dataPath(item.path), home === 'table')];
  switch (item.kind) {
    case 'button':
      return [
        ITEM_KIND.button,
        buttonRecord(item, form.id(item), form.commandId(item.command), home === 'bar'),
      ];
    case 'text':
      return [ITEM_KIND.decoration, textRecord(item, form.id(item))];
    case 'table':
      return [ITEM_KIND.table, tableRecord(item, form)];
    default:
      return [ITEM_KIND.group, containerRecord(item, form)];
  }
}

type Container = Exclude<Item, { kind: 'button' | 'text' | 'table' } | { path: string }>;

function containerRecord(item: Container, form: FormContext): Bracket {
  const id = form.id(item);
  const home = item.kind === 'commandBar' ? 'bar' : 'form';
  return groupRecord({
    id,
    kind: GROUP_KIND[item.kind],
    name: item.name,
    title: item.title,
    described: true,
    options: containerOptions(item),
    children: item.items.map((one) => child(one, form, home)),
    tooltip: tooltip(id + 1, item.name + COMPANION.tooltip),
  });
}

const GROUP_KIND = { commandBar: 0, pages: 3, page: 4, group: 5 } as const;
const REPRESENTATION: Record<Representation, string> = { none: '0', weak: '2', normal: '3' };

function containerOptions(item: Container): Bracket {
  if (item.kind === 'group') return groupOptions(item);
  if (item.kind === 'pages') return PAGES_OPTIONS;
  if (item.kind === 'commandBar') return ['1', '0', ['0']];
  return [
    '18',
    NO_PICTURE,
    ...atoms('0,0'),
    ['0'],
    NO_TITLE,
    '1',
    NO_TYPE,
    quoted(''),
    AUTO_COLOUR,
    ...atoms('0,0,3,3,0,0,0,0'),
    AUTO_COLOUR,
    AUTO_FONT,
  ];
}

function groupOptions(group: Group): Bracket {
  const across = flag(group.direction === 'horizontal');
  return [
    '29',
    across,
    '0',
    REPRESENTATION[group.representation ?? 'none'],
    flag(group.title !== undefined),
    ['0'],
    NO_TITLE,
    NO_TYPE,
    quoted(''),
    AUTO_COLOUR,
    ...atoms('0,0,0,1'),
    NO_TITLE,
    ...atoms('0,0,3,3,2,0,1'),
    across,
    AUTO_COLOUR,
    ...atoms('0,2,0'),
    across,
    '0',
  ];
}

/** Tabs above the pages. */
const PAGES_OPTIONS: Bracket = ['4', '1', NO_EVENTS, ...atoms('2,0,1')];

/** Record 31: a usual button, or one of a command bar. */
export function buttonRecord(button: Button, id: number, command: number, inBar: boolean): Bracket {
  const usual = flag(!inBar);
  return [
    '31',
    itemId(id),
    ...atoms('0,1'),
    VISIBLE,
    usual,
    quoted(button.name),
    localized(button.title),
    '1',
    commandId(command),
    ['0'],
    '3',
    flag(button.default ?? false),
    ...atoms('0,0,2,2,0,0,0'),
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    '0',
    NO_PICTURE,
    '1',
    NO_TYPE,
    quoted(''),
    ...atoms('2,0,1'),
    tooltip(id + 1, button.name + COMPANION.tooltip),
    UNDEFINED,
    ...atoms('1,0,0,1,0,0,0,3,3,3,0,0'),
    usual,
    ...atoms('0,0,0,1,0'),
  ];
}

/** Record 12: a label decoration. */
export function textRecord(label: Label, id: number): Bracket {
  return [
    '12',
    itemId(id),
    ...atoms('0,0,1'),
    VISIBLE,
    '0',
    quoted(label.name),
    localized(label.title),
    NO_TITLE,
    ...atoms('1,0,0,2,2'),
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    '1',
    LABEL_PAYLOAD,
    '1',
    contextMenu(id + 1, label.name + COMPANION.contextMenu),
    ...atoms('1,2'),
    ['1', localized(label.title), '0'],
    ...atoms('0,1'),
    tooltip(id + 2, label.name + COMPANION.tooltip),
    ...atoms('1,0,0,1,0,3,3,0,0'),
  ];
}

const SELECTION = '1282f000-23b6-4887-87f4-9e8e79db3d32';

/** Record 55: a table over a value table. Its rows come from the package: they are not added, deleted or moved. */
function tableRecord(table: Table, form: FormContext): Bracket {
  const id = form.id(table);
  return [
    '55',
    itemId(id),
    ...atoms('0,0,1'),
    VISIBLE,
    quoted(table.name),
    ...atoms('0,0,1'),
    localized(table.title),
    NO_TITLE,
    form.dataPath(table.path),
    ...atoms('0,1,0,0,0'),
    ...FIXED_ROWS,
    ...atoms('0,0,0,0,0,1,0,1,1,0,1,2,2,1,1,0,0,0,1,2,0,0,1,1'),
    ['0'],
    NO_PICTURE,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_FONT,
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    ...atoms('1,1,2,13'),
    UNDEFINED,
    '19',
    [quoted('S'), quoted('')],
    events(table.onSelection === undefined ? [] : [[SELECTION, table.onSelection]]),
    ['0'],
    '1',
    contextMenu(id + 1, table.name + COMPANION.contextMenu),
    '1',
    ownCommandBar(
      id + 2,
      table.name + COMPANION.commandBar,
      table.commandBar.map((button) => child(button, form, 'bar')),
    ),
    String(table.items.length),
    ...table.items.flatMap((field) => child(field, form, 'table')),
    ...atoms('2,2,1,0'),
    NO_TYPE,
    quoted(''),
    quoted(''),
    ...atoms('2,2,0,1'),
    tooltip(id + 3, table.name + COMPANION.tooltip),
    ...atoms('0,0,0'),
    ...additions(table.name, id),
    ...atoms('0,1,0,0,1,0,3,3,0,1,0,0,0,0,1,0'),
  ];
}

/** «Изменять состав строк» and «Изменять порядок строк»: no. */
const FIXED_ROWS = ['0', '0'];
