import { USER_FIELDS } from '../delivery/bitrix24/card.ts';
import { fieldLabel } from '../delivery/bitrix24/labels.ts';
import type { ProposedParty } from '../delivery/bitrix24/new-party.ts';
import type { PullResult } from '../delivery/bitrix24/pull.ts';
import type { PushResult } from '../delivery/bitrix24/push.ts';
import type { StatesResult } from '../delivery/bitrix24/states.ts';
import type { CrmChange } from '../journal/crm-changes.ts';
import type { SetupResult } from '../pipeline/crm/crm.ts';
import type { Approved, CrmList } from '../pipeline/crm/decide.ts';
import { plural } from '../support/text.ts';

/** Reports of the commands of the CRM for a person. */

const KINDS = { 'legal-entity': 'организация', 'sole-trader': 'ИП', person: 'физлицо' } as const;
const ITEMS: Readonly<Record<number, string>> = { 3: 'контакт', 4: 'компания' };

export function setupText({ portal, scopes, presets, missing, created }: SetupResult): string {
  const lines = [`Портал ${portal}`, `  права вебхука: ${scopes.join(', ') || 'нет'}`];
  for (const [kind, { id, name }] of Object.entries(presets))
    lines.push(`  шаблон реквизитов, ${KINDS[kind as keyof typeof KINDS]}: «${name}» (№ ${id})`);
  const absent = missing.filter((one) => !created.includes(one));
  for (const { type, field } of created)
    lines.push(`  создано поле «${USER_FIELDS[field].label}» (${ITEMS[type]})`);
  for (const { type, field } of absent)
    lines.push(`  нет поля «${USER_FIELDS[field].label}» (${ITEMS[type]})`);
  if (missing.length === 0) lines.push('  пользовательские поля на месте');
  if (absent.length > 0) lines.push('Создать недостающие поля: bg1c bitrix24 setup --yes');
  return `${lines.join('\n')}\n`;
}

const EDITS_SHOWN = 100;

export function pushedText(result: PushResult, dryRun: boolean): string {
  const { created, joined, updated, agreed, unchanged, unclear, edits } = result;
  const lines = edits.slice(0, EDITS_SHOWN).flatMap(({ title, creates, fields }) => [
    `${title}${creates ? ' — новая карточка' : ''}`,
    ...fields.flatMap(({ piece, field, from, to }) => {
      const label = fieldLabel(piece, field) ?? userLabel(field);
      // Our own keys say nothing to a person.
      if (label === undefined) return [];
      return `  ${label}: ${from === '' ? '' : `«${from}» → `}${to === '' ? 'убрать' : `«${to}»`}`;
    }),
  ]);
  if (edits.length > EDITS_SHOWN)
    lines.push(
      `… и ещё ${plural(edits.length - EDITS_SHOWN, 'карточка', 'карточки', 'карточек')}: с ключом --json`,
    );
  const verbs = dryRun ? ['создать', 'связать', 'обновить'] : ['создано', 'связано', 'обновлено'];
  lines.push(
    `Карточки: ${verbs[0]} ${created}, ${verbs[1]} с имеющимися ${joined}, ${verbs[2]} ${updated}; совпали ${agreed}, ` +
      `в 1С не менялись ${unchanged}${unclear > 0 ? `, нужно решение ${unclear}` : ''}.`,
  );
  return `${lines.join('\n')}\n`;
}

function userLabel(name: string): string | undefined {
  return Object.values(USER_FIELDS).find((field) => field.name === name)?.label;
}

export function pulledText({ looked, unknown }: PullResult): string {
  const cards = plural(looked, 'карточка', 'карточки', 'карточек');
  return `Сверено: ${cards}; компаний, которых нет в 1С: ${unknown}. Что решить: bg1c bitrix24 changes\n`;
}

export function statesText({ known, written, open }: StatesResult): string {
  const doubt = open > 0 ? `, неизвестен исход ${open}: повторите команду` : '';
  return `Документов в CRM: ${known}; записано состояний ${written}${doubt}.\n`;
}

export function changesText({ open, underWay }: CrmList): string {
  const lines = open.length === 0 ? ['Решать нечего: 1С и Битрикс24 согласны.'] : listed(open);
  if (open.length > 0)
    lines.push(
      '',
      'Принять значение CRM: bg1c bitrix24 approve <номера>; оставить как в 1С: bg1c bitrix24 refuse <номера>',
    );
  if (underWay.length > 0)
    lines.push(
      '',
      'Принято, но в последней выгрузке 1С этого ещё нет: загрузите пакет обработкой',
      ...listed(underWay),
    );
  return `${lines.join('\n')}\n`;
}

/** By counterparty. */
function listed(changes: CrmList['open']): string[] {
  const lines: string[] = [];
  let title: string | undefined;
  for (const change of changes) {
    if (change.title !== title) lines.push(change.title);
    title = change.title;
    lines.push(...changeLines(change));
  }
  return lines;
}

function changeLines(change: CrmList['open'][number]): string[] {
  const { id, kind, piece, field, ours, theirs, obstacle } = change;
  const note = obstacle === undefined ? [] : [`       ! ${obstacle}`];
  if (kind === 'new') return [`  № ${id}  новая в CRM, в 1С нет: ${partyText(change)}`, ...note];
  if (kind === 'which')
    return [`  № ${id}  не ясно, чья карточка${ours === '' ? '' : ` (${ours})`}: ${theirs}`, ...note];
  const both = kind === 'conflict' ? ' (разошлись с обеих сторон)' : '';
  const label = fieldLabel(piece, field) ?? field;
  return [`  № ${id}  ${label}: в 1С ${quoted(ours)}, в CRM ${quoted(theirs)}${both}`, ...note];
}

function quoted(text: string): string {
  return text === '' ? 'пусто' : `«${text}»`;
}

function partyText({ theirs, item }: CrmChange): string {
  const { fullName, inn, kpp, emails } = JSON.parse(theirs) as ProposedParty;
  const parts = [fullName, `ИНН ${inn}`, kpp === '' ? '' : `КПП ${kpp}`, ...emails, `карточка CRM ${item}`];
  return parts.filter(Boolean).join(', ');
}

export function approvedText({ package: made, cards, emails }: Approved): string {
  const lines: string[] = [];
  if (made)
    lines.push(
      `Пакет для 1С: ${made.file} (${plural(cards, 'карточка', 'карточки', 'карточек')}).`,
      'Загрузите его обработкой: она изменит только утверждённые поля и только если в 1С они прежние.',
    );
  if (emails > 0) lines.push(`В адресную книгу рассылки добавлено адресов: ${emails}.`);
  return `${lines.join('\n')}\n`;
}
