import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildBinary, innerFiles } from '../../src/epf/binary/binary.ts';
import { writeContainer } from '../../src/epf/binary/container.ts';
import { objectIds } from '../../src/epf/description/resolve.ts';
import { inspectEpf } from '../../src/epf/inspect.ts';
import { realTemplate } from './fixtures.ts';
import { goldenTemplate } from './golden-form.ts';

const BODY = `${objectIds('Проба').form('Форма')}.0`;
const OBJECT = objectIds('Проба').file;

/** The golden processing with one inner file edited, packed again. */
function tampered(name: string, edit: (text: string) => string): Buffer {
  const files = innerFiles(goldenTemplate());
  const before = files.get(name)!.toString('utf8');
  const after = edit(before);
  if (after === before) throw new Error('nothing was edited');
  files.set(name, Buffer.from(after, 'utf8'));
  return packed(files);
}

function packed(files: Map<string, Buffer>): Buffer {
  return writeContainer([...files].map(([name, data]) => ({ name, data: deflateRawSync(data) })));
}

test('finds nothing wrong with the shipped processing', () => {
  expect(inspectEpf(buildBinary(realTemplate()))).toEqual([]);
});

test.each<[string, string, (text: string) => string, string]>([
  [
    'a counter of items too big',
    BODY,
    (text) => text.replace(/,5,3d3cb80c/, ',6,3d3cb80c'),
    'ожидался список',
  ],
  ['a counter of attributes too big', BODY, (text) => text.replace('{4,5,', '{4,50,'), 'счётчик'],
  [
    'an id of an item twice',
    BODY,
    (text) =>
      text.replace('{6,02023637-7868-4a5f-8576-835a76e0c9ba}', '{3,02023637-7868-4a5f-8576-835a76e0c9ba}'),
    'номер элемента 3 встретился дважды',
  ],
  [
    'a name of an item twice',
    BODY,
    (text) => text.replace('"ПолеФлажка"', '"ПолеВвода"'),
    'имя элемента «ПолеВвода»',
  ],
  [
    'a data path into nothing',
    BODY,
    (text) => text.replace('{3}\r\n},\r\n{0},1,0,2', '{9}\r\n},\r\n{0},1,0,2'),
    'реквизит 9',
  ],
  [
    'a button of a command that there is not',
    BODY,
    (text) =>
      text.replace(
        '{2,409b9a53-7f7e-4178-86c1-33176c7c7a7a},\r\n{0},3',
        '{7,409b9a53-7f7e-4178-86c1-33176c7c7a7a},\r\n{0},3',
      ),
    'команда 7',
  ],
  [
    'a handler that the module has not',
    BODY,
    (text) => text.replace('"ПриОткрытии"', '"ПриОткрытии2"'),
    'ПриОткрытии2',
  ],
  ['a bracket too few', BODY, (text) => text.slice(0, -1), 'скобка не закрыта'],
  ['no BOM', BODY, (text) => text.slice(1), 'нет BOM'],
  [
    'a form that is not there',
    OBJECT,
    (text) => text.replaceAll(objectIds('Проба').form('Форма'), objectIds('Проба').form('Другая')),
    'нет файла',
  ],
  [
    'a default form outside the list',
    OBJECT,
    (text) => text.replace(objectIds('Проба').form('Форма'), objectIds('Проба').form('Другая')),
    'основной формы нет',
  ],
])('finds %s', (_, name, edit, says) => {
  const problems = inspectEpf(tampered(name, edit));
  expect(problems.map((one) => one.problem).join('\n')).toContain(says);
});

test('finds a file that is no container, and one that is cut short', () => {
  const epf = buildBinary(goldenTemplate());
  expect(inspectEpf(Buffer.from('PK\u0003\u0004 not a container'))[0]!.problem).toContain('не контейнер');
  expect(inspectEpf(epf.subarray(0, epf.length - 2000))[0]!.problem).toMatch(/нет заголовка блока|обещано/);
});
