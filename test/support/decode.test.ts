import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText, detectEncoding, type Encoding, EncodingError } from '../../src/support/decode.ts';

const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

/** The bytes in pieces of the given sizes, over and over. */
async function* pieces(bytes: Buffer, sizes: readonly number[] = [65_536]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function decode(
  bytes: Buffer,
  encoding: Encoding,
  sizes?: readonly number[],
  refuseMixed = true,
): Promise<string> {
  let all = '';
  for await (const text of decodeText(pieces(bytes, sizes), encoding, { refuseMixed })) all += text;
  return all;
}

const lineOf = async (reading: Promise<unknown>): Promise<number> => {
  const error = await reading.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  expect(error).toBeInstanceOf(EncodingError);
  return (error as EncodingError).line;
};

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

describe('decoding', () => {
  test('gives the text back, however the bytes are cut', async () => {
    const russian = fc.string({ unit: fc.constantFrom(...'АБЯабяЁё№»«—– ;\n"123Z') });
    await fc.assert(
      fc.asyncProperty(russian, sizes, async (text, cuts) => {
        expect(await decode(cp1251(text), 'windows-1251', cuts, false)).toBe(text);
        expect(await decode(utf8(text), 'utf-8', cuts)).toBe(text);
        expect(await decode(utf8(`\ufeff${text}`), 'utf-8', cuts)).toBe(text);
      }),
    );
  });

  test('takes any UTF-8, four-byte signs too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), sizes, async (text, cuts) => {
        expect(await decode(utf8(`;${text}`), 'utf-8', cuts)).toBe(`;${text}`);
      }),
    );
  });

  test('reads every byte of windows-1251 but 0x98', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x98));
    expect(await decode(bytes, 'windows-1251')).toBe(iconv.decode(bytes, 'win1251'));
    const bad = Buffer.concat([cp1251('a\r\nб\r\nв'), Buffer.from([0x98]), cp1251('\r\n')]);
    for (const cut of [1, 2, 100]) expect(await lineOf(decode(bad, 'windows-1251', [cut]))).toBe(3);
  });
});

describe('the line of the first unreadable byte', () => {
  const good = 'договор;услуга\r\n';

  test('in UTF-8 with a line of windows-1251, anywhere and however cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), sizes, async (before, after, cuts) => {
        const bytes = Buffer.concat([utf8(good.repeat(before)), cp1251(good), utf8(good.repeat(after))]);
        expect(await lineOf(decode(bytes, 'utf-8', cuts))).toBe(before + 1);
      }),
    );
  });

  test('in windows-1251 with a word of UTF-8, anywhere and however cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), sizes, async (before, after, cuts) => {
        const bytes = Buffer.concat([
          cp1251(good.repeat(before)),
          utf8('a;мир\r\n'),
          cp1251(good.repeat(after)),
        ]);
        expect(await lineOf(decode(bytes, 'windows-1251', cuts))).toBe(before + 1);
        expect(await decode(bytes, 'windows-1251', cuts, false)).toContain('a;РјРёСЂ\r\n');
      }),
    );
  });

  test('at the end, where a sequence is cut off', async () => {
    expect(await lineOf(decode(utf8('раз\nдва').subarray(0, -1), 'utf-8'))).toBe(2);
  });
});

describe('telling the encoding', () => {
  const detect = (bytes: Buffer, cuts?: readonly number[]) => detectEncoding(pieces(bytes, cuts));

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'ascii'],
    ['ASCII', utf8('cid;title\r\n1;x\r\n'), 'ascii'],
    ['a mark of UTF-8', utf8('\ufeffcid'), 'utf-8'],
    ['UTF-8', utf8('cid\r\n1;Иванова'), 'utf-8'],
    ['a single letter of UTF-8', utf8('cid\r\n1;я'), 'utf-8'],
    ['windows-1251', cp1251('cid\r\n1;Иванова'), 'windows-1251'],
    ['a single letter of windows-1251', cp1251('cid\r\n1;я'), 'windows-1251'],
    ['a letter at the very end', cp1251('cid\r\n1;В'), 'windows-1251'],
    ['windows-1251 that begins like UTF-8', cp1251('корпус;\r\n1В»;\r\nИванова').subarray(6), 'windows-1251'],
    ['UTF-16 with a mark', Buffer.from('\ufeffcid', 'utf16le'), 'utf-16'],
    ['UTF-16, big end first', Buffer.from('\ufeffcid', 'utf16le').swap16(), 'utf-16'],
    ['UTF-16 without a mark', Buffer.from('cid', 'utf16le'), 'utf-16'],
  ])('%s', async (_, bytes, encoding) => {
    expect((await detect(bytes)).encoding).toBe(encoding);
  });

  test('stops at the first chunk that decides', async () => {
    let taken = 0;
    async function* chunks(): AsyncGenerator<Buffer> {
      for (; ; taken++) yield taken < 3 ? utf8('1;2;3\n') : cp1251('1;Иванова\n');
    }
    expect(await detectEncoding(chunks())).toEqual({ encoding: 'windows-1251', line: 4 });
    expect(taken).toBe(3);
  });

  test('a file of UTF-8 with one byte of windows-1251 far down is UTF-8, so that the byte is found', async () => {
    const bytes = Buffer.concat([utf8('я;1\n'.repeat(300_000)), cp1251('я;1\n')]);
    expect((await detect(bytes)).encoding).toBe('utf-8');
    expect(await lineOf(decode(bytes, 'utf-8'))).toBe(300_001);
  });

  test('Russian text is told right in both, however cut', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'абвгдежзиклмнопрстуфхцчшщыьэюя'), minLength: 3 });
    await fc.assert(
      fc.asyncProperty(word, sizes, async (text, cuts) => {
        expect((await detect(utf8(`cid;${text}`), [4, ...cuts])).encoding).toBe('utf-8');
        expect((await detect(cp1251(`cid;${text}`), [4, ...cuts])).encoding).toBe('windows-1251');
      }),
    );
  });
});
