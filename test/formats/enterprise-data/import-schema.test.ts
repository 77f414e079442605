import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { examineVersion } from '../../../src/formats/enterprise-data/writers.ts';

import { importXdtoPackage } from '../../../src/schema/import-xdto.ts';
import { loadProfile, loadWrittenTypes } from '../../../src/schema/load.ts';
import { profileText } from '../../../src/schema/profile-text.ts';
import { createValidator } from '../../../src/schema/validate.ts';
import { messageXsd } from '../../../src/schema/xsd.ts';
import { shipped } from '../../../src/support/root.ts';
import { NO_REFERENCE, named, REFERENCE } from '../../schema/reference.ts';
import { buildSample } from './builds.ts';
import { HEADER } from './formats.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OWN = 'schemas/enterprise-data';

/** Runs a command in the folder of a configuration. */
async function cli(...args: string[]): Promise<{ exit: number; out: string }> {
  let out = '';
  const take = (text: string): void => {
    out += text;
  };
  const exit = await run(args, { cwd: folder, out: take, err: take, interactive: false }, () => new Date(0));
  return { exit, out };
}

function packageOf(version: string): string {
  const name = readdirSync(`${REFERENCE}xdto`).find((file) =>
    file.startsWith(`EnterpriseData_${version.replace('.', '_')}_`),
  );
  return `${REFERENCE}xdto/${name}`;
}

