import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { organization } from '../base/fixture.ts';
import {
  acceptingFormats,
  type BaseProfile,
  CURRENT_PROFILE,
  OLD_PROFILE,
} from '../base/metadata/profiles.ts';
import { coverageTable } from '../coverage.ts';
import { createHost, type Host } from '../host.ts';
import { callMember } from '../language/members.ts';
import type { Value } from '../language/values.ts';
import type { BinaryData } from '../library/binary.ts';
import { newStructure } from '../library/structure.ts';
import { buildSample, type SamplePackage } from '../sample-package.ts';
import { type OpenForm, openForm } from './form.ts';
import { createProcessingObject } from './processing-object.ts';
import { openTemplate, type Template } from './template.ts';

/** The modules that ship, run in the model: that they can be run at all, on both configurations. */

interface ReceiptObject {
  kind: string;
  uuid: string;
  state: string;
  posted?: boolean;
  sum?: number;
}

let template: Template;
let sample: SamplePackage;
beforeAll(async () => {
  template = openTemplate();
  sample = await buildSample({ sample: 'december-2025' });
});

let host: Host | undefined;
afterEach(() => host?.dispose());
const reports: string[] = [];
afterAll(() => {
  // Only a look at what these few walks run; the floor is a matter of the scenarios.
  if (process.env.ONEC_COVERAGE) process.stdout.write(`${reports.at(-1)}\n`);
});

function open(profile: BaseProfile): { host: Host; form: OpenForm } {
  host = createHost(profile);
  organization(host.base);
  const form = openForm(host.machine, template);
  form.ui.picked = { name: `C:\\Обмен\\${sample.fileName}`, bytes: sample.bytes };
  return { host, form };
}

function receiptOf(form: OpenForm): { complete: boolean; objects: ReceiptObject[] } {
  form.command('СохранитьКвитанцию');
  const { data } = form.ui.saved.at(-1)!;
  return JSON.parse((data as BinaryData).bytes.toString('utf8'));
}

const documents = (objects: readonly ReceiptObject[], kind: string): ReceiptObject[] =>
  objects.filter((one) => one.kind === kind);

describe.each([
  ['нынешняя БП', CURRENT_PROFILE],
  ['старая БП', acceptingFormats(OLD_PROFILE, '1.17')],
] as const)('путь бухгалтера: %s', (_, profile) => {
  it('выбрать, прочитать, загрузить, сохранить квитанцию', () => {
    const { host: own, form } = open(profile);
    form.startChoice('ФайлПакета');
    form.command('Прочитать');
    expect(form.ui.warnings).toEqual([]);
    expect(own.base.store.all('Документ.РеализацияТоваровУслуг')).toEqual([]);
    form.command('Загрузить');
    const { objects } = receiptOf(form);
    expect(objects).toHaveLength(sample.records.length - 1);
    const acts = documents(objects, 'act');
    expect(acts.every(({ state, posted }) => state === 'created' && posted === true)).toBe(true);
    for (const record of sample.records)
      if (record.record === 'act')
        expect(acts.find(({ uuid }) => uuid === record.uuid)?.sum).toBe(record.sum);
    reports.push(coverageTable(own.machine.coverage.report()));
  });

  it('загрузка ещё раз ничего не меняет', () => {
    const { host: own, form } = open(profile);
    form.startChoice('ФайлПакета');
    form.command('Прочитать');
    form.command('Загрузить');
    const picture = (): Value[][] =>
      own.base.store.all('Документ.РеализацияТоваровУслуг').map(({ fields }) => [...fields.values()]);
    const before = picture();
    form.command('Прочитать');
    form.command('Загрузить');
    expect(picture()).toEqual(before);
    expect(documents(receiptOf(form).objects, 'act').every(({ state }) => state === 'found')).toBe(true);
  });
});

describe('работа по расписанию', () => {
  it('команда берёт пакет из папки обмена, кладёт квитанцию и переносит пакет', () => {
    const { host: own } = open(CURRENT_PROFILE);
    const exchange = join(own.folder, 'обмен');
    mkdirSync(join(exchange, 'outbox'), { recursive: true });
    writeFileSync(join(exchange, 'outbox', sample.fileName), sample.bytes);
    const object = createProcessingObject(own.machine, template);
    const call = (name: string, ...list: Value[]): void => {
      callMember(
        object,
        name,
        list.map((value) => ({ value })),
        own.session,
      );
    };
    call(
      'ЗаписатьНастройкиОбработки',
      own.base.reference('Справочник.Пользователи', '00000000-0000-0000-0000-000000000000'),
      newStructure({ ПапкаОбмена: exchange, ФайлКлюча: '' }),
    );
    call('ВыполнитьКоманду', 'ЗагрузитьПапку', newStructure());
    expect(readdirSync(join(exchange, 'receipts'))).toHaveLength(1);
    expect(existsSync(join(exchange, 'outbox', sample.fileName))).toBe(false);
    call('ВыполнитьКоманду', 'ЗаписатьПаспорт', newStructure());
    expect(JSON.parse(readFileSync(join(exchange, 'base.json'), 'utf8'))).toMatchObject({
      bsp: '3.1.12.238',
      vatRates: [22, 20, 18, 10, 7, 5, 0, 'none'],
    });
  });
});
