import { PERSONS_ACCOUNT } from '../../config/numbering.ts';
import type { OrganizationConfig } from '../../config/types.ts';
import { fault } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { lastDay, type Period } from '../../model/period.ts';
import { isInn } from '../../model/requisites.ts';
import type { Contract, Counterparty } from '../../model/types.ts';
import { vatInside } from '../../model/vat.ts';
import type { TableName } from '../tables.ts';
import type { Cells } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import { checkHead, emitDocuments, personsActs } from './documents.ts';
import { isTaxed, sumOf } from './draft-lines.ts';
import { type DocumentInput, keep, localDraft } from './drafts.ts';
import { type DraftLine, type LineOwner, linesOfCharges, settleLines } from './lines.ts';
import { type ContractResult, mergeRefs, type Sourced } from './sourced.ts';

/** What is summed up of the persons of each organisation for their one act (`persons.mode: aggregate`). */
export type PersonsBook = Map<string, PersonsTotal>;

interface PersonsTotal {
  organization: OrganizationConfig;
  contracts: number;
  /** What they were charged; undefined: the export has no accruals. */
  accrued: Kopecks | undefined;
  /** By service and rate. */
  lines: Map<string, TotalLine>;
}

/** Rows are added in place: there may be many persons. */
type TotalLine = DraftLine & { rows: Partial<Record<TableName, number[]>> };

/** A person: BGBilling says so, and no ИНН of an organisation contradicts (rules/requisites.ts says the same). */
export function isPerson(client: Cells<'clients'>): boolean {
  const inn = client.raw('inn');
  return client.raw('fc') === '0' && !(inn.length === 10 && isInn(inn));
}

/** Whose name the one act bears: one counterparty for all organisations, for 1C knows it by its name alone. */
export function collectiveCounterparty({ config, identity }: AssemblyContext): Counterparty {
  const { name, fullName = name } = config.persons.counterparty;
  return {
    record: 'counterparty',
    uuid: identity.counterparty('persons'),
    kind: 'person',
    collective: true,
    name,
    fullName,
    emails: [],
    phones: [],
  };
}

export function collectiveContract(organization: string, { config, identity }: AssemblyContext): Contract {
  const id = `persons-${organization}`;
  return {
    record: 'contract',
    uuid: identity.contract(id),
    id,
    counterparty: identity.counterparty('persons'),
    number: config.persons.contract,
    account: PERSONS_ACCOUNT,
    name: config.persons.contract,
    prepaid: false,
  };
}

/** Adds what a person was charged to the one act of the organisation. */
export function takePerson(
  book: PersonsBook,
  organization: OrganizationConfig,
  input: DocumentInput,
  context: AssemblyContext,
): void {
  const lines = personLines(input, context);
  if (lines.length === 0) return;
  const total = book.get(organization.code) ?? {
    organization,
    contracts: 0,
    accrued: context.source.has('accruals') ? 0 : undefined,
    lines: new Map(),
  };
  book.set(organization.code, total);
  total.contracts++;
  if (total.accrued !== undefined) total.accrued += accruedOf(input, context);
  for (const found of lines) {
    const key = `${found.line.service} ${found.line.rate}`;
    const known = total.lines.get(key);
    if (known) add(known, found);
    else total.lines.set(key, { ...found, rows: mergeRefs([found.rows]) });
  }
}

/** Of the acts that the billing made, or of everything that was charged; an act with an error is left out by itself. */
function personLines(input: DocumentInput, context: AssemblyContext): readonly DraftLine[] {
  if (context.config.documents.mode === 'accrual')
    return linesOfCharges(
      [...input.accruals, ...input.charges],
      { ...input.owner, number: `(л/с ${input.contract.account})`, where: input.origin },
      context,
    );
  const acts = personsActs(input, context);
  for (const act of acts) if (act.codes.length > 0) keep(act, context);
  return acts.flatMap(({ codes, lines }) => (codes.length === 0 ? lines : []));
}

