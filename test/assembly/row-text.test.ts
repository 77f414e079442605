import { expect, it } from 'vitest';
import { rowOfText, rowText } from '../../src/sources/assembly/row-text.ts';

it.each<[string, string[]]>([
  ['values', ['17', 'ООО «Ромашка»; «Лютик»', '', '0,00']],
  ['no cells', []],
  ['one empty cell', ['']],
  ['a cell like JSON', ['["a"]', '[', '\\u001f']],
  ['the separator itself', ['a\u001fb', '\u001f']],
  ['a pair of surrogates', ['📶']],
  ['half a pair, which UTF-8 would lose', ['\ud83d', 'b\udcf6']],
  ['line ends', ['a\r\nb\n']],
])('a row comes back from UTF-8 as it was: %s', (_, cells) => {
  const row = { file: 3, line: 70_001, cells };
  const text = Buffer.from(rowText(5, row), 'utf8').toString('utf8');
  expect(rowOfText(text)).toEqual({ table: 5, row });
});
