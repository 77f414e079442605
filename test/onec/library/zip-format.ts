import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { BslException } from '../language/errors.ts';

/** A file inside a zip. */
export interface ZipEntry {
  /** With `/`. */
  name: string;
  size: number;
  packedSize: number;
  encrypted: boolean;
  /** @throws BslException where the bytes are not what the archive promised */
  read(): Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const UTF8_NAME = 0x0800;
const DEFLATED = 8;

function damaged(): BslException {
  return new BslException('Ошибка чтения файла архива: файл поврежден или не является архивом');
}

/** Folders are left out. */
export function readZip(bytes: Buffer): ZipEntry[] {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    );
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength!);
    const start = at;
    if (!name.endsWith('/'))
      entries.push({
        name,
        size: bytes.readUInt32LE(at + 24),
        packedSize: bytes.readUInt32LE(at + 20),
        encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
        read: () => unpack(bytes, start),
      });
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - 0xffff; at--)
    if (bytes.readUInt32LE(at) === END) return at;
  throw damaged();
}

function unpack(bytes: Buffer, central: number): Buffer {
  const method = bytes.readUInt16LE(central + 10);
  const [checksum, packedSize, size, local] = [16, 20, 24, 42].map((offset) =>
    bytes.readUInt32LE(central + offset),
  );
  if (local! + 30 > bytes.length || bytes.readUInt32LE(local!) !== LOCAL) throw damaged();
  const data = local! + 30 + bytes.readUInt16LE(local! + 26) + bytes.readUInt16LE(local! + 28);
  const packed = bytes.subarray(data, data + packedSize!);
  let content: Buffer;
  try {
    content = method === DEFLATED ? inflateRawSync(packed) : packed;
  } catch {
    throw damaged();
  }
  if (content.length !== size || crc32(content) !== checksum) throw damaged();
  return content;
}

export function writeZip(files: readonly { name: string; content: Buffer }[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const title = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(UTF8_NAME, 2);
    head.writeUInt16LE(DEFLATED, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([uint32(LOCAL), head, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([uint32(CENTRAL), Buffer.from([20, 0]), head, tail, title]));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, uint32(END), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
