import { branch, company, person, site, soleTrader } from '../party.ts';
import { BIK, personInn } from '../requisites.ts';

/** Who the subscribers of October 2026 are. All invented; mail addresses end in `.example`. */

const idelTrade = company(2, 'ООО «Идель-Трейд»', {
  kpp: '027801001',
  year: 2008,
  bik: BIK.moscow,
  email: 'Бухгалтерия <buh@idel-trade.example>',
  phones: '+7 347 200-20-02',
  address: '450054, Республика Башкортостан, г. Уфа, пр-кт Октября, д. 801',
});
const caravan = company(3, 'ООО "Караван"', {
  kpp: '027601001',
  bik: BIK.uralsib,
  email: 'karavan@karavan.example',
  phones: '+7 347 200-30-03;+7 917 400-30-03',
  address: '450080, Республика Башкортостан, г. Уфа, ул. Менделеева, д. 900, оф. 3',
});
const uralMed = company(4, 'АО «Уралмедь-Сервис»', {
  kpp: '027401001',
  year: 2003,
  bik: BIK.ufa,
  email: 'docs@uralmed.example',
  phones: '+7 347 200-40-04',
  address: '450077, Республика Башкортостан, г. Уфа, ул. Пушкина, д. 704',
});

export const PARTIES = {
  tulpar: company(5, 'ООО «Тулпар»', {
    kpp: '027401001',
    bik: BIK.ufa,
    email: 'buh@tulpar.example; director@tulpar.example',
    phones: '+7 347 200-50-05; +7 917 400-50-05',
    address: '450077, Республика Башкортостан, г. Уфа, ул. Ленина, д. 505, оф. 12',
  }),

  // One ИНН: the head office and two branches with КПП of their own.
  idelTrade,
  idelTradeBeloretsk: branch(idelTrade, {
    short: 'ООО «Идель-Трейд», Белорецкий филиал',
    full: 'Белорецкий филиал Общества с ограниченной ответственностью «Идель-Трейд»',
    kpp: '025643001',
    address: '453500, Республика Башкортостан, г. Белорецк, ул. Точисского, д. 202',
    email: 'beloretsk@idel-trade.example',
  }),
  idelTradeSterlitamak: branch(idelTrade, {
    short: 'ООО «Идель-Трейд», Стерлитамакский филиал',
    full: 'Стерлитамакский филиал Общества с ограниченной ответственностью «Идель-Трейд»',
    kpp: '026843001',
    address: '453118, Республика Башкортостан, г. Стерлитамак, ул. Худайбердина, д. 302',
    email: 'str@idel-trade.example',
  }),

  // One ИНН and КПП, two contracts; the second was typed in with another form of the address.
  caravan,
  caravanPhones: { ...caravan, address: 'Уфа, Менделеева, 900-3' },

  // A super contract, a dependent site (no requisites of its own) and an independent branch.
  uralMed,
  uralMedStore: site(
    'АО «Уралмедь-Сервис», склад',
    '450032, Республика Башкортостан, г. Уфа, ул. Инициативная, д. 704',
  ),
  uralMedSibay: branch(uralMed, {
    short: 'АО «Уралмедь-Сервис», филиал в г. Сибай',
    full: 'Филиал Акционерного общества «Уралмедь-Сервис» в городе Сибай',
    kpp: '026743001',
    address: '453830, Республика Башкортостан, г. Сибай, ул. Горняков, д. 404',
    email: 'sibay@uralmed.example',
  }),

  akIdel: company(6, 'ООО "Логистика & Склад "Ак-Идель"', {
    kpp: '027301001',
    bik: BIK.moscow,
    email: 'info@ak-idel.example',
    phones: '+7 347 200-60-06',
    address: '450028, Республика Башкортостан, г. Уфа, ул. Производственная, д. 606',
  }),
  nurFarm: company(7, 'ООО «Нур-Фарм»', {
    kpp: '026601001',
    email: 'apteka@nur-farm.example',
    phones: '+7 3476 30-07-07',
    address: '453259, Республика Башкортостан, г. Салават, ул. Островского, д. 707',
  }),
  hospital: company(
    8,
    'ГБУЗ РБ «Межрайонный клинико-диагностический центр восстановительной медицины и реабилитации города Туймазы»',
    {
      full:
        'Государственное бюджетное учреждение здравоохранения Республики Башкортостан «Межрайонный клинико-диагностический центр ' +
        'восстановительной медицины и реабилитации города Туймазы с поликлиническим отделением, дневным стационаром ' +
        'и отделением телемедицинских консультаций имени первых врачей района»',
      kpp: '026901001',
      year: 2005,
      email: 'Канцелярия <priem@mkdc-tuymazy.example>\nbuh@mkdc-tuymazy.example',
      phones: '+7 34782 5-08-08',
      address: '452755, Республика Башкортостан, г. Туймазы, ул. Гафурова, д. 808',
    },
  ),
  school: company(9, 'МБОУ СОШ № 909 г. Нефтекамск', {
    full: 'Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа № 909 городского округа город Нефтекамск',
    kpp: '026401001',
    year: 2001,
    email: 'school909@edu.example',
    phones: '+7 34783 5-09-09',
    address: '452680, Республика Башкортостан, г. Нефтекамск, ул. Социалистическая, д. 909',
  }),
  yondoz: company(10, 'ООО «Йондоз Софт»', {
    kpp: '027801001',
    year: 2019,
    bik: BIK.uralsib,
    email: 'office@yondoz.example',
    phones: '+7 347 200-10-10',
    address: '450106, Республика Башкортостан, г. Уфа, ул. Степана Кувыкина, д. 1010',
  }),
  agromir: company(11, 'ООО «Агромир Дюртюли»', {
    kpp: '026401001',
    email: 'agromir@agromir.example',
    phones: '+7 34787 2-11-11',
    address: '452320, Республика Башкортостан, г. Дюртюли, ул. Чеверёва, д. 111',
  }),
  furniture: company(12, 'ООО "Башкирская мебель плюс"', {
    kpp: '026801001',
    bik: BIK.ufa,
    email: 'zakaz@bashmebel.example',
    phones: '+7 3473 20-12-12',
    address: '453103, Республика Башкортостан, г. Стерлитамак, ул. Гоголя, д. 1212',
  }),
  sakmara: company(13, 'ООО «Сакмара»', {
    kpp: '026701001',
    bik: BIK.ufa,
    email: 'sakmara@sakmara.example',
    phones: '+7 34775 3-13-13',
    address: '453837, Республика Башкортостан, г. Сибай, ул. Ленина, д. 1313',
  }),
  houseOwners: company(14, 'ТСЖ «Юрюзань»', {
    kpp: '027701001',
    balance: '40703',
    bik: BIK.ufa,
    email: 'tsj@yuruzan.example',
    phones: '+7 347 200-14-14',
    address: '450095, Республика Башкортостан, г. Уфа, ул. Правды, д. 1414',
  }),
  roofs: company(15, 'ООО «Кровля-Уфа»', {
    kpp: '027601001',
    year: 2024,
    bik: BIK.moscow,
    email: 'krovlya@krovlya-ufa.example',
    phones: '+7 917 400-15-15',
    address: '450097, Республика Башкортостан, г. Уфа, ул. Заводская, д. 1515',
  }),
  childrensClub: company(16, 'ООО «Детский клуб «Медвежонок»', {
    kpp: '026501001',
    year: 2026,
    email: 'hello@medvezhonok.example',
    phones: '+7 917 400-16-16',
    address: '452607, Республика Башкортостан, г. Октябрьский, ул. Садовое Кольцо, д. 1616',
  }),
  polus: company(17, 'ООО «Полюс-Тех»', {
    kpp: '027401001',
    bik: BIK.uralsib,
    email: 'polus@polus-teh.example',
    phones: '+7 347 200-17-17',
    address: '450006, Республика Башкортостан, г. Уфа, ул. Пархоменко, д. 1717',
  }),
  oilMachines: company(18, 'ПАО «Нефтемаш-Ишимбай»', {
    kpp: '026101001',
    year: 2002,
    bik: BIK.ufa,
    email: 'edo@neftemash.example, svyaz@neftemash.example',
    phones: '+7 34794 4-18-18',
    address: '453203, Республика Башкортостан, г. Ишимбай, пр-кт Ленина, д. 1818',
  }),
  hopeCentre: company(19, 'АНО "Центр поддержки семьи "Надежда"', {
    kpp: '025701001',
    balance: '40703',
    bik: BIK.ufa,
    email: 'Айгуль <aigul@nadezhda.example>\nanketa@nadezhda.example',
    phones: '+7 34784 4-19-19\n+7 917 400-19-19',
    address: '452450, Республика Башкортостан, г. Бирск, ул. Мира, д. 1919',
  }),
  guards: company(20, 'ООО «ЧОО «Беркут-2»', {
    kpp: '026201001',
    email: 'berkut@berkut-2.example',
    phones: '+7 34761 4-20-20',
    address: '453300, Республика Башкортостан, г. Кумертау, ул. Гафури, д. 2020',
  }),

  safin: soleTrader(101, 'Сафин Ринат Ильгизович', {
    bik: BIK.ufa,
    email: 'safin@safin.example',
    phones: '+7 917 401-01-01',
    address: '450022, Республика Башкортостан, г. Уфа, ул. Лесотехникума, д. 101',
  }),
  valieva: soleTrader(102, 'Валиева Лейсан Радиковна', {
    bik: BIK.uralsib,
    email: 'salon@valieva.example',
    phones: '+7 917 401-02-02',
    address: '453252, Республика Башкортостан, г. Салават, б-р Матросова, д. 102',
  }),
  kuznetsov: soleTrader(103, 'Кузнецов Андрей Викторович', {
    email: 'kuznetsov@kuznetsov.example',
    phones: '+7 917 401-03-03',
    address: '453120, Республика Башкортостан, г. Стерлитамак, ул. Артёма, д. 103',
  }),
  akhmetshin: soleTrader(104, 'Ахметшин Денис Маратович', {
    bik: BIK.moscow,
    email: 'dm@akhmetshin.example',
    phones: '+7 917 401-04-04',
    address: '450091, Республика Башкортостан, г. Уфа, ул. Кирова, д. 104',
  }),
  farm: soleTrader(105, 'Мухаметов Ильдар Талгатович', {
    full: 'Индивидуальный предприниматель глава крестьянского (фермерского) хозяйства Мухаметов Ильдар Талгатович',
    email: 'kfh@mukhametov.example',
    phones: '+7 917 401-05-05',
    address: '452780, Республика Башкортостан, Туймазинский р-н, с. Кандры, ул. Полевая, д. 105',
  }),
  pavlova: soleTrader(106, 'Павлова Ольга Сергеевна', {
    bik: BIK.ufa,
    email: 'pavlova@pavlova.example',
    phones: '+7 917 401-06-06',
    address: '450103, Республика Башкортостан, г. Уфа, ул. Софьи Перовской, д. 106',
  }),

  akhmetov: person('Ахметов Ринат Фаритович', {
    address: 'г. Уфа, ул. Рихарда Зорге, д. 201, кв. 1',
    phones: '+7 917 402-01-01',
  }),
  // Two different people of one name, both without an ИНН.
  ivanovaUfa: person('Иванова Мария Петровна', {
    address: 'г. Уфа, ул. Комсомольская, д. 202, кв. 2',
    phones: '+7 917 402-02-02',
  }),
  ivanovaSalavat: person('Иванова Мария Петровна', {
    address: 'г. Салават, ул. Калинина, д. 203, кв. 3',
    phones: '+7 917 402-03-03',
    email: 'mp.ivanova@mail.example',
  }),
  petrov: person('Петров Игорь Николаевич', {
    address: 'г. Бирск, ул. Интернациональная, д. 204',
    phones: '+7 917 402-04-04',
    email: 'petrov.in@mail.example',
  }),
  garipova: person('Гарипова Эльвира Рустамовна', {
    address: 'г. Белорецк, ул. Карла Маркса, д. 205, кв. 5',
    phones: '+7 917 402-05-05',
    inn: personInn(205),
  }),
  sharafutdinov: person('Шарафутдинов Азат Загирович', {
    address: 'г. Сибай, ул. Белова, д. 206, кв. 6',
    phones: '+7 917 402-06-06',
  }),
};
