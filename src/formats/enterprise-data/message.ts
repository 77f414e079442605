import type { Config, OrganizationConfig } from '../../config/types.ts';
import type { Identity } from '../../model/identity.ts';
import { firstDay, type Period, shiftPeriod } from '../../model/period.ts';
import type { Counterparty, Document, Organization, Service } from '../../model/types.ts';
import { type CompiledWriter, compileWriter } from '../../schema/compile-writer.ts';
import { loadProfile } from '../../schema/load.ts';
import { fixed, group, type Mapping, plain, rows } from '../../schema/mapping.ts';
import type { Profile } from '../../schema/profile.ts';
import { MESSAGE_NAMESPACE } from '../../schema/simple-types.ts';
import type { ContractResult, RowRefs, Sourced } from '../../sources/assembly/sourced.ts';
import { ZERO_UUID } from '../../support/ids.ts';
import type { FieldPath, FormatObject } from '../format.ts';
import { DELETION, type Deletion, expressesCorrections } from './mapping/corrections.ts';
import { type BillElement, type DocumentOptions, SALE, VAT_INVOICE } from './mapping/documents.ts';
import type { BankAccountView, ContractView, DocumentView } from './views.ts';
import { compileDeletion, compileWriters, elementsOf, type Writers } from './writers.ts';

/** Version of the message envelope (package ExchangeMessage). */
const ENVELOPE = '3.1';

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
  /** Writes a counterparty alone, with its bank account. */
  counterparty(found: Sourced<Counterparty>): FormatObject[];
  /** Asks 1C to mark a document; only where the version can express it. */
  deletion(wanted: Deletion): FormatObject;
}

export function createMessageFormat(
  config: Config,
  organization: OrganizationConfig,
  period: Period,
  identity: Identity,
  profile: Profile,
): MessageFormat {
  const seller = organizationRecord(organization, identity);
  const options: DocumentOptions = {
    vatInvoiceMethod: config.onec.vatInvoice.method === 'paper' ? 'НаБумажномНосителе' : 'ВЭлектронномВиде',
    reducedRateKind: config.onec.reducedRateKind,
  };
  const bill: BillElement = `Документ.${config.onec.bill}`;
  const writers = compileWriters(profile, options, bill);
  const elements = elementsOf(bill);
  const header = compileWriter(
    loadProfile('exchange-message', ENVELOPE),
    'Header',
    headerMapping(profile),
    'msg:',
  );
  const deletion = compileDeletion(profile, bill);
  const from = identity.node();
  const to = config.onec.infobase?.id.toLowerCase() ?? ZERO_UUID;
  const created = `${firstDay(shiftPeriod(period, 1))}T00:00:00`;
  return {
    organization: seller,
    profile,
    fileName: `Message_${from}_${to}.xml`,
    paths: Object.fromEntries(
      Object.entries(writers).map(([name, { paths }]) => [elements[name as keyof Writers], paths]),
    ),
    head: (seq) => messageHead(profile, header.write, { from, to, seq, created }),
    tail: '</Body>\n</Message>\n',
    part: () => createPartWriter(writers, elements, seller),
    counterparty(found) {
      const { objects, put } = createPut(new Set());
      putBuyer(found, writers, elements, put);
      return objects;
    },
    deletion: (wanted) => ({
      element: DELETION,
      uuid: wanted.uuid,
      xml: deletion!.write(wanted),
      rows: {},
      losses: [],
    }),
  };
}

/** What of corrections a version can express. */
export interface ExpressedCorrections {
  /** Number and date of an исправление. */
  vatInvoice: boolean;
  deletion: boolean;
}

export function expressedCorrections(profile: Profile): ExpressedCorrections {
  return {
    vatInvoice: expressesCorrections(profile, VAT_INVOICE),
    deletion: Object.hasOwn(profile.roots, DELETION),
  };
}

type Put = <T>(
  element: string,
  uuid: string,
  writer: CompiledWriter<T>,
  view: T,
  rows: RowRefs,
  lines?: readonly RowRefs[],
) => void;

function createPartWriter(
  writers: Writers,
  elements: Readonly<Record<keyof Writers, string>>,
  organization: Organization,
): (contract: ContractResult) => FormatObject[] {
  const sent = new Set<string>();
  const services = new Map<string, Service>();
  return ({ counterparty, contract, services: used, documents }) => {
    const { objects, put } = createPut(sent);
    const buyer = counterparty.record;
    putBuyer(counterparty, writers, elements, put);
    const view: ContractView = { contract: contract.record, counterparty: buyer, organization };
    const rows = { ...counterparty.rows, ...contract.rows };
    put(elements.contract, contract.record.uuid, writers.contract, view, rows);
    for (const { record, rows } of used) {
      services.set(record.uuid, record);
      put(elements.service, record.uuid, writers.service, record, rows);
    }
    for (const found of documents)
      putDocument(found, documentView(found, view, services), writers, elements.bill, put);
    return objects;
  };
}

/** Objects that come, each once. @param sent UUIDs of those that came before */
function createPut(sent: Set<string>): { objects: FormatObject[]; put: Put } {
  const objects: FormatObject[] = [];
  const put: Put = (element, uuid, writer, view, rows, lines) => {
    if (sent.has(uuid)) return;
    sent.add(uuid);
    objects.push({ element, uuid, xml: writer.write(view), rows, lines, losses: writer.lossesOf(view) });
  };
  return { objects, put };
}

function putBuyer(
  { record: buyer, rows }: Sourced<Counterparty>,
  writers: Writers,
  elements: Readonly<Record<keyof Writers, string>>,
  put: Put,
): void {
  put(elements.counterparty, buyer.uuid, writers.counterparty, buyer, rows);
  if (!buyer.bank) return;
  const view: BankAccountView = { counterparty: buyer, bank: buyer.bank };
  put(elements.account, buyer.bank.uuid, writers.account, view, rows);
}

function putDocument(
  { record, rows, lines }: Sourced<Document>,
  view: DocumentView,
  writers: Writers,
  bill: string,
  put: Put,
): void {
  switch (record.record) {
    case 'bill':
      put(bill, record.uuid, writers.bill, view, rows, lines);
      break;
    case 'act':
      put(SALE, record.uuid, writers.sale, view, rows, lines);
      break;
    case 'vat-invoice': {
      const act = { uuid: record.act, number: record.actNumber, date: record.actDate };
      const invoice = { ...view, act, correction: record.correction };
      put(VAT_INVOICE, record.uuid, writers.vatInvoice, invoice, rows, lines);
      break;
    }
    case 'upd': {
      put(SALE, record.uuid, writers.sale, view, rows, lines);
      const uuid = record.vatInvoiceUuid;
      const act = { uuid: record.uuid, number: record.number, date: record.date };
      const invoice = { ...view, uuid, act, correction: record.correction };
      if (uuid !== undefined) put(VAT_INVOICE, uuid, writers.vatInvoice, { ...invoice, uuid }, rows, lines);
    }
  }
}

function documentView(
  { record }: Sourced<Document>,
  view: ContractView,
  services: ReadonlyMap<string, Service>,
): DocumentView {
  const { contract, counterparty, organization } = view;
  const lines = record.lines.map((line, index) => ({
    number: index + 1,
    line,
    service: services.get(line.service)!,
  }));
  return { contract, counterparty, organization, document: record, uuid: record.uuid, lines };
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
