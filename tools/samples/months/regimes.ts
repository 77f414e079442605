import { contract, fee, type Month, metered } from '../month.ts';
import { branch, company, type Party, person, soleTrader } from '../party.ts';
import { BIK } from '../requisites.ts';

/** Small months of one regime each: simplified taxation, prepayment, branches and two sellers. */

function firm(serial: number, short: string, more: { kpp?: string; mail: string }): Party {
  return company(serial, short, {
    kpp: more.kpp ?? '027401001',
    bik: BIK.ufa,
    email: `buh@${more.mail}.example`,
    phones: `+7 347 201-${String(serial).padStart(4, '0').slice(0, 2)}-${String(serial).padStart(4, '0').slice(2)}`,
    address: `450077, Республика Башкортостан, г. Уфа, ул. Пушкина, д. ${serial}`,
  });
}

const citizen = (name: string, flat: number): Party =>
  person(name, {
    address: `г. Уфа, ул. Рихарда Зорге, д. 9, кв. ${flat}`,
    phones: `+7 917 409-00-${String(flat).padStart(2, '0')}`,
  });

const OWN_NUMBERS: Month['numbers'] = {
  bill: { first: 101, print: (ordinal) => `${ordinal}/С` },
  act: { first: 201, print: (ordinal) => `${ordinal}` },
  vatInvoice: { print: (ordinal) => `${ordinal}` },
  firstId: 4001,
};

const BASE = {
  period: '2026-10',
  exempt: [],
  numbers: OWN_NUMBERS,
  style: { decimal: ',', dates: 'mixed' },
} as const satisfies Partial<Month>;

/** УСН with VAT 5 %: acts and VAT invoices at the reduced rate. */
export const USN_5: Month = {
  ...BASE,
  rate: 5,
  subscribers: [
    {
      ...contract(3001, '100301', 'У-301', '2025-01-13'),
      party: firm(301, 'ООО «Акбузат»', { mail: 'akbuzat' }),
      acts: [[fee(20, '2100.00'), fee(21, '157.50')]],
    },
    {
      ...contract(3002, '100302', 'У-302', '2025-02-03'),
      party: firm(302, 'ООО «Юрматы»', { mail: 'yurmaty' }),
      acts: [[fee(20, '1050.00'), metered(41, '320', '0.63')]],
    },
    {
      ...contract(3003, '100303', 'У-303', '2025-02-10'),
      party: firm(303, 'АО «Кургаш»', { kpp: '027601001', mail: 'kurgash' }),
      acts: [[fee(22, '31500.00')], [metered(50, '3', '315.00')]],
    },
    {
      ...contract(3004, '100304', 'ИП-304', '2025-03-17'),
      party: soleTrader(304, 'Гареев Ильшат Рамилевич', {
        email: 'gareev@gareev.example',
        phones: '+7 917 409-03-04',
        address: 'г. Салават, ул. Островского, д. 304',
      }),
      acts: [[fee(20, '1260.00'), fee(90, '-63.00')]],
    },
    {
      ...contract(3005, '100305', 'Ф-305', '2025-04-01'),
      party: citizen('Ахметов Рустем Наилевич', 5),
      acts: [[fee(20, '650.00')]],
    },
  ],
};

/** УСН without VAT: the act alone, here as УПД with the function «ДОП». */
export const USN_NO_VAT: Month = {
  ...BASE,
  rate: 'none',
  subscribers: [
    {
      ...contract(3101, '100311', 'Б-311', '2025-01-13'),
      party: firm(311, 'ООО «Ирендык»', { mail: 'irendyk' }),
      acts: [[fee(20, '2000.00'), metered(50, '2', '150.00')]],
    },
    {
      ...contract(3102, '100312', 'Б-312', '2025-02-03'),
      party: firm(312, 'ООО «Зюраткуль»', { mail: 'zyuratkul' }),
      acts: [[fee(20, '1500.00'), fee(70, '1000.00', { charge: true })]],
      withoutLines: 'all',
    },
    {
      ...contract(3103, '100313', 'Б-313', '2025-02-10'),
      party: firm(313, 'АНО «Школа сетей»', { mail: 'seti' }),
      acts: [[fee(20, '1000.00')]],
    },
    {
      ...contract(3104, '100314', 'ИП-314', '2025-03-17'),
      party: soleTrader(314, 'Мухина Анна Сергеевна', {
        email: 'muhina@muhina.example',
        phones: '+7 917 409-03-14',
        address: 'г. Бирск, ул. Мира, д. 314',
      }),
      acts: [[fee(20, '800.00')]],
    },
    {
      ...contract(3105, '100315', 'Ф-315', '2025-04-01'),
      party: citizen('Каримова Лилия Фанисовна', 15),
      acts: [[fee(20, '600.00')]],
    },
  ],
};

