import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { shipped } from '../../src/support/root.ts';

/** A raw export as BGBilling's queries give it, oddities included (decisions 34). */
const EXPORT = shipped('../shared/reference/bgbilling/fixtures');

const BARE = `
installation: reference
organizations:
  - { code: ref, name: ООО «Оператор», inn: '0275000005', kpp: '027501001' }
source: { kind: bgbilling-csv }
documents:
  types: { '1': bill, '2': act, '3': vat-invoice }
`;

const MAPPED = `${BARE}
numbering:
  map:
    - { kind: bill, match: '^10-0*(\\d+)$', to: '10/$1' }
    - { kind: vat-invoice, match: '^СФ-0*(\\d+)$', to: 'СФ$1' }
lines: { fallback: 'Услуги связи за {month} {year}' }
`;

async function buildWith(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-reference-'));
  writeFileSync(join(folder, 'bg1c.yaml'), text);
  const { config, faults } = loadConfig(join(folder, 'bg1c.yaml'));
  expect(faults).toEqual([]);
  const result = await build({
    config: config!,
    input: EXPORT,
    clock: () => new Date('2026-11-03T08:00:00Z'),
  });
  rmSync(folder, { recursive: true, force: true });
  return { ...result, codes: new Set(result.faults.map(({ code }) => code)) };
}

describe.skipIf(!existsSync(EXPORT))('a raw export (skipped without ../shared)', () => {
  it('names its oddities and leaves out what cannot be booked', async () => {
    const { exit, codes, leftOut, packages } = await buildWith(BARE);
    expect(exit).toBe(3);
    for (const code of [
      'BG1C-NUMBER-PRINT',
      'BG1C-LINES-UNKNOWN',
      'BG1C-OGRN-CHECKSUM',
      'BG1C-CHARGE-TYPE-UNKNOWN',
      'BG1C-ACCRUAL-NO-DOCUMENT',
    ] as const)
      expect(codes).toContain(code);
    expect(leftOut.map(({ key }) => key).sort()).toEqual(['bill:1', 'bill:2', 'invoice:2']);
    expect(packages[0]!.documents.act).toMatchObject({ count: 2, sum: 435301 });
  });

  it('goes through whole with numbering.map and lines.fallback', async () => {
    const { exit, codes, leftOut, packages } = await buildWith(MAPPED);
    expect(exit).toBe(0);
    expect(leftOut).toEqual([]);
    expect(codes).toContain('BG1C-LINES-FALLBACK');
    const { bill, act, 'vat-invoice': invoice } = packages[0]!.documents;
    expect([bill.count, act.count, invoice.count]).toEqual([2, 2, 1]);
  });
});
