import { expect, test } from 'vitest';
import { writeContainer } from '../../src/epf/binary/container.ts';
import { readContainer } from '../../src/epf/read/container.ts';

test('gives back entries of any size, in their order', () => {
  const entries = [0, 1, 511, 512, 513, 5000].map((size) => ({
    name: `файл-${size}`,
    data: Buffer.alloc(size, size % 251),
  }));
  const read = readContainer(writeContainer(entries));
  expect([...read.keys()]).toEqual(entries.map((entry) => entry.name));
  for (const { name, data } of entries) expect(read.get(name)!.equals(data), name).toBe(true);
});

test('holds more entries than one page of contents takes', () => {
  const entries = Array.from({ length: 100 }, (_, index) => ({
    name: `f${String(index).padStart(3, '0')}`,
    data: Buffer.from([index]),
  }));
  expect(readContainer(writeContainer(entries)).size).toBe(100);
});

test('writes the header that 1C looks for', () => {
  const bytes = writeContainer([{ name: 'a', data: Buffer.from('x') }]);
  expect(bytes.toString('hex', 0, 16)).toBe('ffffff7f000200000100000000000000');
  expect(bytes.toString('latin1', 16, 47)).toBe('\r\n0000000c 00000200 7fffffff \r\n');
});

test('the reader follows a document over several pages', () => {
  const page = (total: number, data: string, next: number): Buffer =>
    Buffer.concat([
      Buffer.from(
        `\r\n${[total, data.length, next].map((one) => one.toString(16).padStart(8, '0')).join(' ')} \r\n`,
        'latin1',
      ),
      Buffer.from(data, 'latin1'),
    ]);
  const bytes = writeContainer([{ name: 'a', data: Buffer.from('x') }]);
  const first = bytes.length;
  const second = first + 31 + 5;
  const chained = Buffer.concat([bytes, page(8, 'Hello', second), page(0, '123', 0x7fffffff)]);
  chained.writeUInt32LE(first, 47 + 4);
  expect(readContainer(chained).get('a')!.toString()).toBe('Hello123');
});

test('the reader stops at a chain that bites its tail', () => {
  const bytes = writeContainer([{ name: 'a', data: Buffer.from('x') }]);
  bytes.write('00000010', 16 + 20, 'latin1');
  expect(() => readContainer(bytes)).toThrow();
});
