import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/faults/fault.ts';
import { cleanText, fitText } from '../../src/rules/texts.ts';

function gathered<T>(work: (report: (found: Fault) => void) => T): { result: T; faults: Fault[] } {
  const faults: Fault[] = [];
  return { result: work((found) => faults.push(found)), faults };
}

describe('cleanText', () => {
  const clean = (raw: string) =>
    gathered((report) => cleanText(raw, 'name_short', { path: 'clients.csv:2' }, report));

  it.each([
    ['ООО «Тулпар»', 'ООО «Тулпар»'],
    ['  ООО \t«Тулпар»\r\n ', 'ООО «Тулпар»'],
    ['ООО\u00a0«Тулпар»', 'ООО «Тулпар»'],
    ['Чеверёв и\u0306', 'Чеверёв й'],
    ['A & B <c> "d" \'e\'', 'A & B <c> "d" \'e\''],
    ['', ''],
    ['   ', ''],
  ])('%j becomes %j without a word', (raw, text) => {
    expect(clean(raw)).toEqual({ result: text, faults: [] });
  });

  it.each([
    ['Тул\u0001пар', 'Тулпар', 'U+0001'],
    ['Тулпар\ufffe', 'Тулпар', 'U+FFFE'],
    ['Тул\ud800пар', 'Тулпар', 'U+D800'],
    ['\u0000\u0001', '', 'U+0000'],
  ])('%j loses what XML forbids, and says so', (raw, text, code) => {
    const { result, faults } = clean(raw);
    expect(result).toBe(text);
    expect(faults).toEqual([
      expect.objectContaining({ code: 'BG1C-VALUE-CONTROL', severity: 'warning', paths: ['clients.csv:2'] }),
    ]);
    expect(faults[0]!.message).toContain(code);
  });

  it.each([
    ['Әхмәт', 'Ә', 'U+04D8'],
    ['Оплата 5 ₽', '₽', 'U+20BD'],
    ['Связь 😀', '😀', 'U+1F600'],
  ])('%s is kept, and the character that windows-1251 has not is named', (raw, character, code) => {
    const { result, faults } = clean(raw);
    expect(result).toBe(raw);
    expect(faults).toEqual([expect.objectContaining({ code: 'BG1C-TEXT-CP1251', severity: 'notice' })]);
    expect(faults[0]!.message).toContain(`«${character}» (${code})`);
  });

  it.each(['№ 5', '§ 3', '±1 °', 'Ђ', '“кавычки”', '€'])('%s is windows-1251', (raw) => {
    expect(clean(raw).faults).toEqual([]);
  });
});

describe('fitText', () => {
  const fit = (text: string, limit: number) =>
    gathered((report) => fitText(text, limit, 'Название', {}, report));

  it('leaves a text that fits', () => {
    expect(fit('а'.repeat(100), 100)).toEqual({ result: 'а'.repeat(100), faults: [] });
  });

  it('cuts a longer one and says what it was', () => {
    const { result, faults } = fit(`${'а'.repeat(99)}бв`, 100);
    expect(result).toBe(`${'а'.repeat(99)}б`);
    expect(faults).toEqual([expect.objectContaining({ code: 'BG1C-NAME-CUT', severity: 'warning' })]);
    expect(faults[0]!.message).toContain('бв');
  });

  it('leaves no space at the end, and no half of a character', () => {
    expect(fit('слово второе', 6).result).toBe('слово');
    expect(fit('аа😀', 3).result).toBe('аа');
  });
});
