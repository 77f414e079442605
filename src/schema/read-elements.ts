import { SaxesParser } from 'saxes';

/** An element with everything that stands in it. */
export interface XmlElement {
  /** Without prefix. */
  name: string;
  namespace: string;
  /** By local name, without declarations of namespaces. */
  attributes: Readonly<Record<string, string>>;
  /** Its own text; white space between children is left out. */
  text: string;
  children: XmlElement[];
  /** Line of its start tag, from 1. */
  line: number;
}

/** What is wrong with a document, in Russian. */
export class XmlProblem extends Error {}

/** An element bigger than this is no object of an exchange: it would fill the memory. */
const LARGEST_ELEMENT = 64 * 1024 * 1024;
const DEEPEST = 64;

/**
 * Reads a document element by element, so that its size does not matter.
 * @param chunks UTF-8, with or without BOM
 * @param enter names from the root down to an element: true to read its children one by one, false to have it whole
 * @throws XmlProblem where it is not well-formed, not UTF-8, has a DTD, or holds an element beyond all measure
 */
export async function* readElements(
  chunks: AsyncIterable<Uint8Array>,
  enter: (names: readonly string[]) => boolean,
): AsyncGenerator<XmlElement> {
  const decode = createDecoder();
  const done: XmlElement[] = [];
  const parser = createParser(enter, (element) => done.push(element));
  for await (const chunk of chunks) {
    parser.write(decode(chunk));
    yield* done.splice(0);
  }
  parser.write(decode());
  parser.close();
  yield* done.splice(0);
}

/**
 * A small document as a whole.
 * @throws XmlProblem as `readElements`
 */
export function parseElement(text: string): XmlElement {
  let root: XmlElement | undefined;
  const parser = createParser(
    () => false,
    (element) => {
      root = element;
    },
  );
  parser.write(text);
  parser.close();
  if (!root) throw new XmlProblem('нет корневого элемента');
  return root;
}

/** Decodes chunk after chunk; without a chunk, what is left. */
function createDecoder(): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new XmlProblem('файл не в кодировке UTF-8');
    }
  };
}

interface Parser {
  write(text: string): void;
  /** @throws XmlProblem where the document is not complete */
  close(): void;
}

function createParser(
  enter: (names: readonly string[]) => boolean,
  deliver: (whole: XmlElement) => void,
): Parser {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const names: string[] = [];
  /** The element being built and those around it. */
  const open: XmlElement[] = [];
  let size = 0;
  const refuse = (reason: string): never => {
    throw new XmlProblem(`строка ${parser.line}: ${reason}`);
  };
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (!element) return;
    size += text.length;
    if (size > LARGEST_ELEMENT) refuse('элемент больше всякой меры');
    element.text += text;
  };
  parser.on('error', ({ message }) => refuse(`ошибка XML (${message.replace(/^\d+:\d+: /, '')})`));
  parser.on('doctype', () => refuse('описание DTD не допускается'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) refuse(`кодировка ${encoding}, а нужна UTF-8`);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', ({ local, uri, attributes }) => {
    names.push(local);
    if (names.length > DEEPEST) refuse('слишком много вложенных элементов');
    if (open.length === 0 && enter(names)) return;
    if (open.length === 0) size = 0;
    const own: Record<string, string> = {};
    for (const one of Object.values(attributes))
      if (one.prefix !== 'xmlns' && one.local !== 'xmlns') own[one.local] = one.value;
    open.push({ name: local, namespace: uri, attributes: own, text: '', children: [], line: parser.line });
  });
  parser.on('closetag', () => {
    names.pop();
    const element = open.pop();
    if (!element) return;
    if (element.children.length > 0 && element.text.trim() === '') element.text = '';
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else deliver(element);
  });
  return { write: (text) => void parser.write(text), close: () => void parser.close() };
}
