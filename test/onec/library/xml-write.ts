import { writeFileSync } from 'node:fs';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { newable } from './define.ts';
import { type Encoding, encode, encodingOf } from './encoding.ts';
import { fileAction } from './file-action.ts';
import { prefixOf } from './xml-events.ts';
import { type attributesOf, xmlReaderType } from './xml-read.ts';

interface WriteSettings extends BslObject {
  readonly encoding: string | undefined;
  readonly indent: boolean;
}

const settingsType: ObjectType<WriteSettings> = defineType<WriteSettings>('ПараметрыЗаписиXML', {});
const DEFAULT: WriteSettings = { type: settingsType, encoding: undefined, indent: true };

interface OpenElement {
  name: string;
  /** Prefixes in force. */
  scope: Map<string, string>;
  /** Only elements and the like stand in it so far, so that the closing tag goes to a line of its own. */
  lines: boolean;
  empty: boolean;
}

interface XmlWriter extends BslObject {
  text: string;
  file: { path: string; encoding: Encoding } | undefined;
  settings: WriteSettings;
  open: OpenElement[];
  /** A start tag that may still take attributes. */
  unfinished: boolean;
  lineEnded: boolean;
}

const writerType: ObjectType<XmlWriter> = defineType<XmlWriter>('ЗаписьXML', {
  methods: {
    'УстановитьСтроку(Параметры?)': (self, args) => start(self, undefined, settingsOf(args.optional(0))),
    'ОткрытьФайл(ИмяФайла, Кодировка?, ДобавлятьBOM?)': (self, args) => {
      const settings = settingsOf(args.optional(1));
      if (args.has(2)) throw new Unsupported('ЗаписьXML.ОткрытьФайл с ДобавлятьBOM');
      const encoding = encodingOf(settings.encoding);
      return start(
        self,
        { path: args.text(0), encoding },
        { ...settings, encoding: settings.encoding ?? 'UTF-8' },
      );
    },
    'ЗаписатьОбъявлениеXML()': (self) => {
      if (self.text !== '') throw new BslException('Объявление XML не в начале документа');
      const { encoding, indent } = self.settings;
      emit(
        self,
        `<?xml version="1.0"${encoding === undefined ? '' : ` encoding="${encoding}"`}?>${indent ? '\n' : ''}`,
      );
      return undefined;
    },
    'ЗаписатьНачалоЭлемента(Имя, Пространство?)': (self, args) =>
      startElement(self, args.text(0), args.text(1, '')),
    'ЗаписатьКонецЭлемента()': endElement,
    'ЗаписатьАтрибут(Имя, Значение, Третий?)': (self, args) => {
      if (args.has(2)) throw new Unsupported('ЗаписатьАтрибут с пространством имён');
      return writeAttribute(self, strict(args.value(0)), strict(args.value(1)));
    },
    'ЗаписатьСоответствиеПространстваИмен(Префикс, Пространство)': (self, args) =>
      declare(self, args.text(0), args.text(1)),
    'ЗаписатьТекст(Текст)': (self, args) => writeText(self, strict(args.value(0))),
    'ЗаписатьБезОбработки(Текст)': (self, args) => {
      finishTag(self);
      emit(self, args.text(0));
      const top = self.open.at(-1);
      if (top) Object.assign(top, { empty: false, lines: true });
      return undefined;
    },
    'ЗаписатьТекущий(ЧтениеXML)': (self, args) => {
      const reader = args.value(0);
      if (!isObjectOf(reader, xmlReaderType)) throw new Unsupported('ЗаписатьТекущий: нужно ЧтениеXML');
      return writeCurrent(self, reader);
    },
    'Закрыть()': (self) => {
      const { text, file } = self;
      finishTag(self);
      const whole = self.text;
      Object.assign(self, { text: '', file: undefined, open: [], unfinished: false });
      if (!file) return text === '' ? '' : whole;
      fileAction(() => writeFileSync(file.path, encode(whole, file.encoding)));
      return '';
    },
  },
});

function settingsOf(value: Parameters<typeof isObjectOf>[0] | undefined): WriteSettings {
  if (value === undefined) return DEFAULT;
  if (typeof value === 'string') return { ...DEFAULT, encoding: value };
  if (!isObjectOf(value, settingsType)) throw new Unsupported('нужны ПараметрыЗаписиXML');
  return value;
}

