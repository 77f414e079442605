import { contract, fee, type Month, metered } from '../month.ts';
import { branch, company, person, soleTrader } from '../party.ts';
import { BIK } from '../requisites.ts';

const saban = company(71, 'ООО «Сабантуй-Трейд»', {
  kpp: '027701001',
  bik: BIK.ufa,
  email: 'buh@sabantuy.example',
  phones: '+7 347 200-71-71',
  address: '450098, Республика Башкортостан, г. Уфа, пр-кт Октября, д. 7101',
});

/** December 2025: the last month at 20 %. Acts and VAT invoices are numbered from pools of their own. */
export const DECEMBER_2025: Month = {
  period: '2025-12',
  subscribers: [
    {
      ...contract(701, '100701', 'Ю-00701/22', '2022-03-01'),
      party: saban,
      paid: '7200.00',
      acts: [[fee(20, '6000.00'), metered(30, '1', '1200.00')]],
    },
    {
      ...contract(702, '100702', 'Ю-00702/22', '2022-03-01'),
      party: branch(saban, {
        short: 'ООО «Сабантуй-Трейд», филиал в г. Мелеуз',
        full: 'Филиал Общества с ограниченной ответственностью «Сабантуй-Трейд» в городе Мелеуз',
        kpp: '026343001',
        address: '453852, Республика Башкортостан, г. Мелеуз, ул. Смоленская, д. 7102',
        email: 'meleuz@sabantuy.example',
      }),
      acts: [[fee(20, '3600.00')]],
    },
    {
      // Two sites, two acts of one sum: the last digits of the printed numbers tell the VAT invoices apart.
      ...contract(703, '100703', 'Ю-00703/23', '2023-01-16'),
      paid: '4800.00',
      party: company(72, 'ООО «Аптека Шифа»', {
        kpp: '026401001',
        email: 'shifa@shifa.example',
        phones: '+7 34783 5-72-72',
        address: '452684, Республика Башкортостан, г. Нефтекамск, ул. Победы, д. 7201',
      }),
      acts: [[fee(20, '2400.00')], [fee(20, '2400.00')]],
    },
    {
      ...contract(704, '100704', 'Ю-00704/23', '2023-05-22'),
      party: company(73, 'АО «Завод бурового оборудования»', {
        kpp: '026501001',
        year: 2003,
        bik: BIK.moscow,
        email: 'svyaz@zbo.example',
        phones: '+7 34767 6-73-73',
        address: '452600, Республика Башкортостан, г. Октябрьский, ул. Северная, д. 7301',
      }),
      acts: [[fee(22, '48000.00'), metered(40, '35', '300.00'), metered(41, '3120.4', '0.61')]],
    },
    {
      ...contract(705, '100705', 'Ю-00705/24', '2024-02-08'),
      party: company(74, 'ООО «Кафе Шихан»', {
        kpp: '026801001',
        email: 'shihan@shihan.example',
        phones: '+7 3473 20-74-74',
        address: '453126, Республика Башкортостан, г. Стерлитамак, ул. Артёма, д. 7401',
      }),
      acts: [[fee(20, '2400.00'), metered(60, '2', '90.00')]],
    },
    {
      // The act is dated after the holidays: the service of December stays at 20 %.
      ...contract(706, '100706', 'МК-2025/706', '2025-01-13'),
      groups: ['Юрлица', 'Бюджет'],
      issued: '2026-01-05',
      party: company(75, 'МБУ «Библиотечная система Бирского района»', {
        full: 'Муниципальное бюджетное учреждение «Библиотечная система Бирского района»',
        kpp: '025701001',
        year: 2006,
        email: 'bib@birsk-lib.example',
        phones: '+7 34784 4-75-75',
        address: '452450, Республика Башкортостан, г. Бирск, ул. Ленина, д. 7501',
      }),
      acts: [[fee(20, '2400.00'), fee(90, '-154.84', { raw: '-154.83871' })]],
    },
    {
      ...contract(707, '100707', 'ИП-0707', '2024-09-02'),
      prepaid: true,
      paid: '1200.00',
      party: soleTrader(76, 'Юсупова Регина Айратовна', {
        bik: BIK.uralsib,
        email: 'regina@yusupova.example',
        phones: '+7 917 407-06-06',
        address: '450059, Республика Башкортостан, г. Уфа, ул. Комарова, д. 7601',
      }),
      acts: [[fee(20, '1200.00')]],
    },
    {
      ...contract(708, '100708', 'ИП-0708', '2025-12-18'),
      party: soleTrader(77, 'Фёдоров Кирилл Антонович', {
        email: 'fedorov@fedorov.example',
        phones: '+7 917 407-07-07',
        address: '453215, Республика Башкортостан, г. Ишимбай, ул. Бульварная, д. 7701',
      }),
      acts: [[fee(20, '541.94', { raw: '541.93548' }), fee(70, '1800.00', { charge: true })]],
      withoutLines: 'all',
    },
    {
      ...contract(709, '100709', 'Ф-100709', '2021-07-07'),
      prepaid: true,
      paid: '600.00',
      party: person('Зайнуллин Тимур Ильдусович', {
        address: 'г. Уфа, ул. Генерала Горбатова, д. 709, кв. 9',
        phones: '+7 917 407-09-09',
      }),
      acts: [[fee(20, '600.00')]],
    },
  ],
  exempt: [{ service: 60 }],
  numbers: {
    bill: { first: 980, print: (ordinal) => `${ordinal}/12` },
    act: { first: 871, print: (ordinal) => `А12/${ordinal}` },
    vatInvoice: { print: (ordinal) => `${ordinal}` },
    separatePools: true,
    firstId: 2901,
  },
  style: { decimal: ',', dates: 'mixed' },
};
