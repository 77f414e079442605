/** The key of a letter inside addresses and ids: a UUID. */
const KEY = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** `bounce@isp.example` → `bounce+<key>@isp.example`: what comes back names its letter (VERP). */
export function withKey(address: string, key: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${key}${address.slice(at)}`;
}

/** The key that an address bears. */
export function keyOfAddress(text: string): string | undefined {
  return new RegExp(`\\+(${KEY})@`, 'i').exec(text)?.[1]?.toLowerCase();
}

/** `<key@isp.example>`: the same in every attempt, for receivers may tell doubles by it. */
export function messageIdOf(key: string, from: string): string {
  return `<${key}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** Keys of letters whose Message-ID stands in a text. */
export function keysOfMessageIds(text: string, from: string): string[] {
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
  return [...text.matchAll(new RegExp(`<(${KEY})@${domain}>`, 'gi'))].map(([, key]) => key!.toLowerCase());
}

/** What a server said, without the addresses that it repeats: the journal keeps them in one place, where they are purged. */
export function withoutAddresses(text: string): string {
  return text.replace(/<?[^\s<>"',;:()]+@[^\s<>"',;:()]+>?/g, '…');
}
