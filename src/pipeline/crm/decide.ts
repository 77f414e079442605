import { type Disk, realDisk } from '../../exchange/disk.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { CrmChange } from '../../journal/crm-changes.ts';
import { type Journal, journalFault } from '../../journal/journal.ts';
import { createIdentity, type Identity } from '../../model/identity.ts';
import type { OnecCard } from '../../model/onec-card.ts';
import { exitCodeOf } from '../exit.ts';
import { unreconciled } from '../journal/reconciled.ts';
import { readCards } from './cards.ts';
import { type CardPackage, type CardToSend, publishCards } from './package.ts';
import { changedCard, emailsOf, isBooked, newCounterparty, obstacle } from './proposals.ts';
import { type CrmOutcome, type CrmRequest, openCrm, type Worked } from './request.ts';

/** The list of differences, and the accountant's word on them. Nothing here asks the portal. */

export interface CrmList {
  portal: string;
  open: (CrmChange & { obstacle?: string | undefined })[];
  /** Sent in a package and, by the latest export of 1C, not there yet. */
  underWay: CrmChange[];
}

/** What waits for a decision, and what was decided and has not reached 1C. */
export function listChanges(request: CrmRequest): Promise<CrmOutcome<CrmList>> {
  return withChanges(request, async ({ journal, portal }) => {
    const { crmChanges } = journal.records;
    const open = crmChanges.list(portal, 'open').map((one) => ({ ...one, obstacle: obstacle(one) }));
    const sent = crmChanges
      .list(portal, 'sent')
      .filter((one) => one.package !== undefined && one.title !== '');
    const { found } = sent.length > 0 ? readCards(request.config, undefined, request.clock) : {};
    const cards = new Map((found?.cards ?? []).map((card) => [card.ref1c, card]));
    const underWay = found ? sent.filter((one) => !isBooked(one, cards)) : [];
    return { result: { portal, open, underWay }, faults: [] };
  });
}

/** Keeps 1C's values: the next push writes them into the CRM. */
export function refuseChanges(
  request: CrmRequest,
  numbers: readonly number[],
): Promise<CrmOutcome<{ refused: number }>> {
  return withChanges(request, async ({ journal, portal }) => {
    const { changes, faults } = chosen(journal, portal, numbers, (change) =>
      change.kind === 'which' && !isGone(journal, portal, change)
        ? 'отказать нельзя: свяжите карточки (bg1c bitrix24 link) или исправьте их в CRM'
        : undefined,
    );
    if (changes.length === 0) return { faults };
    journal.atomically(() => {
      const decided = { decided_at: request.clock().toISOString() };
      for (const change of changes) {
        journal.move('crm_change', [change.id], 'refused', decided);
        if (change.ref === undefined) continue;
        if (change.kind === 'which') forgetItem(journal, portal, change.ref);
        journal.records.crm.unsettle(portal, change.ref);
      }
    });
    return { result: { refused: changes.length }, faults };
  });
}

/** Says which item of the CRM a card of 1C is; the next push compares them. */
export function linkCard(
  request: CrmRequest,
  number: number,
  item: number,
): Promise<CrmOutcome<{ ref: string; item: number }>> {
  return withChanges(request, async ({ journal, portal }) => {
    const { changes, faults } = chosen(journal, portal, [number], ({ kind, ref }) =>
      kind === 'which' && ref !== undefined ? undefined : 'здесь связывать нечего',
    );
    const [change] = changes;
    if (!change) return { faults };
    const { crm } = journal.records;
    const ref = change.ref!;
    journal.atomically(() => {
      const other = crm.owner(portal, change.type, item);
      if (other) forgetItem(journal, portal, other.ref);
      forgetItem(journal, portal, ref);
      crm.keep(portal, { ref, type: change.type, id: item });
      journal.move('crm_change', [change.id], 'withdrawn', { decided_at: request.clock().toISOString() });
    });
    return { result: { ref, item }, faults };
  });
}

export interface Approved {
  /** Package for 1C; absent where all of it was for the address book. */
  package?: CardPackage | undefined;
  cards: number;
  emails: number;
}

/** Sends the CRM's values to 1C in a package of counterparties; e-mails go into the address book at once. */
export function approveChanges(
  request: CrmRequest & { disk?: Disk },
  numbers: readonly number[],
  file: string | undefined,
): Promise<CrmOutcome<Approved>> {
  return withChanges<Approved>(request, async ({ journal, portal }) => {
    const { config, clock, disk = realDisk } = request;
    const { found, fault: unread } = readCards(config, file, clock);
    if (!found) return { faults: [unread!] };
    const cards = new Map(found.cards.map((card) => [card.ref1c, card]));
    const begun = journal.begin() ?? unreconciled(journal);
    if (begun) return { faults: [begun] };
    const picked = chosen(journal, portal, numbers, (change) => blocked(change, cards));
    const {
      sends,
      changes,
      faults: contradictions,
    } = gather(picked.changes, cards, createIdentity(config.installation));
    const faults = [...picked.faults, ...contradictions];
    if (changes.length === 0) return { faults };
    const settle = (packageId: string | null): void => {
      for (const change of changes) {
        putEmails(journal, change, cards);
        journal.move('crm_change', [change.id], 'approved', { decided_at: clock().toISOString() });
        journal.move('crm_change', [change.id], 'sent', { package: packageId });
      }
    };
    const emails = changes.flatMap(emailsOf).length;
    if (sends.length === 0) {
      settle(null);
      journal.commit();
      return { result: { cards: 0, emails }, faults };
    }
    const { made, faults: refused } = await publishCards(sends, { config, journal, disk, clock }, settle);
    const all = [...faults, ...refused];
    return made ? { result: { package: made, cards: sends.length, emails }, faults: all } : { faults: all };
  });
}

