import { afterAll, describe, expect, it } from 'vitest';
import type { UpdSetting, UpdSource } from '../../../src/formats/upd/source.ts';
import { functionOf, moscowMoment } from '../../../src/formats/upd/source.ts';
import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import { parseElement, type XmlElement } from '../../../src/schema/read-elements.ts';
import {
  act,
  COMPANY,
  CONTRACT,
  line,
  PERSON,
  SERVICE,
  SETTING,
  source,
  TRADER,
  TRADER_SELLER,
  upd,
  vatInvoice,
  xmlOf,
} from './fixtures.ts';

const writer = createUpdWriter();
afterAll(() => writer.dispose());

const DECLARATION = '<?xml version="1.0" encoding="windows-1251"?>\n';

function textOf(of: UpdSource, setting: UpdSetting = SETTING): string {
  const { file, faults } = writer.write(of, setting);
  expect(faults).toEqual([]);
  return xmlOf(file?.bytes);
}

function rootOf(of: UpdSource, setting?: UpdSetting): XmlElement {
  return parseElement(textOf(of, setting).slice(DECLARATION.length));
}

/** The first element of a name below. */
function find(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : find(child, name);
    if (found) return found;
  }
  return undefined;
}

function documentOf(of: UpdSource, setting?: UpdSetting): XmlElement {
  return find(rootOf(of, setting), 'Документ')!;
}

describe('function', () => {
  const taxed = [line(122_00)];
  const free = [line(100_00, 'none')];

  it.each([
    ['act and VAT invoice in one', upd(taxed), 'СЧФДОП', 'Универсальный передаточный документ'],
    [
      'act and VAT invoice in one, at 0 %',
      upd([line(100_00, 0)]),
      'СЧФДОП',
      'Универсальный передаточный документ',
    ],
    ['УПД without VAT', upd(free), 'ДОП', 'Универсальный передаточный документ'],
    ['act without VAT', act(free), 'ДОП', 'Акт об оказании услуг'],
    ['act whose VAT invoice goes by itself', act(taxed), 'ДОП', 'Акт об оказании услуг'],
    ['VAT invoice', vatInvoice(taxed), 'СЧФ', undefined],
  ])('%s', (_, document, name, title) => {
    expect(functionOf(document)).toBe(name);
    const { attributes } = documentOf(source(document));
    expect(attributes.Функция).toBe(name);
    expect(attributes.НаимДокОпр).toBe(title);
  });

  it('decides which parts are there', () => {
    const parts = (of: UpdSource): string[] => documentOf(of).children.map(({ name }) => name);
    expect(parts(source(upd(taxed)))).toEqual(['СвСчФакт', 'ТаблСчФакт', 'СвПродПер', 'Подписант']);
    expect(parts(source(vatInvoice(taxed)))).toEqual(['СвСчФакт', 'ТаблСчФакт', 'Подписант']);
  });

  it('decides what line 5а names: the УПД itself, the act of a VAT invoice, nothing for an act', () => {
    const shipping = (of: UpdSource) => find(rootOf(of), 'ДокПодтвОтгрНом')?.attributes;
    expect(shipping(source(upd(taxed)))).toEqual({
      РеквНаимДок: 'Универсальный передаточный документ',
      РеквНомерДок: '1045',
      РеквДатаДок: '31.10.2026',
    });
    expect(shipping(source(vatInvoice(taxed)))).toEqual({
      РеквНаимДок: 'Акт об оказании услуг',
      РеквНомерДок: 'А10/1045',
      РеквДатаДок: '31.10.2026',
    });
    expect(shipping(source(act(taxed)))).toBeUndefined();
  });
});

describe('head', () => {
  it('has the attributes of Документ in the order of the format', () => {
    expect(Object.keys(documentOf(source(upd([line(122_00)]))).attributes)).toEqual([
      'КНД',
      'Функция',
      'ПоФактХЖ',
      'НаимДокОпр',
      'ДатаИнфПр',
      'ВремИнфПр',
      'НаимЭконСубСост',
    ]);
  });

  it('tells the injected moment; the clock is that of Moscow', () => {
    const formed = moscowMoment(new Date('2026-10-31T22:05:09Z'));
    expect(formed).toEqual({ date: '2026-11-01', time: '01.05.09' });
    const { attributes } = documentOf(source(act([line(122_00)])), { ...SETTING, formed });
    expect([attributes.ДатаИнфПр, attributes.ВремИнфПр]).toEqual(['01.11.2026', '01.05.09']);
  });
});

