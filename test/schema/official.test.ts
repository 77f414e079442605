import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/schema/load.ts';
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

  it.each(['1.17', '1.20', '1.22'])('%s take what the writer writes', (version) => {
    const profile = loadProfile('enterprise-data', version);
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
