import type { MessageFormat } from '../../../src/formats/enterprise-data/message.ts';
import type { Bill, Contract, Counterparty, Document, Line, Service } from '../../../src/model/types.ts';
import type { ContractResult, Sourced } from '../../../src/sources/assembly/sourced.ts';

/** One contract with one document of every kind, in rates that all versions but 1.2 can express. Invented data. */

const ids = (kind: number): string => `00000000-0000-5000-8000-${String(kind).padStart(12, '0')}`;

export const BUYER: Counterparty = {
  record: 'counterparty',
  uuid: ids(1),
  kind: 'legal-entity',
  name: 'ООО «Ромашка» & Ко',
  fullName: 'Общество с ограниченной ответственностью «Ромашка» & Ко',
  inn: '0274000002',
  kpp: '027401001',
  ogrn: '1040299000015',
  address: '450077, г. Уфа, ул. Ленина, д. 1',
  emails: ['buh@romashka.example'],
  phones: ['+7 347 200-00-00'],
  bank: { uuid: ids(2), account: '40702810206000000001', bik: '048073601' },
};

export const CONTRACT: Contract = {
  record: 'contract',
  uuid: ids(3),
  id: '17',
  counterparty: BUYER.uuid,
  number: '17',
  date: '2024-02-01',
  account: '100245',
  name: '№ 17 от 01.02.2024 (л/с 100245)',
  prepaid: false,
};

const INTERNET: Service = {
  record: 'service',
  uuid: ids(4),
  id: '1',
  name: 'Доступ в интернет',
  fullName: 'Услуги доступа в интернет',
  unit: '796',
};

const LINES: Line[] = [
  {
    service: INTERNET.uuid,
    content: 'Интернет',
    quantity: 1000,
    price: 120000,
    sum: 120000,
    rate: 20,
    vat: 20000,
  },
  {
    service: INTERNET.uuid,
    content: 'Аренда',
    quantity: 2000,
    price: 5000,
    sum: 10000,
    rate: 'none',
    vat: 0,
  },
];

function base(kind: number, number: string): Omit<Bill, 'record'> {
  return {
    uuid: ids(kind),
    key: `invoice:${kind}`,
    number,
    date: '2025-12-31',
    period: '2025-12',
    contract: CONTRACT.uuid,
    counterparty: BUYER.uuid,
    account: CONTRACT.account,
    sum: 130000,
    vat: 20000,
    lines: LINES,
  };
}

const ACT_ID = 6;

const DOCUMENTS: Document[] = [
  { ...base(5, 'С-1'), record: 'bill' },
  { ...base(ACT_ID, 'А-1'), record: 'act' },
  { ...base(7, 'Ф-1'), record: 'vat-invoice', act: ids(ACT_ID), actNumber: 'А-1', actDate: '2025-12-31' },
  { ...base(8, 'У-1'), record: 'upd', vatInvoiceUuid: ids(9) },
];

export const MONTH: ContractResult = {
  organization: 'bashnet',
  counterparty: { record: BUYER, rows: {} },
  contract: { record: CONTRACT, rows: {} },
  services: [{ record: INTERNET, rows: {} }],
  documents: DOCUMENTS.map((record): Sourced<Document> => ({ record, rows: {} })),
};

/** The month as a message, an object a line. */
export function messageOf(format: MessageFormat, result: ContractResult = MONTH): string {
  const objects = format
    .part()(result)
    .map(({ xml }) => `${xml}\n`);
  return `${format.head(1)}${objects.join('')}${format.tail}`;
}
