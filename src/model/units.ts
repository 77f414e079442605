/** Units that services are sold in, by their ОКЕИ code; «усл.» is not in ОКЕИ (decisions 6). */
export interface Unit {
  /** «шт» */
  short: string;
  /** «Штука» */
  full: string;
}

export const UNITS: Readonly<Record<string, Unit>> = {
  '796': { short: 'шт', full: 'Штука' },
  '642': { short: 'ед', full: 'Единица' },
};
