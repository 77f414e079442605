/** A parsed node: a list, a text in quotes, or an atom. */
export type Node = Node[] | { text: string } | string;

/** Parses 1C's bracket text, with or without BOM. Throws with the offset of what cannot be read. */
export function parseBracket(source: string): Node {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  let at = 0;
  const skip = (): void => {
    while (at < text.length && /\s/.test(text[at]!)) at++;
  };
  const node = (): Node => {
    skip();
    if (text[at] === '{') return list();
    if (text[at] === '"') return { text: string() };
    const end = text.slice(at).search(/[,}]/);
    if (end < 0) throw new Error(`скобка не закрыта, символ ${at}`);
    const atom = text.slice(at, at + end);
    at += end;
    return atom.startsWith('#base64:') ? atom : atom.trim();
  };
  const string = (): string => {
    let value = '';
    for (at++; ; ) {
      const end = text.indexOf('"', at);
      if (end < 0) throw new Error(`кавычка не закрыта, символ ${at}`);
      value += text.slice(at, end);
      at = end + 1;
      if (text[at] !== '"') return value;
      value += '"';
      at++;
    }
  };
  const list = (): Node[] => {
    const items: Node[] = [];
    at++;
    skip();
    while (text[at] !== '}') {
      items.push(node());
      skip();
      if (text[at] === ',') {
        at++;
        // «{2,uuid,}»: an empty atom before the bracket
        skip();
        if (text[at] === '}') items.push('');
      } else if (text[at] !== '}') throw new Error(`ожидалась запятая или скобка, символ ${at}`);
    }
    at++;
    return items;
  };
  const root = node();
  skip();
  if (at < text.length) throw new Error(`лишний текст после скобки, символ ${at}`);
  return root;
}

export function listOf(node: Node | undefined, what: string): Node[] {
  if (!Array.isArray(node)) throw new Error(`${what}: ожидался список`);
  return node;
}

export function textOf(node: Node | undefined, what: string): string {
  if (typeof node !== 'object' || Array.isArray(node)) throw new Error(`${what}: ожидался текст`);
  return node.text;
}

export function atomOf(node: Node | undefined, what: string): string {
  if (typeof node !== 'string') throw new Error(`${what}: ожидалось значение`);
  return node;
}

/** A counter and as many nodes after it, `width` for each. */
export function counted(list: readonly Node[], at: number, what: string, width = 1): Node[][] {
  const count = Number(atomOf(list[at], what));
  const end = at + 1 + count * width;
  if (!Number.isSafeInteger(count) || count < 0 || end > list.length)
    throw new Error(`${what}: счётчик ${String(list[at])} не сходится со списком`);
  return Array.from({ length: count }, (_, index) => {
    const from = at + 1 + index * width;
    return list.slice(from, from + width);
  });
}
