/** What the invented provider sells. */
export interface SampleService {
  sid: number;
  title: string;
  /** Module instance of BGBilling. */
  mid: 2 | 3 | 4;
  unit: string;
  /** Title of the unit in document lines. */
  measure: string;
  outOfUse?: true;
}

export const MODULES = {
  2: { name: 'rscm', title: 'Разовые услуги' },
  3: { name: 'npay', title: 'Абонплаты' },
  4: { name: 'voice', title: 'Телефония' },
};

const ITEMS = '10000';
const SECONDS = '20000';

export const SERVICES: readonly SampleService[] = [
  { sid: 20, title: 'Доступ в Интернет (абонентская плата)', mid: 3, unit: '0', measure: 'мес.' },
  { sid: 21, title: 'Выделенный IP-адрес', mid: 3, unit: '0', measure: 'мес.' },
  { sid: 22, title: 'Доступ в Интернет по выделенной линии', mid: 3, unit: '0', measure: 'мес.' },
  { sid: 23, title: 'Доступ в Интернет "Деревня-2012"', mid: 3, unit: '0', measure: 'мес.', outOfUse: true },
  { sid: 30, title: 'Виртуальная частная сеть (VPN), порт', mid: 3, unit: ITEMS, measure: 'шт' },
  { sid: 40, title: 'Телефония: абонентская плата за номер', mid: 4, unit: ITEMS, measure: 'шт' },
  { sid: 41, title: 'Телефония: местные соединения', mid: 4, unit: SECONDS, measure: 'мин' },
  { sid: 42, title: 'Телефония: междугородные соединения', mid: 4, unit: SECONDS, measure: 'мин' },
  { sid: 50, title: 'Аренда оборудования', mid: 3, unit: ITEMS, measure: 'шт' },
  { sid: 60, title: 'Право использования антивируса (лицензия)', mid: 3, unit: ITEMS, measure: 'шт' },
  { sid: 61, title: 'Виртуальная АТС, рабочее место', mid: 3, unit: ITEMS, measure: 'шт' },
  { sid: 70, title: 'Подключение к сети (разовое)', mid: 2, unit: ITEMS, measure: 'шт' },
  { sid: 80, title: 'Кабельное телевидение', mid: 3, unit: '0', measure: 'мес.' },
  { sid: 90, title: 'Перерасчёт за перерыв связи', mid: 3, unit: '0', measure: 'мес.' },
];

export function serviceOf(sid: number): SampleService {
  const found = SERVICES.find((service) => service.sid === sid);
  if (!found) throw new Error(`no service ${sid}`);
  return found;
}
