import { carryOut, conclude, type PushRequest, type PushResult, type Task } from './carry-out.ts';
import { unclear } from './findings.ts';
import { itemKey, type Known, readKnown } from './known.ts';
import { groups } from './lists.ts';
import { type LocateContext, locate, type Place, taxpayersOf, untidyRequisites } from './locate.ts';
import type { Plan } from './plan.ts';
import { planCard } from './plan-card.ts';

export type { PushResult } from './carry-out.ts';

const CARDS_AT_ONCE = 200;
const ROUNDS = 4;
/** The portal ends a request after 60 s: what has not happened by then will not. */
const SETTLED_MS = 65_000;

/**
 * Brings the cards of 1C into the CRM. What is made there is put down before and after; where an answer was lost, the
 * portal is asked what it has and the plan is made anew, so that nothing is made twice.
 * @throws PortalError where the portal does not serve us; what was done until then is kept
 */
export async function push(request: PushRequest): Promise<PushResult> {
  const { journal, portal, cards, progress } = request;
  const rows = journal.records.crm.cards(portal.name);
  const dirty = cards.filter(({ ref, hash }) => rows.get(ref)?.hash !== hash);
  const result: PushResult = {
    unchanged: cards.length - dirty.length,
    created: 0,
    joined: 0,
    updated: 0,
    agreed: 0,
    unclear: 0,
    failed: [],
    edits: [],
  };
  const isNew = dirty.some(({ ref }) => rows.get(ref)?.id === undefined);
  const search = { taxpayers: taxpayersOf(cards), untidy: isNew ? await untidyRequisites(portal) : [] };
  let done = 0;
  for (const some of groups(dirty, CARDS_AT_ONCE)) {
    let tasks = some.map((card): Task => {
      const row = rows.get(card.ref) ?? { ref: card.ref, type: card.type };
      return { card, row: { ...row, hash: undefined }, joined: false, created: false, wrote: false };
    });
    for (let round = 1; tasks.length > 0; round++) {
      await settle(tasks, request);
      tasks = await bring(tasks, request, search, result);
      if (round < ROUNDS) continue;
      for (const { card } of tasks)
        result.failed.push({ ref: card.ref, title: card.title, reason: 'ответы портала теряются' });
      break;
    }
    done += some.length;
    progress?.(done, dirty.length);
  }
  return result;
}

/** Waits until a try whose outcome is not known has surely ended. */
async function settle(tasks: readonly Task[], { clock, sleep }: PushRequest): Promise<void> {
  const tried = tasks.flatMap(({ row }) => (row.triedAt === undefined ? [] : Date.parse(row.triedAt)));
  const left = Math.max(...tried, 0) + SETTLED_MS - clock().getTime();
  if (left > 0) await sleep(left);
}

/** One round: find, read, compare, write. @returns the tasks whose outcome is not known */
async function bring(
  tasks: readonly Task[],
  request: PushRequest,
  search: Pick<LocateContext, 'taxpayers' | 'untidy'>,
  result: PushResult,
): Promise<Task[]> {
  const { journal, portal, dryRun } = request;
  const lost = tasks.filter(({ row }) => row.id === undefined);
  const places = await locate({
    portal,
    cards: lost.map(({ card }) => card),
    ...search,
    owner: (type, item) => journal.records.crm.owner(portal.name, type, item),
  });
  for (const task of lost) {
    const place = places.get(task.card.ref);
    if (place?.place !== 'found') continue;
    task.joined = task.row.triedAt === undefined;
    task.created = !task.joined;
    task.row.id = place.item;
  }
  const known = await readKnown(
    portal,
    tasks.map(({ row }) => row),
  );
  const planned: { task: Task; plan: Plan }[] = [];
  for (const task of tasks) {
    const there = task.row.id === undefined ? undefined : known.get(itemKey(task.row.type, task.row.id));
    const problem = problemOf(task, places.get(task.card.ref), there);
    if (problem !== undefined) {
      result.unclear++;
      if (!dryRun) conclude(task, [unclear(task.card, problem)], request, false);
      continue;
    }
    planned.push({ task, plan: planTask(task, there, request) });
  }
  if (dryRun) {
    for (const { task, plan } of planned) report(task, plan, result);
    return [];
  }
  return carryOut(planned, request, result);
}

function problemOf({ row }: Task, place: Place | undefined, known: Known | undefined): string | undefined {
  if (place?.place === 'unclear') return place.reason;
  return row.id !== undefined && !known ? `карточка CRM ${row.id} удалена` : undefined;
}

function planTask({ card, row }: Task, known: Known | undefined, request: PushRequest): Plan {
  const { journal, portal, presets, responsible } = request;
  const { crm, crmChanges } = journal.records;
  const base = crm.pieces(portal.name, card.ref);
  const standing = crmChanges.standing(portal.name, { ref: card.ref });
  const refused = standing.filter(({ state }) => state === 'refused');
  const { id: item, requisite } = row;
  return planCard({ card, known, item, requisite, base, refused, presets, responsible });
}

function report({ card, joined, row }: Task, { steps }: Plan, result: PushResult): void {
  const fields = steps.flatMap(({ edits }) => edits);
  if (row.id === undefined) result.created++;
  else if (joined) result.joined++;
  else if (fields.length > 0) result.updated++;
  else result.agreed++;
  if (fields.length > 0)
    result.edits.push({ ref: card.ref, title: card.title, creates: row.id === undefined, fields });
}
