import iconv from 'iconv-lite';
import type { UpdDocument, UpdSetting, UpdSource } from '../../../src/formats/upd/source.ts';
import type {
  Act,
  Contract,
  Counterparty,
  Line,
  Organization,
  Service,
  Upd,
  VatInvoice,
} from '../../../src/model/types.ts';
import type { VatRate } from '../../../src/model/vat.ts';
import { vatInside } from '../../../src/model/vat.ts';

/** Invented parties and documents. */

export const SELLER: Organization = {
  record: 'organization',
  uuid: '50b959a2-1e5c-5752-86db-12c0fa88e46e',
  code: 'bashnet',
  kind: 'legal-entity',
  name: 'ООО «Башнет»',
  fullName: 'Общество с ограниченной ответственностью «Башнет»',
  inn: '0299000011',
  kpp: '027401001',
  address: '450077, Республика Башкортостан, г. Уфа, ул. Достоевского, д. 100',
  bank: {
    uuid: '917c47f9-99ed-5459-87e5-8c3f31c17e26',
    account: '40702810206000000001',
    bik: '048073601',
    bankName: 'БАШКИРСКОЕ ОТДЕЛЕНИЕ N8598 ПАО СБЕРБАНК',
    correspondentAccount: '30101810300000000601',
  },
};

export const TRADER_SELLER: Organization = {
  record: 'organization',
  uuid: '50b959a2-1e5c-5752-86db-12c0fa88e46f',
  code: 'ip',
  kind: 'sole-trader',
  name: 'ИП Сафин Р. М.',
  fullName: 'Индивидуальный предприниматель Сафин Рустам Маратович',
  inn: '029900000161',
  ogrn: '304029900000018',
  address: '450000, г. Уфа, ул. Ленина, д. 1',
};

export const COMPANY: Counterparty = {
  record: 'counterparty',
  emails: [],
  phones: [],
  uuid: '8c8f1ad7-1f87-5a28-8c70-a8d115c57fbf',
  kind: 'legal-entity',
  name: 'ООО «Тулпар»',
  fullName: 'Общество с ограниченной ответственностью «Тулпар»',
  inn: '0299000050',
  kpp: '027401001',
  address: '450077, Республика Башкортостан, г. Уфа, ул. Ленина, д. 505, оф. 12',
  bank: { uuid: '0359a5fa-87e0-53bf-9f0f-24f60a469cd7', bik: '048073601', account: '40702810406000000005' },
};

export const TRADER: Counterparty = {
  record: 'counterparty',
  emails: [],
  phones: [],
  uuid: '8c8f1ad7-1f87-5a28-8c70-a8d115c57fc0',
  kind: 'sole-trader',
  name: 'ИП Иванова А. П.',
  fullName: 'ИП Иванова Анна Петровна',
  inn: '029900000235',
  ogrn: '304029900000029',
  address: '450000, г. Уфа, ул. Пушкина, д. 2',
};

export const PERSON: Counterparty = {
  record: 'counterparty',
  emails: [],
  phones: [],
  uuid: '8c8f1ad7-1f87-5a28-8c70-a8d115c57fc1',
  kind: 'person',
  name: 'Гәрәев Хәмит',
  fullName: 'Гәрәев Хәмит',
};

export const CONTRACT: Contract = {
  record: 'contract',
  uuid: 'c26c3b78-21fc-5f19-b885-054ddd14ad32',
  id: '1001',
  counterparty: COMPANY.uuid,
  number: 'Ю-00001/19',
  date: '2019-03-01',
  account: '100201',
  name: '№ Ю-00001/19 от 01.03.2019 (л/с 100201)',
  prepaid: false,
};

export const SERVICE: Service = {
  record: 'service',
  uuid: '663b9a03-9736-5adf-9df6-08c9560792e4',
  id: '20',
  name: 'Доступ в Интернет',
  fullName: 'Доступ в Интернет',
  unit: '796',
};

/** @param quantity scale 3 */
export function line(sum: number, rate: VatRate = 22, quantity = 1000): Line {
  return {
    service: SERVICE.uuid,
    content: 'Доступ в Интернет за октябрь 2026 г.',
    quantity,
    price: Math.round((sum * 1000) / quantity),
    sum,
    rate,
    vat: vatInside(sum, rate),
  };
}

function common(lines: Line[]) {
  return {
    uuid: '59b6ea3d-d789-51e2-bbc6-0d0bfd40abb6',
    key: 'invoice:3401',
    number: '1045',
    date: '2026-10-31',
    period: '2026-10',
    contract: CONTRACT.uuid,
    counterparty: COMPANY.uuid,
    account: CONTRACT.account,
    sum: lines.reduce((all, { sum }) => all + sum, 0),
    vat: lines.reduce((all, { vat }) => all + vat, 0),
    lines,
  };
}

/** СЧФДОП, or ДОП where nothing bears VAT. */
export function upd(lines: Line[]): Upd {
  const taxed = lines.some(({ rate }) => rate !== 'none');
  return {
    ...common(lines),
    record: 'upd',
    ...(taxed && { vatInvoiceUuid: 'bcd7ab03-0a33-5d49-aaf0-d215d5ad3ff0' }),
  };
}

export function act(lines: Line[]): Act {
  return { ...common(lines), record: 'act', number: 'А10/1045' };
}

export function vatInvoice(lines: Line[]): VatInvoice {
  const { uuid } = common(lines);
  return {
    ...common(lines),
    uuid: 'bcd7ab03-0a33-5d49-aaf0-d215d5ad3ff0',
    record: 'vat-invoice',
    act: uuid,
    actNumber: 'А10/1045',
    actDate: '2026-10-31',
  };
}

export function source(document: UpdDocument, changes: Partial<UpdSource> = {}): UpdSource {
  return {
    document,
    organization: SELLER,
    counterparty: COMPANY,
    contract: CONTRACT,
    lines: document.lines.map((one) => ({ line: one, service: SERVICE })),
    payments: [],
    ...changes,
  };
}

export const SETTING: UpdSetting = {
  signer: {
    position: 'Генеральный директор',
    name: { last: 'Каримов', first: 'Ильдар', middle: 'Фанисович' },
    authority: 1,
  },
  formed: { date: '2026-11-03', time: '11.00.00' },
};

/** The only document inside, as the writer wrote it. */
export function xmlOf(bytes: Buffer | undefined): string {
  return iconv.decode(bytes!, 'win1251');
}
