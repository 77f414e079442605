import { describe, expect, it } from 'vitest';
import { longDate, shortName, sumInWords } from '../../src/formats/printed-forms/words.ts';

describe('words of forms', () => {
  it.each([
    [0, 'Ноль рублей 00 копеек'],
    [1, 'Ноль рублей 01 копейка'],
    [200_102, 'Две тысячи один рубль 02 копейки'],
    [1_100_011, 'Одиннадцать тысяч рублей 11 копеек'],
    [
      99_999_999_999_999,
      'Девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек',
    ],
  ])('%i kopecks', (sum, words) => {
    expect(sumInWords(sum)).toBe(words);
  });

  it('dates and names', () => {
    expect(longDate('2026-05-09')).toBe('9 мая 2026 г.');
    expect(shortName({ last: 'Каримов', first: 'Ильдар', middle: 'Фанисович' })).toBe('Каримов И. Ф.');
    expect(shortName({ last: 'Ли', first: 'Ян' })).toBe('Ли Я.');
  });
});
