import { describe, expect, it } from 'vitest';
import { compileWriter } from '../../src/schema/compile-writer.ts';
import { loadProfile } from '../../src/schema/load.ts';
import { fixed, group, type Mapping, plain, rows, text } from '../../src/schema/mapping.ts';
import type { ObjectType, Profile, Property } from '../../src/schema/profile.ts';
import { ACT, ORDER, ROMASHKA, SALE, type Sale } from './sample-mapping.ts';

const ED17 = loadProfile('enterprise-data', '1.17');
const ED20 = loadProfile('enterprise-data', '1.20');

type Shape = Array<Partial<Property> & { name: string }>;

function object(properties: Shape, content: ObjectType['content'] = 'sequence'): ObjectType {
  return {
    kind: 'object',
    content,
    properties: properties.map((property) => ({ type: 'xs:string', min: 0, max: 1, ...property })),
  };
}

/** A profile whose only root `Р` has this type. */
function profile(root: ObjectType, types: Profile['types'] = {}): Profile {
  return {
    format: 'upd',
    version: '1',
    origin: { file: 'test', sha256: '' },
    namespace: '',
    roots: { Р: 'Тип' },
    types: { Тип: root, ...types },
  };
}

interface Line {
  name?: string;
  note?: string;
}

interface Sheet {
  a?: string;
  b?: string;
  lines?: Line[];
}

const A = text<Sheet>('t.a', (r) => r.a);
const B = text<Sheet>('t.b', (r) => r.b);

function write(shape: Profile, mapping: Mapping<Sheet>, record: Sheet): string {
  return compileWriter(shape, 'Р', mapping).write(record);
}

describe('values', () => {
  const shape = profile(object([{ name: 'А', min: 1 }, { name: 'Б' }]));

  it('stand in the order of the profile, not of the mapping', () => {
    expect(write(shape, { Б: B, А: A }, { a: '1', b: '2' })).toBe('<Р><А>1</А><Б>2</Б></Р>');
  });

  it('are escaped; line ends and tabs survive a parser and leave no line end in the text', () => {
    expect(write(shape, { А: A }, { a: `<&>"'\r\n\tё😀` })).toBe(
      `<Р><А>&lt;&amp;&gt;&quot;'&#13;&#10;&#9;ё😀</А></Р>`,
    );
  });

  it('are written as they are where they are safe', () => {
    expect(write(shape, { А: plain('t.a', (r) => r.a) }, { a: '1.50' })).toBe('<Р><А>1.50</А></Р>');
  });

  it('are left out where they are undefined, and stand empty where they are empty', () => {
    expect(write(shape, { А: A, Б: B }, { a: '' })).toBe('<Р><А></А></Р>');
  });

  it('are escaped where they are constants', () => {
    expect(write(shape, { А: fixed('a & "b"') }, {})).toBe('<Р><А>a &amp; &quot;b&quot;</А></Р>');
  });

  it('that are mandatory and missing are named', () => {
    expect(() => write(shape, { А: A }, {})).toThrow('Р: А has no value');
  });

  it('of nillable elements are left out', () => {
    const nillable = profile(object([{ name: 'А', nillable: true }]));
    expect(write(nillable, { А: A }, {})).toBe('<Р/>');
  });

  it('cannot break out of the generated function', () => {
    const odd = profile(object([{ name: 'А' }]), {});
    const hostile = '"); throw new Error("out"); ("\u2028`${1}`\\';
    expect(write(odd, { А: fixed(hostile) }, {})).toContain('throw new Error(&quot;out&quot;)');
    expect(write(odd, { А: A }, { a: hostile })).toContain('`${1}`');
  });
});

describe('structures', () => {
  const inner = object([{ name: 'В' }]);
  const shape = profile(object([{ name: 'Гр', type: 'Вложение' }]), { Вложение: inner });
  const mapping: Mapping<Sheet> = {
    Гр: group((r) => (r.a === undefined ? undefined : r), { В: B }),
  };

  it('are left out where their record is undefined', () => {
    expect(write(shape, mapping, { b: '2' })).toBe('<Р/>');
  });

  it('are empty elements where nothing in them is written', () => {
    expect(write(shape, mapping, { a: '1' })).toBe('<Р><Гр/></Р>');
    expect(write(shape, mapping, { a: '1', b: '2' })).toBe('<Р><Гр><В>2</В></Гр></Р>');
  });

  it('that are mandatory and missing are named with their path', () => {
    const deep = profile(object([{ name: 'Гр', type: 'Вложение', min: 1 }]), {
      Вложение: object([{ name: 'Еще', type: 'Вложение2', min: 1 }]),
      Вложение2: inner,
    });
    const fields: Mapping<Sheet> = {
      Гр: group((r) => r, { Еще: group((r) => (r.a ? r : undefined), { В: B }) }),
    };
    expect(() => write(deep, fields, {})).toThrow('Р: Гр/Еще has no value');
    expect(write(deep, fields, { a: '1' })).toBe('<Р><Гр><Еще/></Гр></Р>');
  });
});

