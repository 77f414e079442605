import { beforeAll, describe, expect, it } from 'vitest';
import type { Forms } from '../../src/formats/printed-forms/forms.ts';
import { paymentCode } from '../../src/formats/printed-forms/payment-code.ts';
import type { PrintSource } from '../../src/formats/printed-forms/source.ts';
import { formData } from '../../src/formats/printed-forms/view.ts';
import { sumForPeople } from '../../src/model/money.ts';
import { temporaryFolders } from '../support/folders.ts';
import { codeOf, fontsOf, infoOf, POPPLER, pagesOf } from './judges.ts';
import { manyLines, pdfOf, sampleForms, sampleSource, sampleSources, sampleUpd } from './sources.ts';

const folder = temporaryFolders();
const plain = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();
/** Without the comma or full stop behind a word. */
const wordsOf = (text: string): string[] =>
  plain(text)
    .split(' ')
    .map((word) => word.replace(/[,.:;]$/, ''));
/** The words of a cell may stand in several lines, between those of its neighbours. */
const words = (text: string): Set<string> => new Set(wordsOf(text));

let forms: Forms;
beforeAll(() => {
  forms = sampleForms({ dueDays: 10 });
});

function shown(source: PrintSource): string {
  return plain(pagesOf(folder(), pdfOf(forms, source)).join(' '));
}

describe.skipIf(!POPPLER)('printed forms, read by poppler', () => {
  it('show every figure, number and name of the record', () => {
    for (const source of sampleSources().filter((_, index) => index % 9 === 0)) {
      const { document, counterparty, lines } = source;
      const found = words(shown(source));
      const figures = [document.sum, ...lines.map(({ line }) => line.sum)].map(sumForPeople);
      if (document.vat > 0) figures.push(sumForPeople(document.vat));
      const texts = [document.number, document.account, counterparty.fullName, ...figures];
      for (const { line } of lines) texts.push(line.content);
      const missing = texts.flatMap(wordsOf).filter((word) => !found.has(word));
      expect({ number: document.number, missing }).toEqual({ number: document.number, missing: [] });
    }
  });

  it('the bill: requisites of payment, the sum in words, the day by which to pay', () => {
    const text = shown(sampleSource('bill'));
    expect(text).toContain('Счёт на оплату № 501/10 от 1 октября 2026 г.');
    expect(text).toContain('40702810206000000001');
    expect(text).toContain('БИК 048073601');
    expect(text).toContain('Договор № Ю-00001/19 от 01.03.2019');
    expect(text).toContain('Шесть тысяч двести восемьдесят три рубля 01 копейка');
    expect(text).toContain('Оплатить не позднее: 11 октября 2026 г.');
    expect(text).toContain('В том числе НДС 22%: 1 133,00');
    expect(text).toContain('Каримов И. Ф.');
  });

  it('the act: period, personal account, that there are no claims', () => {
    const text = shown(sampleSource('act'));
    expect(text).toContain('Акт № А10/1045 от 31 октября 2026 г.');
    expect(text).toContain('за октябрь 2026 г.');
    expect(text).toContain('Лицевой счёт: 100201');
    expect(text).toContain('претензий не имеет');
  });

  it('the VAT invoice: all lines and columns of the edition of 2026-04-01', () => {
    const text = shown(sampleSource('vat-invoice'));
    expect(text).toContain('от 23 января 2026 г. № 26');
    for (const line of ['1', '1а', '2', '2а', '2б', '3', '4', '5', '5а', '5б', '6', '6а', '6б', '7', '8'])
      expect(text).toContain(`(${line})`);
    expect(text).toContain('1 1а 1б 2 2а 3 4 5 6 7 8 9 10 10а 11');
    expect(text).toContain('Акт, № п/п 1-2 № А10/1045 от 31.10.2026');
    expect(text).toContain(
      '1 Доступ в Интернет (абонентская плата) за октябрь 2026 г. -- 796 шт 1 5 000,00 5 000,00 без акциза 22% 1 100,00 6 100,00 -- -- --',
    );
    expect(text).toContain('Всего к оплате (9) 5 150,01 Х 1 133,00 6 283,01');
  });

  it('lines 1а, 5 and 5б hold the correction, the payments and the advance invoices', () => {
    const source = sampleSource('vat-invoice');
    const payments = [
      { number: '118', date: '2026-10-05', sum: 100 },
      { number: '120', date: '2026-10-07', sum: 200 },
    ];
    const document = { ...source.document, payments, correction: { number: 1, date: '2026-11-12' } } as never;
    const text = shown({ ...source, document, advances: [{ number: 'А-7', date: '2026-10-05' }] });
    expect(text).toContain('Исправление № 1 от 12 ноября 2026 г. (1а)');
    expect(text).toContain('№ 118 от 05.10.2026; № 120 от 07.10.2026 (5)');
    expect(text).toMatch(/№ А-7 от 05\.10\.2026 .{0,40}\(5б\)/);
  });

  it.each(['1', '2'] as const)('the УПД of status %s: column А, places 10 to 21', (status) => {
    const text = shown(sampleUpd(status));
    expect(text).toContain(`Статус: ${status}`);
    expect(text).toContain('А 1 1а 1б 2 2а 3 4 5 6 7 8 9 10 10а 11');
    for (let place = 10; place <= 21; place++) expect(text).toContain(`[${place}]`);
    expect(text).toContain('Универсальный передаточный документ, № п/п 1-2 № 1045 от 31.10.2026');
  });

  it('without VAT no rate and no sum of tax is shown', () => {
    const source = sampleSources().find(({ document }) => document.record === 'act' && document.vat === 0)!;
    const text = shown(source);
    expect(text).toContain('Без налога (НДС)');
    expect(text).not.toContain('НДС 0');
  });

  it('fonts are embedded as subsets, and the file says what it is', () => {
    const pdf = pdfOf(forms, sampleSource('bill'));
    const fonts = fontsOf(folder(), pdf);
    expect(fonts).toHaveLength(2);
    for (const line of fonts) expect(line).toMatch(/^[A-Z]{6}\+PTSans-\w+ .* yes yes yes /);
    const info = infoOf(folder(), pdf);
    expect(info).toMatch(/Title: +Счёт на оплату № 501\/10 от 1 октября 2026 г\./);
    expect(info).toMatch(/Author: +Общество с ограниченной ответственностью «Башнет»/);
    expect(info).toMatch(/CreationDate: +2026-10-01T00:00:00/);
  });

  it('500 lines: each once, the head of the table on every page, totals on the last', () => {
    for (const kind of ['act', 'vat-invoice'] as const) {
      const pages = pagesOf(folder(), pdfOf(forms, manyLines(sampleSource(kind), 500)));
      expect(pages.length).toBeGreaterThan(8);
      const all = pages.join('\n');
      for (const number of [1, 2, 250, 499, 500])
        expect(all.match(new RegExp(`Услуга номер ${number} с`, 'g'))).toHaveLength(1);
      const withRows = pages.filter((page) => page.includes('Услуга номер'));
      for (const page of withRows) expect(page).toMatch(kind === 'act' ? /№ Наименование/ : /1 1а 1б 2 2а/);
      expect(pages.at(-1)).toContain(`страница ${pages.length} из ${pages.length}`);
      expect(pages.at(-1)).toMatch(kind === 'act' ? /Всего:/ : /Всего к оплате/);
    }
  });

  it('a very long name of a buyer and of a service stays on the page', () => {
    const source = sampleSource('act');
    const fullName = `Общество с ограниченной ответственностью «${'Международная телекоммуникационная компания '.repeat(5).trim()}»`;
    const content = 'ОченьДлинноеСловоБезПробелов'.repeat(8);
    const line = { ...source.lines[0]!.line, content };
    const [page] = pagesOf(
      folder(),
      pdfOf(forms, {
        ...source,
        counterparty: { ...source.counterparty, fullName },
        lines: [{ ...source.lines[0]!, line }],
      }),
    );
    expect(plain(page!)).toContain('телекоммуникационная компания»');
    expect(page!.replace(/\s/g, '')).toContain(sumForPeople(line.sum).replace(/\s/g, ''));
  });
});

