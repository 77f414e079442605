/** How fields are called to a person. A field without a name here is ours alone: no difference in it is ever shown. */
const LABELS: Readonly<Record<string, string>> = {
  title: 'Название',
  lastName: 'Фамилия',
  name: 'Имя',
  secondName: 'Отчество',
  email: 'E-mail',
  phone: 'Телефон',
  RQ_COMPANY_NAME: 'Краткое наименование',
  RQ_COMPANY_FULL_NAME: 'Полное наименование',
  RQ_NAME: 'ФИО',
  RQ_LAST_NAME: 'Фамилия',
  RQ_FIRST_NAME: 'Имя',
  RQ_SECOND_NAME: 'Отчество',
  RQ_INN: 'ИНН',
  RQ_KPP: 'КПП',
  RQ_OGRN: 'ОГРН',
  RQ_OGRNIP: 'ОГРНИП',
  RQ_ACC_NUM: 'Расчётный счёт',
  RQ_BIK: 'БИК',
  RQ_BANK_NAME: 'Банк',
  card: 'Карточка',
};

const ADDRESSES: Readonly<Record<string, string>> = {
  'address:6': 'Юридический адрес',
  'address:1': 'Фактический адрес',
};

/** Stands for a whole part that a manager deleted. */
export const DELETED = 'deleted';
const PARTS: readonly (readonly [string, string])[] = [
  ['requisite', 'Реквизиты удалены'],
  ['bank:', 'Банковский счёт удалён'],
  ['address:', 'Адрес удалён'],
];

/** «КПП», «Юридический адрес»; undefined for what is not shown. */
export function fieldLabel(piece: string, field: string): string | undefined {
  if (field === DELETED) return PARTS.find(([prefix]) => piece.startsWith(prefix))?.[1];
  if (piece.startsWith('contact:')) return 'E-mail контактного лица';
  const address = ADDRESSES[piece];
  if (address !== undefined) return field === 'POSTAL_CODE' ? `${address}, индекс` : address;
  return LABELS[field];
}
