import type { PartyKind } from '../../model/types.ts';
import { listOf, mapOf } from './answer.ts';
import { COMPANY, CONTACT, type OwnerType, USER_FIELDS } from './card.ts';
import type { Portal } from './client.ts';
import { type Row, rowsOf } from './lists.ts';

/** A template of requisites; ids differ from portal to portal. */
export interface Preset {
  id: number;
  name: string;
}

export type Presets = Readonly<Record<PartyKind, Preset>>;

/** A user field that the portal does not have. */
export interface MissingField {
  type: OwnerType;
  field: keyof typeof USER_FIELDS;
}

/** What of our needs a portal has. */
export interface Inspection {
  /** Rights of the webhook. */
  scopes: string[];
  presets: Partial<Record<PartyKind, Preset>>;
  missing: MissingField[];
}

/** Rights without which nothing goes. */
const SCOPES = ['crm'];
/** A portal's own templates are known by their XML_ID, renamed or copied ones by their name. */
const PRESETS: Readonly<Record<PartyKind, { xmlId: RegExp; name: RegExp }>> = {
  'legal-entity': { xmlId: /_RU_COMPANY#?$/, name: /^(Организация|Юр(идическое|\.) лицо)$/i },
  'sole-trader': { xmlId: /_RU_INDIVIDUAL#?$/, name: /^(ИП|Индивидуальный предприниматель)$/i },
  person: { xmlId: /_RU_PERSON#?$/, name: /^Физ(ическое|\.) лицо$/i },
};
const METHODS: Readonly<Record<OwnerType, string>> = {
  [COMPANY]: 'crm.company.userfield.add',
  [CONTACT]: 'crm.contact.userfield.add',
};

/** Asks a portal for rights, templates and user fields; changes nothing. @throws PortalError */
export async function inspect(portal: Portal, types: readonly OwnerType[]): Promise<Inspection> {
  const scopes = listOf((await portal.ask('scope', {})).result).map(String);
  if (lackingScopes(scopes).length > 0) return { scopes, presets: {}, missing: [] };
  const { result } = await portal.ask('crm.requisite.preset.list', {
    filter: { COUNTRY_ID: 1 },
    select: ['ID', 'NAME', 'XML_ID'],
  });
  const missing: MissingField[] = [];
  for (const type of types) {
    const answer = await portal.ask('crm.item.fields', { entityTypeId: type, useOriginalUfNames: 'Y' });
    const { fields } = mapOf(answer.result);
    const there = new Set(Object.keys(mapOf(fields)));
    for (const [field, { name }] of Object.entries(USER_FIELDS))
      if (!there.has(name)) missing.push({ type, field: field as MissingField['field'] });
  }
  return { scopes, presets: choosePresets(rowsOf(result)), missing };
}

export function lackingScopes(scopes: readonly string[]): string[] {
  return SCOPES.filter((scope) => !scopes.includes(scope));
}

function choosePresets(rows: readonly Row[]): Inspection['presets'] {
  const chosen: Inspection['presets'] = {};
  for (const [kind, { xmlId, name }] of Object.entries(PRESETS)) {
    const row =
      rows.find((one) => xmlId.test(String(one.XML_ID ?? ''))) ??
      rows.find((one) => name.test(String(one.NAME ?? '')));
    if (row) chosen[kind as PartyKind] = { id: Number(row.ID), name: String(row.NAME) };
  }
  return chosen;
}

/** Makes user fields that managers see and, where the portal obeys, do not edit in lists. @throws PortalError */
export async function createFields(portal: Portal, missing: readonly MissingField[]): Promise<void> {
  for (const { type, field } of missing) {
    const { name, label, multiple } = USER_FIELDS[field];
    const outcomes = await portal.all(
      [
        {
          method: METHODS[type],
          params: {
            fields: {
              USER_TYPE_ID: 'string',
              FIELD_NAME: name.replace(/^UF_CRM_/, ''),
              XML_ID: name,
              LABEL: label,
              MULTIPLE: multiple ? 'Y' : 'N',
              SHOW_FILTER: 'Y',
              EDIT_IN_LIST: 'N',
            },
          },
        },
      ],
      true,
    );
    const [outcome] = outcomes;
    if (!outcome!.ok) throw outcome!.error;
  }
}
