import { allItems, type Form, type Item } from '../../../src/epf/description/description.ts';
import { BslException } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { update } from '../library/define.ts';
import type { TableRow } from '../library/value-table.ts';

/** Элемент формы. */
export interface ItemObject extends BslObject {
  readonly item: Item;
  visible: boolean;
  enabled: boolean;
  readOnly: boolean;
  title: string;
  /** Of pages: the one that is shown. */
  page: ItemObject | undefined;
  typeRestriction: Value;
  /** Of a table: the row that the user stands on. */
  row: TableRow | undefined;
}

/** Properties that a module may set; another is a mistake, or something that the model does not know. */
const itemType: ObjectType<ItemObject> = defineType<ItemObject>('ЭлементФормы', {
  properties: {
    Имя: ({ item }) => item.name,
    Видимость: {
      get: ({ visible }) => visible,
      set: (self, value) => update(self, { visible: bool(value) }),
    },
    Доступность: {
      get: ({ enabled }) => enabled,
      set: (self, value) => update(self, { enabled: bool(value) }),
    },
    ТолькоПросмотр: {
      get: ({ readOnly }) => readOnly,
      set: (self, value) => update(self, { readOnly: bool(value) }),
    },
    Заголовок: { get: ({ title }) => title, set: (self, value) => update(self, { title: String(value) }) },
    ТекущаяСтраница: { get: ({ page }) => page ?? UNDEFINED, set: (self, value) => setPage(self, value) },
    ОграничениеТипа: {
      get: ({ typeRestriction }) => typeRestriction,
      set: (self, value) => update(self, { typeRestriction: value }),
    },
    ТекущиеДанные: ({ row }) => row ?? UNDEFINED,
  },
  transfer: 'same',
});

function bool(value: Value): boolean {
  if (typeof value !== 'boolean') throw new BslException('Несоответствие типов: свойство элемента — булево');
  return value;
}

function setPage(pages: ItemObject, value: Value): undefined {
  const page = value as ItemObject;
  const own = pages.item.kind === 'pages' && pages.item.items.some(({ name }) => name === page.item?.name);
  if (!own) throw new BslException(`Страницы «${pages.item.name}»: это не их страница`);
  return update(pages, { page });
}

export interface Items extends BslObject {
  /** By name in lower case. */
  readonly items: ReadonlyMap<string, ItemObject>;
}

/** Элементы. */
const itemsType: ObjectType<Items> = defineType<Items>('ВсеЭлементыФормы', {
  methods: { 'Найти(Имя)': ({ items }, args) => items.get(args.text(0).toLowerCase()) ?? UNDEFINED },
  dynamic: { get: ({ items }, name) => items.get(name.toLowerCase()) },
  transfer: 'same',
  closed: true,
});

export function createItems(form: Form): Items {
  const items = [...allItems(form)].map((item): [string, ItemObject] => [
    item.name.toLowerCase(),
    {
      type: itemType,
      item,
      visible: !('visible' in item && item.visible === false),
      enabled: true,
      readOnly: 'readOnly' in item && item.readOnly === true,
      title: item.title ?? '',
      page: undefined,
      typeRestriction: UNDEFINED,
      row: undefined,
    },
  ]);
  const known = new Map(items);
  for (const [, object] of items)
    if (object.item.kind === 'pages') object.page = known.get(object.item.items[0]!.name.toLowerCase());
  return { type: itemsType, items: known };
}
