import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExplainedObject, type ExplainedValue, explain } from '../../src/pipeline/check/explain.ts';
import { entriesOf } from '../golden/sample.ts';
import { csvCells, monthCopy } from './sample-month.ts';

const october = monthCopy('october-2026');
let file: string;
let objects: ExplainedObject[];

beforeAll(async () => {
  const { packages } = await october.build();
  file = packages[0]!.files[0]!;
  const origins = (await entriesOf(file)).get('origins.jsonl')!.trim().split('\n').slice(1);
  const uuids = origins.map((line) => (JSON.parse(line) as { uuid: string }).uuid);
  objects = [];
  for (const uuid of uuids) objects.push(...(await explain(file, uuid)).objects);
  expect(objects.map(({ uuid }) => uuid)).toEqual(uuids);
});

/** What a value must look like beside the cells it is said to come from. */
const RULES: Record<string, (value: string, cells: string[]) => boolean> = {
  'counterparty.inn': equal,
  'counterparty.kpp': equal,
  'counterparty.ogrn': equal,
  'counterparty.bank.bik': equal,
  'counterparty.bank.account': (value, [account]) =>
    value === account || value === `Р/с …${account!.slice(-4)}`,
  'counterparty.name': (value, [short]) =>
    value.replace(/ \(л\/с .*\)$/, '') === short!.slice(0, 100).trimEnd(),
  'counterparty.fullName': (value, [full]) => value === full!.slice(0, 250).trimEnd(),
  'contract.number': (value, [title]) => value === title!.slice(0, 20),
  'contract.date': (value, [date]) => value === iso(date!),
  'contract.name': (value, [title]) => value.startsWith(`№ ${title} `),
  'service.name': (value, [title]) => value === title,
  'document.number': equal,
  'document.date': (value, [date]) => value.startsWith(iso(date!)),
  'document.sum': (value, [sum]) => value === sum!.replace(',', '.'),
  'document.act': (value, [number, date]) =>
    value === number || value.startsWith(iso(date!)) || /^[0-9a-f-]{36}$/.test(value),
  'line.quantity': (value, [quantity]) =>
    value === '1' || value === quantity!.replace(',', '.').replace(/\.?0+$/, '') || value === quantity,
  'line.content': (value, cells) =>
    cells.length > 2 ? value === `${cells[0]} за октябрь 2026 г.` : value === 'Услуги связи за октябрь 2026',
};

function equal(value: string, [cell]: string[]): boolean {
  return value === cell;
}

function iso(date: string): string {
  return date.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
}

const place = ({ element }: ExplainedObject, { path, value, field }: ExplainedValue): string =>
  `${element} ${path} = ${value} (${field})`;

describe('every value of every object of the sample month', () => {
  it('is there, thousands of them', () => {
    expect(objects.length).toBeGreaterThan(150);
    expect(objects.flatMap(({ values }) => values).length).toBeGreaterThan(5000);
  });

  it('names cells of the export, or a setting, or a constant', () => {
    const unexplained = objects.flatMap((object) =>
      object.values
        .filter(
          ({ field, how, sources }) =>
            sources.length === 0 &&
            field !== 'fixed' &&
            !field.startsWith('config:') &&
            !/настройк|постоянн/.test(how ?? ''),
        )
        .map((value) => place(object, value)),
    );
    expect([...new Set(unexplained)]).toEqual([]);
  });

  it('names cells that are there', () => {
    const cells = new Map(
      [
        'clients',
        'contracts',
        'documents',
        'document_lines',
        'services',
        'accruals',
        'charges',
        'payments',
      ].map((name) => [`${name}.csv`, csvCells(join(october.input, `${name}.csv`))]),
    );
    const wrong = objects.flatMap((object) =>
      object.values.flatMap((value) =>
        value.sources
          .filter(({ file: name, line, column, name: title }) => {
            const table = cells.get(name);
            return table?.get(1)?.[column - 1] !== title || table.get(line)?.[column - 1] === undefined;
          })
          .map(() => place(object, value)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('is what those cells hold', () => {
    const tables = new Map<string, Map<number, string[]>>();
    const table = (name: string): Map<number, string[]> => {
      if (!tables.has(name)) tables.set(name, csvCells(join(october.input, name)));
      return tables.get(name)!;
    };
    const checked = new Map<string, number>();
    const wrong: string[] = [];
    for (const object of objects)
      for (const value of object.values) {
        const rule = RULES[value.field];
        if (!rule || value.sources.length === 0) continue;
        const cells = value.sources.map(
          ({ file: name, line, column }) => table(name).get(line)![column - 1]!,
        );
        checked.set(value.field, (checked.get(value.field) ?? 0) + 1);
        if (!rule(value.value, cells)) wrong.push(`${place(object, value)} ← ${cells.join(' | ')}`);
      }
    expect(wrong).toEqual([]);
    expect([...checked.keys()].sort()).toEqual(Object.keys(RULES).sort());
  });
});

describe('what is asked for', () => {
  it('may be a number: the document of each kind that bears it', async () => {
    expect((await explain(file, 'А10/1045')).objects.map(({ element }) => element)).toEqual([
      'Документ.РеализацияТоваровУслуг',
    ]);
    expect((await explain(file, '1045')).objects.map(({ element }) => element)).toEqual([
      'Документ.СчетФактураВыданный',
    ]);
  });

  it('may be a UUID in any case', async () => {
    const { uuid } = objects[0]!;
    expect((await explain(file, uuid.toUpperCase())).objects.map((one) => one.uuid)).toEqual([uuid]);
  });

  it.each(['А10/9999', '00000000-0000-0000-0000-000000000000', ''])(
    '«%s» is in no package',
    async (wanted) => {
      const { objects: found, faults } = await explain(file, wanted);
      expect(found).toEqual([]);
      expect(faults).toEqual([expect.objectContaining({ code: 'BG1C-OBJECT-NOT-FOUND' })]);
    },
  );

  it('must be in a package', async () => {
    for (const path of [join(october.root, 'nowhere.zip'), october.input])
      expect((await explain(path, '1045')).faults).toEqual([
        expect.objectContaining({ code: 'BG1C-PACKAGE-NOT-FOUND' }),
      ]);
  });
});

describe('a value that another object owns', () => {
  it('is explained by the rows of that object', async () => {
    const [invoice] = (await explain(file, '1045')).objects;
    const [act] = (await explain(file, 'А10/1045')).objects;
    const ownRow = act!.values.find(({ path }) => path === 'КлючевыеСвойства/Номер')!.sources;
    const named = invoice!.values.find(({ path }) => path.endsWith('РеализацияТоваровУслугСсылка/Номер'))!;
    expect(named.value).toBe('А10/1045');
    expect(named.sources[0]).toEqual(ownRow[0]);
  });
});
