import numberToWords from 'number-to-words-ru';
import { type Kopecks, sumText } from '../../model/money.ts';

const MONTHS = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
];

/** «Две тысячи четыреста сорок рублей 00 копеек»; given as text, so that no float comes between. */
export function sumInWords(sum: Kopecks): string {
  return numberToWords.convert(sumText(sum));
}

/** `2026-10-31` → «31 октября 2026 г.» */
export function longDate(iso: string): string {
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)} г.`;
}

/** «Иванов И. П.» */
export function shortName(name: { last: string; first: string; middle?: string | undefined }): string {
  const initials = [name.first, name.middle].filter((part) => part !== undefined && part !== '');
  return [name.last, ...initials.map((part) => `${part![0]!.toUpperCase()}.`)].join(' ');
}