describe('rows', () => {
  const shape = profile(object([{ name: 'Строка', type: 'Стр', max: null }]), {
    Стр: object([{ name: 'Имя', min: 1 }, { name: 'Прим' }]),
  });
  const mapping: Mapping<Sheet> = {
    Строка: rows((r) => r.lines ?? [], {
      Прим: text('l.note', (l) => l.note),
      Имя: text('l.name', (l) => l.name),
    }),
  };

  it('repeat the element', () => {
    expect(write(shape, mapping, { lines: [{ name: '1' }, { name: '2', note: 'n' }] })).toBe(
      '<Р><Строка><Имя>1</Имя></Строка><Строка><Имя>2</Имя><Прим>n</Прим></Строка></Р>',
    );
    expect(write(shape, mapping, { lines: [] })).toBe('<Р/>');
  });

  it('name the missing value with its path', () => {
    expect(() => write(shape, mapping, { lines: [{}] })).toThrow('Р: Строка[]/Имя has no value');
  });

  it('that must be there may not be empty', () => {
    const strict = profile(object([{ name: 'Строка', type: 'Стр', min: 1, max: null }]), {
      Стр: shape.types.Стр!,
    });
    expect(() => write(strict, mapping, {})).toThrow('Р: Строка has no value');
  });

  it('of simple values are mapped by their own text', () => {
    const simple = profile(object([{ name: 'Телефон', max: null }]));
    const phones: Mapping<Sheet> = {
      Телефон: rows((r) => (r.a ?? '').split(';'), { '#text': text('t.a', (phone) => phone) }),
    };
    const writer = compileWriter(simple, 'Р', phones);
    expect(writer.write({ a: '1;2&3' })).toBe('<Р><Телефон>1</Телефон><Телефон>2&amp;3</Телефон></Р>');
    expect(writer.paths).toEqual([{ path: 'Телефон[]', from: 't.a' }]);
  });
});

describe('attributes', () => {
  const shape = profile(
    object([
      { name: 'Имя', attribute: true, min: 1 },
      { name: 'Код', attribute: true },
      { name: 'Сумма', type: 'Сум' },
      { name: 'Пусто', type: 'Пуст' },
    ]),
    {
      Сум: object([
        { name: 'Вал', attribute: true },
        { name: '#text', min: 1 },
      ]),
      Пуст: object([{ name: 'Код', attribute: true, min: 1 }]),
    },
  );
  const mapping: Mapping<Sheet> = {
    Сумма: group((r) => (r.lines ? r : undefined), { '#text': fixed('5'), Вал: fixed('643') }),
    Код: B,
    Имя: A,
    Пусто: group((r) => r, { Код: B }),
  };

  it('stand in the start tag in the order of the profile, escaped', () => {
    expect(write(shape, mapping, { a: 'x "y"\n', b: '2', lines: [] })).toBe(
      '<Р Имя="x &quot;y&quot;&#10;" Код="2"><Сумма Вал="643">5</Сумма><Пусто Код="2"/></Р>',
    );
  });

  it('are left out where they are undefined', () => {
    const { Пусто: _, ...rest } = mapping;
    expect(write(shape, rest, { a: '1' })).toBe('<Р Имя="1"/>');
  });

  it('that are mandatory and missing are named', () => {
    expect(() => write(shape, mapping, { a: '1' })).toThrow('Р: Пусто/@Код has no value');
  });

  it('and own text have paths', () => {
    expect(compileWriter(shape, 'Р', mapping).paths.map(({ path }) => path)).toEqual([
      '@Имя',
      '@Код',
      'Сумма/@Вал',
      'Сумма',
      'Пусто/@Код',
    ]);
  });

  it('cannot be structures', () => {
    const wrong: Mapping<Sheet> = { Имя: group((r) => r, { '#text': A }) };
    expect(() => compileWriter(shape, 'Р', wrong)).toThrow('@Имя is a value');
  });
});

