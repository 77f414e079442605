import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { createUpdChecker } from '../../../src/formats/upd/read.ts';
import { FILE_NAME_RULE, UPD_RULES } from '../../../src/rules/upd/schematron.ts';
import { before, CASES, type Edit, FILES, garAddress, REFERENCE, replace, same } from './rule-cases.ts';

const checker = createUpdChecker();
afterAll(() => checker.dispose());

/** Findings of the rules alone, by code and text. */
function findings(xml: string, name = `${/ИдФайл="([^"]*)"/.exec(xml)?.[1]}.xml`): string[] {
  return checker
    .check(iconv.encode(xml, 'win1251'), name)
    .faults.filter(({ code }) => code === 'BG1C-UPD-RULE' || code === 'BG1C-UPD-ADVICE')
    .map(({ code, message }) => `${code} ${message}`);
}

describe('rules of ФНС', () => {
  it('have a keeping and a breaking file each', () => {
    expect(Object.keys(CASES).sort()).toEqual(UPD_RULES.map(({ id }) => id).sort());
    expect(new Set(UPD_RULES.map(({ id }) => id)).size).toBe(UPD_RULES.length);
  });

  it.each(UPD_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, { text, advised, code }) => {
    const { file, good, bad } = CASES[id]!;
    const said = advised ? `BG1C-UPD-ADVICE` : 'BG1C-UPD-RULE';
    expect(findings(good(FILES[file]))).toEqual([]);
    const found = findings(bad(FILES[file])).filter((one) => one.includes(text));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${said} `));
    if (!advised) expect(found[0]).toContain(code);
  });

  it('the name of the file is ИдФайл', () => {
    expect(findings(FILES.СЧФ)).toEqual([]);
    const [found] = findings(FILES.СЧФ, 'upd.xml');
    expect(found).toContain(FILE_NAME_RULE.text);
    expect(found).toContain('0400400007');
  });

  it.each([
    ['СвПрод', same],
    ['СвПокуп', same],
    ['ГрузОтпр', before('<ДокПодтвОтгрНом', party('ГрузОтпр'))],
    ['ГрузПолуч', before('<ДокПодтвОтгрНом', party('ГрузПолуч'))],
    ['СвФактор', before('<ИнфПолФХЖ1>', `<ДопСвФХЖ1 СпОбстФСЧФ="1">${party('СвФактор')}</ДопСвФХЖ1>`)],
  ])('the address of %s is needed in a VAT invoice and not in an act', (name, edit) => {
    const less = replace(new RegExp(`(?<=<${name}>(?:(?!</${name}>).)*)<Адрес>.*?</Адрес>`), '');
    const full = edit(FILES.СЧФ);
    expect(findings(full)).toEqual([]);
    expect(findings(less(full))).toEqual([expect.stringMatching(new RegExp(`${name}: нет адреса`))]);
    if (edit === same) expect(findings(less(FILES.ДОП))).toEqual([]);
  });

  it('ask foreign authors of documents too, and no district of Байконур', () => {
    const author = (identity: string): Edit =>
      replace(
        /<ОснПер ([^>]*)\/>/,
        `<ОснПер ${REFERENCE}><РеквИдРекСост>${identity}</РеквИдРекСост></ОснПер>`,
      );
    const named = '<ДаннИно ИдСтат="ИГ" КодСтр="398" НаимСтран="Казахстан" Наим="Алатау" ИныеСвед="1"/>';
    expect(findings(author(named)(FILES.ДОП))).toEqual([]);
    expect(findings(author(named.replace(' ИныеСвед="1"', ''))(FILES.ДОП))).toHaveLength(1);
    expect(findings(replace(/<АдрИнф[^>]*\/>/, garAddress('99', ''))(FILES.ДОП))).toEqual([]);
  });

  it('name the element and its line', () => {
    const two = FILES.ДОП.replace(
      /<СведТов .*?<\/СведТов>/,
      (row) => `${row}\n${row.replace(/ НаимТов="[^"]*"/, '')}`,
    );
    const [found] = checker
      .check(iconv.encode(two, 'win1251'), `${/ИдФайл="([^"]*)"/.exec(two)?.[1]}.xml`)
      .faults.filter(({ code }) => code === 'BG1C-UPD-RULE');
    expect(found?.target?.xpath).toBe('Документ/ТаблСчФакт/СведТов[2]');
    expect(found?.source?.line).toBe(3);
  });
});

function party(name: string): string {
  const whole = /<СвПокуп>(.*?)<\/СвПокуп>/.exec(FILES.СЧФ)![1]!;
  const element = `<${name}>${whole}</${name}>`;
  return name === 'ГрузОтпр' ? `<ГрузОт>${element}</ГрузОт>` : element;
}
