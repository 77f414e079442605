import { fault } from '../../faults/fault.ts';
import { counterpartyKey } from '../../model/identity.ts';
import type { Contract, Counterparty } from '../../model/types.ts';
import { checkRequisites, type RequisiteField, splitEmails, splitPhones } from '../../rules/requisites.ts';
import { fitText } from '../../rules/texts.ts';
import { russianDate } from '../../support/dates.ts';
import { cut } from '../../support/text.ts';
import type { Cells } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import { counterpartyUuid } from './counterparty-uuid.ts';
import { refs, type Sourced } from './sourced.ts';

/** A longer one is no account; so long, a contract's name of 100 characters still holds it whole. */
export const ACCOUNT_LIMIT = 70;
/** `contract.title` of BGBilling. */
const TITLE_LIMIT = 150;
/** Lengths of 1C's fields (facts: БП 3.0 §2). */
export const NAME_LIMIT = 100;
const FULL_NAME_LIMIT = 250;
export const CONTRACT_NUMBER_LIMIT = 20;

const COLUMN: Record<RequisiteField, 'inn' | 'kpp' | 'ogrn' | 'bank_bik' | 'bank_account'> = {
  inn: 'inn',
  kpp: 'kpp',
  ogrn: 'ogrn',
  bik: 'bank_bik',
  account: 'bank_account',
};

/**
 * The buyer of a contract. Contracts with one ИНН and КПП share one counterparty: the smallest cid's, because contracts
 * come in ascending order; differences are said.
 */
export function assembleCounterparty(
  client: Cells<'clients'>,
  row: { line: number; file: number; cells: readonly string[] },
  contract: { id: string; number: string; account: string; sharedInn: boolean },
  context: AssemblyContext,
): Sourced<Counterparty> | undefined {
  const { report } = context;
  const short = client.text('name_short');
  const full = client.text('name_full');
  if (short === '' && full === '') {
    report(fault('BG1C-NAME-MISSING', { contract: contract.number }, client.where('name_short')));
    return undefined;
  }
  const name = short || full;
  const requisites = checkRequisites(
    {
      name,
      business: client.flag('fc') ?? false,
      contractNumber: contract.number,
      inn: client.raw('inn'),
      kpp: client.raw('kpp').toUpperCase(),
      ogrn: client.raw('ogrn'),
      bik: client.raw('bank_bik'),
      account: client.raw('bank_account'),
    },
    (field) => client.where(COLUMN[field]),
    report,
  );
  const { inn, kpp } = requisites;
  const address = client.text('legal_address');
  const uuid = counterpartyUuid(contract, inn, kpp, client, context);
  const record: Counterparty = {
    record: 'counterparty',
    uuid,
    kind: requisites.kind,
    name: distinctName(name, kpp, contract.account, client, context),
    fullName: fitText(full || short, FULL_NAME_LIMIT, 'Полное название', client.where('name_full'), report),
    ...(inn && { inn }),
    ...(kpp && { kpp }),
    ...(requisites.ogrn && { ogrn: requisites.ogrn }),
    ...(address && { address }),
    emails: splitEmails(client.raw('email'), name, client.where('email'), report),
    phones: splitPhones(client.raw('phones'), client.where('phones'), report),
    ...(requisites.bank && {
      bank: {
        uuid: context.identity.bankAccount(uuid, requisites.bank.account, requisites.bank.bik),
        ...requisites.bank,
      },
    }),
  };
  return mergeParty({ record, rows: refs('clients', [row]) }, contract, client, context);
}

/**
 * One ИНН and КПП is one counterparty, and so is one UUID (the journal gives it also to a contract whose requisites were
 * changed): the first one met stays, what differs is said.
 */
