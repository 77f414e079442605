import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/faults/fault.ts';
import { previewPage } from '../../src/formats/preview/page.ts';
import { reconcile } from '../../src/model/reconciliation.ts';
import { HOSTILE, previewOf } from './pages.ts';

/** Text of the page as a person reads it. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

const FINE = {
  leftOut: { count: 0, documents: [] },
  deletions: [],
  faults: [],
  reconciliation: reconcile([]),
};

describe('the page of a package', () => {
  it('escapes every value', () => {
    const page = previewPage(
      previewOf(8, { organization: { name: HOSTILE, inn: HOSTILE }, format: HOSTILE }),
    );
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;script&gt;');
  });

  it('allows nothing but its own style', () => {
    const page = previewPage(previewOf(1));
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    const tags = [...page.matchAll(/<[a-z][^<>]*>/g)].flatMap(([tag]) => [...tag.matchAll(/ ([\w-]+)="/g)]);
    const known = ['charset', 'class', 'content', 'data-title', 'href', 'http-equiv', 'id', 'lang', 'name'];
    expect([...new Set(tags.map(([, name]) => name))].sort()).toEqual(known);
    expect(page.replaceAll(/href="#[a-z-]+"/g, '')).not.toContain('href');
  });

  it('says at the top what has to be looked at, and where', () => {
    const page = previewPage(previewOf(3));
    const links = [...page.matchAll(/href="#([^"]+)">([^<]+)</g)].map(([, to, text]) => `${to}: ${text}`);
    expect(links).toEqual([
      'left-out: не передано 1',
      'deletions: к удалению 1',
      'reconciliation: сверка: 2 расхождения',
      'faults: 1 ошибка',
      'faults: 15 предупреждений',
    ]);
    for (const link of links) expect(page).toContain(`id="${link.split(':')[0]}"`);
  });

  it('says that everything is fine where it is', () => {
    const text = textOf(previewPage(previewOf(3, FINE)));
    expect(text).toContain('Всё передано, суммы сходятся');
    expect(text).toContain('Замечаний нет.');
    expect(text).toContain('Сверка: суммы сходятся до копейки');
    expect(text).not.toMatch(/Не передано|пометить на удаление/);
  });

  it('has no reconciliation where there is nothing to compare', () => {
    expect(textOf(previewPage(previewOf(3, { ...FINE, reconciliation: undefined })))).not.toContain('Сверка');
  });

  it('shows the column of the books only when receipts have told of the month', () => {
    const row = { contract: 'Д-1', accrued: null, documents: 100, packaged: 100 };
    const page = (booked: number | null): string =>
      textOf(previewPage(previewOf(1, { reconciliation: reconcile([{ ...row, booked }]) })));
    expect(page(null)).toContain('Начислений в выгрузке нет. Квитанций 1С на этот месяц ещё не было.');
    expect(page(null)).not.toContain('В 1С, ₽');
    expect(page(99)).toContain('Всего — 1,00 1,00 0,99 0,01');
  });

  it('marks a correction and a number that 1C gives', () => {
    const documents = [{ ...previewOf(2).documents[1]!, number: '' }];
    expect(textOf(previewPage(previewOf(2, { documents })))).toContain('даст 1С испр. № 1 от 05.11.2026');
  });

  it('stays bounded: long lists are counted', () => {
    const many = <T>(one: (index: number) => T): T[] =>
      Array.from({ length: 1000 }, (_, index) => one(index));
    const page = previewPage(
      previewOf(1, {
        leftOut: {
          count: 5000,
          documents: many((index) => ({ kind: 'act', number: '', key: `invoice:${index}`, codes: [] })),
        },
        deletions: many(() => ({ kind: 'bill', number: '1', date: '2026-10-31', sum: 1 })),
        faults: many((index) => fault('BG1C-BUYER-ADDRESS', { number: index, name: 'x' })),
        reconciliation: reconcile(
          many((index) => ({
            ...{ contract: `Д-${index}`, accrued: index + 2, documents: 1, packaged: 1, booked: null },
          })),
        ),
      }),
    );
    const text = textOf(page);
    expect(text).toContain('и ещё 4800');
    expect(text.match(/… и ещё 800/g)).toHaveLength(2);
    expect(text).toContain('и ещё 990');
    expect(Buffer.byteLength(page)).toBeLessThan(150_000);
  });
});
