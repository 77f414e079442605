import type { XmlElement } from './read-elements.ts';

/** A tag with its attributes, and the text up to the next one. */
const TAG = /<(\/?)([^\s/>!?]+)([^>]*?)(\/?)>([^<]*)/y;
const ATTRIBUTE = / ([^\s=]+)="([^"]*)"/y;
const REFERENCE = /&(?:#(\d+)|(amp|lt|gt|quot));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/**
 * Reads back an element that a compiled writer wrote (compile-writer.ts), some ten times as fast as `parseElement` reads
 * what strangers wrote: it is one line, without prefixes, comments and CDATA, its attributes stand in double quotes.
 * @throws Error where it is anything else
 */
export function readWritten(xml: string): XmlElement {
  const around: XmlElement[] = [];
  let root: XmlElement | undefined;
  for (let at = 0; at < xml.length; at = TAG.lastIndex) {
    TAG.lastIndex = at;
    const tag = TAG.exec(xml) ?? unreadable(xml, at);
    const [, end, name, attributes, empty, text] = tag;
    const parent = around.at(-1);
    if (end) {
      if (parent?.name !== name) unreadable(xml, at);
      around.pop();
      if (parent!.children.length > 0 && parent!.text.trim() === '') parent!.text = '';
    } else {
      if (!parent && root) unreadable(xml, at);
      const element: XmlElement = {
        name: name!,
        namespace: '',
        attributes: attributesOf(attributes!),
        text: '',
        children: [],
        line: 1,
      };
      root ??= element;
      parent?.children.push(element);
      if (!empty) around.push(element);
    }
    if (text) (around.at(-1) ?? unreadable(xml, at)).text += plain(text);
  }
  if (!root || around.length > 0) unreadable(xml, xml.length);
  return root!;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let at = 0; at < text.length; at = ATTRIBUTE.lastIndex) {
    ATTRIBUTE.lastIndex = at;
    const [, name, value] = ATTRIBUTE.exec(text) ?? unreadable(text, at);
    attributes[name!] = plain(value!);
  }
  return attributes;
}

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, code: string | undefined, name: string) =>
    code === undefined ? NAMED[name]! : String.fromCodePoint(Number(code)),
  );
}

function unreadable(xml: string, at: number): never {
  throw new Error(`not written by a compiled writer, from character ${at}: ${xml.slice(at, at + 60)}`);
}