/** Prepayment: what was left of September, a debt, cards, nothing at all. Act and VAT invoice are one УПД. */
export const PREPAID: Month = {
  ...BASE,
  subscribers: [
    {
      ...contract(3201, '100321', 'А-321', '2025-01-13'),
      prepaid: true,
      party: firm(321, 'ООО «Сагит»', { mail: 'sagit' }),
      acts: [[fee(20, '2440.00')]],
      payments: [{ day: '2026-10-05', sum: '2440.00', comment: 'п/п 118 от 05.10.2026 оплата по счёту' }],
    },
    {
      // 1 000 ₽ of the payment of September were left: they go first.
      ...contract(3202, '100322', 'А-322', '2025-02-03'),
      prepaid: true,
      party: firm(322, 'ООО «Айгир»', { mail: 'aigir' }),
      opening: '1000.00',
      acts: [[fee(20, '2440.00')]],
      payments: [
        { day: '2026-08-20', sum: '2440.00', comment: 'п/п 41 от 20.08.2026' },
        { day: '2026-09-25', sum: '1500.00', comment: 'платёжное поручение № 55 от 24.09.2026' },
        { day: '2026-10-12', sum: '2000.00', comment: 'п/п 61 от 12.10.2026' },
      ],
    },
    {
      // The debt of September is paid off first.
      ...contract(3203, '100323', 'А-323', '2025-02-10'),
      prepaid: true,
      party: firm(323, 'ООО «Нугуш»', { kpp: '027801001', mail: 'nugush' }),
      opening: '-500.00',
      acts: [[fee(20, '1830.00')], [fee(70, '610.00', { charge: true })]],
      payments: [{ day: '2026-10-03', sum: '3000.00', comment: 'пп 7 от 03.10.2026' }],
    },
    {
      // Cards have no number of a payment document: that of BGBilling stands in its place.
      ...contract(3204, '100324', 'ИП-324', '2025-03-17'),
      prepaid: true,
      party: soleTrader(324, 'Валеев Азат Маратович', {
        email: 'valeev@valeev.example',
        phones: '+7 917 409-03-24',
        address: 'г. Сибай, ул. Горняков, д. 324',
      }),
      acts: [[fee(20, '1220.00')]],
      payments: [
        { day: '2026-10-02', sum: '700.00', comment: 'карта' },
        { day: '2026-10-20', sum: '700.00', comment: 'карта' },
      ],
    },
    {
      ...contract(3205, '100325', 'А-325', '2025-04-07'),
      prepaid: true,
      party: firm(325, 'ООО «Инзер»', { mail: 'inzer' }),
      acts: [[fee(20, '1220.00')]],
    },
    {
      ...contract(3206, '100326', 'К-326', '2025-04-14'),
      party: firm(326, 'ООО «Торатау»', { mail: 'toratau' }),
      acts: [[fee(20, '3660.00')]],
      payments: [{ day: '2026-10-15', sum: '3660.00', comment: 'п/п 90 от 15.10.2026' }],
    },
  ],
};

const HEAD = firm(331, 'ООО «Башторг»', { mail: 'bashtorg' });

function office(short: string, kpp: string, town: string): Party {
  return branch(HEAD, {
    short,
    full: `Общество с ограниченной ответственностью «Башторг», ${short.split(', ')[1]}`,
    kpp,
    address: `${town}, ул. Советская, д. 1`,
    email: 'filial@bashtorg.example',
  });
}

/** Head and branches of one buyer, two sellers, numbers left to 1C. */
export const BRANCHES: Month = {
  ...BASE,
  subscribers: [
    { ...contract(3301, '100331', 'Г-331', '2025-01-13'), party: HEAD, acts: [[fee(22, '12200.00')]] },
    {
      ...contract(3302, '100332', 'Г-332', '2025-01-13'),
      party: office('ООО «Башторг», филиал в Сибае', '026743001', '453830, г. Сибай'),
      acts: [[fee(20, '2440.00')]],
    },
    {
      ...contract(3303, '100333', 'Г-333', '2025-01-13'),
      party: office('ООО «Башторг», филиал в Учалах', '027043001', '453700, г. Учалы'),
      acts: [[fee(20, '2440.00')]],
    },
    {
      ...contract(3304, '100334', 'Т-334', '2025-02-03'),
      firm: '2',
      party: HEAD,
      acts: [[metered(61, '10', '305.00')]],
    },
    {
      ...contract(3305, '100335', 'Т-335', '2025-02-03'),
      firm: '2',
      party: firm(335, 'ООО «Карагай»', { mail: 'karagai' }),
      acts: [[metered(61, '4', '305.00')]],
    },
    {
      ...contract(3306, '100336', 'Г-336', '2025-03-03'),
      party: firm(336, 'ООО «Асылыкуль»', { mail: 'asylykul' }),
      acts: [[fee(20, '1220.00'), fee(60, '95.00')]],
    },
  ],
  exempt: [{ service: 60 }],
};