function mergeParty(
  found: Sourced<Counterparty>,
  contract: { id: string; sharedInn: boolean },
  client: Cells<'clients'>,
  context: AssemblyContext,
): Sourced<Counterparty> {
  const { inn, kpp } = found.record;
  const first = context.counterparties.find(found.record);
  if (!first) {
    // Of a hundred thousand buyers few meet another: the rest is not kept.
    if (mayComeAgain(found.record, contract, context)) context.counterparties.keep(found);
    return found;
  }
  for (const [field, column, label] of [
    ['inn', 'inn', 'ИНН'],
    ['kpp', 'kpp', 'КПП'],
    ['name', 'name_short', 'название'],
    ['fullName', 'name_full', 'полное название'],
    ['address', 'legal_address', 'адрес'],
  ] as const) {
    const one = first.record[field] ?? '';
    const other = found.record[field] ?? '';
    if (
      one !== other &&
      other !== '' &&
      one.replace(/ \(л\/с .*\)$/, '') !== other.replace(/ \(л\/с .*\)$/, '')
    )
      context.report(
        fault(
          'BG1C-COUNTERPARTY-DIFFERS',
          { inn: inn || 'нет', kpp: kpp || 'нет', field: label, first: one, other },
          client.where(column),
        ),
      );
  }
  return first;
}

/** Another contract may come to the same counterparty: by its ИНН, or by what the journal remembers. */
function mayComeAgain(
  { uuid, inn, kpp }: Counterparty,
  { id, sharedInn }: { id: string; sharedInn: boolean },
  { identity, known }: AssemblyContext,
): boolean {
  return (
    sharedInn ||
    uuid !== identity.counterparty(counterpartyKey(inn, kpp, id)) ||
    known.borneByOthers(uuid, id)
  );
}

/** 1C merges counterparties without КПП by name: namesakes get their personal account (decisions 4). */
function distinctName(
  name: string,
  kpp: string | undefined,
  account: string,
  client: Cells<'clients'>,
  context: AssemblyContext,
): string {
  if (kpp || !context.namesakes.has(name))
    return fitText(name, NAME_LIMIT, 'Название', client.where('name_short'), context.report);
  context.report(fault('BG1C-COUNTERPARTY-NAMESAKE', { name }, client.where('name_short')));
  const suffix = ` (л/с ${account})`;
  return cut(name, NAME_LIMIT - suffix.length).trimEnd() + suffix;
}

/** A contract of the billing; its name carries the personal account, for which 1C has no field. */
export function assembleContract(
  cells: Cells<'contracts'>,
  row: { line: number; file: number; cells: readonly string[] },
  account: string,
  counterparty: string,
  context: AssemblyContext,
): Sourced<Contract> | undefined {
  const id = cells.id('cid');
  const title = cells.required('contract_title');
  const date = cells.date('contract_date') ?? cells.date('date1');
  const mode = cells.integer('mode');
  if (id === undefined || title === undefined || cells.failed()) return undefined;
  const number = fitText(title, TITLE_LIMIT, 'Номер договора', cells.where('contract_title'), context.report);
  if (number.length > CONTRACT_NUMBER_LIMIT)
    context.report(
      fault(
        'BG1C-CONTRACT-NUMBER-CUT',
        { number, limit: CONTRACT_NUMBER_LIMIT },
        cells.where('contract_title'),
      ),
    );
  if (date === undefined)
    context.report(fault('BG1C-CONTRACT-DATE-MISSING', { contract: number }, cells.where('contract_date')));
  return {
    record: {
      record: 'contract',
      uuid: context.identity.contract(id),
      id,
      counterparty,
      number,
      ...(date && { date }),
      account,
      name: contractName(number, date, account),
      prepaid: mode === 1,
    },
    rows: refs('contracts', [row]),
  };
}

/** «№ 123 от 01.02.2024 (л/с 100245)»; the account is never cut off. */
export function contractName(number: string, date: string | undefined, account: string): string {
  const tail = `${date ? ` от ${russianDate(date)}` : ''} (л/с ${account})`;
  return `№ ${cut(number, NAME_LIMIT - 2 - tail.length)}${tail}`;
}
