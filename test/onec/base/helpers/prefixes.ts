import type { CommonModule } from './common-module.ts';

/**
 * ПрефиксацияОбъектовКлиентСервер.НомерНаПечать: what 1C prints of a stored number. A dash at position 3 or 5 is taken
 * for the end of a prefix, which goes, together with leading zeros; БП leaves other numbers alone (facts: bp30 §5).
 * @param dropBase the prefix of the base goes, too
 * @param dropUser letters before the first digit go, too
 */
export function printedNumber(stored: string, dropBase: boolean, dropUser: boolean): string {
  const number = stored.trim();
  const dash = number.indexOf('-') + 1;
  if (dash !== 3 && dash !== 5) return number;
  const tail = number.slice(dash);
  const letters = /^\D*/.exec(tail)![0];
  const digits = tail.slice(letters.length).replace(/^0+/, '');
  const body = dropUser ? digits : letters + digits;
  const prefix = number
    .slice(0, dash - 1)
    .slice(-2)
    .replace(/^0+/, '');
  return dropBase || prefix === '' ? body : `${prefix}-${body}`;
}

export const prefixes: CommonModule = {
  name: 'ПрефиксацияОбъектовКлиентСервер',
  side: 'both',
  methods: {
    'НомерНаПечать(Номер, УдалитьПрефиксБазы?, УдалитьПользовательский?)': (args) =>
      printedNumber(args.text(0), args.boolean(1, false), args.boolean(2, false)),
  },
};
