import { createHash, type Hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Args } from '../language/args.ts';
import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, isObjectOf, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import type { Value } from '../language/values.ts';
import { itemsOf, newArray } from './array.ts';
import { fn, newable, systemEnum, update } from './define.ts';
import { decode, encode, encodingOf } from './encoding.ts';
import { fileAction } from './file-action.ts';

export interface BinaryData extends BslObject {
  readonly bytes: Buffer;
}

export const binaryDataType: ObjectType<BinaryData> = defineType<BinaryData>('ДвоичныеДанные', {
  methods: {
    'Размер()': ({ bytes }) => integer(bytes.length),
    'Записать(ИмяФайла)': ({ bytes }, args) => void fileAction(() => writeFileSync(args.text(0), bytes)),
  },
  key: ({ bytes }) => bytes.toString('base64'),
  // «E3 B0 C4 …»: the usual way to a hash as text. How long data look is not known.
  text: ({ bytes }) => {
    if (bytes.length > 64) throw new Unsupported('представление длинных двоичных данных');
    return bytes.toString('hex').toUpperCase().replace(/..\B/g, '$& ').trim();
  },
  xml: ({ bytes }) => bytes.toString('base64'),
  transfer: 'same',
});

export function newBinary(bytes: Buffer): BinaryData {
  return { type: binaryDataType, bytes };
}

/** БуферДвоичныхДанных: bytes that can be changed, of a length that cannot. */
interface BinaryBuffer extends BslObject {
  readonly bytes: Buffer;
}

const bufferType: ObjectType<BinaryBuffer> = defineType<BinaryBuffer>('БуферДвоичныхДанных', {
  properties: { Размер: ({ bytes }) => integer(bytes.length) },
  methods: {
    'Получить(Позиция)': ({ bytes }, args) => integer(bytes[position(bytes, args.value(0))]!),
    'Установить(Позиция, Значение)': ({ bytes }, args) => void setByte(bytes, args.value(0), args.value(1)),
    'Прочитать(Позиция, Количество)': ({ bytes }, args) => newBuffer(part(bytes, args)),
    'ПолучитьСрез(Позиция, Количество)': ({ bytes }, args) => newBuffer(part(bytes, args)),
    'Записать(Позиция, Буфер)': ({ bytes }, args) => {
      const source = args.object(1, bufferType).bytes;
      if (args.integer(0) + source.length > bytes.length) throw outside();
      source.copy(bytes, args.integer(0));
      return undefined;
    },
    'Соединить(Буфер)': ({ bytes }, args) =>
      newBuffer(Buffer.concat([bytes, args.object(0, bufferType).bytes])),
    'Скопировать()': ({ bytes }) => newBuffer(bytes),
    'ЗаписатьПобитовоеИсключительноеИли(Позиция, Буфер)': ({ bytes }, args) => {
      const source = args.object(1, bufferType).bytes;
      const at = args.integer(0);
      if (at + source.length > bytes.length) throw outside();
      for (const [index, byte] of source.entries()) bytes[at + index] = bytes[at + index]! ^ byte;
      return undefined;
    },
  },
  index: {
    get: ({ bytes }, key) => integer(bytes[position(bytes, key)]!),
    set: ({ bytes }, key, value) => setByte(bytes, key, value),
  },
});

function newBuffer(bytes: Buffer): BinaryBuffer {
  return { type: bufferType, bytes: Buffer.from(bytes) };
}

function part(bytes: Buffer, args: Args): Buffer {
  const [from, count] = [args.integer(0), args.integer(1)];
  if (from < 0 || from + count > bytes.length) throw outside();
  return bytes.subarray(from, from + count);
}

function position(bytes: Buffer, key: Value): number {
  const at = key instanceof Decimal ? toInteger(key) : -1;
  if (at < 0 || at >= bytes.length) throw outside();
  return at;
}

function setByte(bytes: Buffer, key: Value, value: Value): void {
  const byte = value instanceof Decimal ? toInteger(value) : -1;
  if (byte < 0 || byte > 255) throw new BslException('Недопустимое значение байта');
  bytes[position(bytes, key)] = byte;
}

function outside(): BslException {
  return new BslException('Выход за границы буфера');
}

const hashFunction = systemEnum('ХешФункция', ['MD5', 'SHA1', 'SHA256', 'SHA512', 'CRC32']);

interface Hashing extends BslObject {
  readonly algorithm: string;
  /** What was added so far. */
  bytes: Buffer[];
}

