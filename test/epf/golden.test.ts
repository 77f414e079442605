import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { innerFiles } from '../../src/epf/binary/binary.ts';
import { type Bracket, bracketText } from '../../src/epf/binary/bracket.ts';
import { child } from '../../src/epf/binary/item.ts';
import { allItems } from '../../src/epf/description/description.ts';
import { formIds, objectIds } from '../../src/epf/description/resolve.ts';
import { goldenTemplate } from './golden-form.ts';

/**
 * Records as they must be, byte for byte. Each text was compared with records that the platform saved in the same
 * layouts (49/35/31/22/12/55): it differs from them in names, ids and titles only. `UPDATE_GOLDEN=1` writes them anew;
 * look at every changed byte before committing.
 */
const FOLDER = fileURLToPath(new URL('./golden/', import.meta.url));
const { texts, description } = { texts: goldenTexts(), description: goldenTemplate().description };

if (process.env.UPDATE_GOLDEN) for (const [name, text] of texts) writeFileSync(`${FOLDER}${name}.txt`, text);

test('every golden text has a builder, and the other way round', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  expect(files.sort()).toEqual([...texts.keys()].map((name) => `${name}.txt`).sort());
});

test.each([...texts])('%s', (name, text) => {
  expect(text).toBe(readFileSync(`${FOLDER}${name}.txt`, 'utf8'));
});

test('the golden form has an item of every kind', () => {
  const kinds = new Set([...allItems(description.forms[0]!)].map((item) => item.kind));
  expect([...kinds].sort()).toEqual(
    [
      'button',
      'checkbox',
      'commandBar',
      'group',
      'input',
      'label',
      'page',
      'pages',
      'radio',
      'table',
      'text',
    ].sort(),
  );
});

/** Whole inner files with BOM; records of single items without it. */
function goldenTexts(): Map<string, string> {
  const loaded = goldenTemplate();
  const ids = objectIds(loaded.description.name);
  const files = innerFiles(loaded);
  const form = loaded.description.forms[0]!;
  const numbers = formIds(form);
  const found = new Map<string, string>([
    ['file-object', files.get(ids.file)!.toString('utf8')],
    ['file-form-header', files.get(ids.form('Форма'))!.toString('utf8')],
    ['file-form-body', files.get(`${ids.form('Форма')}.0`)!.toString('utf8')],
    ['file-template-header', files.get(ids.template('Текст'))!.toString('utf8')],
    ...['root', 'version', 'copyinfo'].map((name): [string, string] => [
      `file-${name}`,
      files.get(name)!.toString('utf8'),
    ]),
  ]);
  for (const item of form.items.flatMap((one) =>
    'items' in one && one.kind !== 'pages' ? one.items : [one],
  )) {
    const [, record] = child(item, {
      id: numbers.item,
      commandId: numbers.command,
      dataPath: (path): Bracket => ['1', [String(numbers.attribute(path.split('.')[0]!))]],
    });
    found.set(`item-${item.kind}-${item.name}`, bracketText(record).slice(1));
  }
  return found;
}
