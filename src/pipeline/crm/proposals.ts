import { DELETED, fieldLabel } from '../../delivery/bitrix24/labels.ts';
import type { ProposedParty } from '../../delivery/bitrix24/new-party.ts';
import type { CrmChange } from '../../journal/crm-changes.ts';
import { isEmail } from '../../model/email.ts';
import { counterpartyKey, type Identity } from '../../model/identity.ts';
import type { OnecCard } from '../../model/onec-card.ts';
import { isInn, isKpp, isOgrn } from '../../model/requisites.ts';
import type { CardChange, Counterparty } from '../../model/types.ts';
import { cut, tidy } from '../../support/text.ts';
import type { CardToSend } from './package.ts';

/** What of the CRM's fields a card of 1C has. */
const FIELDS: Readonly<Record<string, CardChange['field']>> = {
  title: 'name',
  RQ_COMPANY_NAME: 'name',
  RQ_COMPANY_FULL_NAME: 'fullName',
  RQ_NAME: 'fullName',
  RQ_INN: 'inn',
  RQ_KPP: 'kpp',
  RQ_OGRN: 'ogrn',
  RQ_OGRNIP: 'ogrn',
};
const LEGAL = 'address:6';
const LONGEST = { name: 100, fullName: 250 } as const;

/** Why a value of the CRM cannot go to 1C; undefined: it can. */
export function obstacle(change: CrmChange): string | undefined {
  const { kind, piece, field, theirs } = change;
  if (kind === 'which') return 'сначала свяжите карточки: bg1c bitrix24 link';
  if (field === DELETED)
    return 'удалённое в CRM из 1С не удаляется: сделайте это сами или откажите (refuse), и оно вернётся в CRM';
  if (kind === 'new') return partyProblem(JSON.parse(theirs) as ProposedParty);
  if (field === 'email' || piece.startsWith('contact:'))
    return isEmail(theirs) ? undefined : `«${theirs}» — не адрес электронной почты`;
  if (piece === LEGAL) return theirs === '' && field !== 'POSTAL_CODE' ? 'адрес в CRM пуст' : undefined;
  const to = FIELDS[field];
  if (to === undefined || (piece !== 'item' && piece !== 'requisite'))
    return `${fieldLabel(piece, field) ?? field}: внесите в 1С сами, затем повторите обмен`;
  return valueProblem(to, theirs);
}

function valueProblem(field: CardChange['field'], value: string): string | undefined {
  if (field === 'inn') return isInn(value) ? undefined : `«${value}» — ИНН с ошибкой`;
  if (field === 'kpp') return value === '' || isKpp(value) ? undefined : `«${value}» — КПП с ошибкой`;
  if (field === 'ogrn') return value === '' || isOgrn(value) ? undefined : `«${value}» — ОГРН с ошибкой`;
  return value === '' ? 'значение в CRM пусто' : undefined;
}

function partyProblem({ name, inn, kpp, ogrn }: ProposedParty): string | undefined {
  if (name === '') return 'у компании нет названия';
  return valueProblem('inn', inn) ?? valueProblem('kpp', kpp) ?? valueProblem('ogrn', ogrn);
}

/** E-mails that go into the address book of letters. */
export function emailsOf(change: CrmChange): string[] {
  if (change.kind === 'new') return (JSON.parse(change.theirs) as ProposedParty).emails.filter(isEmail);
  return change.field === 'email' || change.piece.startsWith('contact:') ? [change.theirs] : [];
}

/** A new counterparty. Its UUID is the one that the billing would give to the same ИНН and КПП. */
export function newCounterparty({ theirs }: CrmChange, identity: Identity): CardToSend {
  const { kind, name, fullName, inn, kpp, ogrn, address, emails, phones } = JSON.parse(
    theirs,
  ) as ProposedParty;
  return {
    record: {
      record: 'counterparty',
      uuid: identity.counterparty(counterpartyKey(inn, kpp, '')),
      kind,
      name: cut(tidy(name), LONGEST.name),
      fullName: cut(tidy(fullName), LONGEST.fullName),
      inn,
      ...(kpp !== '' && { kpp }),
      ...(ogrn !== '' && { ogrn }),
      ...(address !== '' && { address: tidy(address) }),
      emails: emails.filter(isEmail),
      phones: phones.map(tidy).filter(Boolean),
    },
  };
}

