import type { Infobase } from '../journal/receipt.ts';
import type { OnecCard } from '../model/onec-card.ts';
import { FileRefusal, parseJson } from './json-file.ts';

/** Name under which 1C puts its counterparties into the exchange folder. */
export const COUNTERPARTIES_FILE = 'counterparties.jsonl';

const SCHEMA = 'counterparties.schema.json';

interface Head {
  counterpartiesVersion: 1;
  createdAt: string;
  infobase: Infobase;
}

/** The counterparties of a base, as 1C wrote them. */
export interface CounterpartiesFile {
  infobase: Infobase;
  /** ISO instant. */
  createdAt: string;
  cards: OnecCard[];
}

/** @throws {FileRefusal} with the number of the line that is not what it should be */
export function parseCounterparties(bytes: Buffer): CounterpartiesFile {
  const lines = splitLines(bytes);
  const [first, ...rest] = lines.map((line, index) => parseLine(line, index + 1));
  if (first === undefined || !('counterpartiesVersion' in first)) throw new FileRefusal('файл пуст');
  const cards = rest as OnecCard[];
  const refs = new Set(cards.map(({ ref1c }) => ref1c));
  if (refs.size < cards.length) throw new FileRefusal('одна и та же карточка стоит в файле дважды');
  return { infobase: first.infobase, createdAt: first.createdAt, cards };
}

function parseLine(line: Buffer, number: number): Head | OnecCard {
  try {
    return parseJson<Head | OnecCard>(
      line,
      `${SCHEMA}#/definitions/${number === 1 ? 'header' : 'counterparty'}`,
    );
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    throw new FileRefusal(`строка ${number}: ${error.message}`);
  }
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const line = bytes.subarray(at, end < 0 ? bytes.length : end);
    if (line.length > 0) lines.push(line);
    at = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}
