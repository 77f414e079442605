import { COMPANION } from '../description/resolve.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';
import { contextMenu, tooltip } from './companion.ts';
import { AUTO_COLOUR, AUTO_FONT, itemId, NO_BORDER, NO_EVENTS, NO_TITLE } from './record.ts';

/** The three search items that 1C keeps with every table; ids start at the table's plus 4, three for each. */
export function additions(table: string, tableId: number): Bracket[] {
  return PAYLOADS.flatMap(({ suffix, payload }, kind) => {
    const id = tableId + 4 + kind * 3;
    const name = table + suffix;
    return [
      '1',
      [
        '5',
        itemId(id),
        ...atoms('0,0,0'),
        String(kind),
        quoted(name),
        NO_TITLE,
        NO_TITLE,
        ...atoms('1,1,0,1'),
        payload,
        '1',
        contextMenu(id + 1, name + COMPANION.contextMenu),
        '1',
        tooltip(id + 2, name + COMPANION.tooltip),
        '2',
        [String(tableId), String(kind)],
        ...atoms('0,3,3,0'),
      ],
    ];
  });
}

const PAYLOADS: { suffix: string; payload: Bracket }[] = [
  {
    suffix: COMPANION.searchString,
    payload: [
      ...atoms('1,0,2'),
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_FONT,
      NO_EVENTS,
      ...atoms('1,0,0'),
    ],
  },
  {
    suffix: COMPANION.viewStatus,
    payload: [
      ...atoms('1,0,2'),
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_FONT,
      AUTO_FONT,
      NO_BORDER,
      '3',
      NO_EVENTS,
      ...atoms('1,0,0'),
    ],
  },
  {
    suffix: COMPANION.searchControl,
    payload: [
      ...atoms('1,0'),
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_COLOUR,
      AUTO_FONT,
      NO_EVENTS,
      ...atoms('1,0,0,2'),
    ],
  },
];
