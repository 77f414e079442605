import type { CrmPiece } from '../../journal/crm.ts';
import type { CrmFinding } from '../../journal/crm-changes.ts';
import { type Card, COMPANY, type Contact } from './card.ts';
import type { Command } from './client.ts';
import type { Known } from './known.ts';
import {
  compareOrNew,
  type Edit,
  editsOf,
  type Ids,
  listDifferences,
  type Plan,
  type PlanContext,
  pieceOf,
  subject,
  valuesOf,
} from './plan.ts';
import type { Param } from './query.ts';

/** The company or contact itself with its telephones and e-mails. */
export function planItem({ card, known, item, base, refused, responsible }: PlanContext, plan: Plan): void {
  const { type } = card;
  const compared = compareOrNew(card.item, known?.item, base, refused);
  listDifferences(card, item, card.item.piece, compared, plan);
  const fm = contactChanges(card, known, base);
  const fields = valuesOf(compared);
  const options = { entityTypeId: type, useOriginalUfNames: 'Y' };
  const agreed = [pieceOf(card.item, compared, item), ...fm.agreed.map((piece) => ({ piece, fields: {} }))];
  const edits = [...editsOf(card.item.piece, compared), ...fm.edits];
  if (!known) {
    const more = {
      ...(type === COMPANY ? { typeId: 'CUSTOMER' } : { typeId: 'CLIENT' }),
      opened: 'Y',
      ...(responsible !== undefined && { assignedById: responsible }),
    };
    const list = Object.values(fm.fm);
    // Whoever owns the title: a company begins with one.
    const title = type === COMPANY && { title: card.title };
    const all = { ...title, ...fields, ...more, ...(list.length > 0 && { fm: list }) };
    const command = (): Command => ({ method: 'crm.item.add', params: { ...options, fields: all } });
    plan.steps.push({ level: 0, creates: true, command, agreed, dropped: [], edits });
    return;
  }
  plan.findings.push(...newEmails(card, item!, known, base));
  if (edits.length === 0) {
    plan.agreed.push(...agreed);
    plan.dropped.push(...fm.dropped);
    return;
  }
  const some = { ...fields, ...(Object.keys(fm.fm).length > 0 && { fm: fm.fm }) };
  const command = ({ item: id }: Ids): Command => ({
    method: 'crm.item.update',
    params: { ...options, id, fields: some },
  });
  const adds = Object.keys(fm.fm).some((key) => key.startsWith('n'));
  plan.steps.push({ level: 0, creates: adds, command, agreed, dropped: fm.dropped, edits });
}

interface ContactChanges {
  /** For an update: `n0` adds, an id with an empty value deletes (facts: bitrix24 §5). */
  fm: Record<string, { [name: string]: Param }>;
  agreed: string[];
  dropped: string[];
  edits: Edit[];
}

/** Only what we brought is ours to take away; what is there already, by whomever, is not added again. */
function contactChanges(
  card: Card,
  known: Known | undefined,
  base: ReadonlyMap<string, CrmPiece>,
): ContactChanges {
  const changes: ContactChanges = { fm: {}, agreed: [], dropped: [], edits: [] };
  const there = new Map((known?.contacts ?? []).map((one) => [one.piece, one]));
  const filled = (typeId: Contact['typeId']): boolean =>
    [...there.values()].some((one) => one.typeId === typeId);
  for (const { piece, typeId, value, owner } of card.contacts) {
    // Where the manager deleted or changed what we brought, it stays as she wants it.
    if (there.has(piece) || base.has(piece) || (owner === 'crm' && filled(typeId))) continue;
    changes.fm[`n${Object.keys(changes.fm).length}`] = { typeId, valueType: 'WORK', value };
    changes.agreed.push(piece);
    changes.edits.push({ piece: kindOf(typeId), field: kindOf(typeId), from: '', to: value });
  }
  const wanted = new Set(card.contacts.map(({ piece }) => piece));
  for (const piece of base.keys()) {
    if (!/^(phone|email):/.test(piece) || wanted.has(piece)) continue;
    const record = there.get(piece);
    changes.dropped.push(piece);
    if (!record) continue;
    const { id, typeId, value } = record;
    changes.fm[String(id)] = { typeId, value: '' };
    changes.edits.push({ piece: kindOf(typeId), field: kindOf(typeId), from: value, to: '' });
  }
  return changes;
}

function kindOf(typeId: Contact['typeId']): string {
  return typeId === 'PHONE' ? 'phone' : 'email';
}

/** An e-mail that 1C does not have is worth knowing; a manager's telephone is hers. */
function newEmails(
  card: Card,
  item: number,
  known: Known,
  base: ReadonlyMap<string, CrmPiece>,
): CrmFinding[] {
  const ours = new Set(card.contacts.map(({ piece }) => piece));
  return known.contacts
    .filter(({ typeId, piece }) => typeId === 'EMAIL' && !ours.has(piece) && !base.has(piece))
    .map(({ piece, value }) => ({
      ...subject(card, item),
      kind: 'change',
      piece,
      field: 'email',
      ours: '',
      theirs: value,
    }));
}
