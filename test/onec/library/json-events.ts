import { type Decimal, parseDecimal } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';

export type JsonEvent =
  | { kind: 'object' | 'objectEnd' | 'array' | 'arrayEnd' | 'null' }
  | { kind: 'name' | 'string'; text: string }
  | { kind: 'number'; value: Decimal }
  | { kind: 'boolean'; value: boolean };

const TOKEN =
  /[ \t\r\n]*(?:([{}[\]:,])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(true|false|null)\b)/sy;

/**
 * The parts of a JSON text one after another. The platform forgives a missing colon, a trailing comma, an unclosed
 * object and gives whatever it has read; a module must not lean on that, so here it ends the test.
 */
export function* jsonEvents(text: string): Generator<JsonEvent> {
  let at = 0;
  const token = (): string => {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) {
      if (text.slice(at).trim() === '')
        throw new Unsupported('текст JSON обрывается: 1С примет прочитанное молча');
      throw new BslException('Непредвиденный символ при чтении JSON');
    }
    at = TOKEN.lastIndex;
    return found[0].trim();
  };
  const peek = (): string => {
    const before = at;
    const found = token();
    at = before;
    return found;
  };
  const value = function* (): Generator<JsonEvent> {
    const found = token();
    if (found === '{') yield* members();
    else if (found === '[') yield* items();
    else if (found.startsWith('"')) yield { kind: 'string', text: JSON.parse(found) as string };
    else if (found === 'true' || found === 'false') yield { kind: 'boolean', value: found === 'true' };
    else if (found === 'null') yield { kind: 'null' };
    else if (/^[-\d]/.test(found)) yield { kind: 'number', value: jsonNumber(found) };
    else throw new Unsupported(`«${found}» на месте значения JSON: 1С примет молча`);
  };
  const members = function* (): Generator<JsonEvent> {
    yield { kind: 'object' };
    if (peek() === '}') token();
    else
      for (let end = ''; end !== '}'; end = separator('}')) {
        const name = token();
        if (!name.startsWith('"') || token() !== ':')
          throw new Unsupported('имя свойства JSON: 1С примет молча');
        yield { kind: 'name', text: JSON.parse(name) as string };
        yield* value();
      }
    yield { kind: 'objectEnd' };
  };
  const items = function* (): Generator<JsonEvent> {
    yield { kind: 'array' };
    if (peek() === ']') token();
    else for (let end = ''; end !== ']'; end = separator(']')) yield* value();
    yield { kind: 'arrayEnd' };
  };
  const separator = (end: string): string => {
    const found = token();
    if (found !== ',' && found !== end)
      throw new Unsupported(`«${found}» между значениями JSON: 1С примет молча`);
    return found;
  };
  yield* value();
  if (text.slice(at).trim() !== '') throw new Unsupported('после значения JSON стоит ещё что-то');
}

function jsonNumber(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new Unsupported(`число JSON «${text}»`);
  return value;
}
