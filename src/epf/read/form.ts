import type {
  Command,
  CommandPicture,
  Field,
  Form,
  FormAttribute,
  FormEvent,
} from '../description/description.ts';
import { atomOf, counted, listOf, type Node, textOf } from './bracket.ts';
import { readBar, readItem, type Scope } from './item.ts';
import { readEvents, readTitle, readType, readTypeUuid } from './value.ts';

export interface ReadForm extends Omit<Form, 'module'> {
  module: string;
  /** Ids of all items, those that 1C adds too. */
  itemIds: number[];
}

export interface ReadObjectAttribute {
  uuid: string;
  name: string;
  title: string;
  type: string;
}

const VALUE_TABLE = 'acf6192e-81ca-46ef-93a6-5a6968b78663';
const ITEM_ID = '02023637-7868-4a5f-8576-835a76e0c9ba';
const EVENTS = new Map<string, FormEvent>([
  ['9f2e5ddb-3492-4f5d-8f0d-416b8d1d5c5b', 'OnCreateAtServer'],
  ['3ccc650e-f631-4cae-8e33-3eaac610b5f9', 'OnOpen'],
  ['52dbb775-1631-4fd5-8c55-1615b5881dac', 'BeforeClose'],
  ['ca21cd18-35b2-4281-b5c8-016ecc8da8ac', 'OnClose'],
  ['3699f6a3-9a2a-4c82-a775-6ff4824a08ca', 'NotificationProcessing'],
]);
const PICTURES = new Map<string, CommandPicture>([
  ['-10', 'CheckAll'],
  ['-11', 'UncheckAll'],
]);

/** Reads `<FORM>.0`. */
export function readForm(
  header: { name: string; title: string },
  body: readonly Node[],
  typeId: string,
  objectAttributes: readonly ReadObjectAttribute[],
): ReadForm {
  const layout = listOf(body[1], 'форма');
  if (layout[0] !== '49') throw new Error(`раскладка формы ${String(layout[0])}, а не 49`);
  const attributes = readAttributes(listOf(body[3], 'реквизиты'), typeId);
  const commands = readCommands(listOf(body[5], 'команды'));
  const scope: Scope = {
    command: (id) => found(commands.get(id), `команда ${id}`).name,
    path: (node) => readPath(node, attributes, objectAttributes),
  };
  const BAR = 22;
  const bar = listOf(layout[BAR], 'командная панель');
  const items = counted(layout, BAR + 1, 'элементы формы', 2);
  return {
    name: header.name,
    title: found(readTitle(layout[10]), 'заголовок формы'),
    module: textOf(body[2], 'модуль формы').replaceAll('\r\n', '\n'),
    events: Object.fromEntries(
      [...readEvents(layout[19])].map(([uuid, handler]) => [
        found(EVENTS.get(uuid), `событие ${uuid}`),
        handler,
      ]),
    ),
    attributes: [...attributes.values()].map((one) => one.attribute),
    commands: [...commands.values()],
    commandBar: readBar(bar, scope),
    items: items.map(([kind, record]) => readItem(kind, record, scope)),
    itemIds: itemIds(layout),
  };
}

interface NumberedAttribute {
  attribute: FormAttribute;
  columns: Map<string, string>;
}

function readAttributes(list: readonly Node[], typeId: string): Map<string, NumberedAttribute> {
  const byId = new Map<string, NumberedAttribute>();
  for (const [node] of counted(list, 1, 'реквизиты формы')) {
    const record = listOf(node, 'реквизит');
    const id = atomOf(listOf(record[1], 'реквизит')[0], 'реквизит');
    const columns = counted(record, 13, 'колонки').map(([one]) => {
      const column = listOf(one, 'колонка');
      return {
        id: atomOf(column[1], 'колонка'),
        name: textOf(column[3], 'колонка'),
        title: found(readTitle(column[4]), 'заголовок колонки'),
        type: found(readType(column[5]), 'тип колонки'),
      };
    });
    if (byId.has(id)) throw new Error(`реквизит с номером ${id} встретился дважды`);
    const numbers = new Map(columns.map((column) => [column.id, column.name]));
    if (numbers.size !== columns.length) throw new Error('номер колонки встретился дважды');
    byId.set(id, {
      attribute: attributeOf(
        record,
        typeId,
        columns.map(({ name, title, type }) => ({ name, title, type })),
      ),
      columns: numbers,
    });
  }
  return byId;
}

function attributeOf(
  record: readonly Node[],
  typeId: string,
  columns: NonNullable<FormAttribute['columns']>,
): FormAttribute {
  const name = textOf(record[3], 'реквизит');
  const title = readTitle(record[4]);
  const type = readType(record[5]);
  const uuid = type === undefined ? readTypeUuid(record[5]) : undefined;
  if (record[10] === '1') {
    if (uuid !== typeId) throw new Error(`тип основного реквизита ${name} — не тип обработки`);
    return { name, main: true };
  }
  if (uuid !== undefined && uuid !== VALUE_TABLE) throw new Error(`реквизит ${name}: тип ${uuid} неизвестен`);
  return {
    name,
    ...(title !== undefined && { title }),
    ...(type === undefined ? { columns } : { type }),
  };
}

function readCommands(list: readonly Node[]): Map<string, Command> {
  const byId = new Map<string, Command>();
  for (const [node] of counted(list, 1, 'команды формы')) {
    const record = listOf(node, 'команда');
    const id = atomOf(listOf(record[1], 'команда')[0], 'команда');
    if (byId.has(id)) throw new Error(`команда с номером ${id} встретилась дважды`);
    const title = found(readTitle(record[3]), 'заголовок команды');
    const tooltip = found(readTitle(record[4]), 'подсказка команды');
    const picture = PICTURES.get(atomOf(listOf(listOf(record[7], 'картинка')[2], 'картинка')[0], 'картинка'));
    byId.set(id, {
      name: textOf(record[2], 'команда'),
      title,
      ...(tooltip !== title && { tooltip }),
      action: textOf(record[8], 'действие'),
      ...(picture && { picture }),
    });
  }
  return byId;
}

function readPath(
  node: Node | undefined,
  attributes: ReadonlyMap<string, NumberedAttribute>,
  objectAttributes: readonly ReadObjectAttribute[],
): Field['path'] {
  const [depth, first, second] = listOf(node, 'путь к данным');
  const id = atomOf(listOf(first, 'путь к данным')[0], 'путь к данным');
  const { attribute, columns } = found(attributes.get(id), `путь к данным: реквизит ${id}`);
  if (depth === '1') return attribute.name;
  const member = listOf(second, 'путь к данным');
  if (member.length === 1) {
    const column = atomOf(member[0], 'путь к данным');
    return `${attribute.name}.${found(columns.get(column), `путь к данным: колонка ${column}`)}`;
  }
  const uuid = atomOf(member[1], 'путь к данным');
  const own = objectAttributes.find((one) => one.uuid === uuid);
  return `${attribute.name}.${found(own, `путь к данным: реквизит ${uuid}`).name}`;
}

function itemIds(node: Node): number[] {
  if (!Array.isArray(node)) return [];
  if (node.length === 2 && node[1] === ITEM_ID) return [Number(node[0])];
  return node.flatMap(itemIds);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what}: не найдено`);
  return value;
}
