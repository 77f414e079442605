import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { codeSvg, type PaymentOrder, paymentCode } from '../../src/formats/printed-forms/payment-code.ts';

const ORDER: PaymentOrder = {
  name: 'ООО «Башнет»',
  account: '40702810206000000001',
  bankName: 'БАШКИРСКОЕ ОТДЕЛЕНИЕ N8598 ПАО СБЕРБАНК',
  bik: '048073601',
  correspondentAccount: '30101810300000000601',
  sum: 628301,
  purpose: 'Оплата по счёту № 501/10 от 01.10.2026',
  inn: '0299000011',
  kpp: '027401001',
  personalAccount: '100201',
  contract: 'Ю-00001/19',
  documentNumber: '501/10',
  documentDate: '2026-10-01',
};

const fieldOf = (text: string, key: string): string | undefined =>
  text
    .split('|')
    .find((pair) => pair.startsWith(`${key}=`))
    ?.slice(key.length + 1);

/** Length of what stands between the service block and the first optional value. */
const mandatory = (bytes: Buffer): number => bytes.indexOf('|Sum=') - 'ST00012|'.length;

describe('the string of a payment code', () => {
  it('begins with the five mandatory values in the order of the standard, then names what is paid', () => {
    const { text, bytes, encoding } = paymentCode(ORDER);
    expect(text).toBe(
      'ST00012|Name=ООО «Башнет»|PersonalAcc=40702810206000000001|BankName=БАШКИРСКОЕ ОТДЕЛЕНИЕ N8598 ПАО СБЕРБАНК|BIC=048073601|CorrespAcc=30101810300000000601|Sum=628301|Purpose=Оплата по счёту № 501/10 от 01.10.2026|PayeeINN=0299000011|KPP=027401001|DocNo=501/10|DocDate=01.10.2026|PersAcc=100201|Contract=Ю-00001/19',
    );
    expect(encoding).toBe('utf-8');
    expect(bytes.toString('utf8')).toBe(text);
  });

  it('goes over to windows-1251 where UTF-8 breaks the 300 bytes of the mandatory block', () => {
    const { text, bytes, encoding } = paymentCode({
      ...ORDER,
      name: 'Я'.repeat(160),
      bankName: 'Б'.repeat(45),
    });
    expect(encoding).toBe('windows-1251');
    expect(text.startsWith('ST00011|Name=ЯЯ')).toBe(true);
    expect(iconv.decode(bytes, 'win1251')).toBe(text);
    expect(mandatory(bytes)).toBeLessThanOrEqual(300);
  });

  it('cuts a long name that windows-1251 has no letters for until the block fits', () => {
    const { text, bytes, encoding } = paymentCode({ ...ORDER, name: `ә${'Я'.repeat(300)}` });
    expect(encoding).toBe('utf-8');
    expect(fieldOf(text, 'Name')).toMatch(/^әЯ+$/);
    expect(mandatory(bytes)).toBeLessThanOrEqual(300);
    expect(mandatory(bytes)).toBeGreaterThan(297);
  });

  it('keeps to the lengths, and lets no value break the string', () => {
    const { text } = paymentCode({
      ...ORDER,
      name: 'А|Б',
      purpose: 'п'.repeat(300),
      documentNumber: '1234567890123456',
      correspondentAccount: undefined,
      kpp: undefined,
    });
    expect(fieldOf(text, 'Name')).toBe('А/Б');
    expect(fieldOf(text, 'Purpose')).toHaveLength(210);
    expect(fieldOf(text, 'DocNo')).toHaveLength(15);
    expect(fieldOf(text, 'CorrespAcc')).toBe('0');
    expect(text).not.toContain('KPP=');
  });
});

describe('the picture', () => {
  it('keeps four modules of quiet on each side', () => {
    const svg = codeSvg(paymentCode(ORDER));
    const side = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
    const runs = [...svg.matchAll(/M(\d+) (\d+)\.5h(\d+)/g)].map(([, x, y, run]) => [
      Number(x),
      Number(y),
      Number(run),
    ]);
    expect(Math.min(...runs.map(([x]) => x!))).toBe(4);
    expect(Math.min(...runs.map(([, y]) => y!))).toBe(4);
    expect(Math.max(...runs.map(([x, , run]) => x! + run!))).toBe(side - 4);
  });
});