describe('name of the file', () => {
  const one = source(upd([line(122_00)]));

  it('is ИдФайл: receiver, sender, day, GUID; ИНН and КПП where the operator has told no id', () => {
    const { file } = writer.write(one, SETTING);
    expect(file?.name).toMatch(
      /^ON_NSCHFDOPPR_0299000050027401001_0299000011027401001_20261103_[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}_0_0_0_0_0_00\.xml$/,
    );
    expect(file?.name).toBe(`${file?.id}.xml`);
    expect(rootOf(one).attributes.ИдФайл).toBe(file?.id);
  });

  it('takes the ids of participants', () => {
    const { file } = writer.write(one, {
      ...SETTING,
      sender: '2BE0001',
      receiver: ({ inn }) => (inn === COMPANY.inn ? '2BM-0002' : undefined),
    });
    expect(file?.name).toMatch(/^ON_NSCHFDOPPR_2BM-0002_2BE0001_20261103_/);
  });

  it('is the same whenever the file is made, another for a correction and for the other function', () => {
    const guid = (of: UpdSource): string | undefined => writer.write(of, SETTING).file?.id.split('_')[5];
    const guids = [
      one,
      source(act([line(122_00)])),
      source(vatInvoice([line(122_00)])),
      { ...one, correction: { number: 1, date: '2026-11-05' } },
    ].map(guid);
    expect(new Set(guids).size).toBe(guids.length);
    expect(guid(one)).toBe(guids[0]);
  });
});

describe('parties', () => {
  it('are companies, sole traders and persons', () => {
    const seller = (of: UpdSource) => find(rootOf(of), 'СвПрод')!;
    const buyer = (of: UpdSource) => find(rootOf(of), 'СвПокуп')!;
    const document = act([line(100_00, 'none')]);
    expect(find(buyer(source(document)), 'СвЮЛУч')?.attributes).toEqual({
      НаимОрг: COMPANY.fullName,
      ИННЮЛ: COMPANY.inn,
      КПП: COMPANY.kpp,
    });
    const trader = find(buyer(source(document, { counterparty: TRADER })), 'СвИП')!;
    expect(trader.attributes).toEqual({ ИННФЛ: TRADER.inn, ОГРНИП: TRADER.ogrn });
    expect(trader.children[0]?.attributes).toEqual({ Фамилия: 'Иванова', Имя: 'Анна', Отчество: 'Петровна' });
    const person = find(buyer(source(document, { counterparty: PERSON })), 'СвФЛУч')!;
    expect(person.attributes).toEqual({});
    expect(person.children[0]?.attributes).toEqual({ Фамилия: 'Гәрәев', Имя: 'Хәмит' });
    expect(find(seller(source(document, { organization: TRADER_SELLER })), 'ФИО')?.attributes.Фамилия).toBe(
      'Сафин',
    );
  });

  it('have their address as a text and their bank', () => {
    const buyer = find(rootOf(source(upd([line(122_00)]))), 'СвПокуп')!;
    expect(find(buyer, 'АдрИнф')?.attributes).toEqual({
      КодСтр: '643',
      НаимСтран: 'Россия',
      АдрТекст: COMPANY.address,
    });
    expect(find(buyer, 'БанкРекв')?.attributes.НомерСчета).toBe(COMPANY.bank?.account);
    expect(find(buyer, 'СвБанк')?.attributes).toEqual({ БИК: COMPANY.bank?.bik });
  });
});

