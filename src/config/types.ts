import type { DocumentKind } from '../model/types.ts';
import type { DatedRate, VatRate, VatRounding } from '../model/vat.ts';
import type { DeliverConfig, EdoFolderConfig, SbisConfig } from './delivery.ts';
import type {
  AccrualConfig,
  FilterConfig,
  NumberingConfig,
  PaymentsConfig,
  PersonsConfig,
  ServicesConfig,
} from './formation.ts';
import type { MailConfig } from './mail.ts';

/** The effective configuration: every default filled in, every path absolute. */
export interface Config {
  /** Folder of the file: relative paths start here. */
  folder: string;
  installation: string;
  organizations: OrganizationConfig[];
  source: SourceConfig;
  onec: {
    infobase?: { id: string; connection: string[] } | undefined;
    /** Version of EnterpriseData. Absent: by the passport of the base, else the default; a build fills it in. */
    format?: string | undefined;
    /** By the base's passport: that it chose the version, and the rates the base does not know. No key of the file. */
    byPassport?: { format?: true; rates?: VatRate[] } | undefined;
    bill: 'ЗаказКлиента' | 'СчетПокупателю';
    post: boolean;
    vatInvoice: { method: 'paper' | 'electronic' };
    reducedRateKind: 'Пониженная' | 'Общая';
    /** Bills also as CommerceML, in files of their own beside the message. */
    commerceml?: boolean | undefined;
  };
  documents: {
    /** `billing`: BGBilling made the documents; `accrual`: they are made here of what it charged. */
    mode: 'billing' | 'accrual';
    types: Record<string, DocumentKind | 'ignore'>;
    upd: boolean;
    negativeLines: 'fold' | 'leave-out';
    accrual: AccrualConfig;
  };
  numbering: NumberingConfig;
  lines: { fallback?: string | undefined };
  vat: {
    included: boolean;
    /** Where VAT is rounded: in each line, or in the document by rates, with the residue in its largest line. */
    rounding: VatRounding;
    /** Dated general rate. */
    rates: DatedRate[];
    /** The first that matches counts: contract, then service, then organisation. */
    overrides: VatOverride[];
  };
  services: ServicesConfig;
  persons: PersonsConfig;
  filter: FilterConfig;
  charges: { types: Record<string, 'sale' | 'ignore'> };
  payments: PaymentsConfig;
  exchange: {
    dir: string;
    /** Seconds between two looks into the folder. */
    poll: number;
    /** Where the key of receipts is: with one, receipts without a right signature are refused. */
    receiptKeyEnv?: string | undefined;
    receiptKeyFile?: string | undefined;
  };
  /** `db`: the watcher takes a month from the database by itself when it is closed there. */
  watch: { source: 'inbox' | 'db' };
  /** Days that files and personal data are kept, 0: for ever; and copies of the journal. */
  retention: { exchange: number; journal: number; backups: number };
  journal: { path: string };
  print: PrintConfig;
  deliver: DeliverConfig;
  channels: {
    sbis?: SbisConfig | undefined;
    edoFolder?: EdoFolderConfig | undefined;
    bitrix24?: Bitrix24Config | undefined;
    mail?: MailConfig | undefined;
  };
  /** Whether personal data of persons may go there (152-ФЗ). */
  consent: { bitrix24: boolean; mail: boolean };
}

/** Who has the last word on a kind of data: 1C, the CRM, or nobody, because it is not brought over. */
export type DataOwner = 'onec' | 'crm' | 'off';

/** The CRM: an incoming webhook, whose address is a secret. */
export interface Bitrix24Config {
  webhookEnv?: string | undefined;
  webhookFile?: string | undefined;
  /** Requests a second that the portal's plan allows. */
  rate: number;
  /** Employee of the portal who is responsible for new cards. */
  responsible?: number | undefined;
  owners: {
    title: DataOwner;
    requisites: DataOwner;
    bank: DataOwner;
    legalAddress: DataOwner;
    actualAddress: DataOwner;
    phones: DataOwner;
    emails: DataOwner;
    contract: 'onec' | 'off';
  };
  documents: 'comment' | 'invoice' | 'off';
}