/** For the reconciliation; what is wrong with a charge has been said, or is said of the lines. */
function accruedOf({ accruals, charges, owner, origin }: DocumentInput, context: AssemblyContext): Kopecks {
  const silent = { ...context, report: () => {} };
  const lines = linesOfCharges([...accruals, ...charges], { ...owner, number: '', where: origin }, silent);
  return lines.reduce((sum, { line }) => sum + line.sum, 0);
}

/** VAT is that of the whole sum: no person is shown a part of it. */
function add(known: TotalLine, { line, rows }: DraftLine): void {
  const sum = known.line.sum + line.sum;
  known.line = { ...known.line, quantity: 1000, price: sum, sum, vat: vatInside(sum, line.rate) };
  for (const [table, lines] of Object.entries(rows) as [TableName, readonly number[]][]) {
    const mine = known.rows[table] ?? [];
    known.rows[table] = mine;
    for (const one of lines) mine.push(one);
  }
}

/** Key of the one act of an organisation. */
function personsKey(period: Period, organization: string): string {
  return `persons:${period}:${organization}`;
}

/** The one act of each organisation, with a VAT invoice of КВО 26 where the settings want it; one after another. */
export function* assemblePersons(book: PersonsBook, outer: AssemblyContext): Generator<ContractResult> {
  const context = forPersons(outer);
  for (const total of book.values()) {
    const found = assembleTotal(total, context);
    if (found.documents.length > 0) yield found;
  }
}

/** Numbers of the one act come from its own template, unless 1C gives them; it is never an УПД. */
function forPersons(context: AssemblyContext): AssemblyContext {
  const { config } = context;
  const by = config.numbering.by === 'onec' ? 'onec' : 'own';
  return {
    ...context,
    config: {
      ...config,
      documents: { ...config.documents, upd: false },
      numbering: { by, map: [], template: { act: config.persons.number } },
    },
  };
}

function assembleTotal(
  { organization, contracts, accrued, lines }: PersonsTotal,
  context: AssemblyContext,
): ContractResult {
  const { config, period, services } = context;
  const { code } = organization;
  const counterparty: Sourced<Counterparty> = { record: collectiveCounterparty(context), rows: {} };
  const contract: Sourced<Contract> = { record: collectiveContract(code, context), rows: {} };
  const sorted = [...lines.values()].sort((a, b) => compareSid(a.line.service, b.line.service));
  const draft = (kind: 'act' | 'vat-invoice') =>
    localDraft(
      {
        kind,
        key: personsKey(period, code),
        label: `(${config.persons.counterparty.name})`,
        date: lastDay(period),
      },
      {},
      context,
    );
  const act = draft('act');
  const owner: LineOwner = { number: act.number, contract: '', organization, where: {} };
  act.sum = sumOf(sorted);
  act.lines = settleLines(sorted, owner, { ...context, report: act.report }) ?? [];
  const invoice =
    config.persons.salesBook === 'vat-invoice' && isTaxed(act)
      ? Object.assign(draft('vat-invoice'), { sum: act.sum, lines: act.lines })
      : undefined;
  const input: DocumentInput = {
    documents: [],
    linesByDocument: new Map(),
    accruals: [],
    charges: [],
    contract: contract.record,
    counterparty: counterparty.record,
    owner: { contract: '', organization },
    money: undefined,
    rows: {},
    origin: {},
  };
  checkHead(act, input, context);
  const set = { bills: [], acts: [act], tied: new Map(invoice ? [[act, invoice]] : []), loose: [] };
  const documents = emitDocuments(set, input, context);
  context.charged(contract.record.number, accrued, act.sum);
  for (const { record } of documents.slice(0, 1))
    report(context, organization.name, record.number, contracts, act.sum);
  return {
    organization: code,
    counterparty,
    contract,
    services: services.used(documents.map(({ record }) => record)),
    documents,
  };
}

function report(
  context: AssemblyContext,
  organization: string,
  number: string,
  contracts: number,
  sum: Kopecks,
): void {
  const values = { organization, number: number || 'без номера', contracts, sum: sumForPeople(sum) };
  context.report(fault('BG1C-PERSONS-AGGREGATED', values, { path: 'persons.mode' }));
}

function compareSid(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
