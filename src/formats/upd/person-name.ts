/** ФИО. */
export interface PersonName {
  last: string;
  first: string;
  middle?: string | undefined;
}

const STATUS =
  'ип|и\\. ?п\\.|индивидуальный предприниматель|глава кфх|глава крестьянского \\(фермерского\\) хозяйства|гр\\.|гражданин|гражданка';
/** What stands before a name in billing cards, also several of them, and behind it. */
const BEFORE = new RegExp(`^(?:(?:${STATUS})[\\s,]+)+`, 'iu');
const BEHIND = new RegExp(`[\\s,]+\\(?(?:${STATUS})\\)?$`, 'iu');
const WORD = /^\p{L}[\p{L}\p{M}'’-]*$/u;
const LONGEST = 60;

/**
 * Splits «ИП Иванов Иван Иванович»: last name, first name, all the rest («Али оглы») is the patronymic.
 * @returns undefined where it is no full name: one word, initials, digits
 */
export function splitPersonName(text: string): PersonName | undefined {
  const words = text.normalize('NFC').trim().replace(BEFORE, '').replace(BEHIND, '').split(/\s+/);
  const [last, first, ...rest] = words;
  if (last === undefined || first === undefined || rest.length > 2) return undefined;
  if (words.some((word) => !WORD.test(word)) || last.length < 2 || first.length < 2) return undefined;
  const middle = rest.join(' ');
  if ([last, first, middle].some((part) => part.length > LONGEST)) return undefined;
  return { last, first, ...(middle !== '' && { middle }) };
}