function blocked(change: CrmChange, cards: ReadonlyMap<string, OnecCard>): string | undefined {
  if (change.ref !== undefined && !cards.has(change.ref)) return 'такой карточки в выгрузке 1С больше нет';
  return obstacle(change);
}

/** One record a card; changes that contradict each other stay in the list. */
function gather(
  picked: readonly CrmChange[],
  cards: ReadonlyMap<string, OnecCard>,
  identity: Identity,
): { sends: CardToSend[]; changes: CrmChange[]; faults: Fault[] } {
  const sends: CardToSend[] = [];
  const changes: CrmChange[] = [];
  const faults: Fault[] = [];
  const refuse = ({ id }: CrmChange, reason: string): void =>
    void faults.push(fault('BG1C-CRM-NUMBER', { number: id, reason }));
  const byRef = new Map<string, CrmChange[]>();
  for (const change of picked) {
    if (change.ref !== undefined) {
      byRef.set(change.ref, [...(byRef.get(change.ref) ?? []), change]);
      continue;
    }
    const send = newCounterparty(change, identity);
    if (sends.some(({ record }) => record.uuid === send.record.uuid))
      refuse(change, 'в CRM две компании с этими ИНН и КПП: объедините их');
    else {
      sends.push(send);
      changes.push(change);
    }
  }
  for (const [ref, mine] of byRef) {
    const { send, contradiction } = changedCard(cards.get(ref)!, mine, identity);
    if (contradiction !== undefined) refuse(mine[0]!, contradiction);
    else {
      if (send) sends.push(send);
      changes.push(...mine);
    }
  }
  return { sends, changes, faults };
}

function putEmails({ records }: Journal, change: CrmChange, cards: ReadonlyMap<string, OnecCard>): void {
  const card = change.ref === undefined ? undefined : cards.get(change.ref);
  const party =
    change.kind === 'new' ? (JSON.parse(change.theirs) as { inn: string; kpp: string }) : undefined;
  const of = card ? { inn: card.inn, kpp: card.kpp, counterparty: card.ref1c } : party!;
  for (const email of emailsOf(change)) records.addressBook.add(of, email, 'bitrix24');
}

/** Whether the item that a card had is deleted in the CRM: then a refusal makes it again. */
function isGone({ records }: Journal, portal: string, { ref }: CrmChange): boolean {
  return ref !== undefined && records.crm.card(portal, ref)?.id !== undefined;
}

function forgetItem({ records: { crm } }: Journal, portal: string, ref: string): void {
  const row = crm.card(portal, ref);
  if (!row) return;
  for (const piece of crm.pieces(portal, ref).keys()) crm.dropPiece(portal, ref, piece);
  crm.keep(portal, { ref, type: row.type });
}

/** The open findings with these numbers; a fault for each that cannot be decided so. */
function chosen(
  { records }: Journal,
  portal: string,
  numbers: readonly number[],
  problem: (change: CrmChange) => string | undefined,
): { changes: CrmChange[]; faults: Fault[] } {
  const changes: CrmChange[] = [];
  const faults: Fault[] = [];
  for (const number of new Set(numbers)) {
    const change = records.crmChanges.get(portal, number);
    const reason = !change ? 'такого номера нет' : change.state !== 'open' ? 'уже решено' : problem(change);
    if (reason === undefined) changes.push(change!);
    else faults.push(fault('BG1C-CRM-NUMBER', { number, reason }));
  }
  return { changes, faults };
}

async function withChanges<T>(
  request: CrmRequest,
  work: (at: { journal: Journal; portal: string }) => Promise<Worked<T>>,
): Promise<CrmOutcome<T>> {
  const end = ({ result, faults }: Worked<T>): CrmOutcome<T> => ({
    exit: exitCodeOf(faults, result !== undefined, 0),
    ...(result !== undefined && { result }),
    faults,
  });
  const { opened, fault: refused } = openCrm(request, false);
  if (!opened) return end({ faults: [refused!] });
  const { access, journal } = opened;
  try {
    return end(await work({ journal, portal: access.portal }));
  } catch (error) {
    const found = journalFault(request.config.journal.path, error);
    if (!found) throw error;
    return end({ faults: [found] });
  } finally {
    journal.rollback();
    journal.close();
  }
}
