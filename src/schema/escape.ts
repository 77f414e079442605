const SPECIAL = /[&<>"\r\n\t]/;
const EVERY_SPECIAL = /[&<>"\r\n\t]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/**
 * Text for an element or an attribute. Line ends and tabs become references, for a parser would change them (XML 1.0
 * §2.11, §3.3.3). Characters that XML forbids altogether are not looked for: the model holds none.
 */
export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (character) => REFERENCES[character]!) : text;
}
