import type { CrmPiece } from '../../journal/crm.ts';
import type { CrmChange, CrmFinding } from '../../journal/crm-changes.ts';
import type { Card, Part } from './card.ts';
import type { Command } from './client.ts';
import { type Comparison, compare, stamp, textOf } from './compare.ts';
import type { Known } from './known.ts';
import { fieldLabel } from './labels.ts';
import type { Param } from './query.ts';
import type { Presets } from './setup.ts';

/** Ids that a later step needs from an earlier one. */
export interface Ids {
  item: number;
  requisite: number;
}

/** A line of a report: what stands in a field and what will. */
export interface Edit {
  piece: string;
  field: string;
  from: string;
  to: string;
}

/** One call that writes, and what is agreed on when it has succeeded. */
export interface Step {
  /** 0 item, 1 requisite, 2 what hangs on it. */
  level: 0 | 1 | 2;
  /** True where a repetition would make a second one. */
  creates: boolean;
  command: (ids: Ids) => Command;
  /** What is put down before the call, so that after a lost answer it is known what was under way. */
  trying?: CrmPiece[];
  agreed: CrmPiece[];
  dropped: string[];
  edits: Edit[];
}

/** All that is to be done for a card. */
export interface Plan {
  steps: Step[];
  /** Pieces that agree already and are only to be put down. */
  agreed: CrmPiece[];
  /** Telephones and e-mails that are not to be remembered any more. */
  dropped: string[];
  findings: CrmFinding[];
  requisite?: number | undefined;
}

export interface PlanContext {
  card: Card;
  /** Undefined: it is to be made. */
  known: Known | undefined;
  item: number | undefined;
  /** Of the journal. */
  requisite: number | undefined;
  base: ReadonlyMap<string, CrmPiece>;
  refused: readonly CrmChange[];
  presets: Presets;
  responsible?: number | undefined;
}

/** A part against what is there; what is not there is new, whatever was agreed on before. */
export function compareOrNew(
  part: Part,
  theirs: Readonly<Record<string, unknown>> | undefined,
  base: ReadonlyMap<string, CrmPiece>,
  refused: readonly CrmChange[],
): Comparison {
  const mine = refused.filter(({ piece }) => piece === part.piece);
  return compare(part.fields, theirs ?? {}, theirs ? (base.get(part.piece)?.fields ?? {}) : {}, mine);
}

/** A step where something is to be written; else only what is agreed on. */
export function pushStep(
  plan: Plan,
  {
    part,
    compared,
    id,
    ...step
  }: Pick<Step, 'level' | 'creates' | 'command'> & {
    part: Part;
    compared: Comparison;
    id: number | undefined;
  },
): void {
  const agreed = [pieceOf(part, compared, id)];
  const edits = editsOf(part.piece, compared);
  if (edits.length === 0) plan.agreed.push(...agreed);
  else plan.steps.push({ ...step, agreed, dropped: [], edits });
}

/** Differences that mean something to a person become findings. */
export function listDifferences(
  card: Card,
  item: number | undefined,
  piece: string,
  compared: Comparison,
  plan: Plan,
): void {
  for (const { field, kind, ours, theirs } of compared.differences)
    if (fieldLabel(piece, field) !== undefined)
      plan.findings.push({ ...subject(card, item ?? 0), kind, piece, field, ours, theirs });
}

export function subject(
  { ref, type, title }: Card,
  item: number,
): Pick<CrmFinding, 'ref' | 'type' | 'item' | 'title'> {
  return { ref, type, item, title };
}

export function valuesOf({ write }: Comparison): Record<string, Param> {
  return Object.fromEntries(write.map(({ field, to }): [string, Param] => [field, to]));
}

export function pieceOf({ piece }: Part, { agreed, write }: Comparison, id: number | undefined): CrmPiece {
  const written = Object.fromEntries(
    write.map(({ field, to }): [string, string] => [field, stamp(field, to)]),
  );
  return { piece, id, fields: { ...agreed, ...written } };
}

export function editsOf(piece: string, { write }: Comparison): Edit[] {
  return write.map(({ field, from, to }) => ({ piece, field, from, to: textOf(to) }));
}