/** Where a month comes from. */
export type SourceConfig = FileSourceConfig | DbSourceConfig;

interface AnySourceConfig {
  /** Of files; for the database: of the CSV set that `bg1c export` writes. */
  encoding: 'auto' | 'windows-1251' | 'utf-8';
  /** Column of `clients` that holds the personal account. */
  account: string;
}

export interface FileSourceConfig extends AnySourceConfig {
  kind: 'bgbilling-csv' | 'bgbilling-xml' | 'bgbilling-json';
}

/** BGBilling's own database (MariaDB, MySQL), read only. */
export interface DbSourceConfig extends AnySourceConfig {
  kind: 'bgbilling-db';
  db: DbConfig;
  /** Id of the module «bill»: the suffix of its tables. */
  billModule: number;
  /** Ids of contract parameters (`contract_parameters_pref.id`); of several the first that is filled counts. */
  parameters?: Partial<Record<ParameterName, number | number[]>> | undefined;
  /** The number by which January is stored in the tables of documents: 0 or 1. */
  monthOffset?: { invoice?: 0 | 1 | undefined; bill?: 0 | 1 | undefined } | undefined;
}

export type ParameterName =
  | 'nameShort'
  | 'nameFull'
  | 'person'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'bik'
  | 'bankAccount'
  | 'address'
  | 'email'
  | 'phones'
  | 'contractDate'
  | 'account';

/** A connection: a URL in an environment variable, or its parts with the password in a variable or a file. */
export interface DbConfig {
  urlEnv?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
  socket?: string | undefined;
  user?: string | undefined;
  database?: string | undefined;
  passwordEnv?: string | undefined;
  passwordFile?: string | undefined;
  /** True: encrypted, and the certificate is checked. */
  tls?: boolean | undefined;
  /** Certificates of the authority that signed the server's one (PEM). */
  caFile?: string | undefined;
}

export interface OrganizationConfig {
  code: string;
  name: string;
  fullName: string;
  inn: string;
  kpp?: string | undefined;
  ogrn?: string | undefined;
  address?: string | undefined;
  /** BGBilling firm ids whose contracts belong to this organisation. */
  firms: string[];
  bank?:
    | { bik: string; account: string; name?: string | undefined; correspondentAccount?: string | undefined }
    | undefined;
  /** Participant of electronic exchange, as its operator names it. */
  edoId?: string | undefined;
  signer?: SignerConfig | undefined;
}

/** Who signs УПД. */
export interface SignerConfig {
  position?: string | undefined;
  name: { last: string; first: string; middle?: string | undefined };
  /** СпосПодтПолном: 1 by the data of the signature, 3 by an МЧД, 5 by a power of attorney on paper. */
  authority: 1 | 3 | 5;
  mchd?: { number: string; issued: string; system: string } | undefined;
  paper?: { number: string; issued: string } | undefined;
}

export interface VatOverride {
  organization?: string | undefined;
  /** BGBilling sid. */
  service?: string | undefined;
  /** BGBilling cid. */
  contract?: string | undefined;
  from?: string | undefined;
  rate: VatRate;
}

export interface PrintConfig {
  /** Folder with the customer's own templates. */
  templates?: string | undefined;
  /** Payment code on bills. */
  qr: boolean;
  /** Days from a bill's date to the last day of payment. */
  dueDays?: number | undefined;
  /** By `organizations[].code`. */
  organizations: Record<string, PrintOrganizationConfig>;
}

/** What the forms of one organisation bear; pictures are files. */
export interface PrintOrganizationConfig {
  logo?: string | undefined;
  stamp?: string | undefined;
  headSignature?: string | undefined;
  accountant?: string | undefined;
  accountantSignature?: string | undefined;
  /** Of a sole trader: when it was registered. */
  registered?: string | undefined;
}
