import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createUpdCollector } from '../../../src/formats/upd/collect.ts';
import type { UpdDocument } from '../../../src/formats/upd/source.ts';
import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import type { CanonicalRecord } from '../../../src/model/types.ts';
import { shipped } from '../../../src/support/root.ts';
import { SETTING } from './fixtures.ts';
import { NO_XMLLINT, named, xmllint } from './reference.ts';

/** Documents of every golden package that has more than bills. */
const PACKAGES = readdirSync(shipped('samples'), { recursive: true })
  .map(String)
  .filter((path) => /[\\/]out[\\/](.*[\\/])?documents\.jsonl$/.test(path))
  .filter((path) =>
    /"record":"(act|vat-invoice|upd)"/.test(readFileSync(join(shipped('samples'), path), 'utf8')),
  );

describe.skipIf(NO_XMLLINT)(named('xmllint and the strict 5.03 schema', NO_XMLLINT), () => {
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-upd-'));
  const writer = createUpdWriter();
  afterAll(() => {
    writer.dispose();
    rmSync(folder, { recursive: true });
  });

  it.each(PACKAGES)('take every УПД of samples/%s', (path) => {
    const collector = createUpdCollector();
    const out = join(folder, path.replace(/\W/g, '-'));
    mkdirSync(out);
    const files: string[] = [];
    let nth = 0;
    const refused = new Set<string>();
    for (const line of readFileSync(join(shipped('samples'), path), 'utf8')
      .trim()
      .split('\n')) {
      const source = collector.add(JSON.parse(line) as CanonicalRecord);
      if (!source) continue;
      const { file, faults } = writer.write(
        { ...source, document: numbered(source.document, ++nth) },
        SETTING,
      );
      for (const { code, severity } of faults) if (severity === 'error') refused.add(code);
      if (!file) continue;
      files.push(join(out, file.name));
      writeFileSync(files.at(-1)!, file.bytes);
    }
    expect(files.length).toBeGreaterThan(0);
    expect(xmllint(files)).toBe('');
    // What the samples lack on purpose; nothing that was made is wrong.
    for (const code of refused) expect(LACKS).toContain(code);
  });
});

/** Numbers that 1C draws come with a receipt. */
function numbered(document: UpdDocument, nth: number): UpdDocument {
  const number = document.number || String(nth);
  if (document.record !== 'vat-invoice') return { ...document, number };
  return { ...document, number, actNumber: document.actNumber || `А${nth}` };
}

const LACKS = [
  'BG1C-UPD-ADDRESS',
  'BG1C-UPD-BUYER-INN',
  'BG1C-UPD-CONTRACT-DATE',
  'BG1C-UPD-PAYMENTS',
  'BG1C-UPD-PERSON-NAME',
];