/**
 * A card of 1C with what is to change in it.
 * @param changes of this card, each without an obstacle
 * @returns nothing to send where it is all for the address book; a reason where two of them contradict
 */
export function changedCard(
  card: OnecCard,
  changes: readonly CrmChange[],
  identity: Identity,
): { send?: CardToSend; contradiction?: string } {
  const wanted = new Map<string, CardChange>();
  for (const one of [...fieldChanges(card, changes), ...addressChange(card, changes)]) {
    const key = one.field === 'email' ? `email ${one.after}` : one.field;
    const known = wanted.get(key);
    if (known && known.after !== one.after)
      return {
        contradiction: `для одного поля утверждены разные значения: «${known.after}» и «${one.after}»`,
      };
    wanted.set(key, one);
  }
  if (wanted.size === 0) return {};
  const { kind, name, fullName, inn, kpp, ogrn } = card;
  const record: Counterparty = {
    record: 'counterparty',
    uuid: identity.card(card.ref1c),
    kind,
    name: cut(tidy(name) || '—', LONGEST.name),
    fullName: cut(tidy(fullName) || tidy(name) || '—', LONGEST.fullName),
    ...(inn !== undefined && isInn(inn) && { inn }),
    ...(kpp !== undefined && isKpp(kpp) && { kpp }),
    ...(ogrn !== undefined && isOgrn(ogrn) && { ogrn }),
    emails: [],
    phones: [],
    changes: [...wanted.values()],
  };
  return { send: { record, ref1c: card.ref1c } };
}

/** Whether 1C has by now what was sent to it. @param cards of the base, by UUID */
export function isBooked(change: CrmChange, cards: ReadonlyMap<string, OnecCard>): boolean {
  if (change.ref === undefined) {
    const { inn, kpp } = JSON.parse(change.theirs) as ProposedParty;
    return [...cards.values()].some((card) => card.inn === inn && (card.kpp ?? '') === kpp);
  }
  const card = cards.get(change.ref);
  if (!card) return true;
  const [wanted] = [...fieldChanges(card, [change]), ...addressChange(card, [change])];
  if (wanted?.field !== 'email') return wanted === undefined || wanted.before === wanted.after;
  return card.emails.some((email) => email.toLowerCase() === wanted.after.toLowerCase());
}

function fieldChanges(card: OnecCard, changes: readonly CrmChange[]): CardChange[] {
  return changes.flatMap(({ piece, field, theirs }): CardChange[] => {
    if (field === 'email') return [{ field: 'email', before: '', after: theirs }];
    const to = piece === 'item' || piece === 'requisite' ? FIELDS[field] : undefined;
    if (to === undefined) return [];
    const before = {
      name: card.name,
      fullName: card.fullName,
      inn: card.inn,
      kpp: card.kpp,
      ogrn: card.ogrn,
    }[to as 'name'];
    return [{ field: to, before: before ?? '', after: theirs }];
  });
}

/** Index and the rest are fields of their own in the CRM, one text in 1C. */
function addressChange({ addresses }: OnecCard, changes: readonly CrmChange[]): CardChange[] {
  const mine = changes.filter(({ piece }) => piece === LEGAL);
  if (mine.length === 0) return [];
  const before = addresses.find(({ kind }) => kind === 'legal')?.text ?? '';
  const [, index = '', rest = before] = /^(\d{6}),?\s*(.*)$/s.exec(before) ?? [];
  const of = (name: string, otherwise: string): string =>
    mine.find(({ field }) => field === name)?.theirs ?? otherwise;
  const after = [of('POSTAL_CODE', index), of('ADDRESS_1', rest)].filter(Boolean).join(', ');
  return [{ field: 'address', before, after }];
}
