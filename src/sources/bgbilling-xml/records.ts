import { SaxesParser } from 'saxes';
import { LONGEST_ROW } from '../limits.ts';
import { type CreateReader, DEEPEST, RecordError } from '../records.ts';
import { xmlReason } from './reasons.ts';

export const ROOT = 'BGBillingExport';

/** Depths of the elements that mean something. */
const SECTION = 1;
const ROW = 2;

/**
 * Reads `<BGBillingExport version="1" …><table><row column="value" …/></table>…`. A row's values are attributes; an
 * attribute that is not there is NULL. (saxes is strict, expands no entities of its own and keeps no tree.)
 */
export const createXmlReader: CreateReader = (events, from = { before: '', line: 1 }) => {
  const parser = new SaxesParser({ xmlns: false });
  const at = (): number => parser.position - from.before.length;
  const line = (): number => from.line + parser.line - 1;
  let depth = 0;
  /** Rows of the open table are reported. */
  let wanted = false;
  let openedAt = 0;
  /** Characters given to the parser, and those up to the last tag: what comes between two tags is bounded. */
  let given = 0;
  let lastTag = 0;
  let lastLine = from.line;
  let ended = false;

  const refuse = (detail: string, where = line()): never => {
    throw new RecordError('format', where, detail);
  };

  parser.on('error', ({ message }) => {
    // An end that comes too early is best sought behind the last thing that was understood.
    throw new RecordError('syntax', ended ? lastLine : line(), xmlReason(message));
  });
  parser.on('doctype', () => {
    throw new RecordError('syntax', line(), 'объявление DOCTYPE не допускается');
  });
  // A name is known to be complete at the character behind it, which may be the line break.
  parser.on('opentagstart', () => {
    openedAt = parser.columnIndex === 0 ? line() - 1 : line();
  });
  const tagRead = (): void => {
    lastTag = parser.position;
    lastLine = line();
  };
  parser.on('opentag', ({ name, attributes }) => {
    tagRead();
    if (depth === DEEPEST) refuse(`элементы вложены глубже ${DEEPEST}`);
    if (depth === 0) {
      if (name !== ROOT) refuse(`корневой элемент <${name}>, а ожидается <${ROOT}>`, openedAt);
      for (const key in attributes) events.envelope(key, attributes[key]!, openedAt);
    } else if (depth === SECTION) wanted = events.section(name, line(), at());
    else if (wanted) {
      if (depth > ROW)
        refuse(`внутри строки стоит <${name}>: значения должны быть атрибутами <row …/>`, openedAt);
      if (name !== 'row') refuse(`вместо <row> стоит <${name}>`, openedAt);
      events.row(openedAt);
      for (const key in attributes) events.value(key, attributes[key]!);
    }
    depth++;
  });
  parser.on('closetag', () => {
    tagRead();
    depth--;
    if (depth === SECTION) {
      if (wanted) events.sectionEnd();
      wanted = false;
    }
  });
  const text = (content: string): void => {
    if (wanted && /\S/.test(content))
      refuse(
        `между строками стоит текст «${content.trim().slice(0, 20)}»: значения должны быть атрибутами <row …/>`,
      );
  };
  parser.on('text', text);
  parser.on('cdata', text);
  const write = (piece: string): void => {
    given += piece.length;
    parser.write(piece);
    if (given - lastTag > LONGEST_ROW) throw new RecordError('size', line());
  };
  write(from.before);
  return {
    write,
    end() {
      ended = true;
      parser.close();
    },
  };
};
