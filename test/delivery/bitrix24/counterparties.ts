import type { OnecCard } from '../../../src/model/onec-card.ts';

/** Check digits of an ИНН of a legal entity. */
export function innOf(number: number): string {
  const body = `02${String(number).padStart(7, '0')}`;
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
  const sum = weights.reduce((all, weight, index) => all + weight * Number(body[index]), 0);
  return `${body}${(sum % 11) % 10}`;
}

export function refOf(number: number): string {
  return `7b1d40a2-52aa-11ee-9d2a-${String(number).padStart(12, '0')}`;
}

/** Card number so and so of an invented base: requisites, an account, two addresses, a telephone, an e-mail, a contract. */
export function counterparty(number: number, edit: Partial<OnecCard> = {}): OnecCard {
  return {
    ref1c: refOf(number),
    kind: 'legal-entity',
    name: `ООО «Абонент ${number}»`,
    fullName: `Общество с ограниченной ответственностью «Абонент ${number}»`,
    inn: innOf(number),
    kpp: '027401001',
    ogrn: '1120299000051',
    addresses: [
      { kind: 'legal', text: `450077, г. Уфа, ул. Ленина, д. ${number}` },
      { kind: 'actual', text: `450000, г. Уфа, ул. Кирова, д. ${number}` },
    ],
    phones: [`+7 347 2${String(number).padStart(6, '0')}`],
    emails: [`buh@abonent${number}.example`],
    bankAccounts: [
      {
        account: `40702810${String(number).padStart(12, '0')}`,
        bik: '048073601',
        bankName: 'БАШКИРСКОЕ ОТДЕЛЕНИЕ N8598',
        main: true,
      },
    ],
    contracts: [
      {
        ref1c: `c26c3b78-21fc-5f19-b885-${String(number).padStart(12, '0')}`,
        name: `№ Ю-${number} от 01.03.2019 (л/с ${100000 + number})`,
      },
    ],
    ...edit,
  };
}

export function counterparties(count: number): OnecCard[] {
  return Array.from({ length: count }, (_, index) => counterparty(index + 1));
}
