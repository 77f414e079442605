import fc from 'fast-check';
import type { UpdSetting, UpdSource } from '../../../src/formats/upd/source.ts';
import type { Counterparty, Line, Organization } from '../../../src/model/types.ts';
import { VAT_RATES, type VatRate, vatInside } from '../../../src/model/vat.ts';
import {
  act,
  COMPANY,
  CONTRACT,
  PERSON,
  SELLER,
  SERVICE,
  SETTING,
  source,
  TRADER,
  TRADER_SELLER,
  upd,
  vatInvoice,
} from './fixtures.ts';

/** Documents of all functions, from a seed. */

const words = fc.string({
  unit: fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВ №«»—"\'&<>0123456789.,;()ҡәөүҙң₽😀'),
  minLength: 1,
  maxLength: 60,
});

/** As the model holds texts: tidy, not empty. */
const texts = words.map((text) => text.replace(/ +/g, ' ').trim() || 'услуга');

const sums = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.integer({ min: 1, max: 5_000_000 }),
  // A milliard of roubles: beyond it a price by a thousandth has more digits (25) than xmllint 2.9 reads.
  fc.integer({ min: 1, max: 99_999_999_999 }),
);

const lines: fc.Arbitrary<Line> = fc
  .record({
    sum: sums,
    rate: fc.constantFrom<VatRate>(...VAT_RATES),
    quantity: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 10_000_000 })),
    content: texts,
  })
  .map(({ sum, rate, quantity, content }) => ({
    service: SERVICE.uuid,
    content,
    quantity,
    price: Math.round((sum * 1000) / quantity),
    sum,
    rate,
    vat: vatInside(sum, rate),
  }));

const buyers: fc.Arbitrary<Counterparty> = fc
  .tuple(fc.constantFrom(COMPANY, TRADER, PERSON), texts, texts, fc.boolean())
  .map(([buyer, name, address, bank]) => {
    const { bank: account, ...others } = buyer;
    const named = buyer.kind === 'legal-entity' ? { fullName: name } : {};
    return { ...others, ...named, address, ...(bank && account && { bank: account }) };
  });

const sellers = fc.constantFrom<Organization>(SELLER, TRADER_SELLER);

const days = fc.integer({ min: 0, max: 364 }).map((day) => {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  return { date, period: date.slice(0, 7) };
});

const sources: fc.Arbitrary<UpdSource> = fc
  .record({
    lines: fc.array(lines, { minLength: 1, maxLength: 12 }),
    kind: fc.constantFrom('upd', 'act', 'vat-invoice'),
    number: fc.string({ unit: fc.constantFrom(...'0123456789/АБЮ'), minLength: 1, maxLength: 11 }),
    day: days,
    counterparty: buyers,
    organization: sellers,
    basis: fc.boolean(),
    payments: fc.array(
      fc.record({
        number: texts.map((text) => [...text].slice(0, 9).join('')),
        date: fc.constant('2026-02-28'),
        sum: sums,
      }),
      {
        maxLength: 3,
      },
    ),
    correction: fc.option(
      fc.record({ number: fc.integer({ min: 1, max: 999 }), date: fc.constant('2026-12-31') }),
      {
        nil: undefined,
      },
    ),
    uuid: fc.uuid({ version: 5 }),
  })
  .map(({ kind, lines: all, number, day, uuid, counterparty, basis, correction, ...others }) => {
    const invoice = kind === 'vat-invoice' || (kind === 'upd' && all.some(({ rate }) => rate !== 'none'));
    const buyer =
      invoice && counterparty.kind === 'person' ? { ...counterparty, inn: TRADER.inn! } : counterparty;
    const document = {
      ...(kind === 'upd' ? upd(all) : kind === 'act' ? act(all) : vatInvoice(all)),
      ...day,
      number,
      uuid,
    };
    const { contract: _contract, ...rest } = source(document, { ...others, counterparty: buyer });
    return { ...rest, ...(basis && { contract: CONTRACT }), ...(correction && { correction }) };
  });

export function manySources(seed: number, count: number): UpdSource[] {
  return fc.sample(sources, { seed, numRuns: count });
}

/** Signers of all kinds in turn. */
export function settingOf(index: number): UpdSetting {
  const { signer } = SETTING;
  const issued = '2026-01-15';
  const powers = [
    { authority: 1 as const },
    {
      authority: 3 as const,
      mchd: { number: '1f6f29a5-7f9c-4d3e-9f57-1f0d4b8c2d11', issued, system: 'https://m4d.nalog.gov.ru' },
    },
    { authority: 5 as const, paper: { number: '12/26', issued } },
  ];
  return { ...SETTING, signer: { ...signer, ...powers[index % powers.length]! } };
}
