/**
 * Texts by text, for a million entries: they lie as bytes outside the JS heap, where nobody looks through them again and
 * again, and which does not have to keep room beside them to grow into. Texts are kept as UTF-8: lone surrogates are all
 * the same.
 */
export interface TextMap {
  get(key: string): string | undefined;
  has(key: string): boolean;
  set(key: string, value: string): void;
}

/** Hash of the key, length of the key, length of the value: 4 bytes each. */
const HEADER = 12;
/** Addresses count in chunks of this size; an entry that is longer has a chunk of its own. */
const CHUNK = 1024 * 1024;
const FIRST_SLOTS = 1024;

export function createTextMap(): TextMap {
  /** Address of an entry plus 1, at the place of its hash or behind; 0: free. */
  let slots = new Uint32Array(FIRST_SLOTS);
  let entries = 0;
  const chunks: Buffer[] = [];
  let used = 0;
  let asked = Buffer.allocUnsafeSlow(256);

  /** Bytes of the key, into `asked`. @returns how many */
  const ask = (key: string): number => {
    if (key.length * 3 > asked.length) asked = Buffer.allocUnsafeSlow(key.length * 3);
    return asked.write(key);
  };

  /** Slot of the key that was asked for, or the free one where it belongs. */
  const slotOf = (hash: number, length: number): number => {
    const last = slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const address = slots[slot]!;
      if (address === 0) return slot;
      const { chunk, at } = place(address);
      const start = at + HEADER;
      if (
        chunk.readUInt32LE(at) === hash &&
        chunk.readUInt32LE(at + 4) === length &&
        asked.compare(chunk, start, start + length, 0, length) === 0
      )
        return slot;
    }
  };

  const place = (address: number): { chunk: Buffer; at: number } => ({
    chunk: chunks[Math.floor((address - 1) / CHUNK)]!,
    at: (address - 1) % CHUNK,
  });

  /** Room for so many bytes. @returns its address */
  const reserve = (bytes: number): number => {
    const current = chunks.at(-1);
    if (!current || used + bytes > current.length) {
      chunks.push(Buffer.allocUnsafeSlow(Math.max(bytes, CHUNK)));
      used = 0;
    }
    const address = (chunks.length - 1) * CHUNK + used + 1;
    // Behind the end of a long entry nothing can be addressed.
    used = bytes > CHUNK ? Number.POSITIVE_INFINITY : used + bytes;
    return address;
  };

  const enlarge = (): void => {
    const before = slots;
    slots = new Uint32Array(before.length * 2);
    const last = slots.length - 1;
    for (const address of before) {
      if (address === 0) continue;
      const { chunk, at } = place(address);
      let slot = chunk.readUInt32LE(at) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = address;
    }
  };

  /** Address of the key's entry plus 1, with the length of the key; 0: there is none. */
  const find = (key: string): { address: number; length: number } => {
    const length = ask(key);
    return { address: slots[slotOf(hashOf(asked, length), length)]!, length };
  };

  return {
    has: (key) => find(key).address !== 0,
    get(key) {
      const { address, length } = find(key);
      if (address === 0) return undefined;
      const { chunk, at } = place(address);
      const start = at + HEADER + length;
      return chunk.toString('utf8', start, start + chunk.readUInt32LE(at + 8));
    },
    set(key, value) {
      const length = ask(key);
      const hash = hashOf(asked, length);
      const slot = slotOf(hash, length);
      const size = Buffer.byteLength(value);
      const address = reserve(HEADER + length + size);
      const { chunk, at } = place(address);
      chunk.writeUInt32LE(hash, at);
      chunk.writeUInt32LE(length, at + 4);
      chunk.writeUInt32LE(size, at + 8);
      asked.copy(chunk, at + HEADER, 0, length);
      chunk.write(value, at + HEADER + length);
      const isNew = slots[slot] === 0;
      slots[slot] = address;
      if (isNew && ++entries * 3 > slots.length * 2) enlarge();
    },
  };
}

/** FNV-1a, 32 bits, mixed once more: the low bits choose the slot. */
function hashOf(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < length; index++) hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}
