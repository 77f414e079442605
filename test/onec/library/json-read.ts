import { readFileSync } from 'node:fs';
import { dateOfIso } from '../language/date-time.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObject, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { itemsOf, newArray } from './array.ts';
import { fn, newable, systemEnum } from './define.ts';
import { decode, encodingOf } from './encoding.ts';
import { fileAction } from './file-action.ts';
import { type JsonEvent, jsonEvents } from './json-events.ts';
import { newMap, putEntry } from './map.ts';
import { newStructure, putField } from './structure.ts';

const valueKind = systemEnum('ТипЗначенияJSON', [
  'НачалоОбъекта',
  'КонецОбъекта',
  'НачалоМассива',
  'КонецМассива',
  'ИмяСвойства',
  'Строка',
  'Число',
  'Булево',
  'Null',
]);
const dateFormat = systemEnum('ФорматДатыJSON', ['ISO', 'JavaScript', 'Microsoft']);

const KINDS = {
  object: 'НачалоОбъекта',
  objectEnd: 'КонецОбъекта',
  array: 'НачалоМассива',
  arrayEnd: 'КонецМассива',
  name: 'ИмяСвойства',
  string: 'Строка',
  number: 'Число',
  boolean: 'Булево',
  null: 'Null',
} as const satisfies Record<JsonEvent['kind'], string>;

interface JsonReader extends BslObject {
  events: Iterator<JsonEvent> | undefined;
  current: JsonEvent | undefined;
}

const readerType: ObjectType<JsonReader> = defineType<JsonReader>('ЧтениеJSON', {
  properties: {
    ТипТекущегоЗначения: ({ current }) => valueKind.members[KINDS[current?.kind ?? 'null']],
    ТекущееЗначение: ({ current }) => {
      if (current?.kind === 'name' || current?.kind === 'string') return current.text;
      if (current?.kind === 'number' || current?.kind === 'boolean') return current.value;
      throw new BslException('Текущее значение JSON не может быть получено');
    },
  },
  methods: {
    'УстановитьСтроку(Строка)': (self, args) => open(self, args.text(0)),
    'ОткрытьФайл(ИмяФайла, Кодировка?)': (self, args) =>
      open(
        self,
        decode(
          fileAction(() => readFileSync(args.text(0))),
          encodingOf(args.optional(1)),
        ),
      ),
    'Прочитать()': (self) => next(self) !== undefined,
    'Пропустить()': skip,
    'Закрыть()': (self) => {
      self.events = undefined;
      self.current = undefined;
      return undefined;
    },
  },
});

function open(self: JsonReader, text: string): undefined {
  self.events = jsonEvents(text);
  self.current = undefined;
  return undefined;
}

function next(self: JsonReader): JsonEvent | undefined {
  if (!self.events) throw new BslException('Источник данных JSON не установлен');
  const { value, done } = self.events.next() as IteratorResult<JsonEvent, undefined>;
  self.current = done ? undefined : value;
  return self.current;
}

/** From a beginning to its end, from a name over its value. */
function skip(self: JsonReader): boolean {
  if (self.current?.kind === 'name') next(self);
  for (let depth = 0; ; next(self)) {
    const kind = self.current?.kind;
    if (kind === 'object' || kind === 'array') depth++;
    if (kind === 'objectEnd' || kind === 'arrayEnd') depth--;
    if (depth <= 0) return self.current !== undefined;
  }
}

interface ReadOptions {
  asMap: boolean;
  /** Names of properties that hold dates. */
  dates: ReadonlySet<string>;
}

/** @param name of the property that the value stands in */
function readValue(self: JsonReader, options: ReadOptions, name = ''): Value {
  const event = self.current;
  switch (event?.kind) {
    case 'object':
      return readObject(self, options);
    case 'array': {
      const items: Value[] = [];
      while (next(self)?.kind !== 'arrayEnd') items.push(readValue(self, options, name));
      return newArray(items);
    }
    case 'string':
      return options.dates.has(name) ? readDate(event.text) : event.text;
    case 'number':
    case 'boolean':
      return event.value;
    case 'null':
      return UNDEFINED;
    default:
      throw new Unsupported('ПрочитатьJSON не с начала значения');
  }
}

/** A structure takes only names: a key that is none is an error, as in 1C. */
function readObject(self: JsonReader, options: ReadOptions): Value {
  const structure = newStructure();
  const map = newMap();
  for (;;) {
    const event = next(self);
    if (event?.kind === 'objectEnd') return options.asMap ? map : structure;
    if (event?.kind !== 'name') throw new Unsupported('ПрочитатьJSON: не имя свойства');
    next(self);
    const value = readValue(self, options, event.text);
    if (options.asMap) putEntry(map, event.text, value);
    else putField(structure, event.text, value);
  }
}

function readDate(text: string): Value {
  const date = dateOfIso(text);
  if (!date) throw new BslException(`Представление даты имеет неверный формат ('${text}')`);
  return date;
}

/** A list of names, as a text or an array. */
function dateNames(value: Value | undefined): ReadonlySet<string> {
  if (value === undefined || !isObject(value)) {
    if (value === undefined || value === UNDEFINED) return new Set();
    return new Set(
      String(value)
        .split(',')
        .map((name) => name.trim()),
    );
  }
  return new Set(itemsOf(value).map(String));
}

export const jsonReading: Library = {
  functions: [
    fn('ПрочитатьJSON(ЧтениеJSON, ВСоответствие?, ИменаДат?, ФорматДаты?)', (args) => {
      const reader = args.object(0, readerType);
      const format = args.optional(3);
      if (format !== undefined && dateFormat.nameOf(format) !== 'ISO')
        throw new Unsupported('формат даты JSON не ISO');
      if (!reader.current) next(reader);
      return readValue(reader, { asMap: args.boolean(1, false), dates: dateNames(args.optional(2)) });
    }),
  ],
  constructors: [
    newable('ЧтениеJSON()', (): JsonReader => ({ type: readerType, events: undefined, current: undefined })),
  ],
  values: [valueKind.value, dateFormat.value],
};