describe('lines', () => {
  it('carry every rate in the words of the format', () => {
    const lines = ([22, 20, 10, 7, 5, 0, 'none'] as const).map((rate) => line(1_000_00, rate));
    const table = find(rootOf(source(upd(lines))), 'ТаблСчФакт')!;
    const rows = table.children.filter(({ name }) => name === 'СведТов');
    expect(rows.map(({ attributes }) => attributes.НалСт)).toEqual([
      '22%',
      '20%',
      '10%',
      '7%',
      '5%',
      '0%',
      'без НДС',
    ]);
    const tax = (row: XmlElement): string => {
      const amount = find(row, 'СумНал')!.children[0]!;
      return `${amount.name} ${amount.text}`;
    };
    expect(rows.map(tax)).toEqual([
      'СумНал 180.33',
      'СумНал 166.67',
      'СумНал 90.91',
      'СумНал 65.42',
      'СумНал 47.62',
      'СумНал 0.00',
      'БезНДС без НДС',
    ]);
    const total = find(table, 'ВсегоОпл')!;
    expect(total.attributes).toEqual({ СтТовБезНДСВсего: '6449.05', СтТовУчНалВсего: '7000.00' });
    expect(find(total, 'СумНал')?.text).toBe('550.95');
  });

  it('without VAT say so in the total too, and not 0.00', () => {
    const total = find(rootOf(source(act([line(100_00, 'none')]))), 'ВсегоОпл')!;
    expect(find(total, 'БезНДС')?.text).toBe('без НДС');
    expect(find(total, 'СумНал')).toBeUndefined();
  });

  it.each([
    [122_00, 1000, '1', '100.00'],
    [122_00, 3000, '3', '33.33333333333'],
    [122_01, 2500, '2.5', '40.004'],
    [1, 7, '0.007', '1.42857142857'],
  ])('%d kopecks for %d/1000', (sum, quantity, count, price) => {
    const row = find(rootOf(source(upd([line(sum, 22, quantity)]))), 'СведТов')!;
    expect([row.attributes.КолТов, row.attributes.ЦенаТов]).toEqual([count, price]);
  });

  it('name the unit by its code and its word', () => {
    const unit = { ...SERVICE, unit: '642' };
    const document = upd([line(122_00)]);
    const of = source(document, { lines: document.lines.map((one) => ({ line: one, service: unit })) });
    const { attributes } = find(rootOf(of), 'СведТов')!;
    expect([attributes.ОКЕИ_Тов, attributes.НаимЕдИзм]).toEqual(['642', 'ед']);
  });
});

describe('what the document stands on', () => {
  it('is the contract; the personal account and its number are in the free fields', () => {
    const root = rootOf(source(upd([line(122_00)])));
    expect(find(root, 'СвПер')?.attributes).toEqual({
      СодОпер: 'Услуги оказаны в полном объеме',
      ВидОпер: 'Оказание услуг',
      ДатаПер: '31.10.2026',
      ДатаНачПер: '01.10.2026',
      ДатаОконПер: '31.10.2026',
    });
    expect(find(root, 'ОснПер')?.attributes).toEqual({
      РеквНаимДок: 'Договор',
      РеквНомерДок: CONTRACT.number,
      РеквДатаДок: '01.03.2019',
    });
    expect(find(root, 'ИнфПолФХЖ1')?.children.map(({ attributes }) => attributes)).toEqual([
      { Идентиф: 'ЛицевойСчет', Значен: CONTRACT.account },
      { Идентиф: 'НомерДоговора', Значен: CONTRACT.number },
    ]);
  });

  it('is nothing where there is no contract', () => {
    const { contract: _none, ...without } = source(upd([line(122_00)]));
    const root = rootOf(without);
    expect(find(root, 'БезДокОснПер')?.text).toBe('1');
    expect(find(root, 'ОснПер')).toBeUndefined();
  });

  it('are payments, where there are any (line 5)', () => {
    const payments = [
      { number: '77', date: '2026-09-25', sum: 100_00 },
      { number: '78', date: '2026-10-02', sum: 22_00 },
    ];
    const contract = { ...CONTRACT, prepaid: true };
    const root = rootOf(source(vatInvoice([line(122_00)]), { payments, contract }));
    const found = find(root, 'СвСчФакт')!.children.filter(({ name }) => name === 'СвПРД');
    expect(found.map(({ attributes }) => attributes)).toEqual([
      { НомерПРД: '77', ДатаПРД: '25.09.2026', СуммаПРД: '100.00' },
      { НомерПРД: '78', ДатаПРД: '02.10.2026', СуммаПРД: '22.00' },
    ]);
  });

  it('is the file that a correction replaces (line 1а)', () => {
    const correction = { number: 2, date: '2026-11-05', file: 'ON_NSCHFDOPPR_A_B_20261103_c_0_0_0_0_0_00' };
    const facts = find(rootOf(source(upd([line(122_00)]), { correction })), 'СвСчФакт')!;
    expect(facts.attributes.ИмяФайлИспрПрод).toBe(correction.file);
    expect(find(facts, 'ИспрДок')?.attributes).toEqual({ НомИспр: '2', ДатаИспр: '05.11.2026' });
  });
});