describe('a choice', () => {
  const shape = profile(
    object(
      [
        { name: 'А', min: 1 },
        { name: 'Б', min: 1 },
        { name: 'В', min: 1 },
      ],
      'choice',
    ),
  );

  it('takes exactly one of the mapped', () => {
    expect(write(shape, { А: A, Б: B }, { b: '2' })).toBe('<Р><Б>2</Б></Р>');
    expect(() => write(shape, { А: A, Б: B }, {})).toThrow('is a choice and 0 of it have a value');
    expect(() => write(shape, { А: A, Б: B }, { a: '1', b: '2' })).toThrow(
      'is a choice and 2 of it have a value',
    );
  });

  it('counts structures and rows too', () => {
    const mixed = profile(
      object(
        [
          { name: 'А', type: 'Вл' },
          { name: 'Б', type: 'Вл', max: null },
        ],
        'choice',
      ),
      {
        Вл: object([{ name: 'В' }]),
      },
    );
    const mapping: Mapping<Sheet> = {
      А: group((r) => (r.a ? r : undefined), { В: A }),
      Б: rows((r) => r.lines ?? [], { В: text('l.name', (l) => l.name) }),
    };
    expect(write(mixed, mapping, { a: '1' })).toBe('<Р><А><В>1</В></А></Р>');
    expect(write(mixed, mapping, { lines: [{}, { name: '2' }] })).toBe('<Р><Б/><Б><В>2</В></Б></Р>');
    expect(() => write(mixed, mapping, { a: '1', lines: [{}] })).toThrow('2 of it have a value');
  });

  it('of which one is mapped must have it', () => {
    expect(() => write(shape, { А: A }, {})).toThrow('Р: А has no value');
  });

  it('is refused where two are always there or none is mapped', () => {
    expect(() => compileWriter(shape, 'Р', { А: fixed('1'), Б: fixed('2') })).toThrow(
      'А, Б are always present',
    );
    expect(() => compileWriter(shape, 'Р', {})).toThrow('Р is a choice and none of it is mapped');
  });
});

describe('a mapping is refused', () => {
  const shape = profile(
    object([
      { name: 'А', min: 1 },
      { name: 'Вид', type: 'Виды' },
      { name: 'Гр', type: 'Вложение' },
    ]),
    {
      Виды: { kind: 'simple', base: 'xs:string', enumeration: ['X', 'Y'] },
      Вложение: object([{ name: 'В' }]),
    },
  );
  it.each<[string, Mapping<Sheet>, string]>([
    [
      'that names an unknown element',
      { А: A, Нет: B },
      'Нет is not in the profile and not declared optional',
    ],
    [
      'that declares a loss but is not optional',
      { А: A, Нет: text('t.b', (r) => r.b, { loss: 'x' }) },
      'Нет is not in',
    ],
    ['that lacks a mandatory element', { Вид: fixed('X') }, 'А is mandatory and not mapped'],
    ['that gives a structure a value', { А: A, Гр: B }, 'Гр is a structure (Вложение) and mapped as a value'],
    [
      'that gives a value a structure',
      { А: group((r) => r, { В: B }) },
      'А is a value (xs:string) and mapped as a structure',
    ],
    ['that repeats what may stand once', { А: A, Гр: rows((r) => r.lines ?? [], {}) }, 'Гр may stand once'],
    ['that fixes a value not in the enumeration', { А: A, Вид: fixed('Z') }, 'Вид is always Z, none of X, Y'],
    ['that is wrong further down', { А: A, Гр: group((r) => r, { Нет: B }) }, 'Гр/Нет is not in the profile'],
  ])('%s', (_, mapping, message) => {
    expect(() => compileWriter(shape, 'Р', mapping)).toThrow(message);
  });

  it('for an element that may not stand at the top', () => {
    expect(() => compileWriter(shape, 'Вложение', {})).toThrow('Вложение is no root of the profile');
  });
});

describe('what a version lacks', () => {
  const shape = profile(object([{ name: 'А' }, { name: 'Строка', type: 'Стр', max: null }]), {
    Стр: object([{ name: 'Имя' }]),
  });
  const mapping: Mapping<Sheet> = {
    А: A,
    Б: text('t.b', (r) => r.b, { optional: true, loss: 'б' }),
    Тихо: text('t.b', (r) => r.b, { optional: true }),
    Строка: rows((r) => r.lines ?? [], {
      Имя: text('l.name', (l) => l.name),
      Прим: text('l.note', (l) => l.note, { optional: true, loss: 'примечание' }),
    }),
    Общие: group(
      (r) => (r.a ? r : undefined),
      { Коммент: text('t.b', (r) => r.b, { loss: 'комментарий' }) },
      { optional: true },
    ),
  };
  const writer = compileWriter(shape, 'Р', mapping);

  it('is not written', () => {
    expect(writer.write({ a: '1', b: '2', lines: [{ name: 'n', note: 'x' }] })).toBe(
      '<Р><А>1</А><Строка><Имя>n</Имя></Строка></Р>',
    );
  });

  it('is listed, also below an absent structure', () => {
    expect(writer.absent).toEqual([
      { path: 'Строка[]/Прим', loss: 'примечание' },
      { path: 'Б', loss: 'б' },
      { path: 'Тихо' },
      { path: 'Общие' },
      { path: 'Общие/Коммент', loss: 'комментарий' },
    ]);
  });

  it('is a loss of the records that have a value for it', () => {
    expect(writer.lossesOf({ a: '1' })).toEqual([]);
    expect(writer.lossesOf({ b: '2' })).toEqual(['б']);
    expect(writer.lossesOf({ a: '1', b: '2' })).toEqual(['б', 'комментарий']);
    expect(writer.lossesOf({ lines: [{}, { note: 'x' }, { note: 'y' }] })).toEqual(['примечание']);
  });
});

