import type {
  Button,
  Choice,
  Field,
  FieldKind,
  Group,
  Item,
  Representation,
  Table,
  TitleLocation,
} from '../description/description.ts';
import { atomOf, counted, listOf, type Node, textOf } from './bracket.ts';
import { readEvents, readTitle } from './value.ts';

/** Names behind the ids of a form. */
export interface Scope {
  command(id: string): string;
  path(node: Node | undefined): string;
}

const FIELD = '77ffcc29-7f2d-4223-b22f-19666e7250ba';
const BUTTON = 'a9f3b1ac-f51b-431e-b102-55a69acdecad';
const DECORATION = '3d3cb80c-508b-41fa-8a18-680cdf5f1712';
const GROUP = 'cd5394d0-7dda-4b56-8927-93ccbe967a01';
const TABLE = '143c00f7-a42d-4cd7-9189-88e4467dc768';

const ON_CHANGE = 'fe115cc8-9e33-4684-a166-bd5136fe7a9f';
const START_CHOICE = '1960479b-4d89-4eba-8b39-0aa802020558';
const SELECTION = '1282f000-23b6-4887-87f4-9e8e79db3d32';

const FIELD_KIND: Record<string, FieldKind> = { 1: 'label', 2: 'input', 3: 'checkbox', 5: 'radio' };
const LOCATION: Record<string, TitleLocation> = { 0: 'none', 4: 'right' };
const REPRESENTATION: Record<string, Representation> = { 2: 'weak', 3: 'normal' };

/** Reads one item with all that it holds. Positions count a described item: the mark of visibility is there. */
export function readItem(kind: Node | undefined, node: Node | undefined, scope: Scope): Item {
  const record = listOf(node, 'элемент');
  switch (kind) {
    case FIELD:
      return readField(record, scope);
    case BUTTON:
      return {
        kind: 'button',
        name: textOf(record[6], 'кнопка'),
        ...title(record[7]),
        command: scope.command(atomOf(listOf(record[9], 'кнопка')[0], 'кнопка')),
        ...(record[12] === '1' && { default: true }),
      };
    case DECORATION:
      return { kind: 'text', name: textOf(record[7], 'надпись'), title: readTitle(record[8]) ?? '' };
    case GROUP:
      return readGroup(record, scope);
    case TABLE:
      return readTable(record, scope);
    default:
      throw new Error(`вид элемента ${String(kind)} неизвестен`);
  }
}

/** Buttons of a command bar that 1C keeps itself. */
export function readBar(bar: readonly Node[], scope: Scope): Button[] {
  const COUNT = 21;
  return counted(bar, COUNT, 'кнопки панели', 2).map(([kind, record]) => {
    const item: Item = readItem(kind, record, scope);
    if (item.kind !== 'button') throw new Error(`в командной панели не кнопка: ${item.name}`);
    return item;
  });
}

function readGroup(record: readonly Node[], scope: Scope): Item {
  const OPTIONS = 21;
  const COUNT = 22;
  const options = listOf(record[OPTIONS], 'группа');
  const items = counted(record, COUNT, 'элементы группы', 2).map(([kind, node]) =>
    readItem(kind, node, scope),
  );
  const base = { name: textOf(record[7], 'группа'), ...title(record[8]), items };
  switch (record[6]) {
    case '0':
      return { kind: 'commandBar', ...base } as Item;
    case '3':
      return { kind: 'pages', ...base } as Item;
    case '4':
      return { kind: 'page', ...base } as Item;
    case '5': {
      const representation = REPRESENTATION[atomOf(options[3], 'группа')];
      return {
        kind: 'group',
        ...base,
        direction: options[1] === '1' ? 'horizontal' : 'vertical',
        ...(representation && { representation }),
      } satisfies Group;
    }
    default:
      throw new Error(`вид группы ${String(record[6])} неизвестен`);
  }
}

function readTable(record: readonly Node[], scope: Scope): Table {
  const BAG = 55;
  const afterBag = BAG + 1 + counted(record, BAG, 'свойства таблицы', 2).length * 2;
  const onSelection = readEvents(record[afterBag]).get(SELECTION);
  const columns = counted(record, afterBag + 6, 'колонки таблицы', 2);
  return {
    kind: 'table',
    name: textOf(record[6], 'таблица'),
    ...title(record[10]),
    path: scope.path(record[12]),
    ...(onSelection !== undefined && { onSelection }),
    commandBar: readBar(listOf(record[afterBag + 5], 'панель таблицы'), scope),
    items: columns.map(([kind, node]) => readItem(kind, node, scope) as Field),
  };
}

function readField(record: readonly Node[], scope: Scope): Field {
  const kind = FIELD_KIND[atomOf(record[6], 'поле')];
  if (!kind) throw new Error(`вид поля ${String(record[6])} неизвестен`);
  const location = LOCATION[atomOf(record[8], 'поле')];
  const tooltip = readTitle(record[11]);
  const onChange = readEvents(record[41]).get(ON_CHANGE);
  return {
    kind,
    name: textOf(record[7], 'поле'),
    path: scope.path(record[12]),
    ...title(record[10]),
    ...(tooltip !== undefined && { tooltip }),
    ...(location && { titleLocation: location }),
    ...(record[15] === '1' && { readOnly: true }),
    ...(record[44] === '0' && { visible: false }),
    ...readPayload(kind, listOf(record[40], 'поле')),
    ...(onChange !== undefined && { onChange }),
  };
}

function readPayload(kind: FieldKind, payload: readonly Node[]): Partial<Field> {
  if (kind === 'checkbox') return {};
  if (kind === 'radio') return choices(payload[1]);
  if (kind === 'label') return { ...size('width', payload[1]), ...tristate('stretch', payload[3]) };
  const hint = readTitle(payload[44]);
  const onStartChoice = readEvents(payload[36]).get(START_CHOICE);
  return {
    ...choices(payload[1]),
    ...size('width', payload[2]),
    ...size('height', payload[3]),
    ...tristate('stretch', payload[4]),
    ...tristate('multiLine', payload[8]),
    ...tristate('choiceButton', payload[12]),
    ...(hint !== undefined && { hint }),
    ...(onStartChoice !== undefined && { onStartChoice }),
  };
}

function choices(node: Node | undefined): { choices?: Choice[] } {
  const list = listOf(node, 'список выбора');
  const pairs = counted(list, 1, 'список выбора', 3);
  if (pairs.length === 0) return {};
  return {
    choices: pairs.map((_, index) => {
      const value = listOf(listOf(list[3 + index * 2], 'список выбора')[2], 'список выбора');
      return {
        value: textOf(listOf(value[2], 'список выбора')[1], 'список выбора'),
        title: readTitle(value[5]) ?? '',
      };
    }),
  };
}

function size(key: 'width' | 'height', node: Node | undefined): Partial<Field> {
  return node === '0' ? {} : { [key]: Number(node) };
}

function tristate(key: 'stretch' | 'multiLine' | 'choiceButton', node: Node | undefined): Partial<Field> {
  return node === '2' ? {} : { [key]: node === '1' };
}

function title(node: Node | undefined): { title?: string } {
  const text = readTitle(node);
  return text === undefined ? {} : { title: text };
}