function start(self: XmlWriter, file: XmlWriter['file'], settings: WriteSettings): undefined {
  Object.assign(self, { file, settings, text: '', open: [], unfinished: false, lineEnded: false });
}

/** 1C takes nothing but texts here: a number is an error. */
function strict(value: Parameters<typeof isObjectOf>[0]): string {
  if (typeof value !== 'string')
    throw new BslException('Несоответствие типов: ЗаписьXML принимает только строки');
  return value;
}

function finishTag(self: XmlWriter): void {
  if (self.unfinished) emit(self, '>');
  self.unfinished = false;
}

/** What is written last is kept apart: looking at the end of a long text again and again takes its time. */
function emit(self: XmlWriter, text: string): void {
  self.text += text;
  self.lineEnded = text.endsWith('\n');
}

function newLine(self: XmlWriter, depth: number): void {
  if (self.settings.indent && self.text !== '' && !self.lineEnded) emit(self, '\n');
  if (self.settings.indent) emit(self, '\t'.repeat(depth));
}

function startElement(self: XmlWriter, name: string, namespace: string): undefined {
  finishTag(self);
  const parent = self.open.at(-1);
  newLine(self, self.open.length);
  if (parent) Object.assign(parent, { empty: false, lines: true });
  const scope = new Map(parent?.scope ?? []);
  emit(self, `<${name}`);
  self.unfinished = true;
  self.open.push({ name, scope, lines: false, empty: true });
  if (namespace !== '' && scope.get(prefixOf(name)) !== namespace) declare(self, prefixOf(name), namespace);
}

function endElement(self: XmlWriter): undefined {
  const top = self.open.pop();
  if (!top) throw new BslException('ЗаписьXML: нет открытого элемента');
  if (top.empty) {
    emit(self, '/>');
    self.unfinished = false;
    return;
  }
  if (top.lines) newLine(self, self.open.length);
  emit(self, `</${top.name}>`);
}

function writeAttribute(self: XmlWriter, name: string, value: string): undefined {
  if (!self.unfinished) throw new BslException('ЗаписьXML: атрибут вне начала элемента');
  emit(self, ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`);
}

function declare(self: XmlWriter, prefix: string, namespace: string): undefined {
  self.open.at(-1)?.scope.set(prefix, namespace);
  writeAttribute(self, prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespace);
}

function writeText(self: XmlWriter, text: string): undefined {
  if (text === '') return;
  const top = self.open.at(-1);
  if (!top) throw new BslException('ЗаписьXML: текст вне элемента');
  finishTag(self);
  Object.assign(top, { empty: false, lines: false });
  emit(self, escapeText(text));
}

/** The node under the cursor of a reader: a start with its attributes and namespaces, an end, a text. */
function writeCurrent(self: XmlWriter, reader: Parameters<typeof attributesOf>[0]): undefined {
  const { current } = reader;
  if (current?.kind === 'start') {
    startElement(self, current.name, '');
    const top = self.open.at(-1)!;
    for (const [prefix, uri] of current.scope) top.scope.set(prefix, uri);
    for (const { name, value } of current.attributes) writeAttribute(self, name, value);
  } else if (current?.kind === 'end') endElement(self);
  else if (current?.kind === 'text') writeText(self, current.text);
  else throw new Unsupported('ЗаписатьТекущий для этого узла');
}

function escapeText(text: string): string {
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
  if (forbidden) throw new BslException('Текст XML содержит недопустимый символ');
  return text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char]!);
}

export const xmlWriting: Library = {
  constructors: [
    newable(
      'ЗаписьXML()',
      (): XmlWriter => ({
        type: writerType,
        text: '',
        file: undefined,
        settings: DEFAULT,
        open: [],
        unfinished: false,
        lineEnded: false,
      }),
    ),
    newable(
      'ПараметрыЗаписиXML(Кодировка?, Версия?, Отступ?)',
      (args): WriteSettings => ({
        type: settingsType,
        encoding: args.text(0, 'UTF-8'),
        indent: args.boolean(2, true),
      }),
    ),
  ],
};
