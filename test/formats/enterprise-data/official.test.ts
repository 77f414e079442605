import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPackage } from '../../../src/pipeline/check/check.ts';
import { importSchema } from '../../../src/pipeline/check/import-schema.ts';
import { checkMessage } from '../../../src/pipeline/check/message.ts';
import { loadProfile } from '../../../src/schema/load.ts';
import { createValidator, type Validator } from '../../../src/schema/validate.ts';
import { messageXsd } from '../../../src/schema/xsd.ts';
import { entriesOf } from '../../golden/sample.ts';
import { NO_XMLLINT, named, REFERENCE } from '../../schema/reference.ts';
import { xmllint } from '../xmllint.ts';
import { buildSample, type SampleBuild } from './builds.ts';
import { HEADER } from './formats.ts';

/** Months of the samples, with the rates of their time. */
const AT_22 = ['october-2026', 'october-2026-utf8'];
const AT_20 = ['december-2025'];
const MONTHS = ['1.8', '1.17', '1.20', '1.22'].flatMap((version) =>
  [...AT_20, ...(version === '1.8' ? [] : AT_22)].flatMap((sample) =>
    (['ЗаказКлиента', 'СчетПокупателю'] as const).map((bill) => ({ version, sample, bill })),
  ),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const validator of validators.values()) validator.dispose();
});

/** Compiled once a version: that takes longer than a check. */
const validators = new Map<string, Validator>();
function validatorOf(version: string): Validator {
  const known = validators.get(version);
  if (known) return known;
  const validator = createValidator(messageXsd(loadProfile('enterprise-data', version), HEADER));
  validators.set(version, validator);
  return validator;
}

async function messageOf(path: string): Promise<string> {
  const entries = await entriesOf(path);
  const name = [...entries.keys()].find((entry) => entry.startsWith('Message_'))!;
  return entries.get(name)!;
}

function written(text: string): string {
  const file = join(folder, 'message.xml');
  writeFileSync(file, text);
  return file;
}

describe.each(MONTHS)('$sample in EnterpriseData $version, bills as $bill', ({ version, sample, bill }) => {
  let built: SampleBuild;
  let text: string;
  beforeAll(async () => {
    built = await buildSample(sample, { format: version, bill });
    text = await messageOf(built.files[0]!);
  });
  afterAll(() => built.remove());

  it('passes our strict schema and our own check of messages', async () => {
    expect(built.exit).toBe(0);
    expect(text).toContain(`EnterpriseData/${version}"`);
    expect(validatorOf(version).check(text)).toEqual([]);
    expect((await checkMessage(written(text))).faults).toEqual([]);
  });

  it.skipIf(NO_XMLLINT)(named('passes the official schema', NO_XMLLINT), () => {
    expect(xmllint(`${REFERENCE}xsd/Message_${version}.xsd`, written(text))).toBe('');
  });
});

describe.skipIf(NO_XMLLINT)(named('a version that nobody prepared', NO_XMLLINT), () => {
  it('is imported, built in, and passes the official schema: 1.6', async () => {
    const { version, faults } = importSchema(`${REFERENCE}xdto/EnterpriseData_1_6_23.xdto.xml`, folder);
    expect(faults).toEqual([]);
    expect(version).toBe('1.6');
    for (const bill of ['ЗаказКлиента', 'СчетПокупателю'] as const) {
      const built = await buildSample('december-2025', { format: '1.6', bill }, {}, folder);
      try {
        expect(built.exit).toBe(0);
        const file = written(await messageOf(built.files[0]!));
        expect(xmllint(`${REFERENCE}xsd/Message_1.6.xsd`, file)).toBe('');
        expect((await checkMessage(file, join(folder, 'schemas'))).faults).toEqual([]);
        expect(await checkPackage(built.files[0]!, join(folder, 'schemas'))).toEqual([]);
      } finally {
        built.remove();
      }
    }
  });

  it('and the judge is awake', async () => {
    const built = await buildSample('december-2025', { format: '1.8' });
    try {
      const text = await messageOf(built.files[0]!);
      const file = written(text.replace(/(<Сумма>[^<]*<\/Сумма>)(<Цена>[^<]*<\/Цена>)/, '$2$1'));
      expect(xmllint(`${REFERENCE}xsd/Message_1.8.xsd`, file)).toMatch(/Цена.*not expected/);
      expect(readFileSync(file, 'utf8')).not.toBe(text);
    } finally {
      built.remove();
    }
  });
});
