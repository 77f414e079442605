import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { keyOf } from '../language/type-of.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { itemsOf, newArray, walk } from './array.ts';
import { newable, systemEnum, update } from './define.ts';
import { nextAnswer, notify, userInterface } from './notification.ts';
import { sortOrder } from './ordering.ts';

interface ListItem extends BslObject {
  value: Value;
  presentation: string;
  mark: boolean;
}

interface ValueList extends BslObject {
  readonly items: ListItem[];
}

const itemType: ObjectType<ListItem> = defineType<ListItem>('ЭлементСпискаЗначений', {
  properties: {
    Значение: { get: (self) => self.value, set: (self, value) => update(self, { value: value }) },
    Представление: {
      get: (self) => self.presentation,
      set: (self, value) => update(self, { presentation: String(value) }),
    },
    Пометка: { get: (self) => self.mark, set: (self, value) => update(self, { mark: value === true }) },
  },
  transfer: 'same',
});

const direction = systemEnum('НаправлениеСортировки', ['Возр', 'Убыв']);

export const valueListType: ObjectType<ValueList> = defineType<ValueList>('СписокЗначений', {
  methods: {
    'Количество()': (self) => integer(self.items.length),
    'Добавить(Значение?, Представление?, Пометка?)': (self, args) => {
      const item: ListItem = {
        type: itemType,
        value: args.value(0),
        presentation: args.text(1, ''),
        mark: args.boolean(2, false),
      };
      self.items.push(item);
      return item;
    },
    'НайтиПоЗначению(Значение)': (self, args) => {
      const key = keyOf(args.value(0));
      return self.items.find(({ value }) => keyOf(value) === key) ?? UNDEFINED;
    },
    'Получить(Индекс)': (self, args) => at(self, args.value(0)),
    'Удалить(Элемент)': (self, args) => {
      const given = args.value(0);
      const index = given instanceof Decimal ? toInteger(given) : self.items.indexOf(given as ListItem);
      if (self.items[index] === undefined) throw new BslException('Индекс находится за границами массива');
      self.items.splice(index, 1);
      return undefined;
    },
    'Очистить()': (self) => void self.items.splice(0),
    'ВыгрузитьЗначения()': (self) => newArray(self.items.map(({ value }) => value)),
    'ЗагрузитьЗначения(Массив)': (self, args) => {
      const items = itemsOf(args.value(0)).map((value) => ({
        type: itemType,
        value,
        presentation: '',
        mark: false,
      }));
      self.items.splice(0, self.items.length, ...items);
      return undefined;
    },
    // The user picks a line by its number; closing the window gives Неопределено.
    'ПоказатьВыборЭлемента(Оповещение, Заголовок?)': (self, args, session) => {
      const answer = nextAnswer(userInterface(session), args.text(1, ''));
      notify(session, args.value(0), self.items[Number(answer)] ?? UNDEFINED);
      return undefined;
    },
    'СортироватьПоЗначению(Направление?)': (self, args, session) => {
      const sign = direction.nameOf(args.optional(0)) === 'Убыв' ? -1 : 1;
      self.items.sort((a, b) => sign * sortOrder(a.value, b.value, session));
      return undefined;
    },
    'СортироватьПоПредставлению(Направление?)': (self, args, session) => {
      const sign = direction.nameOf(args.optional(0)) === 'Убыв' ? -1 : 1;
      self.items.sort((a, b) => sign * sortOrder(a.presentation, b.presentation, session));
      return undefined;
    },
  },
  index: { get: at },
  iterate: (self) => walk(self.items),
  filled: (self) => self.items.length > 0,
  transfer: (self, copy) => ({
    type: self.type,
    items: self.items.map((item) => ({ ...item, value: copy(item.value) })),
  }),
});

function at({ items }: ValueList, key: Value): ListItem {
  const item = key instanceof Decimal ? items[toInteger(key)] : undefined;
  if (!item) throw new BslException('Индекс находится за границами массива');
  return item;
}

export function newValueList(): ValueList {
  return { type: valueListType, items: [] };
}

export const valueLists: Library = {
  constructors: [newable('СписокЗначений()', () => newValueList())],
  values: [direction.value],
};
