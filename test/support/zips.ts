import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is to stand in the archive, also one that no honest program would write. */
export interface ZipPart {
  name: string;
  data?: string | Uint8Array;
  /** 0 stored, 8 deflated (default). */
  method?: number;
  /** Bit 0: encrypted; bit 11: name in UTF-8 (default). */
  flags?: number;
  crc?: number;
  /** Unpacked size that the table of contents states. */
  size?: number;
}

/** Builds a zip byte by byte (APPNOTE 6.3: local headers, central directory, end record). */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = 0;
  for (const { name, data = '', method = 8, flags = 0x800, crc, size } of parts) {
    const plain = Buffer.from(data as string);
    const packed = method === 8 ? deflateRawSync(plain, { level: 9 }) : plain;
    const title = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc ?? crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? plain.length, 18);
    common.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const body = Buffer.concat([signature(0x04034b50), common, title, packed]);
    contents.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), common, tail, title]));
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(contents);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
