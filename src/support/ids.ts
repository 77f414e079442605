import { hash } from 'node:crypto';

/** Namespace of every UUID made by this product; never changes, for 1C finds objects by them. */
const NAMESPACE = Buffer.from('6f1b5c0e9a2d5d3f8c475b1e2a9f4d10', 'hex');

/** The UUID that 1C and we use for "nobody". */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * UUID version 5 (RFC 9562 §5.5) of a seed inside our namespace.
 * The same seed gives the same id on every machine and for ever.
 */
export function uuidV5(seed: string): string {
  const hex = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(seed, 'utf8')]));
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data);
}
