import type { CrmCardRow } from '../../journal/crm.ts';
import type { CrmFinding } from '../../journal/crm-changes.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import { mapOf, type PortalError } from './answer.ts';
import type { Card } from './card.ts';
import type { Portal } from './client.ts';
import { putFindings } from './findings.ts';
import type { Edit, Plan, Step } from './plan.ts';
import type { Presets } from './setup.ts';

/** What a push works with. */
export interface PushRequest {
  portal: Portal;
  journal: Journal;
  /** All counterparties of the base. */
  cards: readonly Card[];
  presets: Presets;
  responsible?: number | undefined;
  /** Looks and compares, writes nothing. */
  dryRun: boolean;
  clock: Clock;
  sleep: (ms: number) => Promise<void>;
  /** So many cards of so many are done. */
  progress?: ((done: number, total: number) => void) | undefined;
}

export interface PushResult {
  /** Nothing has changed in 1C since the last time. */
  unchanged: number;
  created: number;
  /** Found in the CRM and joined. */
  joined: number;
  updated: number;
  /** Compared, nothing to write. */
  agreed: number;
  /** Which item it is, a person has to say. */
  unclear: number;
  failed: { ref: string; title: string; reason: string }[];
  /** What a dry run would write. */
  edits: { ref: string; title: string; creates: boolean; fields: Edit[] }[];
}

/** A card on its way. */
export interface Task {
  card: Card;
  row: CrmCardRow;
  joined: boolean;
  created: boolean;
  wrote: boolean;
}

/**
 * Writes plans: items, requisites, what hangs on them, each for all cards before the next. Put down before and after.
 * @returns the tasks whose outcome is not known
 */
export async function carryOut(
  planned: readonly { task: Task; plan: Plan }[],
  request: PushRequest,
  result: PushResult,
): Promise<Task[]> {
  const { journal, portal } = request;
  const { crm } = journal.records;
  const again = new Set<Task>();
  const failed = new Set<Task>();
  journal.atomically(() => {
    for (const { task, plan } of planned) {
      task.row.requisite = plan.requisite ?? task.row.requisite;
      crm.keep(portal.name, task.row);
      for (const piece of plan.agreed) crm.keepPiece(portal.name, task.card.ref, piece);
      for (const piece of plan.dropped) crm.dropPiece(portal.name, task.card.ref, piece);
    }
  });
  for (const level of [0, 1, 2] as const) {
    const wave = planned.flatMap(({ task, plan }) =>
      again.has(task) || failed.has(task)
        ? []
        : plan.steps.filter((step) => step.level === level).map((step) => ({ task, step })),
    );
    if (wave.length === 0) continue;
    putDownTries(wave, request);
    const outcomes = await portal.all(
      wave.map(({ task: { row }, step }) =>
        step.command({ item: row.id ?? 0, requisite: row.requisite ?? 0 }),
      ),
      true,
    );
    journal.atomically(() => {
      for (const [index, { task, step }] of wave.entries()) {
        const outcome = outcomes[index]!;
        if (outcome.ok) take(task, step, outcome.answer.result, request);
        else if (isOpen(outcome.error)) again.add(task);
        else if (!failed.has(task)) {
          failed.add(task);
          const { ref, title } = task.card;
          result.failed.push({ ref, title, reason: outcome.error.message });
        }
      }
    });
  }
  journal.atomically(() => {
    for (const { task, plan } of planned) {
      if (again.has(task) || failed.has(task)) continue;
      count(task, result);
      conclude(task, plan.findings, request, true);
    }
  });
  return [...again];
}

/** Before anything is made: a program that is killed now finds on its next start that it has to look first. */
function putDownTries(wave: readonly { task: Task; step: Step }[], request: PushRequest): void {
  const { journal, portal, clock } = request;
  const { crm } = journal.records;
  const now = clock().toISOString();
  journal.atomically(() => {
    for (const { task, step } of wave) {
      if (!step.creates) continue;
      task.row.triedAt = now;
      crm.keep(portal.name, task.row);
      for (const piece of step.trying ?? []) crm.keepPiece(portal.name, task.card.ref, piece);
    }
  });
}

function take(task: Task, step: Step, answer: unknown, { journal, portal }: PushRequest): void {
  const { crm } = journal.records;
  const { row, card } = task;
  task.wrote = true;
  if (step.creates && step.level === 0 && row.id === undefined) {
    row.id = Number(mapOf(mapOf(answer).item).id);
    task.created = true;
  }
  if (step.creates && step.level === 1) row.requisite = Number(answer);
  crm.keep(portal.name, row);
  for (const piece of step.agreed) {
    const made = typeof answer === 'number' ? answer : undefined;
    const id = piece.piece === 'item' ? row.id : (piece.id ?? made);
    crm.keepPiece(portal.name, card.ref, { ...piece, id });
  }
  for (const piece of step.dropped) crm.dropPiece(portal.name, card.ref, piece);
}

/** Not known whether it happened, or it is there already: the next round looks. */
function isOpen({ failure, description }: PortalError): boolean {
  return failure === 'unknown' || failure === 'busy' || description.includes('TypeAddress exists');
}

function count({ joined, created, wrote }: Task, result: PushResult): void {
  if (created) result.created++;
  else if (joined) result.joined++;
  else if (wrote) result.updated++;
  else result.agreed++;
}

/** Puts down what a person has to decide, and that the rest is done. */
export function conclude(
  task: Task,
  findings: readonly CrmFinding[],
  request: PushRequest,
  settled: boolean,
): void {
  const { journal, portal } = request;
  const { card, row } = task;
  journal.atomically(() => {
    putFindings(journal, portal.name, { ref: card.ref }, findings);
    // What was proposed as unknown to 1C is known now.
    if (row.id !== undefined) putFindings(journal, portal.name, { type: row.type, item: row.id }, []);
    const done = settled ? { hash: card.hash, triedAt: undefined } : {};
    journal.records.crm.keep(portal.name, { ...row, ...done });
  });
}
