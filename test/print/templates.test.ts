import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { openForms } from '../../src/formats/printed-forms/forms.ts';
import { shipped } from '../../src/support/root.ts';
import { temporaryFolders } from '../support/folders.ts';
import { POPPLER, pagesOf } from './judges.ts';
import {
  CODE,
  manyLines,
  pdfOf,
  sampleConfig,
  sampleForms,
  sampleSource,
  sampleSources,
  sampleUpd,
} from './sources.ts';

const folder = temporaryFolders();

/** A red square. */
function picture(path: string): string {
  const png = new PNG({ width: 40, height: 40 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([200, 30, 30, 255], at);
  writeFileSync(path, PNG.sync.write(png));
  return path;
}

describe('the same document', () => {
  it('gives the same bytes, whatever was printed before it and by which printer', () => {
    const [first, second] = [sampleForms(), sampleForms()];
    const sources = [...sampleSources().slice(0, 4), sampleUpd('1'), manyLines(sampleSource('act'), 60)];
    const once = sources.map((source) => pdfOf(first, source));
    const again = [...sources]
      .reverse()
      .map((source) => pdfOf(second, source))
      .reverse();
    for (const [index, bytes] of once.entries()) expect(again[index]!.equals(bytes)).toBe(true);
  });
});

describe('templates of the customer', () => {
  it.skipIf(!POPPLER)('a changed one stands in for ours; the others stay', () => {
    const templates = folder();
    const own = readFileSync(shipped('schemas/print/act.typ'), 'utf8').replace(
      'об оказании услуг за',
      'сдачи-приёмки услуг за',
    );
    writeFileSync(join(templates, 'act.typ'), own);
    const forms = sampleForms({ templates });
    expect(pagesOf(folder(), pdfOf(forms, sampleSource('act'))).join()).toContain(
      'сдачи-приёмки услуг за октябрь 2026 г.',
    );
    expect(pagesOf(folder(), pdfOf(forms, sampleSource('bill'))).join()).toContain('Счёт на оплату');
  });

  it('a broken one is a finding that names it and the reason', () => {
    const templates = folder();
    writeFileSync(join(templates, 'bill.typ'), '#import "common.typ": *\n#data.no-such-key');
    const { bytes, faults } = sampleForms({ templates }).make(sampleSource('bill'));
    expect(bytes).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-PRINT-TEMPLATE']);
    expect(faults[0]!.message).toContain('bill.typ');
    expect(faults[0]!.message).toContain('no-such-key');
  });

  it('reads nothing of the disk', () => {
    const templates = folder();
    const secret = join(folder(), 'secret.txt');
    writeFileSync(secret, 'secret');
    for (const path of [secret, `../../..${secret}`]) {
      writeFileSync(join(templates, 'bill.typ'), `#read("${path}")`);
      expect(sampleForms({ templates }).make(sampleSource('bill')).bytes).toBeUndefined();
    }
  });

  it('gets text, never markup', () => {
    const source = sampleSource('act');
    const hostile = '#panic("x") *b* $x$ <a> @b `c` \\ "q" //';
    const { bytes } = sampleForms().make({
      ...source,
      counterparty: { ...source.counterparty, fullName: hostile },
    });
    expect(bytes).toBeDefined();
    if (POPPLER)
      expect(pagesOf(folder(), bytes!).join()).toContain('#panic("x") *b* $x$ <a> @b `c` \\ "q" //');
  });

  it('a folder that is not there is a finding', () => {
    const { faults } = openForms(sampleConfig({ templates: join(folder(), 'none') }), CODE);
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-PRINT-FOLDER']);
  });
});

describe('pictures', () => {
  it('logo, stamp and signatures are set where they are configured', () => {
    const own = folder();
    const files = Object.fromEntries(
      ['logo', 'stamp', 'headSignature', 'accountantSignature'].map((key) => [
        key,
        picture(join(own, `${key}.png`)),
      ]),
    );
    const forms = sampleForms({ organizations: { [CODE]: { ...files, accountant: 'Петрова А. С.' } } });
    for (const source of [
      sampleSource('bill'),
      sampleSource('act'),
      sampleSource('vat-invoice'),
      sampleUpd('1'),
    ]) {
      const images =
        pdfOf(forms, source)
          .toString('latin1')
          .match(/\/Subtype\s*\/Image/g) ?? [];
      expect({ kind: source.document.record, some: images.length > 0 }).toEqual({
        kind: source.document.record,
        some: true,
      });
    }
    expect(pdfOf(sampleForms(), sampleSource('act')).toString('latin1')).not.toMatch(/\/Subtype\s*\/Image/);
  });

  it('one that cannot be read is a finding with its setting', () => {
    const own = folder();
    mkdirSync(join(own, 'folder'));
    for (const name of ['none.png', 'folder']) {
      const organizations = { [CODE]: { stamp: join(own, name) } };
      const { forms, faults } = openForms(sampleConfig({ organizations }), CODE);
      expect(forms).toBeUndefined();
      expect(faults[0]!.code).toBe('BG1C-PRINT-IMAGE');
      expect(faults[0]!.message).toContain('print.organizations.bashnet.stamp');
    }
  });
});

describe('what is not printed', () => {
  const codes = (source: Parameters<ReturnType<typeof sampleForms>['make']>[0]): string[] => {
    const { bytes, faults } = sampleForms().make(source);
    expect(bytes === undefined).toBe(faults.length > 0);
    return faults.map(({ code }) => code);
  };

  it('a document whose number 1C has yet to draw', () => {
    const source = sampleSource('act');
    expect(codes({ ...source, document: { ...source.document, number: '' } })).toEqual(['BG1C-PRINT-NUMBER']);
  });

  it('a VAT invoice of who pays in advance, without the payments; an act and an УПД of status 2 are', () => {
    const prepaid = (source: ReturnType<typeof sampleSource>) => ({
      ...source,
      contract: { ...source.contract, prepaid: true },
    });
    expect(codes(prepaid(sampleSource('vat-invoice')))).toEqual(['BG1C-PRINT-PAYMENTS']);
    expect(codes(prepaid(sampleUpd('1')))).toEqual(['BG1C-PRINT-PAYMENTS']);
    expect(codes(prepaid(sampleUpd('2')))).toEqual([]);
    expect(codes(prepaid(sampleSource('act')))).toEqual([]);
    const paid = prepaid(sampleSource('vat-invoice'));
    const payments = [{ number: '118', date: '2026-10-05', sum: 100 }];
    expect(codes({ ...paid, document: { ...paid.document, payments } as never })).toEqual([]);
  });
});
