import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { createXmlReader } from '../../src/sources/bgbilling-xml/records.ts';
import { openXmlSource } from '../../src/sources/bgbilling-xml/source.ts';
import { temporaryFolders } from '../support/folders.ts';
import { zipOf } from '../support/zips.ts';
import { brief, readAll, readBytes } from './file-faults.ts';
import { xmlBytes } from './writers.ts';

const folder = temporaryFolders();

const head = (encoding = 'windows-1251'): string => `<?xml version="1.0" encoding="${encoding}"?>\r\n`;
const SECTIONS = ` <clients>
  <row cid="101" contract_title="Ю-1" fc="1" name_short="ООО &quot;Ёж &amp; К&quot;"
       email="a@x.example&#10;b@x.example"
       inn="0274000002"/>
 </clients>
 <contracts><row cid="101" contract_title="Ю-1" scid="0" sub_mode="0"/></contracts>
 <services/>
 <!-- <documents><row/></documents> -->
 <documents>
  <row kind="bill" id="1" cid="101" doc_type_id="1" format_number=" 1 " create_dt="2026-10-01" yy="2026" mm="10" summ="1.00"/>

  <row kind="invoice" id="1" cid="101" doc_type_id="2" format_number="2" create_dt="2026-10-31" yy="2026" mm="10" summ="1.00"></row>
 </documents>
 <payments_deleted><row id="1"/></payments_deleted>
`;
const whole = (sections = SECTIONS): string =>
  `<BGBillingExport version="1" year="2026" month="10">\n${sections}</BGBillingExport>\n`;
const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');

