import fc from 'fast-check';
import type {
  Act,
  BankAccount,
  Bill,
  Contract,
  Counterparty,
  Document,
  Line,
  Service,
  Upd,
  VatInvoice,
} from '../../../src/model/types.ts';
import { type VatRate, vatInside } from '../../../src/model/vat.ts';
import type { ContractResult, Sourced } from '../../../src/sources/assembly/sourced.ts';
import { tidy } from '../../../src/support/text.ts';

/** Arbitrary canonical records, as wide as the model allows. */

/** Not shrunk: two objects with one UUID are no month. */
const uuid = fc.noShrink(fc.uuid({ version: 5 }));
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** Tidy, not empty, with whatever XML and Russian names can hold. */
function words(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.constantFrom('&', '<', '>', '"', "'", ']', ']]>', '«', '»', '№', ' ', '😀', 'ё', 'Ә', '-', '/'),
    fc.integer({ min: 0x21, max: 0x44f }).map((code) => String.fromCodePoint(code)),
  );
  return fc
    .string({ unit, minLength: 1, maxLength: Math.floor(maxLength / 3) })
    .map((text) => tidy(text.replace(/[\u007f-\u009f]/g, '')))
    .filter((text) => text !== '');
}

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const bank: fc.Arbitrary<BankAccount> = fc.record({ uuid, account: digits(20), bik: digits(9) });

const counterparty: fc.Arbitrary<Counterparty> = fc
  .constantFrom('legal-entity', 'sole-trader', 'person')
  .chain((kind) =>
    fc
      .record({
        uuid,
        name: words(100),
        fullName: words(250),
        inn: optional(digits(kind === 'legal-entity' ? 10 : 12)),
        kpp: kind === 'legal-entity' ? optional(digits(9)) : fc.constant(undefined),
        ogrn:
          kind === 'person' ? fc.constant(undefined) : optional(digits(kind === 'legal-entity' ? 13 : 15)),
        address: optional(words(200)),
        emails: fc.array(words(60), { maxLength: 2 }),
        phones: fc.array(words(40), { maxLength: 2 }),
        bank: optional(bank),
      })
      .map(
        ({ uuid, name, fullName, emails, phones, ...rest }): Counterparty => ({
          record: 'counterparty',
          uuid,
          kind,
          name,
          fullName,
          emails,
          phones,
          ...defined(rest),
        }),
      ),
  );

const service: fc.Arbitrary<Service> = fc.record({
  record: fc.constant('service'),
  uuid,
  id: digits(3),
  name: words(100),
  fullName: words(300),
  unit: fc.constantFrom('796', '642'),
});

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function line(services: readonly Service[], rates: readonly VatRate[]): fc.Arbitrary<Line> {
  return fc
    .record({
      service: fc.constantFrom(...services.map(({ uuid }) => uuid)),
      content: words(300),
      quantity: fc.integer({ min: 1, max: 10_000_000 }),
      price: fc.integer({ min: 1, max: 100_000_000 }),
      sum: fc.integer({ min: 1, max: 100_000_000_000 }),
      rate: fc.constantFrom(...rates),
    })
    .map((one) => ({ ...one, vat: vatInside(one.sum, one.rate) }));
}

interface Base extends Omit<Bill, 'record'> {}

function base(
  contract: Contract,
  services: readonly Service[],
  rates: readonly VatRate[],
): fc.Arbitrary<Base> {
  return fc
    .record({
      uuid,
      number: words(33),
      date: day,
      lines: fc.array(line(services, rates), { minLength: 1, maxLength: 4 }),
    })
    .map(({ uuid, number, date, lines }) => ({
      uuid,
      key: 'invoice:1',
      number,
      date,
      period: date.slice(0, 7),
      contract: contract.uuid,
      counterparty: contract.counterparty,
      account: contract.account,
      sum: lines.reduce((total, { sum }) => total + sum, 0),
      vat: lines.reduce((total, { vat }) => total + vat, 0),
      lines,
    }));
}

function documents(
  contract: Contract,
  services: readonly Service[],
  rates: readonly VatRate[],
): fc.Arbitrary<Document[]> {
  const one = base(contract, services, rates);
  const bill = one.map((values): Document[] => [{ ...values, record: 'bill' } satisfies Bill]);
  const act = one.map((values): Document[] => [{ ...values, record: 'act' } satisfies Act]);
  const invoiced = fc.tuple(one, uuid, words(33)).map(([values, own, number]): Document[] => {
    const sale: Act = { ...values, record: 'act' };
    const tied: VatInvoice = {
      ...values,
      record: 'vat-invoice',
      uuid: own,
      number,
      act: sale.uuid,
      actNumber: sale.number,
      actDate: sale.date,
    };
    return [sale, tied];
  });
  const upd = fc
    .tuple(one, uuid)
    .map(([values, own]): Document[] => [{ ...values, record: 'upd', vatInvoiceUuid: own } satisfies Upd]);
  return fc
    .array(fc.oneof(bill, act, invoiced, upd), { minLength: 1, maxLength: 4 })
    .map((all) => all.flat());
}

/** Everything of one contract; only these rates are in its lines. */
export function contractResult(rates: readonly VatRate[]): fc.Arbitrary<ContractResult> {
  return fc
    .record({
      buyer: counterparty,
      uuid,
      number: words(60),
      date: optional(day),
      name: words(100),
      account: words(24),
      services: fc.array(service, { minLength: 1, maxLength: 3 }),
    })
    .chain(({ buyer, uuid, number, date, name, account, services }) => {
      const contract: Contract = {
        record: 'contract',
        uuid,
        id: '7',
        counterparty: buyer.uuid,
        number,
        ...(date !== undefined && { date }),
        account,
        name,
        prepaid: false,
      };
      return documents(contract, services, rates).map(
        (all): ContractResult => ({
          organization: 'bashnet',
          counterparty: { record: buyer, rows: {} },
          contract: { record: contract, rows: {} },
          services: services.map((record) => ({ record, rows: {} })),
          documents: all.map((record): Sourced<Document> => ({ record, rows: {} })),
        }),
      );
    });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the entries that are undefined. */
export function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