const hashingType: ObjectType<Hashing> = defineType<Hashing>('ХешированиеДанных', {
  properties: {
    ХешФункция: ({ algorithm }) => hashFunction.members[algorithm as 'MD5'],
    ХешСумма: (self) => {
      const bytes = Buffer.concat(self.bytes);
      if (self.algorithm === 'CRC32') return integer(crc32(bytes));
      const hash: Hash = createHash(self.algorithm.toLowerCase());
      return newBinary(hash.update(bytes).digest());
    },
  },
  methods: {
    'Добавить(Данные)': (self, args) => {
      const data = args.value(0);
      if (typeof data === 'string') self.bytes.push(Buffer.from(data, 'utf8'));
      else if (isObjectOf(data, binaryDataType)) self.bytes.push(data.bytes);
      else throw new Unsupported('ХешированиеДанных.Добавить: поддержаны строки и двоичные данные');
      return undefined;
    },
    'ДобавитьФайл(ИмяФайла)': (self, args) =>
      void self.bytes.push(fileAction(() => readFileSync(args.text(0)))),
    'Очистить()': (self) => update(self, { bytes: [] }),
  },
});

export const binaries: Library = {
  functions: [
    fn('ПолучитьДвоичныеДанныеИзСтроки(Строка, Кодировка?, ДобавлятьBOM?)', (args) => {
      const encoding = encodingOf(args.optional(1));
      const bytes = encode(args.text(0), encoding);
      return newBinary(args.boolean(2, false) ? Buffer.concat([encoding.signature, bytes]) : bytes);
    }),
    fn('ПолучитьСтрокуИзДвоичныхДанных(Данные, Кодировка?)', (args) =>
      decode(args.object(0, binaryDataType).bytes, encodingOf(args.optional(1))),
    ),
    fn('Base64Строка(Данные)', (args) => args.object(0, binaryDataType).bytes.toString('base64')),
    fn('Base64Значение(Строка)', (args) => newBinary(Buffer.from(args.text(0), 'base64'))),
    fn('ПолучитьHexСтрокуИзДвоичныхДанных(Данные)', (args) =>
      args.object(0, binaryDataType).bytes.toString('hex').toUpperCase(),
    ),
    fn('ПолучитьДвоичныеДанныеИзHexСтроки(Строка)', (args) => newBinary(Buffer.from(args.text(0), 'hex'))),
    fn('ПолучитьБуферДвоичныхДанныхИзДвоичныхДанных(Данные)', (args) =>
      newBuffer(args.object(0, binaryDataType).bytes),
    ),
    fn('ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных(Буфер)', (args) =>
      newBinary(Buffer.from(args.object(0, bufferType).bytes)),
    ),
    fn('ПолучитьБуферДвоичныхДанныхИзСтроки(Строка, Кодировка?)', (args) =>
      newBuffer(encode(args.text(0), encodingOf(args.optional(1)))),
    ),
    fn('ПолучитьБуферДвоичныхДанныхИзHexСтроки(Строка)', (args) =>
      newBuffer(Buffer.from(args.text(0), 'hex')),
    ),
    fn('СоединитьДвоичныеДанные(Массив)', (args) =>
      newBinary(
        Buffer.concat(
          itemsOf(args.value(0)).map((one) => {
            if (!isObjectOf(one, binaryDataType))
              throw new Unsupported('СоединитьДвоичныеДанные: в массиве не двоичные данные');
            return one.bytes;
          }),
        ),
      ),
    ),
    fn('РазделитьДвоичныеДанные(Данные, Размер)', (args) => {
      const { bytes } = args.object(0, binaryDataType);
      const size = args.integer(1);
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        newBinary(bytes.subarray(index * size, (index + 1) * size)),
      );
      return newArray(parts);
    }),
  ],
  constructors: [
    newable(
      'ДвоичныеДанные(ИмяФайла)',
      (args) => newBinary(fileAction(() => readFileSync(args.text(0)))),
      'server',
    ),
    newable('БуферДвоичныхДанных(Размер)', (args) => newBuffer(Buffer.alloc(args.integer(0)))),
    newable(
      'ХешированиеДанных(Функция)',
      (args) => {
        const algorithm = hashFunction.nameOf(args.value(0));
        if (!algorithm) throw new Unsupported('ХешированиеДанных: нужна ХешФункция');
        return { type: hashingType, algorithm, bytes: [] } satisfies Hashing;
      },
      'server',
    ),
  ],
  values: [hashFunction.value],
};
