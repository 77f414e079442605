/** Characters that XML 1.0 cannot hold at all (§2.2): controls, lone surrogates, U+FFFE, U+FFFF. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NOT_XML_ALL = new RegExp(NOT_XML, 'g');

/** The first character of a text that XML 1.0 forbids, as `U+0001`, or undefined. */
export function forbiddenInXml(text: string): string | undefined {
  const match = NOT_XML.exec(text);
  return match ? codePoint(match[0]) : undefined;
}

/** Removes what XML 1.0 forbids. The caller says so in a fault. */
export function withoutForbidden(text: string): string {
  return text.replace(NOT_XML_ALL, '');
}

const UNTIDY = /[^\S ]| {2}|^ | $/;

/** NFC, runs of white space (line breaks too) folded into one space, ends trimmed. */
export function tidy(text: string): string {
  const normal = text.normalize('NFC');
  return UNTIDY.test(normal) ? normal.replace(/\s+/g, ' ').trim() : normal;
}

/** «U+04D9» of the first code point. */
export function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Cuts to a number of UTF-16 units (the measure of 1C's string fields) without splitting a pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Russian plural: `plural(5, 'акт', 'акта', 'актов')` → «5 актов». */
export function plural(count: number, one: string, few: string, many: string): string {
  const tens = count % 100;
  const units = count % 10;
  const word = tens > 10 && tens < 20 ? many : units === 1 ? one : units > 1 && units < 5 ? few : many;
  return `${count} ${word}`;
}
