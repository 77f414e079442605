import { contract, fee, type Month, metered, type Subscriber } from '../month.ts';
import { PARTIES as P } from './october-2026-parties.ts';

/** October 2026 of the invented provider: 36 contracts, each for a reason (samples/october-2026/README.md). */

const SUBSCRIBERS: readonly Subscriber[] = [
  // ---- companies --------------------------------------------------------------------------------------
  {
    ...contract(1001, '100201', 'Ю-00001/19', '2019-03-01'),
    party: P.tulpar,
    opening: '-6283.01',
    paid: '6283.01',
    acts: [[fee(20, '6100.00'), fee(21, '183.01', { raw: '183.00500' })]],
  },
  {
    ...contract(1002, '100202', 'Ю-00012/24', '2024-02-01'),
    party: P.idelTrade,
    groups: ['Юрлица', 'ЭДО'],
    paid: '27450.00',
    acts: [[fee(22, '24400.00'), metered(30, '2', '1525.00')]],
  },
  {
    ...contract(1003, '100203', 'Ю-00013/24', '2024-02-01'),
    party: P.idelTradeBeloretsk,
    groups: ['Юрлица', 'ЭДО'],
    acts: [[fee(22, '9150.00'), metered(30, '1', '1525.00')]],
  },
  {
    ...contract(1004, '100204', 'Ю-00014/24', '2024-02-12'),
    party: P.idelTradeSterlitamak,
    groups: ['Юрлица', 'ЭДО'],
    acts: [[fee(20, '4880.00'), metered(50, '3', '150.00')]],
  },
  {
    ...contract(1005, '100205', 'ДС-1045', '2021-06-15'),
    party: P.caravan,
    opening: '500.00',
    paid: '3660.00',
    paidBack: '500.00',
    acts: [[fee(20, '3660.00')]],
  },
  {
    ...contract(1006, '100206', 'ДС-1046', '2021-06-15'),
    party: P.caravanPhones,
    tariff: 'Телефония-Офис',
    acts: [[metered(40, '4', '305.00'), metered(41, '412.5', '0.62'), metered(42, '18.2', '7.30')]],
  },
  {
    ...contract(1007, '100207', 'Ю-00107/20', '2020-01-09'),
    party: P.uralMed,
    relation: 'super',
    paid: '20313.00',
    acts: [[fee(22, '18300.00'), fee(21, '183.00')]],
  },
  {
    ...contract(1008, '100208', 'Ю-00107/20-1', '2020-01-09'),
    party: P.uralMedStore,
    relation: { superContract: 1007, balance: 'dependent' },
    acts: [],
    accrued: [fee(20, '1830.00')],
  },
  {
    ...contract(1009, '100209', 'Ю-00107/20-2', '2022-04-18'),
    party: P.uralMedSibay,
    relation: { superContract: 1007, balance: 'independent' },
    acts: [[fee(22, '7320.00')]],
  },
  {
    ...contract(1010, '100210', 'Ю-00118/23', '2023-08-21'),
    party: P.akIdel,
    tariff: 'Бизнес-100|Виртуальная АТС',
    acts: [[fee(20, '4880.00'), fee(21, '0.00', { raw: '0.00400' }), metered(61, '5', '366.00')]],
  },
  {
    ...contract(1011, '100211', 'Ю-00121/23', '2023-09-04'),
    party: P.nurFarm,
    acts: [[fee(20, '5490.00'), fee(90, '-531.29', { raw: '-531.29032' })]],
  },
  {
    ...contract(1012, '100212', 'ГК-00212/26', '2026-01-12'),
    party: P.hospital,
    groups: ['Юрлица', 'Бюджет'],
    acts: [[fee(22, '12200.00'), metered(40, '10', '305.00')]],
  },
  {
    ...contract(1013, '100213', 'МК-2026/0301300247626000123', '2026-01-15'),
    party: P.school,
    groups: ['Юрлица', 'Бюджет'],
    acts: [[fee(20, '2440.00'), fee(21, '183.00')]],
  },
  {
    ...contract(1014, '100214', 'Л-00014/25', '2025-11-05'),
    party: P.yondoz,
    tariff: 'Виртуальная АТС',
    acts: [[metered(61, '8', '300.00')]],
  },
  {
    ...contract(1015, '100215', 'Ю-00133/24', '2024-05-30'),
    party: P.agromir,
    acts: [[fee(20, '4270.00'), metered(60, '12', '95.00')]],
  },
  {
    ...contract(1016, '100216', 'Ю-00134/24', '2024-06-03'),
    party: P.furniture,
    paid: '7320.00',
    acts: [[fee(20, '3660.00')], [fee(20, '3660.00')]],
  },
  {
    ...contract(1017, '100217', 'Ю-00140/24', '2024-07-01'),
    party: P.sakmara,
    prepaid: true,
    paid: '5000.00',
    acts: [[fee(20, '2440.00'), fee(21, '183.00')]],
    bill: '5000.00',
    withoutLines: 'bill',
  },
  {
    ...contract(1018, '100218', 'б/н-18', ''),
    party: P.houseOwners,
    acts: [[fee(20, '1830.00'), fee(80, '1525.00')]],
  },
  {
    ...contract(1019, '100219', 'Ю-00301/26', '2026-10-09'),
    party: P.roofs,
    acts: [[fee(20, '1810.32', { raw: '1810.32258' }), fee(70, '1500.00', { charge: true })]],
  },
  {
    ...contract(1020, '100220', 'Ю-00302/26', '2026-10-12'),
    party: P.childrensClub,
    acts: [[fee(20, '1180.65', { raw: '1180.64516' }), fee(70, '2500.00', { charge: true })]],
    withoutLines: 'all',
  },
  {
    ...contract(1021, '100221', 'Ю-00150/24', '2024-10-01'),
    party: P.polus,
    prepaid: true,
    paid: '3650.00',
    acts: [[fee(20, '3050.00'), fee(50, '600.00')]],
    withoutLines: 'all',
  },
  {
    ...contract(1022, '100222', 'Ю-00003/15', '2015-12-28'),
    party: P.oilMachines,
    groups: ['Юрлица', 'ЭДО'],
    acts: [
      [
        fee(22, '1234567.89'),
        metered(30, '14', '1525.00'),
        metered(40, '120', '305.00'),
        metered(41, '20485.75', '0.62'),
      ],
    ],
  },
  {
    ...contract(1023, '100223', 'Ю-00160/25', '2025-03-17'),
    party: P.hopeCentre,
    acts: [[fee(20, '1220.00')]],
  },
  {
    ...contract(1024, '100224', 'Ю-00161/25', '2025-03-20'),
    party: P.guards,
    suspended: true,
    acts: [],
    accrued: [fee(20, '0.00')],
  },

  // ---- sole traders -----------------------------------------------------------------------------------
  {
    ...contract(1025, '100225', 'ИП-0007', '2022-01-10'),
    party: P.safin,
    prepaid: true,
    paid: '1830.00',
    acts: [[fee(20, '1830.00')]],
  },
  {
    ...contract(1026, '100226', 'ИП-0008', '2022-02-01'),
    party: P.valieva,
    prepaid: true,
    paid: '1403.00',
    acts: [[fee(20, '1220.00'), fee(21, '183.00')]],
  },
  {
    ...contract(1027, '100227', 'ИП-0011', '2022-11-14'),
    party: P.kuznetsov,
    acts: [[fee(20, '1220.00'), metered(50, '2', '250.00')]],
  },
  {
    ...contract(1028, '100228', 'ИП-0023', '2026-10-16'),
    party: P.akhmetshin,
    acts: [[fee(20, '650.33', { raw: '650.33333' })]],
    withoutLines: 'all',
  },
  {
    ...contract(1029, '100229', 'ИП-0015', '2023-05-02'),
    party: P.farm,
    tariff: 'Телефония-Офис',
    acts: [[metered(40, '1', '305.00'), metered(41, '1240', '0.485')]],
  },
  {
    ...contract(1030, '100230', 'ИП-0019', '2025-07-07'),
    party: P.pavlova,
    tariff: 'Антивирус',
    acts: [[metered(60, '3', '95.00')]],
  },

  // ---- persons ----------------------------------------------------------------------------------------
  {
    ...contract(1031, '100231', 'Ф-100231', '2018-04-20'),
    party: P.akhmetov,
    prepaid: true,
    paid: '650.00',
    acts: [[fee(20, '650.00')]],
  },
  {
    ...contract(1032, '100232', 'Ф-100232', '2019-09-02'),
    party: P.ivanovaUfa,
    prepaid: true,
    opening: '-120.00',
    paid: '800.00',
    acts: [[fee(20, '650.00')]],
  },
  {
    ...contract(1033, '100233', 'Ф-100233', '2023-05-01'),
    party: P.ivanovaSalavat,
    prepaid: true,
    paid: '850.00',
    acts: [[fee(20, '650.00'), fee(80, '200.00')]],
  },
  {
    ...contract(1034, '100234', 'Ф-100234', '2024-12-11'),
    party: P.petrov,
    prepaid: true,
    paid: '750.00',
    acts: [[fee(20, '750.00')]],
    bill: true,
  },
  {
    ...contract(1035, '100235', 'Ф-100235', '2020-08-08'),
    party: P.garipova,
    acts: [[fee(80, '400.00')]],
  },
  {
    ...contract(1036, '100236', 'Ф-100236', '2021-02-03'),
    ended: '2026-10-20',
    party: P.sharafutdinov,
    acts: [[fee(20, '419.35', { raw: '419.35484' })]],
  },
];

export const OCTOBER_2026: Month = {
  period: '2026-10',
  subscribers: SUBSCRIBERS,
  // The licence of the antivirus for everybody, the virtual PBX under the licence contract.
  exempt: [{ service: 60 }, { contract: 1014 }],
  numbers: {
    bill: { first: 501, print: (ordinal) => `${ordinal}/10` },
    act: { first: 1045, print: (ordinal) => `А10/${ordinal}` },
    vatInvoice: { print: (ordinal) => `${ordinal}` },
    firstId: 3401,
  },
  style: { decimal: ',', dates: 'mixed' },
};
