import { inflateRawSync } from 'node:zlib';

/**
 * Reader of the 32-bit V8 container, written apart from the writer so that each can prove the other. Throws with the
 * place where the file stops making sense.
 */

const NONE = 0x7fffffff;
const TEXT_OF_BLOCK = /^\r\n([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{8}) \r\n$/i;
const BLOCK_HEADER_SIZE = 31;
const NAME_AT = 20;
/** Chains longer than this are loops. */
const MAX_BLOCKS = 100_000;

/** Documents of a container by name, as they lie in it. */
export function readContainer(file: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isContainer(bytes)) throw new Error('это не контейнер 1С: нет подписи FF FF FF 7F');
  const contents = readDocument(bytes, 16);
  if (contents.length % 12 !== 0) throw new Error(`длина оглавления ${contents.length} не делится на 12`);
  const documents = new Map<string, Buffer>();
  for (let at = 0; at < contents.length; at += 12) {
    const attributes = readDocument(bytes, contents.readUInt32LE(at));
    const dataAt = contents.readUInt32LE(at + 4);
    const name = attributes.subarray(NAME_AT).toString('utf16le').replace(/\0+$/, '');
    if (documents.has(name)) throw new Error(`файл ${name} встретился дважды`);
    documents.set(name, dataAt === NONE ? Buffer.alloc(0) : readDocument(bytes, dataAt));
  }
  return documents;
}

export function isContainer(bytes: Uint8Array): boolean {
  return bytes.length >= 16 && Buffer.from(bytes.subarray(0, 4)).readUInt32LE(0) === NONE;
}

/** Inner files of an .epf, inflated. */
export function readInnerFiles(epf: Uint8Array): Map<string, Buffer> {
  const inflated = [...readContainer(epf)].map(([name, data]): [string, Buffer] => {
    try {
      return [name, inflateRawSync(data)];
    } catch {
      throw new Error(`файл ${name} не распаковывается`);
    }
  });
  return new Map(inflated);
}

function readDocument(bytes: Buffer, start: number): Buffer {
  const pages: Buffer[] = [];
  let size: number | undefined;
  let read = 0;
  for (let at = start, blocks = 0; at !== NONE; blocks++) {
    const head = TEXT_OF_BLOCK.exec(bytes.toString('latin1', at, at + BLOCK_HEADER_SIZE));
    if (!head || blocks > MAX_BLOCKS) throw new Error(`по адресу ${at} нет заголовка блока`);
    const [total, page, next] = head.slice(1).map((hex) => Number.parseInt(hex, 16)) as [
      number,
      number,
      number,
    ];
    size ??= total;
    const data = at + BLOCK_HEADER_SIZE;
    const part = bytes.subarray(data, data + Math.min(page, size - read));
    pages.push(part);
    read += part.length;
    at = next;
  }
  if (size === undefined || read !== size)
    throw new Error(`по адресу ${start} обещано ${size} байт, есть ${read}`);
  return Buffer.concat(pages);
}
