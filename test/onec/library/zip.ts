import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable, systemEnum, update } from './define.ts';
import { fileAction } from './file-action.ts';
import { readZip, writeZip, type ZipEntry } from './zip-format.ts';

const restorePaths = systemEnum('РежимВосстановленияПутейФайловZIP', [
  'Восстанавливать',
  'НеВосстанавливать',
]);
const storePaths = systemEnum('РежимСохраненияПутейZIP', [
  'НеСохранятьПути',
  'СохранятьОтносительныеПути',
  'СохранятьПолныеПути',
]);
const subfolders = systemEnum('РежимОбработкиПодкаталоговZIP', ['НеОбрабатывать', 'ОбрабатыватьРекурсивно']);

interface EntryObject extends BslObject {
  readonly entry: ZipEntry;
}

/** Characters that a file name may not have come out as `_`. */
function safeName(name: string): string {
  return name.replace(/[><|?*:"\\]/g, '_');
}

const entryType: ObjectType<EntryObject> = defineType<EntryObject>('ЭлементZipФайла', {
  properties: {
    Имя: ({ entry }) => safeName(basename(entry.name)),
    ИмяБезРасширения: ({ entry }) => safeName(basename(entry.name, extname(entry.name))),
    Расширение: ({ entry }) => extname(entry.name).slice(1),
    ПолноеИмя: ({ entry }) => safeName(entry.name),
    ИсходноеИмя: ({ entry }) => basename(entry.name),
    ИсходноеПолноеИмя: ({ entry }) => entry.name,
    Путь: ({ entry }) => (entry.name.includes('/') ? safeName(`${dirname(entry.name)}/`) : ''),
    РазмерНесжатого: ({ entry }) => integer(entry.size),
    РазмерСжатого: ({ entry }) => integer(entry.packedSize),
    Зашифрован: ({ entry }) => entry.encrypted,
  },
});

interface Entries extends BslObject {
  readonly items: readonly EntryObject[];
}

const entriesType: ObjectType<Entries> = defineType<Entries>('ЭлементыZipФайла', {
  methods: {
    'Количество()': ({ items }) => integer(items.length),
    'Получить(Индекс)': (self, args) => entryAt(self, args.value(0)),
    'Найти(Имя)': ({ items }, args) => {
      const name = args.text(0).toLowerCase();
      return items.find(({ entry }) => basename(entry.name).toLowerCase() === name) ?? UNDEFINED;
    },
  },
  index: { get: entryAt },
  iterate: ({ items }) => items,
});

function entryAt({ items }: Entries, key: Value): EntryObject {
  const item = key instanceof Decimal ? items[toInteger(key)] : undefined;
  if (!item) throw new BslException('Индекс находится за границами массива');
  return item;
}

interface ZipReader extends BslObject {
  entries: readonly EntryObject[] | undefined;
}

const readerType: ObjectType<ZipReader> = defineType<ZipReader>('ЧтениеZipФайла', {
  properties: {
    Элементы: (self): Entries => ({ type: entriesType, items: opened(self) }),
  },
  methods: {
    'Открыть(ИмяФайла, Пароль?)': (self, args) => update(self, { entries: openZip(args.text(0)) }),
    'Извлечь(Элемент, Каталог, Режим?, Пароль?)': (self, args) => {
      opened(self);
      extract(args.object(0, entryType), args.text(1), args.optional(2));
      return undefined;
    },
    'ИзвлечьВсе(Каталог, Режим?)': (self, args) => {
      for (const entry of opened(self)) extract(entry, args.text(0), args.optional(1));
      return undefined;
    },
    'Закрыть()': (self) => update(self, { entries: undefined }),
  },
});

function opened({ entries }: ZipReader): readonly EntryObject[] {
  if (!entries) throw new BslException('Файл архива не открыт');
  return entries;
}

function openZip(path: string): EntryObject[] {
  return readZip(fileAction(() => readFileSync(path))).map((entry) => ({ type: entryType, entry }));
}

function extract({ entry }: EntryObject, folder: string, mode: Value | undefined): void {
  if (entry.encrypted) throw new Unsupported('зашифрованный архив');
  // Paths are restored unless told otherwise; a name that leads out of the folder must not reach the disk of the tests.
  const keepsPath = restorePaths.nameOf(mode) !== 'НеВосстанавливать';
  if (keepsPath && entry.name.split('/').includes('..'))
    throw new Unsupported(`извлечение «${entry.name}» с путём`);
  const path = join(folder, safeName(keepsPath ? entry.name : basename(entry.name)));
  const content = entry.read();
  fileAction(() => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  });
}

interface ZipWriter extends BslObject {
  readonly path: string;
  readonly files: { name: string; content: Buffer }[];
}

const writerType: ObjectType<ZipWriter> = defineType<ZipWriter>('ЗаписьZipФайла', {
  methods: {
    'Добавить(Файл, РежимПутей?, РежимПодкаталогов?)': (self, args) => {
      if (args.has(1) && storePaths.nameOf(args.value(1)) !== 'НеСохранятьПути')
        throw new Unsupported('ЗаписьZipФайла: сохранение путей');
      for (const path of matching(args.text(0)))
        self.files.push({ name: basename(path), content: fileAction(() => readFileSync(path)) });
      return undefined;
    },
    'Записать()': ({ path, files }) => void fileAction(() => writeFileSync(path, writeZip(files))),
  },
});

/** A file, or all files of a folder by `*` or `*.xml`. */
function matching(path: string): string[] {
  const mask = basename(path);
  if (!mask.includes('*')) return [path];
  const ending = mask.replace('*', '');
  return readdirSync(dirname(path))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(dirname(path), name))
    .filter((found) => statSync(found).isFile());
}

export const zips: Library = {
  constructors: [
    newable(
      'ЧтениеZipФайла(ИмяФайла?, Пароль?)',
      (args): ZipReader => {
        const source = args.optional(0);
        if (source !== undefined && typeof source !== 'string')
          throw new Unsupported('ЧтениеZipФайла из потока');
        return { type: readerType, entries: source === undefined ? undefined : openZip(source) };
      },
      'server',
    ),
    newable(
      'ЗаписьZipФайла(ИмяФайла, Пароль?, Комментарий?)',
      (args): ZipWriter => ({
        type: writerType,
        path: args.text(0),
        files: [],
      }),
      'server',
    ),
  ],
  values: [restorePaths.value, storePaths.value, subfolders.value],
};
