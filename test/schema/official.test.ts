import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importXdtoPackage } from '../../src/schema/import-xdto.ts';
import { loadProfile, loadWrittenTypes } from '../../src/schema/load.ts';
import type { Profile } from '../../src/schema/profile.ts';
import { barest, everyRoot, message } from './messages.ts';
import { NO_XMLLINT, named, REFERENCE } from './reference.ts';

/** The judge: schemas converted from the whole packages by another tool, and xmllint. */
describe.skipIf(NO_XMLLINT)(named('the official schemas', NO_XMLLINT), () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function xmllint(version: string, xml: string): string {
    const file = join(folder, 'message.xml');
    writeFileSync(file, xml);
    const args = ['--noout', '--nonet', '--schema', `${REFERENCE}xsd/Message_${version}.xsd`, file];
    try {
      execFileSync('xmllint', args, { stdio: 'pipe' });
      return 'valid';
    } catch (error) {
      return String((error as { stderr: Buffer }).stderr);
    }
  }

  /** Of the box, or imported on the spot as a customer would. */
  function profileOf(version: string): Profile {
    if (version !== '1.22') return loadProfile('enterprise-data', version);
    const file = readFileSync(`${REFERENCE}xdto/EnterpriseData_1_22_1.xdto.xml`);
    return importXdtoPackage(file, 'Package.bin', loadWrittenTypes('enterprise-data')).profile!;
  }

  it.each(['1.17', '1.20', '1.22'])('%s take what the writer writes', (version) => {
    const profile = profileOf(version);
    expect(xmllint(version, message(profile, Object.values(everyRoot(profile))))).toBe('valid');
    expect(xmllint(version, message(profile, barest(profile)))).toBe('valid');
  });

  it('and refuse it where the order is wrong: the judge is awake', () => {
    const profile = loadProfile('enterprise-data', '1.20');
    const act = everyRoot(profile)['Документ.РеализацияТоваровУслуг']!;
    const swapped = act.replace(/(<Сумма>[^<]*<\/Сумма>)(<Цена>[^<]*<\/Цена>)/, '$2$1');
    expect(xmllint('1.20', message(profile, [swapped]))).toMatch(/Цена.*not expected/);
  });
});
