import { afterAll, describe, expect, it } from 'vitest';
import type { UpdSource } from '../../../src/formats/upd/source.ts';
import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import { parseElement, type XmlElement } from '../../../src/schema/read-elements.ts';
import { readWritten } from '../../../src/schema/read-written.ts';
import { decodeXml } from '../../../src/support/cp1251.ts';
import { manySources, settingOf } from './random.ts';

/** More by hand: `UPD_DOCUMENTS=10000 npx vitest run test/formats/upd/random.test.ts` (some minutes). */
const COUNT = Number(process.env.UPD_DOCUMENTS ?? 200);
const PORTION = 500;

const writer = createUpdWriter();
afterAll(() => writer.dispose());

/** Kopecks of «123.45»; no other form may stand in a file. */
function kopecks(text: string | undefined): bigint {
  expect(text).toMatch(/^\d+\.\d\d$/);
  return BigInt(text!.replace('.', ''));
}

function child(element: XmlElement, ...names: string[]): XmlElement {
  return names.reduce((found, name) => found.children.find((one) => one.name === name)!, element);
}

/** The tax of a line or of the total; «без НДС» is none. */
function taxOf(element: XmlElement, name: string): bigint {
  const amount = child(element, name).children[0]!;
  return amount.name === 'СумНал' ? kopecks(amount.text) : 0n;
}

function checkAmounts({ document }: UpdSource, root: XmlElement): void {
  const table = child(root, 'Документ', 'ТаблСчФакт');
  const rows = table.children.filter(({ name }) => name === 'СведТов');
  let [net, tax, gross] = [0n, 0n, 0n];
  rows.forEach((row, index) => {
    const { attributes } = row;
    const line = document.lines[index]!;
    const own = { net: kopecks(attributes.СтТовБезНДС), gross: kopecks(attributes.СтТовУчНал) };
    expect(own.gross).toBe(BigInt(line.sum));
    expect(taxOf(row, 'СумНал')).toBe(BigInt(line.vat));
    expect(own.net + taxOf(row, 'СумНал')).toBe(own.gross);
    expect(attributes.НаимТов).toBe(line.content);
    checkPrice(attributes.ЦенаТов!, line.quantity, own.net);
    net += own.net;
    tax += taxOf(row, 'СумНал');
    gross += own.gross;
  });
  const total = child(table, 'ВсегоОпл');
  expect(kopecks(total.attributes.СтТовБезНДСВсего)).toBe(net);
  expect(kopecks(total.attributes.СтТовУчНалВсего)).toBe(gross);
  expect(taxOf(total, 'СумНалВсего')).toBe(tax);
  expect([gross, tax]).toEqual([BigInt(document.sum), BigInt(document.vat)]);
}

/** Price × quantity is the net cost to the kopeck. @param quantity scale 3 */
function checkPrice(price: string, quantity: number, net: bigint): void {
  const [whole, fraction = ''] = price.split('.');
  expect(fraction.length).toBeGreaterThanOrEqual(2);
  const scaled = BigInt(whole! + fraction.padEnd(11, '0')) * BigInt(quantity);
  const kopeck = 10n ** 12n;
  expect((scaled * 2n + kopeck) / (kopeck * 2n)).toBe(net);
}

describe(`${COUNT} random documents`, () => {
  const portions = Array.from({ length: Math.ceil(COUNT / PORTION) }, (_, index) => index);

  it.each(portions)(
    'portion %d: valid, no finding, totals right to the kopeck',
    { timeout: 120_000 },
    (portion) => {
      const count = Math.min(PORTION, COUNT - portion * PORTION);
      manySources(1115131 + portion, count).forEach((of, index) => {
        const { file, faults } = writer.write(of, settingOf(index));
        expect(faults).toEqual([]);
        const { bytes, id } = file!;
        const { text, encoding, bom } = decodeXml(bytes)!;
        expect([encoding, bom]).toEqual(['windows-1251', false]);
        const root = parseElement(text.trim());
        expect(readWritten(text.trim())).toEqual(root);
        expect(root.attributes.ИдФайл).toBe(id);
        checkAmounts(of, root);
        expect(writer.write(of, settingOf(index)).file?.bytes.equals(bytes)).toBe(true);
      });
    },
  );
});
