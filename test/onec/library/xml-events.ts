import { BslException } from '../language/errors.ts';

export interface XmlAttribute {
  name: string;
  value: string;
}

interface XmlTag {
  name: string;
  namespace: string;
  /** Prefix → namespace, as seen inside the element. */
  scope: ReadonlyMap<string, string>;
}

export type XmlEvent =
  | (XmlTag & { kind: 'start'; attributes: XmlAttribute[] })
  | (XmlTag & { kind: 'end' })
  | { kind: 'text'; text: string }
  | { kind: 'instruction'; name: string; text: string };

const NAME = '[\\p{L}_:][\\p{L}\\p{N}\\p{M}_:.\\-]*';
const MARKUP = new RegExp(
  [
    '<!--[\\s\\S]*?-->',
    '<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>',
    '<!DOCTYPE[^>\\[]*(?:\\[[\\s\\S]*?\\])?\\s*>',
    `<\\?(${NAME})([\\s\\S]*?)\\?>`,
    `</(${NAME})\\s*>`,
    `<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
    '([^<]+)',
  ].join('|'),
  'uy',
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'gu');

/**
 * A document as ЧтениеXML walks over it: comments, the declaration and blank text between elements are not given, a
 * CDATA section is part of the text beside it, an empty element ends like any other.
 * @throws BslException at the place that is not well-formed, not before: 1C reads as it goes
 */
export function* xmlEvents(source: string): Generator<XmlEvent> {
  const open: XmlTag[] = [];
  let text = '';
  let roots = 0;
  const flush = function* (): Generator<XmlEvent> {
    if (text.trim() !== '') {
      if (open.length === 0) throw new BslException('Ошибка разбора XML: текст вне корневого элемента');
      yield { kind: 'text', text };
    }
    text = '';
  };
  for (let at = 0; at < source.length; at = MARKUP.lastIndex) {
    MARKUP.lastIndex = at;
    const found = MARKUP.exec(source);
    if (!found) throw new BslException(`Ошибка разбора XML: - [${lineOf(source, at)}]`);
    const [whole, cdata, target, data, closing, name, attributes, empty, plain] = found;
    if (plain !== undefined) text += unescapeXml(plain);
    else if (cdata !== undefined) text += cdata;
    else {
      yield* flush();
      if (target !== undefined && target !== 'xml')
        yield { kind: 'instruction', name: target, text: data!.trim() };
      if (closing !== undefined) yield { kind: 'end', ...closeTag(open, closing) };
      if (name !== undefined) {
        if (open.length === 0 && roots++ > 0)
          throw new BslException('Ошибка разбора XML: второй корневой элемент');
        const tag = openTag(open.at(-1), name, parseAttributes(attributes!));
        yield { kind: 'start', ...tag };
        open.push(tag);
        if (empty === '/') yield { kind: 'end', ...closeTag(open, name) };
      }
    }
    if (whole === '') throw new Error('an empty match would not end');
  }
  yield* flush();
  if (open.length > 0 || roots === 0) throw new BslException('Ошибка разбора XML: документ обрывается');
}

function openTag(
  parent: XmlTag | undefined,
  name: string,
  attributes: XmlAttribute[],
): XmlTag & { attributes: XmlAttribute[] } {
  const scope = new Map(parent?.scope ?? [['xml', 'http://www.w3.org/XML/1998/namespace']]);
  for (const attribute of attributes)
    if (attribute.name === 'xmlns') scope.set('', attribute.value);
    else if (attribute.name.startsWith('xmlns:')) scope.set(attribute.name.slice(6), attribute.value);
  const prefix = prefixOf(name);
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== '')
    throw new BslException(`Ошибка разбора XML: префикс ${prefix} не объявлен`);
  return { name, namespace: namespace ?? '', scope, attributes };
}

function closeTag(open: XmlTag[], name: string): XmlTag {
  const tag = open.pop();
  if (tag?.name !== name)
    throw new BslException(`Ошибка разбора XML: элемент ${tag?.name ?? ''} закрыт как ${name}`);
  return { name: tag.name, namespace: tag.namespace, scope: tag.scope };
}

export function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

export function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function parseAttributes(text: string): XmlAttribute[] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => ({
    name: name!,
    value: unescapeXml((double ?? single)!.replace(/[\t\r\n]/g, ' ')),
  }));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  if (!lines.includes('&')) return lines;
  return lines.replace(/&(#x[0-9a-f]+|#\d+|\w+);|&/gi, (_, name: string | undefined) => {
    const value = name === undefined ? undefined : name.startsWith('#') ? charOf(name) : ENTITIES[name];
    if (value === undefined) throw new BslException(`Ошибка разбора XML: сущность ${name ?? '&'}`);
    return value;
  });
}

function charOf(reference: string): string {
  const hexadecimal = /^#x/i.test(reference);
  return String.fromCodePoint(Number.parseInt(reference.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10));
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}
