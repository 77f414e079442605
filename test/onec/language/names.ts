const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const known = new Map<string, string>();

/** A name as the key of tables, where the case of letters means nothing. Modules use few names, many times over. */
export function nameKey(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const key = name.toLowerCase();
  known.set(name, key);
  return key;
}

const judged = new Map<string, boolean>();

/** Whether a text can be a name. */
export function isName(text: string): boolean {
  const found = judged.get(text) ?? NAME.test(text);
  judged.set(text, found);
  return found;
}
