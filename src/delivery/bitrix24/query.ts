/**
 * A command of a batch is a method and a query string in PHP's spelling: `filter[@RQ_INN][0]=…`. Inside a JSON body it
 * is encoded once (facts: bitrix24 §3).
 */
export type Params = { readonly [name: string]: Param };
export type Param = string | number | boolean | readonly Param[] | Params | undefined;

export function commandText(method: string, params: Params): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(params)) addPairs(encodeURIComponent(name), value, pairs);
  return pairs.length === 0 ? method : `${method}?${pairs.join('&')}`;
}

function addPairs(name: string, value: Param, pairs: string[]): void {
  if (value === undefined) return;
  if (typeof value === 'object') {
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, one] of entries) addPairs(`${name}[${encodeURIComponent(String(key))}]`, one, pairs);
    // PHP has no empty list in a query: an empty text empties a multiple field.
    if (entries.length === 0) pairs.push(`${name}=`);
  } else pairs.push(`${name}=${encodeURIComponent(typeof value === 'boolean' ? Number(value) : value)}`);
}
