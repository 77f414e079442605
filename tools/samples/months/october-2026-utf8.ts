import { contract, fee, type Month, metered } from '../month.ts';
import { company, person, soleTrader } from '../party.ts';
import { BIK } from '../requisites.ts';

/** A small October in UTF-8: Bashkir letters that windows-1251 lacks, УПД instead of act and VAT invoice. */
export const OCTOBER_2026_UTF8: Month = {
  period: '2026-10',
  subscribers: [
    {
      ...contract(5001, '100501', 'Ю-00501/25', '2025-02-03'),
      paid: '6283.00',
      party: company(51, 'ООО «Ҡурай»', {
        kpp: '027401001',
        bik: BIK.ufa,
        email: 'kuray@kuray.example',
        phones: '+7 347 200-51-51',
        address: '450008, Республика Башкортостан, г. Уфа, ул. Заки Валиди, д. 5001',
      }),
      acts: [[fee(20, '6100.00'), fee(21, '183.00')]],
    },
    {
      ...contract(5002, '100502', 'Ю-00502/25', '2025-02-10'),
      party: company(52, 'ООО «Һаҡмар-Төҙөлөш»', {
        kpp: '026701001',
        email: 'tozolosh@hakmar.example',
        phones: '+7 34775 3-52-52',
        address: '453833, Республика Башкортостан, г. Сибай, ул. Салавата Юлаева, д. 5002',
      }),
      acts: [[fee(22, '12200.00'), metered(30, '2', '1525.00')]],
    },
    {
      ...contract(5003, '100503', 'ИП-0503', '2024-11-20'),
      prepaid: true,
      paid: '1830.00',
      party: soleTrader(53, 'Әхмәтов Илшат Фәнил улы', {
        bik: BIK.uralsib,
        email: 'Илшат Әхмәтов <ilshat@ahmatov.example>',
        phones: '+7 917 405-03-03',
        address: '453700, Республика Башкортостан, г. Учалы, ул. Карла Маркса, д. 5003',
      }),
      acts: [[fee(20, '1830.00')]],
    },
    {
      // «й» typed on a Mac: the letter и and a combining breve.
      ...contract(5004, '100504', 'Ю-00504/25', '2025-04-14'),
      party: company(54, 'ООО «Сәй йорто «Күгәрсен»'.normalize('NFD'), {
        full: 'Общество с ограниченной ответственностью «Сәй йорто «Күгәрсен»'.normalize('NFD'),
        kpp: '026201001',
        email: 'say@kugarsen.example',
        phones: '+7 34789 2-54-54',
        address: '453330, Республика Башкортостан, Кугарчинский р-н, с. Мраково, ул. Ленина, д. 5004',
      }),
      acts: [[fee(20, '2440.00'), fee(90, '-236.13', { raw: '-236.12903' })]],
    },
    {
      // Without VAT: the act alone is the УПД.
      ...contract(5005, '100505', 'ИП-0505', '2025-08-01'),
      tariff: 'Антивирус',
      party: soleTrader(55, 'Исхаҡова Гөлнур Әнүәр ҡыҙы', {
        email: 'golnur@iskhakova.example',
        phones: '+7 917 405-05-05',
        address: '450098, Республика Башкортостан, г. Уфа, ул. Российская, д. 5005',
      }),
      acts: [[metered(60, '5', '95.00')]],
    },
    {
      ...contract(5006, '100506', 'Ю-00506/26', '2026-01-19'),
      party: company(56, 'АО «Энергосеть-₽»', {
        kpp: '027801001',
        year: 2021,
        bik: BIK.moscow,
        email: 'ako@energoset.example',
        phones: '+7 347 200-56-56',
        address: '450096, Республика Башкортостан, г. Уфа, ул. Комсомольская, д. 5006',
      }),
      acts: [[fee(20, '4880.00'), metered(61, '3', '366.00'), metered(60, '2', '95.00')]],
    },
    {
      ...contract(5007, '100507', 'Ф-100507', '2022-06-06'),
      prepaid: true,
      paid: '650.00',
      party: person('Мөхәмәтйәнова Зөлфиә Йәүҙәт ҡыҙы', {
        address: 'г. Уфа, ул. Ферина, д. 507, кв. 7',
        phones: '+7 917 405-07-07',
      }),
      acts: [[fee(20, '650.00')]],
    },
  ],
  exempt: [{ service: 60 }],
  numbers: {
    bill: { first: 701, print: (ordinal) => `${ordinal}/10` },
    act: { first: 1103, print: (ordinal) => `${ordinal}` },
    vatInvoice: { print: (ordinal) => `${ordinal}` },
    firstId: 51,
  },
  style: { decimal: '.', dates: 'iso' },
};