describe('an export in XML', () => {
  test('rows, their lines, values without outer spaces, entities and line breaks in values', async () => {
    const { rows, faults } = await readBytes('xml', folder(), cp1251(head() + whole()));
    expect(faults).toEqual([]);
    expect(rows.clients!.map(({ line, cells }) => [line, cells[6], cells[8], cells[14]])).toEqual([
      [4, 'ООО "Ёж & К"', '0274000002', 'a@x.example\nb@x.example'],
    ]);
    expect(rows.documents!.map(({ line, cells }) => [line, cells[0], cells[5]])).toEqual([
      [12, 'bill', '1'],
      [14, 'invoice', '2'],
    ]);
    expect([rows.services, rows.payments]).toEqual([[], undefined]);
  });

  test.each<[string, Buffer, 'auto' | 'windows-1251' | 'utf-8']>([
    ['windows-1251, declared', cp1251(head() + whole()), 'auto'],
    ['UTF-8, declared', Buffer.from(head('UTF-8') + whole()), 'auto'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${head('utf-8')}${whole()}`), 'auto'],
    ['UTF-8 without a declaration', Buffer.from(whole()), 'auto'],
    ['a wrong declaration, the encoding set by hand', cp1251(head('UTF-8') + whole()), 'windows-1251'],
    ['no declaration, the encoding set by hand', cp1251(whole()), 'windows-1251'],
  ])('%s', async (_, bytes, encoding) => {
    const { rows, faults } = await readBytes('xml', folder(), bytes, { encoding });
    expect(faults).toEqual([]);
    expect(rows.clients![0]!.cells[6]).toBe('ООО "Ёж & К"');
  });

  test('in a zip, under any name, and alone in a folder', async () => {
    const zip = join(folder(), 'month.zip');
    writeFileSync(
      zip,
      zipOf([
        { name: 'a/b/октябрь.XML', data: cp1251(head() + whole()) },
        { name: 'readme.txt', data: '<' },
      ]),
    );
    expect((await readAll(openXmlSource, zip)).rows.documents).toHaveLength(2);
    const path = join(folder(), 'in');
    mkdirSync(path);
    writeFileSync(join(path, 'x.xml'), cp1251(head() + whole()));
    const { rows, faults } = await readAll(openXmlSource, path);
    expect([faults, rows.documents?.length]).toEqual([[], 2]);
  });

  test('columns: any case, unknown ones are named once, a missing one stops, ИНН may be absent', async () => {
    const clients =
      '<clients><row CID="1" contract_title="a" fc="0" name_short="x" note="1"/>\n<row cid="2" note="2" contract_title="b" fc="0" name_short="y"/></clients>';
    const { faults, rows } = await readBytes(
      'xml',
      folder(),
      head('utf-8') + whole(SECTIONS.replace(/<clients>[\s\S]*<\/clients>/, clients)),
    );
    expect(faults.map(brief)).toEqual([
      'COLUMN-UNKNOWN 3: В файле export.xml есть столбец «clients.note», который программа не использует',
    ]);
    expect(rows.clients!.map(({ cells }) => cells[0])).toEqual(['1', '2']);
    const broken = await readBytes(
      'xml',
      folder(),
      head('utf-8') + whole(SECTIONS.replaceAll(' summ=', ' sum=')),
    );
    expect(broken.faults.map(({ code }) => code)).toEqual([
      'BG1C-SOURCE-COLUMN-UNKNOWN',
      'BG1C-SOURCE-COLUMN-MISSING',
    ]);
    expect(broken.rows.documents).toEqual([]);
  });

  test('a column that the configuration asks for', async () => {
    const extra = { clients: ['account'] };
    expect((await readBytes('xml', folder(), head('utf-8') + whole(), { extra })).faults.map(brief)).toEqual([
      'COLUMN-MISSING: В файле export.xml нет обязательного столбца «clients.account»',
    ]);
    const { rows, faults } = await readBytes(
      'xml',
      folder(),
      head('utf-8') + whole(SECTIONS.replace('cid="101"', 'cid="101" account="777"')),
      { extra },
    );
    expect([faults, rows.clients![0]!.cells.at(-1)]).toEqual([[], '777']);
  });

  test('a file that changes after it was opened is not read', async () => {
    const path = join(folder(), 'export.xml');
    writeFileSync(path, whole());
    const { source } = await openXmlSource(path, { encoding: 'auto' });
    appendFileSync(path, '\n');
    const found: string[] = [];
    for await (const _ of source!.read('documents', (one) => found.push(one.message))) expect.unreachable();
    expect(found).toEqual(['Файл export.xml не читается: файл изменился, пока его читали']);
    await source!.close();
  });

  test('a table far into a large file is found in both encodings', async () => {
    const row = {
      cid: '1',
      contract_title: 'договор ё',
      fc: '1',
      name_short: 'Имя «ё» — №',
      inn: '0274000002',
      kpp: '',
    };
    const clients = Array.from({ length: 4000 }, (_, index) => ({ ...row, cid: String(index) }));
    const services = [{ sid: '20', title: 'Услуга' }];
    const tables = {
      clients,
      contracts: [{ cid: '1', contract_title: 'x', scid: '0', sub_mode: '0' }],
      services,
      documents: [
        {
          kind: 'bill',
          id: '7',
          cid: '1',
          doc_type_id: '1',
          format_number: '1',
          create_dt: '',
          yy: '2026',
          mm: '10',
          summ: '1',
        },
      ],
    };
    for (const style of [
      { encoding: 'windows-1251' },
      { encoding: 'utf-8', bom: true },
      { encoding: 'utf-8', spread: true },
    ] as const) {
      const { rows, faults } = await readBytes('xml', folder(), xmlBytes(tables, style));
      expect(faults).toEqual([]);
      expect(rows.clients!.map(({ cells }) => cells[0])).toEqual(clients.map(({ cid }) => cid));
      expect([rows.services![0]!.cells[1], rows.documents![0]!.cells[1]]).toEqual(['Услуга', '7']);
    }
  });
});

describe('the reader of XML', () => {
  /** Everything that it says, with lines; `at` is checked against the text. */
  function events(text: string, pieces: readonly number[]): unknown[] {
    const said: unknown[] = [];
    const reader = createXmlReader({
      envelope: (name, value) => said.push(['envelope', name, value]),
      section(name, line, at) {
        said.push(['section', name, line, text.slice(0, at).split('<').length]);
        return name !== 'skipped';
      },
      row: (line) => said.push(['row', line]),
      value: (name, value) => said.push(['value', name, value]),
      sectionEnd: () => said.push('end'),
    });
    let from = 0;
    for (const length of pieces) {
      reader.write(text.slice(from, from + length));
      from += length;
    }
    reader.write(text.slice(from));
    reader.end();
    return said;
  }

  test('says the same however the text is cut', () => {
    const text = `${head()}${whole(`${SECTIONS}<skipped><a><b/></a></skipped>\r\n<accruals>\r\n<row\r\nsid="1"\r\n/>\n<row sid="😀"/></accruals>`)}`;
    const expected = events(text, []);
    expect(expected).toContainEqual(['row', 22]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 }), (pieces) => {
        expect(events(text, pieces)).toEqual(expected);
      }),
      { numRuns: 300, seed: 20_261_031 },
    );
  });
});
