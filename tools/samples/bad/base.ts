import { contract, fee, type Month, metered, type Subscriber } from '../month.ts';
import { company, soleTrader } from '../party.ts';
import { BIK } from '../requisites.ts';

/** The good month that every bad sample spoils in one place: three subscribers, nine documents. */
const BASE_SUBSCRIBERS: readonly [Subscriber, Subscriber, Subscriber] = [
  {
    ...contract(2001, '100801', 'Ю-00801/25', '2025-01-20'),
    party: company(81, 'ООО «Сарыташ»', {
      kpp: '027401001',
      bik: BIK.ufa,
      email: 'buh@sarytash.example',
      phones: '+7 347 200-81-81',
      address: '450077, Республика Башкортостан, г. Уфа, ул. Ленина, д. 8101',
    }),
    acts: [[fee(20, '2440.00'), fee(21, '183.00')]],
  },
  {
    ...contract(2002, '100802', 'Ю-00802/25', '2025-02-17'),
    party: company(82, 'ООО «Зилим»', {
      kpp: '025601001',
      bik: BIK.moscow,
      email: 'zilim@zilim.example',
      phones: '+7 34792 3-82-82',
      address: '453500, Республика Башкортостан, г. Белорецк, ул. Ленина, д. 8201',
    }),
    acts: [[fee(20, '3660.00'), metered(50, '2', '250.00')]],
  },
  {
    ...contract(2003, '100803', 'ИП-0803', '2024-06-10'),
    party: soleTrader(83, 'Латыпов Руслан Вилевич', {
      email: 'latypov@latypov.example',
      phones: '+7 917 408-03-03',
      address: '453124, Республика Башкортостан, г. Стерлитамак, ул. Вокзальная, д. 8301',
    }),
    acts: [[fee(20, '1220.00')]],
  },
];

export function baseMonth(subscribers: readonly Subscriber[] = BASE_SUBSCRIBERS): Month {
  return {
    period: '2026-10',
    subscribers,
    exempt: [{ service: 60 }],
    numbers: {
      bill: { first: 501, print: (ordinal) => `${ordinal}/10` },
      act: { first: 1045, print: (ordinal) => `А10/${ordinal}` },
      vatInvoice: { print: (ordinal) => `${ordinal}` },
      firstId: 301,
    },
    style: { decimal: ',', dates: 'mixed' },
  };
}

/** The base with something else for its second subscriber. */
export function monthWith(change: Partial<Subscriber>): Month {
  const [first, second, third] = BASE_SUBSCRIBERS;
  return baseMonth([first, { ...second, ...change }, third]);
}

/** Documents of the second subscriber, which most samples spoil. */
export const BILL = { kind: 'bill', id: '302' };
export const ACT = { kind: 'invoice', id: '303' };
export const VAT_INVOICE = { kind: 'invoice', id: '304' };
