import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextMap } from '../../src/support/text-map.ts';

describe('text map', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });

  test('answers as a Map does, whatever the texts and however often they are set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 200 }), fc.array(text), (pairs, asked) => {
        const [map, known] = [createTextMap(), new Map<string, string>()];
        for (const [key, value] of pairs) {
          map.set(key, value);
          known.set(key, value);
        }
        for (const key of [...known.keys(), ...asked]) {
          expect(map.get(key)).toBe(known.get(key));
          expect(map.has(key)).toBe(known.has(key));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('holds many entries, over many chunks', () => {
    const map = createTextMap();
    const count = 100_000;
    for (let index = 0; index < count; index++) map.set(`А-${index}/2026`, `invoice:${index * 7}`);
    for (let index = 0; index < count; index++) {
      expect(map.get(`А-${index}/2026`)).toBe(`invoice:${index * 7}`);
      if (index % 100 === 0) expect(map.get(`Б-${index}/2026`)).toBeUndefined();
    }
  });

  test.each([1024 * 1024 - 13, 1024 * 1024 - 12, 1024 * 1024, 3 * 1024 * 1024])(
    'holds an entry of %i bytes among short ones',
    (size) => {
      const map = createTextMap();
      map.set('before', '1');
      map.set('k', 'x'.repeat(size));
      for (let index = 0; index < 1000; index++) map.set(`after ${index}`, String(index));
      expect(map.get('before')).toBe('1');
      expect(map.get('k')).toBe('x'.repeat(size));
      for (let index = 0; index < 1000; index++) expect(map.get(`after ${index}`)).toBe(String(index));
    },
  );

  test('takes a long key', () => {
    const map = createTextMap();
    const key = 'Ж'.repeat(10_000);
    map.set(key, 'value');
    expect(map.get(key)).toBe('value');
    expect(map.get(`${key}Ж`)).toBeUndefined();
  });
});