describe('signer', () => {
  const { signer } = SETTING;
  const signed = (changes: Partial<UpdSetting['signer']>): XmlElement =>
    find(
      rootOf(source(upd([line(122_00)])), { ...SETTING, signer: { ...signer, ...changes } }),
      'Подписант',
    )!;

  it('signs by the data of the signature', () => {
    const found = signed({});
    expect(found.attributes).toEqual({ Должн: 'Генеральный директор', СпосПодтПолном: '1' });
    expect(found.children.map(({ name }) => name)).toEqual(['ФИО']);
  });

  it('signs by an МЧД', () => {
    const mchd = {
      number: '1f6f29a5-7f9c-4d3e-9f57-1f0d4b8c2d11',
      issued: '2026-01-15',
      system: 'https://m4d.nalog.gov.ru',
    };
    expect(find(signed({ authority: 3, mchd }), 'СвДоверЭл')?.attributes).toEqual({
      НомДовер: mchd.number,
      ДатаВыдДовер: '15.01.2026',
      ИдСистХран: mchd.system,
    });
  });

  it('signs by a power of attorney on paper', () => {
    const found = signed({ authority: 5, paper: { number: '12', issued: '2026-01-15' } });
    expect(find(found, 'СвДоверБум')?.attributes).toEqual({ ДатаВыдДовер: '15.01.2026', ВнНомДовер: '12' });
  });

  it('whose authority and power of attorney do not agree is refused by the rules of ФНС', () => {
    const setting = { ...SETTING, signer: { ...signer, authority: 3 as const } };
    const { file, faults } = writer.write(source(upd([line(122_00)])), setting);
    expect(file).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-UPD-RULE']);
  });
});

describe('bytes', () => {
  const strange = 'ООО «Ҡурай» — тариф 500 ₽ 😀 & "свои" <люди>';
  const counterparty = { ...COMPANY, fullName: strange, name: 'ООО «Ҡурай»' };

  it('are windows-1251 with a declaration and without a byte order mark', () => {
    const { file } = writer.write(source(upd([line(122_00)])), SETTING);
    const bytes = file!.bytes;
    expect(bytes.subarray(0, DECLARATION.length).toString('latin1')).toBe(DECLARATION);
    expect(bytes.includes(Buffer.from([0xd4, 0xe0, 0xe9, 0xeb]))).toBe(true);
  });

  it('hold characters that the code page lacks as references, never «?»', () => {
    const { file } = writer.write(source(upd([line(122_00)]), { counterparty }), SETTING);
    const text = xmlOf(file?.bytes);
    expect(text).toContain(
      'ООО «&#1184;урай» — тариф 500 &#8381; &#128512; &amp; &quot;свои&quot; &lt;люди&gt;',
    );
    expect(text.slice(DECLARATION.length)).not.toContain('?');
    expect(find(parseElement(text.slice(DECLARATION.length)), 'СвПокуп')).toMatchObject({
      children: [{ children: [{ attributes: { НаимОрг: strange } }] }, {}, {}],
    });
  });

  it('hold «й» in one letter also where it was typed in two parts', () => {
    const { file } = writer.write(
      source(upd([line(122_00)]), { counterparty: { ...COMPANY, fullName: 'ООО «Кураи\u0306»' } }),
      SETTING,
    );
    expect(xmlOf(file?.bytes)).toContain('ООО «Курай»');
  });
});
