import { Tokenizer, TokenType } from '@streamparser/json';
import { LONGEST_ROW } from '../limits.ts';
import { type CreateReader, DEEPEST, RecordError } from '../records.ts';
import { createGrammar } from './grammar.ts';
import { createPlaces } from './places.ts';

/** Open brackets around what means something: the whole, a table or group of the envelope, a row. */
const WHOLE = 1;
const SECTION = 2;
const ROW = 3;

/**
 * Reads `{"format": …, "version": 1, "period": {…}, "clients": [{"cid": "1", …}, …], …}`. Values of rows are texts,
 * numbers (their digits are kept as they stand) or null. The envelope's own groups come as `period.year`.
 */
export const createJsonReader: CreateReader = (events, from = { before: '', line: 1 }) => {
  const grammar = createGrammar();
  const places = createPlaces(from.line, from.before.length);
  let name = '';
  let group = '';
  /** Rows of the open table are reported. */
  let wanted = false;
  let lastToken = 0;

  const refuse = (offset: number, detail: string): never => {
    throw new RecordError('format', places.line(offset), detail);
  };

  const begins = (offset: number): void => {
    const { open } = grammar;
    const bracket = open.at(-1);
    if (open.length > DEEPEST) refuse(offset, `скобки вложены глубже ${DEEPEST}`);
    if (open.length === WHOLE && bracket === '[') refuse(offset, 'в начале стоит [, а ожидается {');
    else if (open.length === SECTION) {
      group = name;
      wanted = bracket === '[' && events.section(name, places.line(offset), places.characters(offset + 1));
    } else if (wanted && open.length === ROW) {
      if (bracket === '[') refuse(offset, 'вместо строки { … } стоит [');
      events.row(places.line(offset));
    } else if (wanted) refuse(offset, `значение «${name}» само состоит из значений`);
  };

  const valued = (token: TokenType, value: unknown, offset: number): void => {
    const depth = grammar.open.length;
    const text = token === TokenType.NULL ? '' : String(value);
    if (depth === 0) refuse(offset, 'в файле одно значение, а ожидается {');
    else if (depth === WHOLE) events.envelope(name, text, places.line(offset));
    else if (wanted && depth === SECTION) refuse(offset, 'вместо строки { … } стоит значение');
    else if (wanted) {
      if (token === TokenType.TRUE || token === TokenType.FALSE)
        refuse(offset, `значение «${name}»: ${text}, а ожидается текст, число или null`);
      events.value(name, text);
    } else if (depth === SECTION && grammar.open[1] === '{')
      events.envelope(`${group}.${name}`, text, places.line(offset));
  };

  const tokenizer = new Tokenizer({ stringBufferSize: 64 * 1024, numberBufferSize: 64 });
  // A number stays what it was written as: 36028797018963969 has more digits than a double.
  Object.assign(tokenizer, { parseNumber: (text: string) => text });
  tokenizer.onToken = ({ token, value, offset }) => {
    lastToken = offset;
    const meaning = grammar.take(token);
    if (meaning === undefined)
      throw new RecordError(
        'syntax',
        places.line(offset),
        `стоит «${String(value).slice(0, 20)}», а ожидается ${grammar.expected()}`,
      );
    if (meaning === 'name') name = String(value);
    else if (meaning === 'begin') begins(offset);
    else if (meaning === 'value') valued(token, value, offset);
    else if (meaning === 'end' && wanted && grammar.open.length === WHOLE) {
      events.sectionEnd();
      wanted = false;
    }
  };
  tokenizer.onError = (error) => {
    throw error instanceof RecordError ? error : strayCharacter(error.message);
  };
  const strayCharacter = (message: string): RecordError => {
    const [, character, index] = /^Unexpected "(.)" at chunk position "(\d+)"/su.exec(message) ?? [];
    if (index === undefined)
      return new RecordError('syntax', places.line(places.end()), 'значение записано неверно');
    const sign = character! > '~' ? '' : ` «${character}»`;
    const detail = character! < ' ' ? 'в тексте стоит управляющий символ' : `неожиданный знак${sign}`;
    return new RecordError('syntax', places.line(places.start() + Number(index)), detail);
  };

  const write = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    places.piece(bytes);
    tokenizer.write(bytes);
    if (places.end() - lastToken > LONGEST_ROW) throw new RecordError('size', places.line(places.end()));
  };
  write(from.before);
  return {
    write,
    end() {
      const line = places.line(places.end());
      if (!grammar.over())
        throw new RecordError('syntax', line, `файл обрывается: ожидается ${grammar.expected()}`);
    },
  };
};
