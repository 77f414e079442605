import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bracket, bracketText, quoted } from '../../src/epf/binary/bracket.ts';
import { counted, type Node, parseBracket } from '../../src/epf/read/bracket.ts';

test('writes line breaks as the platform does', () => {
  expect(bracketText(['2', ['0'], quoted('a"b'), ['1', ['2']], '7'])).toBe(
    '\uFEFF{2,\r\n{0},"a""b",\r\n{1,\r\n{2}\r\n},7}',
  );
});

test('reads a missing atom before the bracket', () => {
  expect(parseBracket('{2,abc,}')).toEqual(['2', 'abc', '']);
});

test('reads any tree that was written', () => {
  const leaf = fc.oneof(
    fc.string().map((text): Bracket => quoted(text)),
    fc.integer().map((number): Bracket => String(number)),
  );
  const tree: fc.Arbitrary<Bracket> = fc.letrec<{ node: Bracket }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('node'), { maxLength: 5 })),
  })).node;
  const expected = (node: Bracket): Node =>
    typeof node === 'string' ? node : 'quoted' in node ? { text: node.quoted } : node.map(expected);
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 6 }), (root) => {
      expect(parseBracket(bracketText(root))).toEqual(expected(root));
    }),
  );
});

test.each([
  ['an open bracket', '{1,{2}'],
  ['an open quote', '{"a}'],
  ['text after the end', '{1}{2}'],
])('refuses %s', (_, text) => {
  expect(() => parseBracket(text)).toThrow(/символ \d+/);
});

test('a counter must fit its list', () => {
  expect(counted(['2', 'a', 'b', 'c'], 0, 'x')).toEqual([['a'], ['b']]);
  expect(() => counted(['5', 'a'], 0, 'x')).toThrow('счётчик 5 не сходится');
});
