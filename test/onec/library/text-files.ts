import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Args } from '../language/args.ts';
import { integer } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { UNDEFINED } from '../language/values.ts';
import { newable, update } from './define.ts';
import { decode, type Encoding, encode, encodingOf, textEncoding } from './encoding.ts';
import { fileAction } from './file-action.ts';

interface TextReader extends BslObject {
  /** What is left; undefined: closed or never opened. */
  rest: string | undefined;
}

const readerType: ObjectType<TextReader> = defineType<TextReader>('ЧтениеТекста', {
  methods: {
    'Открыть(ИмяФайла, Кодировка?)': (self, args) => update(self, { rest: readText(args) }),
    'Прочитать(Размер?)': (self, args) => {
      const rest = left(self);
      if (rest === '') return UNDEFINED;
      const size = args.integer(0, rest.length);
      self.rest = rest.slice(size);
      return rest.slice(0, size);
    },
    'ПрочитатьСтроку()': (self) => {
      const rest = left(self);
      if (rest === '') return UNDEFINED;
      const end = rest.indexOf('\n');
      self.rest = end < 0 ? '' : rest.slice(end + 1);
      return end < 0 ? rest : rest.slice(0, end);
    },
    'Закрыть()': (self) => update(self, { rest: undefined }),
  },
});

/** Lines end with ВК+ПС or ПС; a module sees ПС only. */
function readText(args: Args): string {
  return decode(
    fileAction(() => readFileSync(args.text(0))),
    encodingOf(args.optional(1)),
  ).replaceAll('\r\n', '\n');
}

function left({ rest }: TextReader): string {
  if (rest === undefined) throw new BslException('Файл не открыт');
  return rest;
}

interface TextWriter extends BslObject {
  path: string | undefined;
  encoding: Encoding;
}

/** Writes UTF-8 with a signature and lines that end with ВК+ПС, as 1C does unless told otherwise. */
const writerType: ObjectType<TextWriter> = defineType<TextWriter>('ЗаписьТекста', {
  methods: {
    'Записать(Текст)': (self, args) => void append(self, args.text(0)),
    'ЗаписатьСтроку(Текст, Разделитель?)': (self, args) =>
      void append(self, `${args.text(0)}${args.text(1, '\n')}`),
    'Закрыть()': (self) => update(self, { path: undefined }),
  },
});

function append({ path, encoding }: TextWriter, text: string): void {
  if (path === undefined) throw new BslException('Файл не открыт');
  fileAction(() => appendFileSync(path, encode(text.replace(/\r?\n/g, '\r\n'), encoding)));
}

interface TextDocument extends BslObject {
  text: string;
}

/** ТекстовыйДокумент, also what a text template gives. */
const documentType: ObjectType<TextDocument> = defineType<TextDocument>('ТекстовыйДокумент', {
  methods: {
    'ПолучитьТекст()': ({ text }) => text,
    'УстановитьТекст(Текст)': (self, args) => update(self, { text: args.text(0) }),
    'ДобавитьСтроку(Строка)': (self, args) =>
      update(self, { text: `${closedLine(self.text)}${args.text(0)}\n` }),
    'КоличествоСтрок()': ({ text }) => integer(linesOf(text).length),
    'ПолучитьСтроку(Номер)': ({ text }, args) => linesOf(text)[args.integer(0) - 1]?.replace(/\r$/, '') ?? '',
    'Очистить()': (self) => update(self, { text: '' }),
    'Прочитать(ИмяФайла, Кодировка?)': (self, args) => update(self, { text: readText(args) }),
    'Записать(ИмяФайла, Кодировка?)': ({ text }, args) => {
      const encoding = encodingOf(args.optional(1));
      const bytes = encode(text.replace(/\r?\n/g, '\r\n'), encoding);
      return void fileAction(() => writeFileSync(args.text(0), Buffer.concat([encoding.signature, bytes])));
    },
  },
});

function closedLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export function newTextDocument(text: string): TextDocument {
  return { type: documentType, text };
}

export const textFiles: Library = {
  constructors: [
    newable(
      'ЧтениеТекста(ИмяФайла?, Кодировка?)',
      (args): TextReader => ({
        type: readerType,
        rest: args.has(0) ? readText(args) : undefined,
      }),
      'server',
    ),
    newable(
      'ЗаписьТекста(ИмяФайла, Кодировка?, Разделитель?, Дописывать?)',
      (args): TextWriter => {
        if (args.has(2) && args.text(2) !== '\n')
          throw new Unsupported('ЗаписьТекста с другим разделителем строк');
        const [path, encoding] = [args.text(0), encodingOf(args.optional(1))];
        const appends = args.boolean(3, false) && existsSync(path) && statSync(path).size > 0;
        if (!appends) fileAction(() => writeFileSync(path, encoding.signature));
        return { type: writerType, path, encoding };
      },
      'server',
    ),
    newable('ТекстовыйДокумент()', () => newTextDocument('')),
  ],
  values: [textEncoding.value],
};
