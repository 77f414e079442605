import { readFileSync } from 'node:fs';
import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable, systemEnum } from './define.ts';
import { decode, encodingOf } from './encoding.ts';
import { fileAction } from './file-action.ts';
import { localOf, prefixOf, type XmlAttribute, type XmlEvent, xmlEvents } from './xml-events.ts';

export const nodeKind = systemEnum(
  'ТипУзлаXML',
  [
    'Ничего',
    'НачалоЭлемента',
    'КонецЭлемента',
    'Текст',
    'Атрибут',
    'СекцияCDATA',
    'Комментарий',
    'ИнструкцияОбработки',
    'ОбъявлениеXML',
  ],
  {
    Ничего: 'Ничего',
    НачалоЭлемента: 'Начало элемента',
    КонецЭлемента: 'Конец элемента',
    Текст: 'Текст',
    Атрибут: 'Атрибут',
    ИнструкцияОбработки: 'Инструкция обработки',
  },
);

export interface XmlReader extends BslObject {
  events: Generator<XmlEvent> | undefined;
  /** The node under the cursor; undefined: before the first or after the last. */
  current: XmlEvent | undefined;
  /** Number of the attribute under the cursor; undefined: the element itself. */
  attribute: number | undefined;
}

export const xmlReaderType: ObjectType<XmlReader> = defineType<XmlReader>('ЧтениеXML', {
  properties: {
    ТипУзла: (self) => nodeKind.members[kindOf(self)],
    Имя: nameOf,
    ЛокальноеИмя: (self) => localOf(nameOf(self)),
    Префикс: (self) => prefixOf(nameOf(self)),
    URIПространстваИмен: ({ current }) => (current && 'namespace' in current ? current.namespace : ''),
    Значение: (self) =>
      attributeAt(self)?.value ?? (self.current && 'text' in self.current ? self.current.text : ''),
    ИмеетЗначение: (self) =>
      attributeAt(self) !== undefined || (self.current !== undefined && 'text' in self.current),
  },
  methods: {
    'УстановитьСтроку(Строка)': (self, args) => open(self, args.text(0)),
    'ОткрытьФайл(ИмяФайла)': (self, args) =>
      open(
        self,
        decode(
          fileAction(() => readFileSync(args.text(0))),
          encodingOf(undefined),
        ),
      ),
    'Прочитать()': (self) => readNode(self),
    'Пропустить()': (self) => skip(self),
    'ПерейтиКСодержимому()': (self) => {
      while (self.current === undefined || self.current.kind === 'instruction') if (!readNode(self)) break;
      return nodeKind.members[kindOf(self)];
    },
    'КоличествоАтрибутов()': (self) => integer(attributesOf(self).length),
    'ИмяАтрибута(Индекс)': (self, args) => attributesOf(self)[args.integer(0)]?.name ?? '',
    'ЗначениеАтрибута(Атрибут)': (self, args) => attributeValue(self, args.value(0)),
    'ПолучитьАтрибут(Атрибут)': (self, args) => attributeValue(self, args.value(0)),
    'ПрочитатьАтрибут()': (self) => {
      const next = (self.attribute ?? -1) + 1;
      const found = next < attributesOf(self).length;
      self.attribute = found ? next : undefined;
      return found;
    },
    'Закрыть()': (self) => {
      self.events = undefined;
      self.current = undefined;
      return undefined;
    },
  },
});

function open(self: XmlReader, text: string): undefined {
  const source = text.replace(/^\ufeff/, '');
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(source)?.[1];
  if (declared !== undefined && !/^utf-8$/i.test(declared))
    throw new Unsupported(`ЧтениеXML: кодировка ${declared}`);
  self.events = xmlEvents(source);
  self.current = undefined;
  self.attribute = undefined;
}

export function readNode(self: XmlReader): boolean {
  if (!self.events) throw new BslException('Источник данных XML не установлен');
  const { value, done } = self.events.next() as IteratorResult<XmlEvent, undefined>;
  self.current = done ? undefined : value;
  self.attribute = undefined;
  return !done;
}

/** From a start to the end of this element; from anything else to the end of its parent. */
function skip(self: XmlReader): undefined {
  for (let depth = 1; depth > 0 && readNode(self); ) {
    const { kind } = self.current!;
    if (kind === 'start') depth++;
    if (kind === 'end') depth--;
  }
}

type Kind = keyof (typeof nodeKind)['members'];

function kindOf(self: XmlReader): Kind {
  if (self.attribute !== undefined) return 'Атрибут';
  switch (self.current?.kind) {
    case 'start':
      return 'НачалоЭлемента';
    case 'end':
      return 'КонецЭлемента';
    case 'text':
      return 'Текст';
    case 'instruction':
      return 'ИнструкцияОбработки';
    default:
      return 'Ничего';
  }
}

function nameOf(self: XmlReader): string {
  const attribute = attributeAt(self);
  if (attribute) return attribute.name;
  const { current } = self;
  if (!current) return '';
  return current.kind === 'text' ? '#text' : current.name;
}

export function attributesOf({ current }: XmlReader): readonly XmlAttribute[] {
  return current?.kind === 'start' ? current.attributes : [];
}

function attributeAt(self: XmlReader): XmlAttribute | undefined {
  return self.attribute === undefined ? undefined : attributesOf(self)[self.attribute];
}

/** By number or by name with its prefix; Неопределено where there is none. */
function attributeValue(self: XmlReader, key: Value): Value {
  const attributes = attributesOf(self);
  const found =
    key instanceof Decimal ? attributes[toInteger(key)] : attributes.find(({ name }) => name === key);
  return found?.value ?? UNDEFINED;
}

export const xmlReading: Library = {
  constructors: [
    newable(
      'ЧтениеXML()',
      (): XmlReader => ({
        type: xmlReaderType,
        events: undefined,
        current: undefined,
        attribute: undefined,
      }),
    ),
  ],
  values: [nodeKind.value],
};
