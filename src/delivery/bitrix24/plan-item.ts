import type { CrmPiece } from '../../journal/crm.ts';
import { COMPANY } from './card.ts';
import type { Command } from './client.ts';
import { contactChanges, contactPieceOf, newEmails } from './contacts.ts';
import {
  compareOrNew,
  editsOf,
  type Ids,
  listDifferences,
  type Plan,
  type PlanContext,
  pieceOf,
  valuesOf,
} from './plan.ts';

/** The company or contact itself with its telephones and e-mails. */
export function planItem({ card, known, item, base, refused, responsible }: PlanContext, plan: Plan): void {
  const { type } = card;
  const compared = compareOrNew(card.item, known?.item, base, refused);
  listDifferences(card, item, card.item.piece, compared, plan);
  const contacts = contactChanges(card, known, base);
  plan.agreed.push(...contacts.agreed);
  plan.dropped.push(...contacts.dropped);
  const fields = valuesOf(compared);
  const options = { entityTypeId: type, useOriginalUfNames: 'Y' };
  const bringing = (memory: 'trying' | 'brought'): CrmPiece[] =>
    contacts.brings.map((piece) => contactPieceOf(piece, memory));
  const written = {
    level: 0 as const,
    trying: bringing('trying'),
    agreed: [pieceOf(card.item, compared, item), ...bringing('brought')],
    dropped: contacts.takes,
    edits: [...editsOf(card.item.piece, compared), ...contacts.edits],
  };
  if (!known) {
    const more = {
      ...(type === COMPANY ? { typeId: 'CUSTOMER' } : { typeId: 'CLIENT' }),
      opened: 'Y',
      ...(responsible !== undefined && { assignedById: responsible }),
    };
    const list = Object.values(contacts.fm);
    // Whoever owns the title: a company begins with one.
    const title = type === COMPANY && { title: card.title };
    const all = { ...title, ...fields, ...more, ...(list.length > 0 && { fm: list }) };
    const command = (): Command => ({ method: 'crm.item.add', params: { ...options, fields: all } });
    plan.steps.push({ ...written, creates: true, command });
    return;
  }
  plan.findings.push(...newEmails(card, item!, known, base));
  if (written.edits.length === 0) {
    plan.agreed.push(...written.agreed);
    return;
  }
  const some = { ...fields, ...(Object.keys(contacts.fm).length > 0 && { fm: contacts.fm }) };
  const command = ({ item: id }: Ids): Command => ({
    method: 'crm.item.update',
    params: { ...options, id, fields: some },
  });
  plan.steps.push({ ...written, creates: contacts.brings.length > 0, command });
}
