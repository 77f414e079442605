import { describe, expect, it } from 'vitest';
import { isEmail } from '../../src/model/email.ts';

describe('an address of mail', () => {
  const local = (length: number): string => 'a'.repeat(length);

  it.each([
    'a@b.example',
    'i.ivanov+1c@mail.sub.example',
    "o'neil@x-y.example",
    'info@пример.рф',
    'a@b.xn--p1ai',
    'A@B.RU',
    `${local(64)}@x.example`,
  ])('%s is one', (text) => expect(isEmail(text)).toBe(true));

  it.each([
    '',
    'a',
    'a@',
    'a@b',
    '@b.example',
    'a@.example',
    'a b@c.example',
    'плохой адрес',
    'a@b.example ',
    'a@@b.example',
    'a..b@c.example',
    '.a@b.example',
    'a@b..example',
    'a@b.example.',
    'a@-b.example',
    'a@b-.example',
    'a@b.r',
    'a@b.1',
    'a@b.example,c@d.example',
    '<a@b.example>',
    'a\u0001@b.example',
    'a@b.example\nBcc: c@d.example',
    `${local(65)}@x.example`,
  ])('%j is none', (text) => expect(isEmail(text)).toBe(false));

  it('with letters beyond ASCII before the @ is one that few servers take', () => {
    expect(isEmail('почта@пример.рф')).toBe(false);
  });

  it('has 254 characters at most', () => {
    const long = [254, 255].map((length) => `${local(length - 192)}@${'b.'.repeat(94)}rrr`);
    expect(long.map((text) => [text.length, isEmail(text)])).toEqual([
      [254, true],
      [255, false],
    ]);
  });
});
