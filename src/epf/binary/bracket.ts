/** A node of 1C's bracket text: a list, a quoted string or a bare atom (number, uuid, `#base64:…`). */
export type Bracket = readonly Bracket[] | Quoted | string;

export interface Quoted {
  quoted: string;
}

export function quoted(text: string): Quoted {
  return { quoted: text };
}

/** A list of bare atoms written as 1C writes it, for the constant middle parts of records: `atoms('0,1,0')`. */
export function atoms(text: string): string[] {
  return text.split(',');
}

const BOM = '\uFEFF';

/**
 * The text that the platform would save: UTF-8 with BOM, CR LF before each `{` but the first and before a `}` that
 * closes after a list (checked on forms saved by the platform).
 */
export function bracketText(root: Bracket): string {
  let text = BOM;
  const write = (node: Bracket): void => {
    if (typeof node === 'string') text += node;
    else if (isList(node)) {
      text += text === BOM ? '{' : '\r\n{';
      for (const [index, child] of node.entries()) {
        if (index > 0) text += ',';
        write(child);
      }
      const last = node.at(-1);
      text += last !== undefined && isList(last) ? '\r\n}' : '}';
    } else text += `"${node.quoted.replaceAll('"', '""')}"`;
  };
  write(root);
  return text;
}

function isList(node: Bracket): node is readonly Bracket[] {
  return Array.isArray(node);
}
