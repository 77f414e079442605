import { describe, expect, it } from 'vitest';
import { configFingerprint } from '../../src/config/fingerprint.ts';
import { loaded, MINIMAL } from './files.ts';

const print = (text: string): string => configFingerprint(loaded(text));
const plain = print(MINIMAL);

describe('what does not shape a package', () => {
  it.each([
    ['another folder', MINIMAL],
    ['another exchange folder', `${MINIMAL}exchange: { dir: /srv/1c }\n`],
    ['another journal', `${MINIMAL}journal: { path: /var/lib/bg1c.db }\n`],
    ['comments and empty lines', `# настройки\n\n${MINIMAL}\n# конец\n`],
    ['a default written out', `${MINIMAL}vat: { included: true }\nnumbering: { by: billing, map: [] }\n`],
    [
      'another order of types',
      MINIMAL.replace(
        "{ '1': bill, '2': act, '3': vat-invoice }",
        "{ '3': vat-invoice, '2': act, '1': bill }",
      ),
    ],
    ['another order of sections', MINIMAL.replace(/(installation: bashnet\n)([\s\S]*)/, '$2$1')],
  ])('%s leaves the fingerprint alone', (_, text) => {
    expect(print(text)).toBe(plain);
  });

  it('nor does the connection of the receiving base, nor the case of its id', () => {
    const base = (id: string, connection: string): string =>
      `${MINIMAL}onec: { infobase: { id: ${id}, connection: ['${connection}'] } }\n`;
    const one = print(base('0f8fad5b-d9cb-469f-a165-70867728950e', 'File="C:\\Base"'));
    expect(print(base('0F8FAD5B-D9CB-469F-A165-70867728950E', 'Srvr="1c"'))).toBe(one);
    expect(one).not.toBe(plain);
  });
});

describe('what shapes a package', () => {
  const ORGANIZATION = "    kpp: '027401001'\n";
  const variants: [string, string][] = [
    ['installation', MINIMAL.replace('installation: bashnet', 'installation: other')],
    ['organizations.code', MINIMAL.replace('code: bashnet', 'code: other')],
    ['organizations.name', MINIMAL.replace('ООО «Башнет»', 'ООО «Башнет-2»')],
    ['organizations.fullName', MINIMAL.replace(ORGANIZATION, `${ORGANIZATION}    fullName: Общество\n`)],
    ['organizations.kpp', MINIMAL.replace('027401001', '027801001')],
    ['organizations.address', MINIMAL.replace(ORGANIZATION, `${ORGANIZATION}    address: Уфа\n`)],
    ['organizations.firms', MINIMAL.replace(ORGANIZATION, `${ORGANIZATION}    firms: ['0', '5']\n`)],
    [
      'organizations.bank',
      MINIMAL.replace(
        ORGANIZATION,
        `${ORGANIZATION}    bank: { bik: '048073601', account: '40702810206000000001' }\n`,
      ),
    ],
    ['source.account', MINIMAL.replace('kind: bgbilling-csv', 'kind: bgbilling-csv, account: account')],
    ['onec.format', `${MINIMAL}onec: { format: '1.17' }\n`],
    ['onec.bill', `${MINIMAL}onec: { bill: СчетПокупателю }\n`],
    ['onec.post', `${MINIMAL}onec: { post: false }\n`],
    ['onec.vatInvoice.method', `${MINIMAL}onec: { vatInvoice: { method: paper } }\n`],
    ['onec.reducedRateKind', `${MINIMAL}onec: { reducedRateKind: Общая }\n`],
    ['documents.types', MINIMAL.replace("'3': vat-invoice", "'3': ignore")],
    ['documents.upd', MINIMAL.replace('documents:\n', 'documents:\n  upd: true\n')],
    ['documents.negativeLines', MINIMAL.replace('documents:\n', 'documents:\n  negativeLines: leave-out\n')],
    ['numbering.map', `${MINIMAL}numbering: { map: [{ match: a, to: b }] }\n`],
    ['numbering.map.match', `${MINIMAL}numbering: { map: [{ match: c, to: b }] }\n`],
    ['numbering.map.to', `${MINIMAL}numbering: { map: [{ match: a, to: c }] }\n`],
    ['numbering.map.kind', `${MINIMAL}numbering: { map: [{ kind: act, match: a, to: b }] }\n`],
    ['lines.fallback', `${MINIMAL}lines: { fallback: Услуги связи }\n`],
    ['vat.included', `${MINIMAL}vat: { included: false }\n`],
    ['vat.rates', `${MINIMAL}vat: { rates: [{ from: 2019-01-01, rate: 20 }] }\n`],
    ['vat.overrides', `${MINIMAL}vat: { overrides: [{ service: '60', rate: none }] }\n`],
    ['services.unit', `${MINIMAL}services: { unit: '642' }\n`],
    ['services.map', `${MINIMAL}services: { map: { '20': { name: Интернет } } }\n`],
    ['charges.types', `${MINIMAL}charges: { types: { '10': sale } }\n`],
  ];

  it.each(variants)('%s changes the fingerprint', (_, text) => {
    expect(text).not.toBe(MINIMAL);
    expect(print(text)).not.toBe(plain);
  });

  it('in a way of its own', () => {
    expect(new Set(variants.map(([, text]) => print(text))).size).toBe(variants.length);
  });

  it('never holds a path of this machine', () => {
    const config = loaded(MINIMAL);
    expect(configFingerprint(config)).not.toContain(config.folder);
  });
});
