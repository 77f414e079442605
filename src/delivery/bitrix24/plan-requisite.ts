import { type Card, ORIGINATOR, type Part } from './card.ts';
import type { Command } from './client.ts';
import { textOf } from './compare.ts';
import type { KnownRequisite } from './known.ts';
import { DELETED } from './labels.ts';
import { chooseRequisite } from './locate.ts';
import {
  compareOrNew,
  type Ids,
  listDifferences,
  type Plan,
  type PlanContext,
  pushStep,
  subject,
  valuesOf,
} from './plan.ts';
import type { Params } from './query.ts';

/** Requisites, and the bank accounts and addresses that hang on them. */
export function planRequisite(context: PlanContext, plan: Plan): void {
  const { card, known, item, requisite: linked } = context;
  const part = card.requisite;
  if (!part) return;
  const chosen = chooseRequisite(card, known?.requisites ?? [], linked);
  if (chosen === 'none') {
    const theirs = known!.requisites.map(({ fields }) => `ИНН ${textOf(fields.RQ_INN) || '—'}`).join(', ');
    const where = { piece: 'requisite', field: 'RQ_INN' };
    plan.findings.push({ ...subject(card, item ?? 0), kind: 'conflict', ...where, ours: card.inn, theirs });
    return;
  }
  plan.requisite = chosen?.id;
  if (!chosen && wasDeleted(context, plan, part)) return;
  planPart(context, plan, { part, there: chosen?.fields, id: chosen?.id, level: 1 }, (fields) => {
    if (chosen) return () => ({ method: 'crm.requisite.update', params: { id: chosen.id, fields } });
    return ({ item: id }) => ({
      method: 'crm.requisite.add',
      params: { fields: { ...ownerOf(context, id), ...fields } },
    });
  });
  for (const bank of card.banks) planBank(context, plan, bank, chosen);
  for (const address of card.addresses) planAddress(context, plan, address, chosen);
}

function ownerOf({ card, presets }: PlanContext, id: number): Params {
  const { id: preset, name } = presets[card.kind];
  return {
    ENTITY_TYPE_ID: card.type,
    ENTITY_ID: id,
    PRESET_ID: preset,
    NAME: name,
    ACTIVE: 'Y',
    SORT: 500,
    XML_ID: card.ref,
    ORIGINATOR_ID: ORIGINATOR,
  };
}

function planBank(context: PlanContext, plan: Plan, part: Part, chosen: KnownRequisite | undefined): void {
  const there = chosen?.banks.find(({ piece }) => piece === part.piece);
  if (chosen && !there && wasDeleted(context, plan, part)) return;
  planPart(context, plan, { part, there: there?.fields, id: there?.id, level: 2 }, (fields) => {
    if (there) return () => ({ method: 'crm.requisite.bankdetail.update', params: { id: there.id, fields } });
    return ({ requisite }) => ({
      method: 'crm.requisite.bankdetail.add',
      params: { fields: { ...bankOwner(context.card, part, requisite), ...fields } },
    });
  });
}

function bankOwner({ ref }: Card, { fields }: Part, requisite: number): Params {
  return {
    ENTITY_ID: requisite,
    COUNTRY_ID: 1,
    NAME: textOf(fields.RQ_BANK_NAME?.value) || 'Расчётный счёт',
    RQ_ACC_CURRENCY: 'RUR',
    XML_ID: `${ref}:${textOf(fields.RQ_ACC_NUM?.value)}`,
    ORIGINATOR_ID: ORIGINATOR,
  };
}

/** An address has no id of its own: a type stands once at a requisite, a second one is refused. */
function planAddress(context: PlanContext, plan: Plan, part: Part, chosen: KnownRequisite | undefined): void {
  const there = chosen?.addresses.get(part.piece);
  if (chosen && !there && wasDeleted(context, plan, part)) return;
  const key = { TYPE_ID: Number(part.piece.split(':')[1]), ENTITY_TYPE_ID: 8 };
  planPart(context, plan, { part, there, id: undefined, level: 2 }, (fields) => ({ requisite }) => ({
    method: there ? 'crm.address.update' : 'crm.address.add',
    params: { fields: { ...key, ENTITY_ID: requisite, ...fields } },
  }));
}

/** What we brought and a manager deleted is not made again without a word. */
function wasDeleted(
  { card, item, base, refused }: PlanContext,
  plan: Plan,
  { piece, fields }: Part,
): boolean {
  const again = refused.some((one) => one.piece === piece && one.field === DELETED);
  if (!base.has(piece) || again) return false;
  const ours = Object.values(fields)
    .map(({ value }) => textOf(value))
    .filter(Boolean)
    .join(', ');
  plan.findings.push({
    ...subject(card, item ?? 0),
    kind: 'change',
    piece,
    field: DELETED,
    ours,
    theirs: '',
  });
  return true;
}

interface Target {
  part: Part;
  there: Readonly<Record<string, unknown>> | undefined;
  id: number | undefined;
  level: 1 | 2;
}

function planPart(
  { card, item, base, refused }: PlanContext,
  plan: Plan,
  { part, there, id, level }: Target,
  write: (fields: Params) => (ids: Ids) => Command,
): void {
  const compared = compareOrNew(part, there, base, refused);
  listDifferences(card, item, part.piece, compared, plan);
  const command = write(valuesOf(compared));
  pushStep(plan, { level, creates: !there, command, part, compared, id });
}
