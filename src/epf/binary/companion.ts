import { atoms, type Bracket, quoted } from './bracket.ts';
import {
  AUTO_COLOUR,
  AUTO_FONT,
  itemId,
  localized,
  NO_BORDER,
  NO_EVENTS,
  NO_SHORTCUT,
  NO_TITLE,
  VISIBLE,
} from './record.ts';

/** Kind uuids that stand before an item among its parent's children. */
export const ITEM_KIND = {
  field: '77ffcc29-7f2d-4223-b22f-19666e7250ba',
  button: 'a9f3b1ac-f51b-431e-b102-55a69acdecad',
  decoration: '3d3cb80c-508b-41fa-8a18-680cdf5f1712',
  group: 'cd5394d0-7dda-4b56-8927-93ccbe967a01',
  table: '143c00f7-a42d-4cd7-9189-88e4467dc768',
} as const;

/** An item as its parent holds it: kind uuid, then record. */
export type Child = readonly [kind: string, record: Bracket];

interface GroupParts {
  id: number;
  /** 0 command bar, 3 pages, 4 page, 5 usual group, 7 navigator, 8 context menu, 9 own command bar. */
  kind: number;
  name: string;
  title?: string | undefined;
  /** An item of the description; those that 1C adds itself carry no mark of visibility. */
  described?: true;
  options?: Bracket;
  children?: readonly Child[];
  tooltip?: Bracket;
}

/** Record 22: everything that holds other items. */
export function groupRecord(parts: GroupParts): Bracket {
  const children = parts.children ?? [];
  return [
    '22',
    itemId(parts.id),
    ...atoms('0,0'),
    ...(parts.described ? ['1', VISIBLE] : ['0']),
    String(parts.kind),
    quoted(parts.name),
    localized(parts.title),
    NO_TITLE,
    ...atoms('0,1,0,0,0,2,2'),
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    ...(parts.options ? ['1', parts.options] : ['0']),
    String(children.length),
    ...children.flat(),
    ...atoms('1,0'),
    ...(parts.tooltip ? ['1', parts.tooltip] : ['0']),
    ...atoms('0,3,3,0'),
  ];
}

export function contextMenu(id: number, name: string): Bracket {
  return groupRecord({ id, kind: 8, name, options: atoms('1,1') });
}

/** The command bar of the form (id -1) or of a table; 1C adds its standard commands to it. */
export function ownCommandBar(id: number, name: string, children: readonly Child[]): Bracket {
  return groupRecord({ id, kind: 9, name, options: atoms('0,0,1'), children });
}

/** The panel that every form has and nobody describes. */
export function navigator(): Bracket {
  return groupRecord({
    id: 0,
    kind: 7,
    name: 'Navigator',
    tooltip: tooltip(0, 'NavigatorExtendedTooltip'),
  });
}

/** Record 12 without a mark of visibility: the extended tooltip of an item. */
export function tooltip(id: number, name: string): Bracket {
  return [
    '12',
    itemId(id),
    ...atoms('0,0,0,0'),
    quoted(name),
    NO_TITLE,
    NO_TITLE,
    ...atoms('1,0,0,2,2'),
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    '1',
    LABEL_PAYLOAD,
    ...atoms('0,1,2'),
    ['1', NO_TITLE, '0'],
    ...atoms('0,0,1,0,0,1,0,3,3,0,0'),
  ];
}

export const LABEL_PAYLOAD: Bracket = [
  '5',
  '0',
  '0',
  '3',
  '0',
  NO_EVENTS,
  AUTO_COLOUR,
  AUTO_COLOUR,
  NO_BORDER,
];