describe('EnterpriseData', () => {
  it('the same mapping is written by each version in its own way', () => {
    const line = /<Строка>(.*?)<Количество>/;
    const of = (version: Profile): string =>
      line.exec(compileWriter(version, 'Документ.ЗаказКлиента', ORDER).write(SALE))![1]!;
    expect(of(ED17)).toMatch(/^<ДанныеНоменклатуры><Номенклатура><Ссылка>/);
    expect(of(ED20)).toMatch(/^<Номенклатура><Ссылка>/);
  });

  it('the mark of an УПД is a loss in 1.17 alone', () => {
    const upd: Sale = { ...SALE, upd: true };
    const act17 = compileWriter(ED17, 'Документ.РеализацияТоваровУслуг', ACT);
    const act20 = compileWriter(ED20, 'Документ.РеализацияТоваровУслуг', ACT);
    expect(act20.write(upd)).toMatch(/<\/ОбщиеСвойстваОбъектовФормата><ЭтоУПД>true<\/ЭтоУПД><\/Документ/);
    expect(act20.lossesOf(upd)).toEqual([]);
    expect(act17.lossesOf(upd)).toEqual(['признак УПД']);
    expect(act17.lossesOf(SALE)).toEqual([]);
    expect(act17.absent).toEqual([{ path: 'ЭтоУПД', loss: 'признак УПД' }]);
    expect(act17.write(upd)).toBe(act17.write(SALE));
  });

  it('tells where each value comes from, in the order of the schema', () => {
    const { paths } = compileWriter(ED20, 'Документ.РеализацияТоваровУслуг', ACT);
    expect(paths.slice(0, 3)).toEqual([
      { path: 'КлючевыеСвойства/Ссылка', from: 'computed: UUID' },
      { path: 'КлючевыеСвойства/Дата', from: 'documents.create_dt' },
      { path: 'КлючевыеСвойства/Номер', from: 'documents.format_number' },
    ]);
    expect(paths).toContainEqual({ path: 'Услуги/Строка[]/Сумма', from: 'document_lines.line_summ' });
    expect(paths).toContainEqual({ path: 'ВидОперации', from: 'fixed' });
  });

  it('one element on one line', () => {
    const xml = compileWriter(ED20, 'Документ.РеализацияТоваровУслуг', ACT).write({
      ...SALE,
      comment: 'a\nb',
    });
    expect(xml).toMatch(/^<Документ\.РеализацияТоваровУслуг>.*<\/Документ\.РеализацияТоваровУслуг>$/);
    expect(xml).toContain(`<Наименование>ООО &quot;Ромашка&quot; &amp; партнёры &lt;юг&gt;</Наименование>`);
    expect(xml).toContain(ROMASHKA.uuid);
  });

  it('with a prefix where the elements are not in the default namespace', () => {
    const header: Mapping<{ created: string }> = {
      Format: fixed('http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.20'),
      CreationDate: plain('computed: месяц', (r) => r.created),
      AvailableVersion: fixed('1.20'),
      Confirmation: group((r) => r, { From: fixed('BG') }),
    };
    expect(
      compileWriter(loadProfile('exchange-message', '3.1'), 'Header', header, 'msg:').write({
        created: '2026-11-01T00:00:00Z',
      }),
    ).toBe(
      '<msg:Header><msg:Format>http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.20</msg:Format>' +
        '<msg:CreationDate>2026-11-01T00:00:00Z</msg:CreationDate>' +
        '<msg:Confirmation><msg:From>BG</msg:From></msg:Confirmation>' +
        '<msg:AvailableVersion>1.20</msg:AvailableVersion></msg:Header>',
    );
  });
});
