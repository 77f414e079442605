import type { CrmFinding } from '../../journal/crm-changes.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Card } from './card.ts';

/** Which item of the CRM a card is, is not clear. */
export function unclear({ ref, type, title, inn, kpp }: Card, reason: string): CrmFinding {
  const ours = inn === '' ? '' : `ИНН ${inn}${kpp === '' ? '' : `, КПП ${kpp}`}`;
  return { kind: 'which', ref, type, item: 0, piece: 'item', field: 'card', title, ours, theirs: reason };
}

/** Puts down the findings of a card or an item; those that do not hold any more are withdrawn. */
export function putFindings(
  journal: Journal,
  portal: string,
  of: { ref: string } | { type: number; item: number },
  findings: readonly CrmFinding[],
): void {
  const { crmChanges } = journal.records;
  const holds = new Set(findings.map(keyOf));
  for (const one of crmChanges.standing(portal, of))
    if (!holds.has(keyOf(one)) && !one.piece.startsWith('contact:'))
      journal.move('crm_change', [one.id], 'withdrawn');
  for (const finding of findings) crmChanges.find(portal, finding);
}

function keyOf({ type, item, ref, piece, field }: CrmFinding): string {
  return JSON.stringify([type, item, ref ?? '', piece, field]);
}
