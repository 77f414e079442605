import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeXml } from '../../src/schema/escape.ts';
import { parseElement } from '../../src/schema/read-elements.ts';
import { readWritten } from '../../src/schema/read-written.ts';

const NAMES = fc.constantFrom('Файл', 'Документ', 'СвТов', 'A', 'б1');
const VALUES = fc.string({
  unit: fc.constantFrom(...'Аб1 /=<>&"\'«»\t\r\n;#😀₽', '&amp;', '&#10;', '<А б="в"/>', ' а="б"'),
  maxLength: 12,
});

/** An element as a compiled writer puts it. */
const ELEMENTS = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(NAMES, fc.dictionary(NAMES, VALUES, { maxKeys: 3 }), fc.option(tie('content')))
    .map(([name, attributes, content]) => {
      const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
      return `<${name}${own.join('')}${content === null ? '/' : `>${content}</${name}`}>`;
    }),
  content: fc.oneof(
    { maxDepth: 3 },
    VALUES.map(escapeXml),
    fc.array(tie('element'), { maxLength: 3 }).map((all) => all.join('')),
  ),
})).element;

describe('what a compiled writer wrote', () => {
  it('is read as the parser of strange documents reads it', () => {
    fc.assert(
      fc.property(ELEMENTS, (xml) => {
        expect(readWritten(xml)).toEqual(parseElement(xml));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['', 0],
    ['текст', 0],
    ['<А>', 3],
    ['<А></Б>', 3],
    ['</А>', 0],
    ['<А/><Б/>', 4],
    ['<А/>текст', 0],
    ["<А б='в'/>", 0],
    ['<А б="в"в="г"/>', 6],
    ['<А><!-- --></А>', 3],
    ['<А><![CDATA[б]]></А>', 3],
    ['<?xml version="1.0"?><А/>', 0],
  ])('%s is not that', (xml, at) => {
    expect(() => readWritten(xml)).toThrow(`from character ${at}:`);
  });
});
