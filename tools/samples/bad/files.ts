import iconv from 'iconv-lite';
import { type BadCase, fileOf, rowOf, set, swap, wrongDigit } from './case.ts';
import { hostileZip, zipOf } from './zip.ts';

/** Files that cannot be read as the tables of an export: nothing is written. */
export const FILE_CASES: readonly BadCase[] = [
  {
    name: 'export-not-found',
    title: 'Указана папка выгрузки, которой нет',
    exit: 2,
    faults: ['BG1C-SOURCE-NOT-FOUND'],
    documents: 0,
    export: 'in-2026-10',
  },
  {
    name: 'file-missing',
    title: 'В выгрузке нет файла documents.csv',
    exit: 1,
    faults: ['BG1C-SOURCE-TABLE-MISSING'],
    documents: 0,
    files: (files) => {
      files.delete('in/documents.csv');
      return 'documents.csv';
    },
  },
  {
    name: 'file-empty',
    title: 'Файл documents.csv пуст: выгрузка прервалась',
    exit: 1,
    faults: ['BG1C-SOURCE-EMPTY'],
    documents: 0,
    files: (files) => {
      files.set('in/documents.csv', Buffer.alloc(0));
      return 'documents.csv';
    },
  },
  {
    name: 'column-missing',
    title: 'В clients нет столбца inn',
    exit: 1,
    faults: ['BG1C-SOURCE-COLUMN-MISSING'],
    documents: 0,
    tables: (tables) => {
      tables.clients.columns = tables.clients.columns.filter((column) => column !== 'inn');
      return 'clients.csv:1';
    },
  },
  {
    name: 'column-twice',
    title: 'Столбец summ в documents повторяется',
    exit: 1,
    faults: ['BG1C-SOURCE-COLUMN-TWICE'],
    documents: 0,
    tables: (tables) => {
      tables.documents.columns.push('summ');
      return 'documents.csv:1';
    },
  },
  {
    name: 'account-column-missing',
    title: 'В clients нет столбца, в котором по настройкам стоит лицевой счёт',
    exit: 1,
    faults: ['BG1C-SOURCE-COLUMN-MISSING'],
    documents: 0,
    tables: (tables) => {
      tables.clients.columns = tables.clients.columns.filter((column) => column !== 'account');
      return 'clients.csv:1';
    },
  },
  {
    name: 'column-unknown',
    title: 'В contracts есть столбец, которого программа не знает',
    exit: 0,
    faults: ['BG1C-SOURCE-COLUMN-UNKNOWN'],
    documents: 9,
    tables: (tables) => {
      tables.contracts.columns.push('manager');
      return 'contracts.csv:1';
    },
  },
  {
    name: 'delimiter-comma',
    title: 'Столбцы services разделены запятыми',
    exit: 1,
    faults: ['BG1C-SOURCE-DELIMITER'],
    documents: 0,
    files: (files) => {
      rewrite(files, 'in/services.csv', (text) => text.replaceAll(';', ','));
      return 'services.csv';
    },
  },
  {
    name: 'row-width',
    title: 'В адресе точка с запятой без кавычек: в строке на одно значение больше',
    exit: 1,
    faults: ['BG1C-SOURCE-ROW-WIDTH'],
    documents: 0,
    files: (files) => {
      rewrite(files, 'in/clients.csv', (text) =>
        swap(text, 'г. Белорецк, ул. Ленина', 'г. Белорецк; ул. Ленина'),
      );
      return 'clients.csv:3';
    },
  },
  {
    name: 'quote-unclosed',
    title: 'В последней строке clients кавычка открыта и не закрыта',
    exit: 1,
    faults: ['BG1C-SOURCE-QUOTES'],
    documents: 0,
    files: (files) => {
      rewrite(files, 'in/clients.csv', (text) => swap(text, ';453124', ';"453124'));
      return 'clients.csv:4';
    },
  },
  {
    name: 'quote-stray',
    title: 'Внутренние кавычки в названии не удвоены',
    exit: 1,
    faults: ['BG1C-SOURCE-QUOTES'],
    documents: 0,
    files: (files) => {
      rewrite(files, 'in/clients.csv', (text) => swap(text, ';ООО «Зилим»;', ';"ООО "Зилим"";'));
      return 'clients.csv:3';
    },
  },
  {
    name: 'bytes-in-utf8',
    title: 'В файле UTF-8 одна строка осталась в windows-1251',
    exit: 1,
    faults: ['BG1C-SOURCE-ENCODING'],
    documents: 0,
    files: (files) => {
      const text = iconv.decode(fileOf(files, 'in/clients.csv'), 'win1251');
      files.set('in/clients.csv', mixedEncodings(text, 'utf8', 'win1251'));
      return 'clients.csv:3';
    },
  },
  {
    name: 'bytes-in-cp1251',
    title: 'В файле windows-1251 одна строка вставлена из UTF-8',
    exit: 1,
    faults: ['BG1C-SOURCE-ENCODING'],
    documents: 0,
    files: (files) => {
      const text = iconv.decode(fileOf(files, 'in/clients.csv'), 'win1251');
      files.set('in/clients.csv', mixedEncodings(text, 'win1251', 'utf8'));
      return 'clients.csv:3';
    },
  },
  {
    name: 'bytes-utf16',
    title: 'Файл clients сохранён из Excel как «Текст Юникод»: это UTF-16',
    exit: 1,
    faults: ['BG1C-SOURCE-ENCODING'],
    documents: 0,
    files: (files) => {
      const text = iconv.decode(fileOf(files, 'in/clients.csv'), 'win1251');
      files.set('in/clients.csv', iconv.encode(text, 'utf16le', { addBOM: true }));
      return 'clients.csv:1';
    },
  },
  {
    name: 'table-twice',
    title: 'В архиве две таблицы документов: documents.csv и DOCUMENTS.CSV',
    exit: 1,
    faults: ['BG1C-SOURCE-TABLE-TWICE'],
    documents: 0,
    export: 'in.zip',
    files: async (files) => {
      files.set('in/DOCUMENTS.CSV', fileOf(files, 'in/documents.csv'));
      await pack(files, zipOf);
      return 'in.zip';
    },
  },
  {
    name: 'zip-outside',
    title: 'В архиве файл с именем ../documents.csv, которое ведёт из папки наружу',
    exit: 1,
    faults: ['BG1C-SOURCE-ARCHIVE'],
    documents: 0,
    export: 'in.zip',
    files: async (files) => {
      await pack(files, (exported) => hostileZip(exported, 'documents.csv'));
      return 'in.zip';
    },
  },
  {
    name: 'zip-truncated',
    title: 'Архив выгрузки обрезан: скачан не целиком',
    exit: 1,
    faults: ['BG1C-SOURCE-ARCHIVE'],
    documents: 0,
    export: 'in.zip',
    files: async (files) => {
      await pack(files, async (exported) => {
        const whole = await zipOf(exported);
        return whole.subarray(0, Math.floor(whole.length * 0.6));
      });
      return 'in.zip';
    },
  },
  {
    name: 'value-multiline',
    title: 'Адреса почты в двух строках одного значения сдвигают номера строк: ошибка ниже указана верно',
    exit: 3,
    faults: ['BG1C-INN-CHECKSUM', 'BG1C-CONTRACT-LEFT-OUT'],
    documents: 6,
    tables: (tables) => {
      set(tables, 'clients', { cid: '2001' }, { email: 'buh@sarytash.example\nkassa@sarytash.example' });
      const row = rowOf(tables, 'clients', { cid: '2002' });
      row.inn = wrongDigit(row.inn!);
      return 'clients.csv:4';
    },
  },
];

function rewrite(files: Map<string, Buffer>, name: string, change: (text: string) => string): void {
  files.set(name, iconv.encode(change(iconv.decode(fileOf(files, name), 'win1251')), 'win1251'));
}

/** All lines in one encoding, the third in the other. */
function mixedEncodings(text: string, most: string, third: string): Buffer {
  const lines = text.split(/(?<=\n)/);
  return Buffer.concat(lines.map((line, index) => iconv.encode(line, index === 2 ? third : most)));
}

/** Puts the export into an archive instead of the folder. */
async function pack(
  files: Map<string, Buffer>,
  zip: (exported: Map<string, Buffer>) => Promise<Buffer>,
): Promise<void> {
  const exported = new Map<string, Buffer>();
  for (const [name, bytes] of files)
    if (name.startsWith('in/')) {
      exported.set(name.slice('in/'.length), bytes);
      files.delete(name);
    }
  files.set('in.zip', await zip(exported));
}
