/**
 * The 32-bit V8 container: header, table of contents, then an attribute and a data document for each entry. A
 * document is a block: `CRLF size SP page SP next SP CRLF` in hex of eight, then the page.
 */
export interface Entry {
  name: string;
  data: Uint8Array;
}

/** «No further page» and «no free page». */
const NONE = 0x7fffffff;
const PAGE = 512;
const HEADER = 16;
const BLOCK_HEADER = 31;
/** 2024-01-01 in 100 µs since 0001-01-01: any constant does; a clock would make every build another file. */
const STAMP = 638_396_640_000_000n;

/** Entries in the order given (the platform sorts them by name). */
export function writeContainer(entries: readonly Entry[]): Buffer {
  const contentsSize = entries.length * 12;
  const contentsPage = Math.max(1, Math.ceil(contentsSize / PAGE)) * PAGE;
  const contents = Buffer.alloc(contentsSize);
  const blocks: Buffer[] = [];
  let offset = HEADER + BLOCK_HEADER + contentsPage;
  const add = (data: Uint8Array, page: number): number => {
    const start = offset;
    blocks.push(block(data, page));
    offset += BLOCK_HEADER + page;
    return start;
  };
  for (const [index, entry] of entries.entries()) {
    const attributes = attributeDocument(entry.name);
    contents.writeUInt32LE(add(attributes, attributes.length), index * 12);
    contents.writeUInt32LE(add(entry.data, Math.max(PAGE, entry.data.length)), index * 12 + 4);
    contents.writeUInt32LE(NONE, index * 12 + 8);
  }
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(NONE, 0);
  header.writeUInt32LE(PAGE, 4);
  header.writeUInt32LE(entries.length, 8);
  return Buffer.concat([header, block(contents, contentsPage), ...blocks]);
}

function block(data: Uint8Array, page: number): Buffer {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  const head = Buffer.from(`\r\n${hex(data.length)} ${hex(page)} ${hex(NONE)} \r\n`, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(page - data.length)]);
}

function attributeDocument(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le');
  const document = Buffer.alloc(20 + text.length + 4);
  document.writeBigUInt64LE(STAMP, 0);
  document.writeBigUInt64LE(STAMP, 8);
  text.copy(document, 20);
  return document;
}
