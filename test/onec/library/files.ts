import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { fromJsDate } from '../language/date-time.ts';
import { integer } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { newArray } from './array.ts';
import { fn, newable } from './define.ts';
import { fileAction } from './file-action.ts';

interface FileObject extends BslObject {
  readonly path: string;
}

/** Файл. On the client its methods ask the user for an extension: the model has it on the server only. */
export const fileType: ObjectType<FileObject> = defineType<FileObject>('Файл', {
  properties: {
    ПолноеИмя: ({ path }) => path,
    Имя: ({ path }) => basename(path),
    ИмяБезРасширения: ({ path }) => basename(path, extname(path)),
    Расширение: ({ path }) => extname(path),
    Путь: ({ path }) => (path.includes(sep) ? `${dirname(path)}${sep}` : ''),
  },
  methods: {
    'Существует()': ({ path }) => existsSync(path),
    'ЭтоФайл()': ({ path }) => fileAction(() => statSync(path).isFile()),
    'ЭтоКаталог()': ({ path }) => fileAction(() => statSync(path).isDirectory()),
    'Размер()': ({ path }) => integer(fileAction(() => statSync(path).size)),
    'ПолучитьВремяИзменения()': ({ path }) => fromJsDate(fileAction(() => statSync(path).mtime)),
    'ПолучитьУниверсальноеВремяИзменения()': ({ path }) => fromJsDate(fileAction(() => statSync(path).mtime)),
  },
});

/** Names by a mask (`*.zip`, `Message_*`); the order is not promised by 1C, the last goes first here. */
function findFiles(folder: string, mask: string, deep: boolean): string[] {
  if (!existsSync(folder)) return [];
  const pattern = new RegExp(
    `^${mask
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    'iu',
  );
  const found: string[] = [];
  for (const name of readdirSync(folder).sort().reverse()) {
    const path = join(folder, name);
    if (pattern.test(name)) found.push(path);
    if (deep && statSync(path).isDirectory()) found.push(...findFiles(path, mask, deep));
  }
  return found;
}

export const files: Library = {
  functions: [
    fn(
      'НайтиФайлы(Путь, Маска?, ВПодкаталогах?)',
      (args) => {
        if (!args.has(1)) throw new Unsupported('НайтиФайлы без маски');
        const paths = findFiles(args.text(0), args.text(1), args.boolean(2, false));
        return newArray(paths.map((path): FileObject => ({ type: fileType, path })));
      },
      'server',
    ),
    fn(
      'СоздатьКаталог(Путь)',
      (args) => void fileAction(() => mkdirSync(args.text(0), { recursive: true })),
      'server',
    ),
    fn(
      'КопироватьФайл(Откуда, Куда)',
      (args) => void fileAction(() => copyFileSync(args.text(0), args.text(1))),
      'server',
    ),
    fn(
      'ПереместитьФайл(Откуда, Куда)',
      (args) => {
        if (existsSync(args.text(1)))
          throw new Unsupported('ПереместитьФайл поверх существующего: на разных системах по-разному');
        return void fileAction(() => renameSync(args.text(0), args.text(1)));
      },
      'server',
    ),
    fn(
      'УдалитьФайлы(Путь, Маска?)',
      (args) => {
        const paths = args.has(1) ? findFiles(args.text(0), args.text(1), false) : [args.text(0)];
        for (const path of paths) {
          refuseRoot(path);
          fileAction(() => rmSync(path, { recursive: true, force: true }));
        }
        return undefined;
      },
      'server',
    ),
    fn(
      'ПолучитьИмяВременногоФайла(Расширение?)',
      (args, session) => {
        const extension = args.text(0, 'tmp').replace(/^\./, '');
        return join(session.temporaryFolder, `v8_${session.newUuid().slice(0, 8)}.${extension}`);
      },
      'server',
    ),
    fn('КаталогВременныхФайлов()', (_, session) => `${session.temporaryFolder}${sep}`, 'server'),
    fn('ПолучитьРазделительПути()', () => sep),
    fn('ПолучитьРазделительПутиСервера()', () => sep),
    fn('ПолучитьМаскуВсеФайлы()', () => '*'),
  ],
  constructors: [
    newable('Файл(ИмяФайла)', (args): FileObject => ({ type: fileType, path: args.text(0) }), 'server'),
  ],
};

/** A mistake of a module under test must not empty the machine. */
function refuseRoot(path: string): void {
  if (path.trim() === '' || dirname(resolve(path)) === resolve('/'))
    throw new BslException(`УдалитьФайлы: «${path}»`);
}
