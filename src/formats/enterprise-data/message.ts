import type { Config, OrganizationConfig } from '../../config/types.ts';
import type { Identity } from '../../model/identity.ts';
import { firstDay, type Period, shiftPeriod } from '../../model/period.ts';
import type { Document, Organization, Service } from '../../model/types.ts';
import { type CompiledWriter, compileWriter } from '../../schema/compile-writer.ts';
import { loadProfile } from '../../schema/load.ts';
import { fixed, group, type Mapping, plain, rows } from '../../schema/mapping.ts';
import type { Profile } from '../../schema/profile.ts';
import { MESSAGE_NAMESPACE } from '../../schema/simple-types.ts';
import type { ContractResult, RowRefs, Sourced } from '../../sources/assembly/sourced.ts';
import { ZERO_UUID } from '../../support/ids.ts';
import type { FieldPath, FormatObject } from '../format.ts';
import { bankAccountMapping, contractMapping, counterpartyMapping, serviceMapping } from './mapping/catalogs.ts';
import { billMapping, type DocumentOptions, saleMapping, vatInvoiceMapping } from './mapping/documents.ts';
import type { BankAccountView, ContractView, DocumentView, VatInvoiceView } from './views.ts';

/** Version of the message envelope (package ExchangeMessage). */
const ENVELOPE = '3.1';
const SALE = 'Документ.РеализацияТоваровУслуг';
const VAT_INVOICE = 'Документ.СчетФактураВыданный';

/** What a message of one organisation and period is made by: writers compiled once for all its parts. */
export interface MessageFormat {
  readonly organization: Organization;
  readonly profile: Profile;
  /** `Message_<from>_<to>.xml` */
  readonly fileName: string;
  /** Which field of the model stands at which path, by element. */
  readonly paths: Readonly<Record<string, readonly FieldPath[]>>;
  /** @param seq number of the message, from 1 */
  head(seq: number): string;
  readonly tail: string;
  /** Writes the objects of one part; references go in once. */
  part(): (contract: ContractResult) => FormatObject[];
}

export function createMessageFormat(config: Config, organization: OrganizationConfig, period: Period, identity: Identity, profile: Profile): MessageFormat {
  const seller = organizationRecord(organization, identity);
  const options: DocumentOptions = {
    vatInvoiceMethod: config.onec.vatInvoice.method === 'paper' ? 'НаБумажномНосителе' : 'ВЭлектронномВиде',
    reducedRateKind: config.onec.reducedRateKind,
  };
  const bill = `Документ.${config.onec.bill}`;
  const writers = {
    counterparty: compileWriter(profile, 'Справочник.Контрагенты', counterpartyMapping),
    account: compileWriter(profile, 'Справочник.БанковскиеСчета', bankAccountMapping),
    contract: compileWriter(profile, 'Справочник.Договоры', contractMapping),
    service: compileWriter(profile, 'Справочник.Номенклатура', serviceMapping),
    sale: compileWriter(profile, SALE, saleMapping(options)),
    vatInvoice: compileWriter(profile, VAT_INVOICE, vatInvoiceMapping(options)),
    bill: compileWriter(profile, bill, billMapping(options)),
  };
  const header = compileWriter(loadProfile('exchange-message', ENVELOPE), 'Header', headerMapping(profile), 'msg:');
  const from = identity.node();
  const to = config.onec.infobase?.id.toLowerCase() ?? ZERO_UUID;
  return {
    organization: seller,
    profile,
    fileName: `Message_${from}_${to}.xml`,
    paths: {
      'Справочник.Контрагенты': writers.counterparty.paths,
      'Справочник.БанковскиеСчета': writers.account.paths,
      'Справочник.Договоры': writers.contract.paths,
      'Справочник.Номенклатура': writers.service.paths,
      [SALE]: writers.sale.paths,
      [VAT_INVOICE]: writers.vatInvoice.paths,
      [bill]: writers.bill.paths,
    },
    head: (seq) => messageHead(profile, header.write, { from, to, seq, created: `${firstDay(shiftPeriod(period, 1))}T00:00:00` }),
    tail: '</Body>\n</Message>\n',
    part: () => createPartWriter(writers, bill, seller),
  };
}

interface Writers {
  counterparty: CompiledWriter<ContractResult['counterparty']['record']>;
  account: CompiledWriter<BankAccountView>;
  contract: CompiledWriter<ContractView>;
  service: CompiledWriter<Service>;
  sale: CompiledWriter<DocumentView>;
  vatInvoice: CompiledWriter<VatInvoiceView>;
  bill: CompiledWriter<DocumentView>;
}

