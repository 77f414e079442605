import { contract, fee, type Month, metered } from '../month.ts';
import { company, type Party, person, site, soleTrader } from '../party.ts';
import { BIK } from '../requisites.ts';

/** Months whose documents are formed here: of accruals, and one act for all persons. */

function firm(serial: number, short: string, mail: string): Party {
  return company(serial, short, {
    kpp: '027401001',
    bik: BIK.moscow,
    email: `buh@${mail}.example`,
    phones: `+7 347 202-0${String(serial)[0]}-${String(serial).slice(1)}`,
    address: `450059, Республика Башкортостан, г. Уфа, ул. Комсомольская, д. ${serial}`,
  });
}

const citizen = (name: string, flat: number): Party =>
  person(name, {
    address: `г. Уфа, ул. Юрия Гагарина, д. 41, кв. ${flat}`,
    phones: `+7 917 410-00-${String(flat).padStart(2, '0')}`,
  });

const BASE = {
  period: '2026-10',
  numbers: {
    bill: { first: 301, print: (ordinal: number) => `${ordinal}/С` },
    act: { first: 401, print: (ordinal: number) => `${ordinal}` },
    vatInvoice: { print: (ordinal: number) => `${ordinal}` },
    firstId: 5001,
  },
  style: { decimal: ',', dates: 'mixed' },
} as const satisfies Partial<Month>;

/** BGBilling has no bill module: УПД, acts and bills of what was charged, numbers by templates. */
export const ACCRUAL: Month = {
  ...BASE,
  withoutDocuments: true,
  exempt: [{ service: 60 }],
  subscribers: [
    {
      ...contract(3401, '100911', 'Н-911', '2025-01-13'),
      party: firm(401, 'ООО «Ямантау»', 'yamantau'),
      acts: [[fee(20, '2440.00'), fee(21, '183.00')]],
    },
    {
      ...contract(3402, '100912', 'Н-912', '2025-01-20'),
      relation: 'super',
      party: firm(402, 'АО «Аслыкуль»', 'aslykul'),
      acts: [[fee(20, '3660.00')]],
    },
    // Two levels: the workshop depends on the site, the site on the head.
    {
      ...contract(3403, '100912-1', 'Н-912/1', '2025-01-20'),
      relation: { superContract: 3402, balance: 'dependent' },
      party: site('АО «Аслыкуль», склад', 'г. Уфа, ул. Производственная, д. 1'),
      acts: [],
      accrued: [fee(20, '1220.00')],
    },
    {
      ...contract(3404, '100912-2', 'Н-912/2', '2025-01-20'),
      relation: { superContract: 3403, balance: 'dependent' },
      party: site('АО «Аслыкуль», цех', 'г. Уфа, ул. Производственная, д. 2'),
      acts: [],
      accrued: [fee(30, '610.00')],
    },
    {
      ...contract(3405, '100915', 'Н-915', '2025-02-03'),
      prepaid: true,
      party: firm(405, 'ООО «Иремель»', 'iremel'),
      acts: [[fee(20, '1830.00')]],
      payments: [{ day: '2026-10-03', sum: '1830.00', comment: 'п/п 203 от 03.10.2026' }],
    },
    {
      ...contract(3406, '100916', 'ИП-916', '2025-02-10'),
      party: soleTrader(406, 'Исхаков Динар Фаритович', {
        email: 'ishakov@ishakov.example',
        phones: '+7 917 410-04-06',
        address: 'г. Октябрьский, ул. Ленина, д. 406',
      }),
      acts: [[fee(20, '1220.00'), fee(90, '-120.00')]],
    },
    {
      ...contract(3407, '100917', 'Н-917', '2025-03-03'),
      party: firm(407, 'ООО «Малиновка»', 'malinovka'),
      acts: [[fee(60, '1140.00')]],
    },
    {
      ...contract(3408, '100918', 'Н-918', '2026-10-14'),
      party: firm(408, 'ООО «Бельский»', 'belskii'),
      acts: [[fee(20, '1810.32', { raw: '1810.32258' }), fee(70, '1500.00', { charge: true })]],
    },
    {
      ...contract(3409, '100919', 'Ф-919', '2025-03-10'),
      party: citizen('Насыров Айдар Уралович', 19),
      acts: [[fee(20, '650.00')]],
    },
    {
      ...contract(3410, '100920', 'СЛ-920', '2025-03-10'),
      groups: ['Служебные'],
      party: firm(410, 'ООО «Тест-Узел»', 'test'),
      acts: [[fee(20, '100.00')]],
    },
  ],
};

/** Persons in one act of the month with a VAT invoice of КВО 26. */
export const PERSONS: Month = {
  ...BASE,
  exempt: [],
  subscribers: [
    {
      ...contract(3501, '100511', 'П-511', '2025-01-13'),
      party: firm(511, 'ООО «Шихан»', 'shihan'),
      acts: [[fee(20, '2440.00')]],
    },
    {
      ...contract(3502, '100512', 'П-512', '2025-01-20'),
      party: firm(512, 'ООО «Куштау»', 'kushtau'),
      acts: [[fee(20, '1220.00')]],
    },
    {
      ...contract(3503, '100513', 'П-513', '2025-02-03'),
      party: firm(513, 'ООО «Юрактау»', 'yuraktau'),
      acts: [[metered(30, '3', '1220.00')]],
    },
    {
      ...contract(3504, '100514', 'Ф-514', '2025-02-10'),
      party: citizen('Юсупов Марат Ринатович', 14),
      acts: [[fee(20, '650.00')]],
    },
    {
      ...contract(3505, '100515', 'Ф-515', '2025-02-10'),
      party: citizen('Юсупова Гульнара Маратовна', 15),
      acts: [[fee(20, '650.00'), fee(80, '150.00')]],
    },
    {
      ...contract(3506, '100516', 'Ф-516', '2025-02-17'),
      party: citizen('Петрова Ольга Ивановна', 16),
      acts: [[fee(20, '800.00'), fee(90, '-100.00')]],
    },
    {
      ...contract(3507, '100517', 'Ф-517', '2025-02-17'),
      party: citizen('Хасанов Ильдар Альбертович', 17),
      acts: [[fee(80, '150.00')]],
    },
    {
      ...contract(3508, '100518', 'Ф-518', '2025-02-24'),
      prepaid: true,
      paid: '1000.00',
      party: citizen('Сидоров Пётр Павлович', 18),
      acts: [[fee(20, '1000.00')]],
    },
  ],
};