describe.skipIf(!POPPLER)('the payment code, read by another decoder', () => {
  it('is the string that was meant, byte for byte', () => {
    for (const source of sampleSources()
      .filter(({ document }) => document.record === 'bill')
      .slice(0, 5)) {
      const { document, organization, contract } = source;
      const { bank } = organization;
      const meant = paymentCode({
        name: organization.name,
        account: bank!.account,
        bankName: bank!.bankName!,
        bik: bank!.bik,
        correspondentAccount: bank!.correspondentAccount,
        sum: document.sum,
        purpose: formData(source, { qr: true, images: [] }).bill!.purpose,
        inn: organization.inn,
        kpp: organization.kpp,
        personalAccount: document.account,
        contract: contract.number,
        documentNumber: document.number,
        documentDate: document.date,
      });
      expect(codeOf(folder(), pdfOf(forms, source), 1)).toEqual(meant.bytes);
      expect(meant.text).toContain(`|Sum=${document.sum}|`);
    }
  });

  it('is on no other form, and on no bill where it is switched off', () => {
    expect(codeOf(folder(), pdfOf(forms, sampleSource('act')), 1)).toBeUndefined();
    const off = sampleForms({ qr: false });
    expect(codeOf(folder(), pdfOf(off, sampleSource('bill')), 1)).toBeUndefined();
  });
});