function createPartWriter(writers: Writers, bill: string, organization: Organization): (contract: ContractResult) => FormatObject[] {
  const sent = new Set<string>();
  const services = new Map<string, Service>();
  return ({ counterparty, contract, services: used, documents }) => {
    const objects: FormatObject[] = [];
    const put = <T>(element: string, uuid: string, writer: CompiledWriter<T>, view: T, rows: RowRefs, lines?: readonly RowRefs[]): void => {
      if (sent.has(uuid)) return;
      sent.add(uuid);
      objects.push({ element, uuid, xml: writer.write(view), rows, ...(lines && { lines }), losses: writer.lossesOf(view) });
    };
    const buyer = counterparty.record;
    put('Справочник.Контрагенты', buyer.uuid, writers.counterparty, buyer, counterparty.rows);
    if (buyer.bank)
      put('Справочник.БанковскиеСчета', buyer.bank.uuid, writers.account, { counterparty: buyer, bank: buyer.bank }, counterparty.rows);
    const view: ContractView = { contract: contract.record, counterparty: buyer, organization };
    put('Справочник.Договоры', contract.record.uuid, writers.contract, view, { ...counterparty.rows, ...contract.rows });
    for (const { record, rows } of used) {
      services.set(record.uuid, record);
      put('Справочник.Номенклатура', record.uuid, writers.service, record, rows);
    }
    for (const found of documents) putDocument(found, documentView(found, view, services), writers, bill, put);
    return objects;
  };
}

type Put = <T>(element: string, uuid: string, writer: CompiledWriter<T>, view: T, rows: RowRefs, lines?: readonly RowRefs[]) => void;

function putDocument({ record, rows, lines }: Sourced<Document>, view: DocumentView, writers: Writers, bill: string, put: Put): void {
  switch (record.record) {
    case 'bill':
      return put(bill, record.uuid, writers.bill, view, rows, lines);
    case 'act':
      return put(SALE, record.uuid, writers.sale, view, rows, lines);
    case 'vat-invoice': {
      const act = { uuid: record.act, number: record.actNumber, date: record.actDate };
      return put(VAT_INVOICE, record.uuid, writers.vatInvoice, { ...view, act }, rows, lines);
    }
    case 'upd': {
      put(SALE, record.uuid, writers.sale, view, rows, lines);
      if (record.vatInvoiceUuid === undefined) return undefined;
      const act = { uuid: record.uuid, number: record.number, date: record.date };
      return put(VAT_INVOICE, record.vatInvoiceUuid, writers.vatInvoice, { ...view, uuid: record.vatInvoiceUuid, act }, rows, lines);
    }
  }
}

function documentView({ record }: Sourced<Document>, view: ContractView, services: ReadonlyMap<string, Service>): DocumentView {
  const lines = record.lines.map((line, index) => ({ number: index + 1, line, service: services.get(line.service)! }));
  return { ...view, document: record, uuid: record.uuid, lines };
}

interface Header {
  from: string;
  to: string;
  seq: number;
  created: string;
}

/** Header without a node, all five elements of Confirmation (decisions 3; facts: EnterpriseData §3). */
function headerMapping({ namespace, version }: Profile): Mapping<Header> {
  return {
    Format: fixed(namespace),
    CreationDate: plain('computed: первая секунда после периода', ({ created }) => created),
    Confirmation: group((header) => header, {
      ExchangePlan: fixed('СинхронизацияДанныхЧерезУниверсальныйФормат'),
      To: plain('config:onec.infobase.id', ({ to }: Header) => to),
      From: plain('config:installation', ({ from }: Header) => from),
      MessageNo: plain('computed: номер пакета организации', ({ seq }: Header) => String(seq)),
      ReceivedNo: fixed('0'),
    }),
    AvailableVersion: rows(() => [version], { '#text': plain('fixed', (one: string) => one) }),
  };
}

function messageHead(profile: Profile, writeHeader: (header: Header) => string, header: Header): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Message xmlns:msg="${MESSAGE_NAMESPACE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n` +
    `${writeHeader(header)}\n<Body xmlns="${profile.namespace}">\n`
  );
}

function organizationRecord(organization: OrganizationConfig, identity: Identity): Organization {
  const { code, name, fullName, inn, kpp, ogrn, address, bank } = organization;
  return {
    record: 'organization',
    uuid: identity.organization(inn, kpp ?? ''),
    code,
    kind: inn.length === 10 ? 'legal-entity' : 'sole-trader',
    name,
    fullName,
    inn,
    ...(kpp && { kpp }),
    ...(ogrn && { ogrn }),
    ...(address && { address }),
    ...(bank && {
      bank: {
        uuid: identity.bankAccount(inn, bank.account, bank.bik),
        account: bank.account,
        bik: bank.bik,
        ...(bank.name && { bankName: bank.name }),
        ...(bank.correspondentAccount && { correspondentAccount: bank.correspondentAccount }),
      },
    }),
  };
}
