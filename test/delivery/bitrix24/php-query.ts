/** A query string as PHP reads it: `a[b][0]=c` → nested maps; maps with keys 0, 1 … become lists. */
export function parseQuery(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decodeURIComponent(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decodeURIComponent(pair.slice(at + 1));
    const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''));
    put(root, [first, ...rest], value);
  }
  return lists(root) as Record<string, unknown>;
}

function put(into: Record<string, unknown>, path: string[], value: string): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) into[key] = value;
  else {
    if (typeof into[key] !== 'object') into[key] = {};
    put(into[key] as Record<string, unknown>, rest, value);
  }
}

function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, lists(one)]);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
