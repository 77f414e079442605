import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Bracket, bracketText } from '../../src/epf/binary/bracket.ts';
import { fieldRecord } from '../../src/epf/binary/field.ts';
import { attributeRecord, commandRecord, formHeader } from '../../src/epf/binary/form.ts';
import { buttonRecord, child, textRecord } from '../../src/epf/binary/item.ts';
import { copyInfoFile, objectAttribute, versionFile } from '../../src/epf/binary/object.ts';
import type { Field, Form, FormAttribute, Item, Table } from '../../src/epf/description/description.ts';
import { type FormIds, formIds, objectIds } from '../../src/epf/description/resolve.ts';
import { type Node, parseBracket } from '../../src/epf/read/bracket.ts';
import { shipped } from '../../src/support/root.ts';

/** Texts saved by the platform, outside this repository. */
const FOLDER = shipped('../shared/reference/epf/golden');
const absent = !existsSync(FOLDER);

describe.skipIf(absent)(
  `records equal those saved by the platform${absent ? ' (SKIPPED: no ../shared/reference/epf)' : ''}`,
  () => {
    const golden = (name: string): string => readFileSync(`${FOLDER}/${name}.txt`, 'utf8');
    const record = (bracket: Bracket): string => bracketText(bracket).slice(1);
    const input = (name: string): Field => ({ kind: 'input', name, path: '' });

    test.each<[string, () => string]>([
      ['input-field-unbound', () => record(fieldRecord(input('Поле1'), 3, ['0'], false))],
      ['input-field-form-attribute', () => record(fieldRecord(input('Поле3'), 11, ['1', ['2']], false))],
      [
        'input-field-object-attribute',
        () =>
          record(
            fieldRecord(
              input('Поле2'),
              6,
              ['2', ['1'], ['0', '328b2c68-8ffe-4e58-a3c1-4867d84cc458']],
              false,
            ),
          ),
      ],
      [
        'table-column-field',
        () => record(fieldRecord(input('Таблица2ТРеквизит1'), 62, ['2', ['8'], ['2']], true)),
      ],
      [
        'label',
        () =>
          record(textRecord({ kind: 'text', name: 'ДекорацияНадпись1', title: 'Декорация надпись1' }, 38)),
      ],
      [
        'button-usual',
        () => record(buttonRecord({ kind: 'button', name: 'Кнопка1', command: '' }, 23, 2, false)),
      ],
      [
        'button-command-bar',
        () => record(buttonRecord({ kind: 'button', name: 'ФормаКнопка1', command: '' }, 1, 1, true)),
      ],
      [
        'command-with-action',
        () =>
          record(
            commandRecord(
              {
                name: 'ВыгрузитьЭлементыФормы',
                title: 'Выгрузить элементы формы',
                action: 'ВыгрузитьЭлементыФормы',
              },
              1,
            ),
          ),
      ],
      ['form-attribute-string', () => record(attribute({ name: 'Реквизит1', type: 'string' }, 3))],
      [
        'form-attribute-value-table',
        () =>
          record(
            attribute(
              {
                name: 'Реквизит6',
                columns: [
                  { name: 'ТРеквизит1', title: 'Т реквизит1', type: 'string' },
                  { name: 'ТРеквизит2', title: 'Т реквизит2', type: 'string' },
                ],
              },
              8,
            ),
          ),
      ],
      [
        'object-attribute-string-fmt3',
        () =>
          record(
            objectAttribute(
              { name: 'РеквизитСтрока', title: 'Реквизит строка', type: 'string(10)' },
              '328b2c68-8ffe-4e58-a3c1-4867d84cc458',
            ),
          ),
      ],
      [
        'object-attribute-number-fmt3',
        () =>
          record(
            objectAttribute(
              { name: 'РеквизитЧисло', title: 'Реквизит число', type: 'number(10,0)' },
              '090dcf56-6dce-471e-8e77-0f8d601933b3',
            ),
          ),
      ],
      [
        'form-header',
        () => bracketText(formHeader('d32acd5c-bc30-4797-b8e8-d1010e1aabb4', 'ПустаяФорма', 'Пустая форма')),
      ],
      ['version', () => bracketText(versionFile())],
      ['copyinfo-empty', () => bracketText(copyInfoFile())],
    ])('%s', (name, build) => {
      expect(build()).toBe(golden(name));
    });

    test('table-with-columns, but for the two marks that let rows be added and moved', () => {
      const columns = [2, 1].map((number) => ({
        ...input(`Таблица2ТРеквизит${3 - number}`),
        path: String(number),
      }));
      const table: Table = { kind: 'table', name: 'Таблица2', path: '8', commandBar: [], items: columns };
      const ids = new Map<Item, number>([
        [table, 49],
        [columns[0]!, 62],
        [columns[1]!, 65],
      ]);
      const [, ours] = child(table, {
        id: (item) => ids.get(item)!,
        commandId: () => 0,
        dataPath: (path) => (path === '8' ? ['1', ['8']] : ['2', ['8'], [path]]),
      });
      const expected = parseBracket(golden('table-with-columns')) as Node[];
      const FIXED_ROWS = [18, 19];
      for (const at of FIXED_ROWS) expected[at] = '0';
      expect(parseBracket(bracketText(ours))).toEqual(expected);
    });

    test('the settings of data composition in a form are the empty ones', () => {
      const form = parseBracket(golden('form-body-empty')) as Node[];
      const attributes = form[3] as Node[];
      const golden64 = (attributes.at(-1) as Node[])[0];
      const own = readFileSync(new URL('./golden/file-form-body.txt', import.meta.url), 'utf8');
      const ours = ((parseBracket(own) as Node[])[3] as Node[]).at(-1) as Node[];
      expect(ours[0]).toBe(golden64);
    });

    function attribute(one: FormAttribute, id: number): Bracket {
      const form: Form = {
        name: '',
        title: '',
        module: [],
        events: {},
        attributes: [one],
        commands: [],
        commandBar: [],
        items: [],
      };
      const ids: FormIds = { ...formIds(form), attribute: () => id };
      return attributeRecord(one, ids, objectIds('x'));
    }
  },
);
