import type { CrmPiece } from '../../journal/crm.ts';
import type { CrmFinding } from '../../journal/crm-changes.ts';
import type { Card, Contact } from './card.ts';
import type { Known, KnownContact } from './known.ts';
import { type Edit, subject } from './plan.ts';
import type { Param } from './query.ts';

/**
 * Telephones and e-mails of an item. 1C's own are told from the manager's by what the journal remembers of each:
 * `trying` — being brought, the answer is not known yet; `brought` — 1C's, ours to take away; `met` — stood in both
 * when we looked, so the manager's. One that was brought or met and is gone was deleted by the manager: it stays so.
 */
type Memory = 'trying' | 'brought' | 'met';

/** What is to be done about an item's telephones and e-mails. */
export interface ContactChanges {
  /** For an update: `n0` adds, an id with an empty value deletes (facts: bitrix24 §5). */
  fm: Record<string, { [name: string]: Param }>;
  edits: Edit[];
  /** What the write brings: put down as tried before it, and as brought after it. */
  brings: string[];
  /** What the write takes away. */
  takes: string[];
  /** What holds already and is only to be put down. */
  agreed: CrmPiece[];
  /** What neither 1C wants nor the item has, or what is the manager's alone by now. */
  dropped: string[];
}

/** Only what we brought is ours to take away; what is there already, by whomever, is not added again. */
export function contactChanges(
  card: Card,
  known: Known | undefined,
  base: ReadonlyMap<string, CrmPiece>,
): ContactChanges {
  const changes: ContactChanges = { fm: {}, edits: [], brings: [], takes: [], agreed: [], dropped: [] };
  const there = new Map((known?.contacts ?? []).map((one) => [one.piece, one]));
  for (const contact of card.contacts) {
    const remembered = memoryOf(base.get(contact.piece));
    if (there.has(contact.piece)) agree(contact, remembered, changes);
    else if (isWanted(contact, remembered, there)) bring(contact, changes);
  }
  const wanted = new Set(card.contacts.map(({ piece }) => piece));
  for (const remembered of base.values())
    if (isContact(remembered) && !wanted.has(remembered.piece))
      letGo(remembered, there.get(remembered.piece), changes);
  return changes;
}

export function contactPieceOf(piece: string, memory: Memory): CrmPiece {
  return { piece, fields: memory === 'brought' ? {} : { state: memory } };
}

function memoryOf(piece: CrmPiece | undefined): Memory | undefined {
  return piece && ((piece.fields.state as Memory | undefined) ?? 'brought');
}

function isContact({ piece }: CrmPiece): boolean {
  return /^(phone|email):/.test(piece);
}

/** It is there. Where its bringing was under way, it has arrived; else it was there before us. */
function agree({ piece }: Contact, remembered: Memory | undefined, { agreed }: ContactChanges): void {
  if (remembered === 'trying') agreed.push(contactPieceOf(piece, 'brought'));
  else if (remembered === undefined) agreed.push(contactPieceOf(piece, 'met'));
}

/** Where the manager deleted or changed what was there, it stays as she wants it. */
function isWanted(
  { typeId, owner }: Contact,
  remembered: Memory | undefined,
  there: ReadonlyMap<string, KnownContact>,
): boolean {
  if (remembered === 'brought' || remembered === 'met') return false;
  return owner === 'onec' || ![...there.values()].some((one) => one.typeId === typeId);
}

function bring({ piece, typeId, value }: Contact, { fm, edits, brings }: ContactChanges): void {
  fm[`n${brings.length}`] = { typeId, valueType: 'WORK', value };
  edits.push({ piece: kindOf(typeId), field: kindOf(typeId), from: '', to: value });
  brings.push(piece);
}

/** 1C has it no more. */
function letGo(remembered: CrmPiece, record: KnownContact | undefined, changes: ContactChanges): void {
  const { piece } = remembered;
  if (!record || memoryOf(remembered) === 'met') {
    changes.dropped.push(piece);
    return;
  }
  const { id, typeId, value } = record;
  changes.fm[String(id)] = { typeId, value: '' };
  changes.edits.push({ piece: kindOf(typeId), field: kindOf(typeId), from: value, to: '' });
  changes.takes.push(piece);
}

function kindOf(typeId: Contact['typeId']): string {
  return typeId === 'PHONE' ? 'phone' : 'email';
}

/** An e-mail that 1C does not have, and that is not a former one of 1C, is worth knowing; a telephone is the manager's. */
export function newEmails(
  card: Card,
  item: number,
  known: Known,
  base: ReadonlyMap<string, CrmPiece>,
): CrmFinding[] {
  const ours = new Set(card.contacts.map(({ piece }) => piece));
  const isOurs = (piece: string): boolean => {
    const remembered = memoryOf(base.get(piece));
    return ours.has(piece) || remembered === 'brought' || remembered === 'trying';
  };
  return known.contacts
    .filter(({ typeId, piece }) => typeId === 'EMAIL' && !isOurs(piece))
    .map(({ piece, value }) => ({
      ...subject(card, item),
      kind: 'change',
      piece,
      field: 'email',
      ours: '',
      theirs: value,
    }));
}
