import { describe, expect, it } from 'vitest';
import { configFingerprint } from '../../src/config/fingerprint.ts';
import { load, loaded, MINIMAL } from './files.ts';

const NAME = 'name: { last: Каримов, first: Ильдар }';
const MCHD =
  "mchd: { number: 1f6f29a5-7f9c-4d3e-9f57-1f0d4b8c2d11, issued: '2026-01-15', system: 'https://m4d.nalog.gov.ru' }";
const PAPER = "paper: { number: '12', issued: '2026-01-15' }";

function signed(signer: string): string {
  return MINIMAL.replace(/( {4}kpp: .*\n)/, `$1    edoId: 2BE-0299\n    signer: { ${signer} }\n`);
}

describe('organizations[].signer', () => {
  it.each([
    ['by the data of the signature', NAME, 1],
    ['by an МЧД', `${NAME}, authority: 3, ${MCHD}`, 3],
    ['by a power of attorney on paper', `${NAME}, authority: 5, ${PAPER}`, 5],
  ])('signs %s', (_, signer, authority) => {
    expect(loaded(signed(signer)).organizations[0]?.signer?.authority).toBe(authority);
  });

  it.each([
    ['an МЧД that is not there', `${NAME}, authority: 3`, 'organizations[0].signer.authority'],
    ['a paper that is not there', `${NAME}, authority: 5, ${MCHD}`, 'organizations[0].signer.authority'],
    ['an МЧД that is not asked for', `${NAME}, ${MCHD}`, 'organizations[0].signer.mchd'],
    [
      'a day that is none',
      `${NAME}, authority: 5, ${PAPER.replace('01-15', '02-30')}`,
      'organizations[0].signer.paper.issued',
    ],
    ['another authority', `${NAME}, authority: 2`, 'organizations[0].signer.authority'],
    [
      'a number that is no МЧД',
      `${NAME}, authority: 3, ${MCHD.replace('1f6f', '1')}`,
      'organizations[0].signer.mchd.number',
    ],
  ])('is refused with %s', (_, signer, key) => {
    const { faults } = load(signed(signer));
    expect(faults.map(({ code, source }) => [code, source?.key])).toContainEqual(['BG1C-CONFIG-VALUE', key]);
  });

  it('shapes no package: it is known when the УПД are made', () => {
    expect(configFingerprint(loaded(signed(NAME)))).toBe(configFingerprint(loaded(MINIMAL)));
  });
});