describe.skipIf(NO_REFERENCE)(named('bg1c schema import', NO_REFERENCE), () => {
  it.each(['1.8', '1.17', '1.20', '1.22'])('reproduces the profile of the box: %s', async (version) => {
    const { exit, out } = await cli('schema', 'import', packageOf(version));
    expect(exit).toBe(0);
    expect(out).toContain(`EnterpriseData ${version}: описание записано`);
    expect(readFileSync(join(folder, OWN, `${version}.json`))).toEqual(
      readFileSync(shipped(`${OWN}/${version}.json`)),
    );
    expect((await cli('schema', 'list')).out).toMatch(
      new RegExp(`^enterprise-data ${version.replace('.', '\\.')} .*импортирована вами`, 'm'),
    );
    expect((await cli('schema', 'import', packageOf(version))).out).toContain('описание заменено');
  });

  it('says in Russian what the version cannot carry', async () => {
    const { exit, out } = await cli('schema', 'import', packageOf('1.6'));
    expect(exit).toBe(0);
    expect(out).toContain('Справочник.Контрагенты: ОГРН или ОГРНИП контрагента; признак индивидуального');
    expect(out).toContain('Ставки НДС, которых в ней нет: 22 %, 7 %, 5 %');
    expect((await cli('schema', 'show', '1.6')).out).toMatch(
      /^ {2}Код {2}КлючевыеСвойстваВалюта\.Код {2}1$/m,
    );
    const json = JSON.parse((await cli('schema', 'import', packageOf('1.20'), '--json')).out);
    expect(json).toMatchObject({ exit: 0, version: '1.20', losses: [], missingRates: [], faults: [] });
  });

  it('warns where one kind of bill is missing, and a build that wants it is refused', async () => {
    const declared = textOf('1.8').replaceAll('"Документ.СчетПокупателю"', '"Документ.Прочее"');
    const { exit, out } = await importText(declared);
    expect(exit).toBe(0);
    expect(out).toMatch(/BG1C-SCHEMA-BILL[\s\S]*onec\.bill: ЗаказКлиента/);
    const refused = await buildSample('december-2025', { format: '1.8', bill: 'СчетПокупателю' }, {}, folder);
    expect(refused.exit).toBe(2);
    expect(refused.faults[0]).toMatchObject({ code: 'BG1C-CONFIG-VALUE', paths: ['onec.bill'] });
    refused.remove();
    const built = await buildSample('december-2025', { format: '1.8', bill: 'ЗаказКлиента' }, {}, folder);
    expect(built.exit).toBe(0);
    built.remove();
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'an object that we cannot do without',
      (text) => text.replaceAll('"Документ.РеализацияТоваровУслуг"', '"Документ.Прочее"'),
      /«Документ\.РеализацияТоваровУслуг»: такого объекта в этой версии нет/,
    ],
    [
      'a field that we cannot do without',
      (text) => text.replaceAll('name="ВидДоговора"', 'name="Вид"'),
      /есть обязательное поле, которого программа не заполняет \(КлючевыеСвойства\/Вид\)/,
    ],
    [
      'a value that we write always',
      (text) => text.replaceAll('>СПокупателем<', '>СКлиентом<'),
      /нет нужного значения перечисления/,
    ],
  ])('refuses a version without %s, and writes nothing', async (_, change, reason) => {
    const changed = change(textOf('1.8'));
    expect(changed).not.toBe(textOf('1.8'));
    const { exit, out } = await importText(changed);
    expect(exit).toBe(2);
    expect(out).toMatch(/BG1C-SCHEMA-UNFIT/);
    expect(out).toMatch(reason);
    expect(existsSync(join(folder, OWN))).toBe(false);
  });

  it('a mutilated package gives a fault or a profile that can be used, never anything else', () => {
    const text = shortened('1.8');
    const places = [...text.matchAll(/<property[^>]*>|<\/?objectType[^>]*>|<enumeration[^>]*>|"[^"]*"/g)];
    const wanted = loadWrittenTypes('enterprise-data');
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.constantFrom('drop', 'twice', 'cut', 'rename'), (at, how) => {
        const { index, 0: found } = places[at]!;
        const end = index + found.length;
        const middle = { drop: '', twice: found + found, cut: '', rename: found.replace(/[а-яё]/i, 'ъ') }[
          how
        ];
        const changed = text.slice(0, index) + middle + (how === 'cut' ? '' : text.slice(end));
        const { profile, faults } = importXdtoPackage(Buffer.from(changed), 'Package.bin', wanted);
        if (profile) {
          expect(faults).toEqual([]);
          examineVersion(profile);
          createValidator(messageXsd(profile, HEADER)).dispose();
          return;
        }
        refused++;
        expect(faults.every(({ code }) => code.startsWith('BG1C-SCHEMA-IMPORT'))).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  async function importText(text: string) {
    const file = join(folder, 'Package.bin');
    writeFileSync(file, text);
    return cli('schema', 'import', file);
  }

  const textOf = (version: string): string => readFileSync(packageOf(version), 'utf8');

  /** A package in which the types that are not kept are empty, so that it is read quickly. */
  function shortened(version: string): string {
    const { types } = loadProfile('enterprise-data', version);
    const text = textOf(version).replace(
      /\t<(valueType|objectType)\b[^>]*?name="([^"]*)"[^>]*?(?:\/>|>[\s\S]*?\n\t<\/\1>)\r?\n/g,
      (type, kind: string, name: string) =>
        Object.hasOwn(types, name)
          ? type
          : `\t<${kind} name="${name}"${kind === 'valueType' ? ' base="xs:string" variety="Atomic"' : ''}/>\n`,
    );
    const { profile } = importXdtoPackage(Buffer.from(text), 'x', loadWrittenTypes('enterprise-data'));
    expect(Object.keys(profile!.roots)).toHaveLength(9);
    expect(text.length).toBeLessThan(400_000);
    return text;
  }
});

describe('bg1c schema', () => {
  it('import refuses what is no package', async () => {
    writeFileSync(join(folder, 'empty.bin'), '');
    for (const [path, reason] of [
      ['absent.bin', 'такого файла нет'],
      ['.', 'это не файл'],
      ['empty.bin', 'не прочитан как пакет XDTO'],
    ] as const) {
      const { exit, out } = await cli('schema', 'import', path);
      expect(exit).toBe(2);
      expect(out).toContain(reason);
    }
  });

  it('import does not write into the program itself', async () => {
    const { exit, out } = await cli('schema', 'import', 'any.bin', '--config', shipped('.'));
    expect(exit).toBe(2);
    expect(out).toContain('в папку самой программы описания не записываются');
  });

  it('a profile that was edited by hand is refused everywhere', async () => {
    const text = profileText(loadProfile('enterprise-data', '1.8'));
    const own = join(folder, OWN);
    mkdirSync(own, { recursive: true });
    for (const broken of [
      '{',
      'null',
      '[]',
      text.replace('"1.8"', '"1.9"'),
      text.replace('"roots"', '"root"'),
    ]) {
      writeFileSync(join(own, '1.8.json'), broken);
      for (const args of [['list'], ['show', '1.8']]) {
        const { exit, out } = await cli('schema', ...args);
        expect(exit).toBe(2);
        expect(out).toContain('BG1C-SCHEMA-DAMAGED');
      }
      const built = await buildSample('december-2025', { format: '1.8' }, {}, folder);
      expect(built.faults.map(({ code }) => code)).toEqual(['BG1C-SCHEMA-DAMAGED']);
      built.remove();
    }
  });

  it('the customer’s own profile is part of the package id', async () => {
    const build = async (where?: string): Promise<string> => {
      const built = await buildSample('december-2025', { format: '1.20' }, {}, where);
      built.remove();
      return built.packages[0]!.packageId;
    };
    const before = await build();
    const own = {
      ...loadProfile('enterprise-data', '1.20'),
      origin: { file: 'Package.bin', sha256: '0'.repeat(64) },
    };
    mkdirSync(join(folder, OWN), { recursive: true });
    writeFileSync(join(folder, OWN, '1.20.json'), profileText(own));
    expect(await build(folder)).not.toBe(before);
    expect(await build()).toBe(before);
  });
});
