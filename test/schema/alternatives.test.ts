import { describe, expect, it } from 'vitest';
import { createElementChecker } from '../../src/schema/check-elements.ts';
import { compileWriter } from '../../src/schema/compile-writer.ts';
import { group, type Mapping, rows, text } from '../../src/schema/mapping.ts';
import type { Profile } from '../../src/schema/profile.ts';
import { parseElement } from '../../src/schema/read-elements.ts';
import { createValidator } from '../../src/schema/validate.ts';
import { profileXsd } from '../../src/schema/xsd.ts';

/** А, then one of Б and В, then Г; @а is an attribute. @param min of Б: 0 makes the choice optional */
function profile(min = 1): Profile {
  return {
    format: 'upd',
    version: '1',
    origin: { file: 'test', sha256: '' },
    namespace: '',
    roots: { Р: 'Тип' },
    types: {
      Тип: {
        kind: 'object',
        content: 'sequence',
        properties: [
          { name: 'а', type: 'xs:string', min: 0, max: 1, attribute: true },
          { name: 'А', type: 'xs:string', min: 1, max: 1 },
          { name: 'Б', type: 'Пара', min, max: null, alternative: true },
          { name: 'В', type: 'xs:string', min: 1, max: 1, alternative: true },
          { name: 'Г', type: 'Больше', min: 0, max: 1 },
        ],
      },
      Пара: {
        kind: 'object',
        content: 'sequence',
        properties: [{ name: 'б', type: 'xs:string', min: 1, max: 1, attribute: true }],
      },
      Больше: { kind: 'simple', base: 'xs:decimal', minExclusive: 0 },
    },
  };
}

interface Sheet {
  b?: string[];
  c?: string;
  d?: string;
}

const MAPPING: Mapping<Sheet> = {
  А: text('t.a', () => 'x'),
  Б: rows((sheet: Sheet) => sheet.b ?? [], { б: text('t.b', (value: string) => value) }),
  В: text('t.c', ({ c }) => c),
  Г: text('t.d', ({ d }) => d),
};

describe('alternatives inside a sequence', () => {
  const valid = (shape: Profile, xml: string): boolean => {
    const validator = createValidator([{ name: 'p.xsd', text: profileXsd(shape) }]);
    const problems = validator.check(xml);
    validator.dispose();
    return problems.length === 0;
  };

  it.each<[string, Sheet, string]>([
    ['the repeated one', { b: ['1', '2'] }, '<Р><А>x</А><Б б="1"/><Б б="2"/></Р>'],
    ['the other one', { c: '3', d: '1' }, '<Р><А>x</А><В>3</В><Г>1</Г></Р>'],
  ])('%s is written where it has a value', (_, sheet, xml) => {
    expect(compileWriter(profile(), 'Р', MAPPING).write(sheet)).toBe(xml);
    expect(valid(profile(), xml)).toBe(true);
  });

  it('are not written together; none of them only where one may be left out', () => {
    const strict = compileWriter(profile(), 'Р', MAPPING);
    expect(() => strict.write({ b: ['1'], c: '3' })).toThrow(/choice and 2/);
    expect(() => strict.write({})).toThrow(/choice and 0/);
    const open = compileWriter(profile(0), 'Р', MAPPING);
    expect(() => open.write({ b: ['1'], c: '3' })).toThrow(/choice and 2/);
    expect(open.write({})).toBe('<Р><А>x</А></Р>');
  });

  it('are a choice of the schema', () => {
    expect(valid(profile(), '<Р><А>x</А><Б б="1"/><В>3</В></Р>')).toBe(false);
    expect(valid(profile(), '<Р><А>x</А></Р>')).toBe(false);
    expect(valid(profile(0), '<Р><А>x</А></Р>')).toBe(true);
    expect(valid(profile(), '<Р><А>x</А><В>3</В><Г>0</Г></Р>')).toBe(false);
  });

  it('are refused where a mapping knows none of them; one of them alone is enough', () => {
    const { Б: _b, В: _c, ...neither } = MAPPING;
    expect(() => compileWriter(profile(), 'Р', neither)).toThrow(/none of it is mapped/);
    expect(compileWriter(profile(0), 'Р', neither).write({})).toBe('<Р><А>x</А></Р>');
    const { Б: _rows, ...one } = MAPPING;
    expect(() => compileWriter(profile(), 'Р', one).write({})).toThrow(/В has no value/);
  });

  it('stand for themselves beside a group', () => {
    const mapping: Mapping<Sheet> = { ...MAPPING, Б: group(() => undefined, { б: text('t', () => 'y') }) };
    expect(compileWriter(profile(), 'Р', mapping).write({ c: '3' })).toBe('<Р><А>x</А><В>3</В></Р>');
  });
});

describe('elements of others with attributes', () => {
  const checker = createElementChecker(profile());
  const check = (xml: string) => checker.check(parseElement(xml));

  it('are checked with the attributes that the profile knows; others are told', () => {
    expect(check('<Р а="1" б="2"><А>x</А><Б б="1" в="3"/></Р>')).toEqual({
      problems: [],
      unchecked: ['@б', 'Б/@в'],
    });
    expect(
      check(
        '<Р xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="a.xsd"><А>x</А><В>1</В></Р>',
      ),
    ).toEqual({
      problems: [],
      unchecked: [],
    });
  });

  it('are named by their place: the element, its number, the attribute', () => {
    expect(check('<Р>\n<А>x</А>\n<Б б="1"/>\n<Б/></Р>').problems).toEqual([
      { path: 'Б[2]', line: 4, reason: 'не хватает атрибута «б»' },
    ]);
    expect(check('<Р><А>x</А><В>1</В><Г>0</Г></Р>').problems[0]).toMatchObject({ path: 'Г' });
  });
});
