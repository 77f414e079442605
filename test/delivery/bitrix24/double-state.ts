/** What a portal holds. */
export interface Item {
  id: number;
  type: number;
  fields: Record<string, unknown>;
  fm: { id: number; typeId: string; valueType: string; value: string }[];
}

export interface OldRow {
  ID: number;
  [name: string]: unknown;
}

export interface Comment {
  id: number;
  type: string;
  item: number;
  text: string;
  files: { name: string; base64: string }[];
}

export interface PortalState {
  items: Map<number, Item>;
  requisites: Map<number, OldRow>;
  banks: Map<number, OldRow>;
  /** By `<type>:<requisite>`. */
  addresses: Map<string, Record<string, unknown>>;
  comments: Comment[];
  rows: Map<number, unknown[]>;
  links: Map<string, unknown>;
  userFields: Map<number, Set<string>>;
  presets: { ID: string; NAME: string; XML_ID: string; COUNTRY_ID: string }[];
  scopes: string[];
  nextId: number;
}

/** Fields of items that exist; anything else is silently ignored. */
export const ITEM_FIELDS: Readonly<Record<number, readonly string[]>> = {
  4: [
    'title',
    'typeId',
    'opened',
    'assignedById',
    'comments',
    'originatorId',
    'originId',
    'originVersion',
    'isMyCompany',
  ],
  3: [
    'name',
    'lastName',
    'secondName',
    'typeId',
    'opened',
    'assignedById',
    'comments',
    'originatorId',
    'originId',
    'companyId',
  ],
  31: [
    'title',
    'xmlId',
    'companyId',
    'contactId',
    'mycompanyId',
    'opportunity',
    'isManualOpportunity',
    'currencyId',
    'begindate',
    'closedate',
    'stageId',
    'comments',
  ],
};

const REQUISITE_FIELDS =
  /^(ENTITY_TYPE_ID|ENTITY_ID|PRESET_ID|NAME|ACTIVE|SORT|XML_ID|ORIGINATOR_ID|RQ_(COMPANY_NAME|COMPANY_FULL_NAME|DIRECTOR|ACCOUNTANT|INN|KPP|OGRN|OGRNIP|OKPO|NAME|LAST_NAME|FIRST_NAME|SECOND_NAME))$/;
const BANK_FIELDS =
  /^(ENTITY_ID|COUNTRY_ID|NAME|ACTIVE|SORT|XML_ID|ORIGINATOR_ID|RQ_(BANK_NAME|BIK|ACC_NUM|COR_ACC_NUM|ACC_CURRENCY))$/;
const ADDRESS_FIELDS =
  /^(TYPE_ID|ENTITY_TYPE_ID|ENTITY_ID|ADDRESS_1|ADDRESS_2|CITY|POSTAL_CODE|REGION|PROVINCE|COUNTRY)$/;

export function known(
  kind: 'requisite' | 'bank' | 'address',
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const pattern = { requisite: REQUISITE_FIELDS, bank: BANK_FIELDS, address: ADDRESS_FIELDS }[kind];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => pattern.test(name)));
}

/** @param shift makes the preset ids of two portals differ */
export function emptyPortal(shift = 0): PortalState {
  const preset = (id: number, name: string, code: string): PortalState['presets'][number] => ({
    ID: String(id + shift),
    NAME: name,
    XML_ID: shift === 0 ? `#CRM_REQUISITE_PRESET_DEF_RU_${code}#` : '',
    COUNTRY_ID: '1',
  });
  return {
    items: new Map(),
    requisites: new Map(),
    banks: new Map(),
    addresses: new Map(),
    comments: [],
    rows: new Map(),
    links: new Map(),
    userFields: new Map([
      [3, new Set()],
      [4, new Set()],
      [31, new Set()],
    ]),
    presets: [
      preset(1, 'Организация', 'COMPANY'),
      preset(2, 'ИП', 'INDIVIDUAL'),
      preset(3, 'Физ. лицо', 'PERSON'),
      { ID: '90', NAME: 'Нерезидент', XML_ID: '', COUNTRY_ID: '1' },
    ],
    scopes: ['crm', 'disk'],
    nextId: 100 + shift,
  };
}
