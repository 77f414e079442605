import { writeFileSync } from 'node:fs';
import { DateTime, isoText } from '../language/date-time.ts';
import { Decimal } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { typeName } from '../language/type-of.ts';
import { UndefinedValue, type Value } from '../language/values.ts';
import { arrayType, fixedArrayType } from './array.ts';
import { fn, newable, systemEnum } from './define.ts';
import { type Encoding, encode, encodingOf } from './encoding.ts';
import { fileAction } from './file-action.ts';
import { fixedMapType, mapType } from './map.ts';
import { fixedStructureType, structureType } from './structure.ts';

const lineBreaks = systemEnum('ПереносСтрокJSON', ['Нет', 'Авто', 'Windows', 'Unix']);

interface WriteSettings extends BslObject {
  /** Between parts; empty: one line. */
  breaks: string;
  indent: string;
}

const settingsType: ObjectType<WriteSettings> = defineType<WriteSettings>('ПараметрыЗаписиJSON', {});
const DEFAULT: WriteSettings = { type: settingsType, breaks: '\n', indent: '' };

interface JsonWriter extends BslObject {
  text: string;
  settings: WriteSettings;
  file: { path: string; encoding: Encoding; signature: boolean } | undefined;
  /** Open objects and arrays: how many values each has. */
  readonly open: { kind: 'object' | 'array'; count: number }[];
  /** A name was written, its value comes. */
  named: boolean;
}

const writerType: ObjectType<JsonWriter> = defineType<JsonWriter>('ЗаписьJSON', {
  properties: { ПроверятьСтруктуру: { get: () => true } },
  methods: {
    'УстановитьСтроку(Параметры?)': (self, args) =>
      start(self, undefined, args.has(0) ? args.object(0, settingsType) : DEFAULT),
    'ОткрытьФайл(ИмяФайла, Кодировка?, ДобавлятьBOM?, Параметры?)': (self, args) => {
      const encoding = encodingOf(args.optional(1));
      const file = { path: args.text(0), encoding, signature: args.boolean(2, false) };
      return start(self, file, args.has(3) ? args.object(3, settingsType) : DEFAULT);
    },
    'ЗаписатьНачалоОбъекта()': (self) => begin(self, 'object'),
    'ЗаписатьКонецОбъекта()': (self) => end(self, 'object'),
    'ЗаписатьНачалоМассива()': (self) => begin(self, 'array'),
    'ЗаписатьКонецМассива()': (self) => end(self, 'array'),
    'ЗаписатьИмяСвойства(Имя)': (self, args) => writeName(self, args.text(0)),
    'ЗаписатьЗначение(Значение)': (self, args) => writeScalar(self, args.value(0)),
    'Закрыть()': (self) => {
      if (self.open.length > 0) throw new Unsupported('ЗаписьJSON закрыта внутри объекта');
      const { file, text } = self;
      self.text = '';
      self.file = undefined;
      if (!file) return text;
      const bytes = encode(text, file.encoding);
      fileAction(() =>
        writeFileSync(file.path, file.signature ? Buffer.concat([file.encoding.signature, bytes]) : bytes),
      );
      return '';
    },
  },
});

function start(self: JsonWriter, file: JsonWriter['file'], settings: WriteSettings): undefined {
  Object.assign(self, { file, settings, text: '', named: false });
  self.open.splice(0);
}

/** What stands before a value: a comma, a line break with an indent. */
function before(self: JsonWriter): void {
  const top = self.open.at(-1);
  if (self.named) {
    self.named = false;
    return;
  }
  if (top?.kind === 'object') throw new BslException('Значение JSON записывается без имени свойства');
  if (top) nextLine(self, top);
  else if (self.text !== '') throw new BslException('Документ JSON уже записан');
}

function nextLine(self: JsonWriter, top: { count: number }): void {
  const { breaks, indent } = self.settings;
  self.text += `${top.count++ > 0 ? ',' : ''}${breaks}${breaks === '' ? '' : indent.repeat(self.open.length)}`;
}

function begin(self: JsonWriter, kind: 'object' | 'array'): undefined {
  before(self);
  self.text += kind === 'object' ? '{' : '[';
  self.open.push({ kind, count: 0 });
}

function end(self: JsonWriter, kind: 'object' | 'array'): undefined {
  const top = self.open.pop();
  if (top?.kind !== kind || self.named) throw new BslException('Нарушена структура JSON');
  const { breaks, indent } = self.settings;
  if (top.count > 0 && breaks !== '') self.text += breaks + indent.repeat(self.open.length);
  self.text += kind === 'object' ? '}' : ']';
}

function writeName(self: JsonWriter, name: string): undefined {
  const top = self.open.at(-1);
  if (top?.kind !== 'object' || self.named) throw new BslException('Имя свойства JSON вне объекта');
  nextLine(self, top);
  self.text += `${quote(name)}:${self.settings.breaks === '' ? '' : ' '}`;
  self.named = true;
}

/** Texts, numbers, Booleans; Неопределено is null. Anything else 1C refuses here. */
function writeScalar(self: JsonWriter, value: Value): undefined {
  const text = scalar(value);
  if (text === undefined) throw new BslException(`Передано значение недопустимого типа (${typeName(value)})`);
  before(self);
  self.text += text;
}

function scalar(value: Value): string | undefined {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean' || value instanceof Decimal) return String(value);
  return value instanceof UndefinedValue ? 'null' : undefined;
}

function quote(text: string): string {
  return `"${text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(
      /[\u0000-\u001f]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )}"`;
}

/** ЗаписатьJSON: collections with all they hold; dates by ISO; references, UUIDs and tables are refused. */
function serialize(self: JsonWriter, value: Value): void {
  if (isObjectOf(value, arrayType) || isObjectOf(value, fixedArrayType)) {
    begin(self, 'array');
    for (const item of value.items) serialize(self, item);
    end(self, 'array');
  } else if (isObjectOf(value, structureType) || isObjectOf(value, fixedStructureType)) {
    begin(self, 'object');
    for (const field of value.fields.values()) {
      writeName(self, field.name);
      serialize(self, field.value);
    }
    end(self, 'object');
  } else if (isObjectOf(value, mapType) || isObjectOf(value, fixedMapType)) {
    begin(self, 'object');
    for (const entry of value.entries.values()) {
      if (typeof entry.key !== 'string') throw new BslException('Ключ соответствия JSON — не строка');
      writeName(self, entry.key);
      serialize(self, entry.value);
    }
    end(self, 'object');
  } else if (value instanceof DateTime) writeScalar(self, isoText(value));
  else writeScalar(self, value);
}

export const jsonWriting: Library = {
  functions: [
    fn('ЗаписатьJSON(ЗаписьJSON, Значение, Настройки?)', (args) => {
      if (args.has(2)) throw new Unsupported('НастройкиСериализацииJSON');
      serialize(args.object(0, writerType), args.value(1));
      return undefined;
    }),
  ],
  constructors: [
    newable(
      'ЗаписьJSON()',
      (): JsonWriter => ({
        type: writerType,
        text: '',
        settings: DEFAULT,
        file: undefined,
        open: [],
        named: false,
      }),
    ),
    newable('ПараметрыЗаписиJSON(Перенос?, Отступ?)', (args): WriteSettings => {
      const mode = lineBreaks.nameOf(args.optional(0)) ?? 'Авто';
      const breaks = { Нет: '', Авто: '\n', Unix: '\n', Windows: '\r\n' }[mode];
      return { type: settingsType, breaks, indent: args.text(1, ' ') };
    }),
  ],
  values: [lineBreaks.value],
};
