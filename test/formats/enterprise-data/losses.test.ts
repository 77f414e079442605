import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOSSES, lossText } from '../../../src/formats/enterprise-data/losses.ts';
import { examineVersion } from '../../../src/formats/enterprise-data/writers.ts';
import { shipped } from '../../../src/support/root.ts';
import { IMPORTED, VERSIONS } from './formats.ts';

describe('losses', () => {
  it('have a Russian text and stand in the README', () => {
    const readme = readFileSync(shipped('src/formats/enterprise-data/README.md'), 'utf8');
    for (const [name, text] of Object.entries(LOSSES)) {
      expect(readme).toContain(`\`${name}\``);
      expect(text).toMatch(/[а-яё]{3}/);
    }
  });

  it('that a mapping declares are all in the table', () => {
    for (const profile of [...VERSIONS, ...IMPORTED])
      for (const { losses } of examineVersion(profile))
        for (const loss of losses) expect(Object.keys(LOSSES)).toContain(loss);
  });

  it('of another version of the program are told by their name', () => {
    expect(lossText('document.upd')).toMatch(/УПД/);
    expect(lossText('something.new')).toBe('something.new');
    expect(lossText('constructor')).toBe('constructor');
  });

  it('are fewer from version to version', () => {
    const count = (index: number): number =>
      examineVersion(VERSIONS[index]!).reduce((all, { losses }) => all + losses.length, 0);
    const counts = VERSIONS.map((_, index) => count(index));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.at(-1)).toBe(0);
  });
});
