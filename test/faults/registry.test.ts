import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultCode } from '../../src/faults/registry.ts';
import { shipped } from '../../src/support/root.ts';

const CODES = Object.keys(FAULTS) as FaultCode[];

describe('registry', () => {
  it.each(CODES)('%s is complete and Russian', (code) => {
    expect(code).toMatch(/^BG1C-[A-Z0-9]+(-[A-Z0-9]+)+$/);
    const { severity, scope, title, message, remedy } = FAULTS[code];
    expect(['error', 'warning', 'notice']).toContain(severity);
    expect(['document', 'build', 'usage']).toContain(scope);
    expect(`${title} ${message}`).not.toMatch(/\b(error|warning|invalid|failed|missing)\b/i);
    for (const text of [title, remedy]) expect(text).toMatch(/[а-яё]{3}/i);
    for (const text of [title, message, remedy]) {
      expect(text).toBe(text.trim());
      expect(text.replace(/\{\w+\}/g, '')).not.toMatch(/[{}]/);
    }
    expect(title).not.toMatch(/\{/);
    expect(title.length).toBeLessThanOrEqual(70);
  });

  it('has titles that tell codes apart', () => {
    const titles = CODES.map((code) => FAULTS[code].title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

interface CallSite {
  place: string;
  code: string;
  /** Names of the values, where the call spells them out. */
  given: string[] | undefined;
}

const sites = callSites();

describe('call sites', () => {
  it.each(sites.filter(({ given }) => given !== undefined))(
    '$place gives all values of $code',
    ({ code, given }) => {
      expect(CODES).toContain(code);
      const { message, remedy } = FAULTS[code as FaultCode];
      const wanted = [...`${message} ${remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(given).toEqual(expect.arrayContaining(wanted));
    },
  );

  it('are mostly spelled out, so that this test sees them', () => {
    expect(sites.filter(({ given }) => given !== undefined).length).toBeGreaterThan(sites.length * 0.6);
  });
});

/** Every `fault('CODE', …)` of the sources. */
function callSites(): CallSite[] {
  const root = shipped('src');
  return typescriptFiles(root).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(/\bfault\(\s*'(BG1C-[A-Z0-9-]+)'(,\s*)?/g)].map((match) => {
      const line = text.slice(0, match.index).split('\n').length;
      const rest = text.slice(match.index + match[0].length);
      return {
        place: `${path.slice(root.length + 1)}:${line}`,
        code: match[1]!,
        given: match[2] ? givenNames(rest) : [],
      };
    });
  });
}

/** Names of a one-level object literal at the start of a text; undefined for anything else. */
function givenNames(text: string): string[] | undefined {
  if (!text.startsWith('{')) return undefined;
  const names: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if ('{([`'.includes(character) && !(character === '`' && depth > 1)) depth++;
    else if ('})]`'.includes(character)) depth--;
    if (depth === 0) break;
    if (depth === 1 && character === ',') {
      names.push(part);
      part = '';
    } else if (depth > 1 || character !== '{') part += character;
  }
  names.push(part);
  const known = names.map((one) => one.trim()).filter((one) => one !== '');
  if (known.some((one) => one.startsWith('...'))) return undefined;
  return known.map((one) => /^\w+/.exec(one)?.[0] ?? one);
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}
