import { ITEM_FIELDS, type Item, known, type OldRow, type PortalState } from './double-state.ts';

type Args = Record<string, unknown>;

/** An error of a method as the portal words it: often without a code. */
export class MethodError extends Error {
  readonly code: string | number;
  constructor(code: string | number, text: string) {
    super(text);
    this.code = code;
  }
}

export interface Paged {
  result: unknown;
  total?: number;
  next?: number;
}

export interface MethodContext {
  state: PortalState;
  /** ISO with the portal's time zone. */
  now: () => string;
}

const PAGE = 50;
const map = (value: unknown): Args => (typeof value === 'object' && value !== null ? (value as Args) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : Object.values(map(value)));

type Method = (args: Args, context: MethodContext) => Paged;

export const METHODS: Readonly<Record<string, Method>> = {
  scope: (_, { state }) => ({ result: state.scopes }),
  'crm.requisite.preset.list': (args, { state }) =>
    page(
      state.presets.map((one) => ({ ...one })),
      args,
      'ID',
    ),
  'crm.item.fields'(args, { state }) {
    const type = Number(args.entityTypeId);
    const names = [...ITEM_FIELDS[type]!, ...(state.userFields.get(type) ?? [])];
    return { result: { fields: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) } };
  },
  'crm.company.userfield.add': (args, context) => addUserField(4, args, context),
  'crm.contact.userfield.add': (args, context) => addUserField(3, args, context),
  'crm.item.list'(args, { state }) {
    const type = Number(args.entityTypeId);
    const select = list(args.select).map(String);
    const rows = [...state.items.values()]
      .filter((item) => item.type === type)
      .map((item) => itemRow(item, select.includes('*') || select.length === 0, state));
    const paged = page(rows, args, 'id');
    return { ...paged, result: { items: paged.result } };
  },
  'crm.item.get'(args, { state }) {
    const item = state.items.get(Number(args.id));
    if (!item || item.type !== Number(args.entityTypeId))
      throw new MethodError('NOT_FOUND', 'Элемент не найден');
    return { result: { item: itemRow(item, true, state) } };
  },
  'crm.item.add'(args, { state, now }) {
    const type = Number(args.entityTypeId);
    const item: Item = { id: ++state.nextId, type, fields: { createdTime: now(), updatedBy: 1 }, fm: [] };
    state.items.set(item.id, item);
    putItem(item, map(args.fields), state, now());
    return { result: { item: itemRow(item, true, state) } };
  },
  'crm.item.update'(args, { state, now }) {
    const item = state.items.get(Number(args.id));
    if (!item) throw new MethodError('NOT_FOUND', 'Элемент не найден');
    putItem(item, map(args.fields), state, now());
    return { result: { item: itemRow(item, true, state) } };
  },
  'crm.requisite.list': (args, { state }) => page(texts(state.requisites), args, 'ID'),
  'crm.requisite.add'(args, { state, now }) {
    const fields = known('requisite', map(args.fields));
    if (!state.items.has(Number(fields.ENTITY_ID)))
      throw new MethodError('', 'ENTITY_ID is not defined or invalid.');
    if (!state.presets.some(({ ID }) => ID === String(fields.PRESET_ID)))
      throw new MethodError('', 'PRESET_ID is not defined or invalid.');
    return { result: addRow(state.requisites, fields, state, now) };
  },
  'crm.requisite.update': (args, { state, now }) => updateRow(state.requisites, 'requisite', args, now),
  'crm.requisite.bankdetail.list': (args, { state }) => page(texts(state.banks), args, 'ID'),
  'crm.requisite.bankdetail.add'(args, { state, now }) {
    const fields = known('bank', map(args.fields));
    if (!state.requisites.has(Number(fields.ENTITY_ID))) throw new MethodError('', 'Entity not found.');
    return { result: addRow(state.banks, fields, state, now) };
  },
  'crm.requisite.bankdetail.update': (args, { state, now }) => updateRow(state.banks, 'bank', args, now),
  'crm.address.list': (args, { state }) =>
    page(
      [...state.addresses.values()].map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
      ),
      args,
      'ENTITY_ID',
    ),
  'crm.address.add'(args, { state }) {
    const fields = known('address', map(args.fields));
    const key = `${Number(fields.TYPE_ID)}:${Number(fields.ENTITY_ID)}`;
    if (state.addresses.has(key)) throw new MethodError('', 'TypeAddress exists');
    state.addresses.set(key, fields);
    return { result: true };
  },
  'crm.address.update'(args, { state }) {
    const fields = known('address', map(args.fields));
    const row = state.addresses.get(`${Number(fields.TYPE_ID)}:${Number(fields.ENTITY_ID)}`);
    if (!row) throw new MethodError('', 'Address not found.');
    Object.assign(row, fields);
    return { result: true };
  },
  'crm.duplicate.findbycomm'(args, { state }) {
    const type = args.entity_type === 'CONTACT' ? 3 : 4;
    const values = list(args.values).map(String);
    const ids = [...state.items.values()]
      .filter((item) => item.type === type && item.fm.some(({ value }) => values.includes(value)))
      .map(({ id }) => id);
    return { result: ids.length === 0 ? [] : { [String(args.entity_type)]: ids } };
  },
  'crm.timeline.comment.add'(args, { state }) {
    const { ENTITY_ID, ENTITY_TYPE, COMMENT, FILES } = map(args.fields);
    const id = ++state.nextId;
    const files = list(FILES).map((file) => {
      const [name, base64] = file as [string, string];
      return { name, base64 };
    });
    state.comments.push({
      id,
      type: String(ENTITY_TYPE),
      item: Number(ENTITY_ID),
      text: String(COMMENT),
      files,
    });
    return { result: id };
  },
  'crm.timeline.comment.update'(args, { state }) {
    const found = state.comments.find(({ id }) => id === Number(args.id));
    if (!found) throw new MethodError('NOT_FOUND', 'Not found.');
    found.text = String(map(args.fields).COMMENT);
    return { result: found.id };
  },
  'crm.timeline.comment.list'(args, { state }) {
    const rows = state.comments.map((one) => ({
      ID: String(one.id),
      ENTITY_ID: String(one.item),
      ENTITY_TYPE: one.type,
      COMMENT: one.text,
    }));
    return page(rows, args, 'ID');
  },
  'crm.status.list': (args) =>
    page(
      ['N', 'S', 'P', 'D'].map((code, index) => ({
        ID: String(index + 1),
        ENTITY_ID: 'SMART_INVOICE_STAGE_13',
        STATUS_ID: `DT31_13:${code}`,
        SEMANTICS: { P: 'S', D: 'F' }[code] ?? '',
        SORT: String(index),
      })),
      args,
      'ID',
    ),
  'crm.item.productrow.set'(args, { state }) {
    state.rows.set(Number(args.ownerId), list(args.productRows));
    return { result: { productRows: list(args.productRows) } };
  },
  'crm.requisite.link.register'(args, { state }) {
    const fields = map(args.fields);
    state.links.set(`${fields.ENTITY_TYPE_ID}:${fields.ENTITY_ID}`, fields);
    return { result: true };
  },
};

function addUserField(type: number, args: Args, { state }: MethodContext): Paged {
  state.userFields.get(type)!.add(`UF_CRM_${String(map(args.fields).FIELD_NAME)}`);
  return { result: ++state.nextId };
}

function itemRow(item: Item, all: boolean, _state: PortalState): Args {
  const row: Args = { id: item.id, ...item.fields };
  if (all) row.fm = item.fm.map((one) => ({ ...one }));
  return row;
}

function putItem(item: Item, fields: Args, state: PortalState, now: string): void {
  const names = new Set([...ITEM_FIELDS[item.type]!, ...(state.userFields.get(item.type) ?? [])]);
  for (const [name, value] of Object.entries(fields))
    if (names.has(name)) item.fields[name] = value === '' ? null : value;
  item.fields.updatedTime = now;
  for (const [key, one] of Object.entries(map(fields.fm))) {
    const { typeId, valueType = 'WORK', value = '' } = map(one);
    // Without its type an element is passed over, and the answer is a success.
    if (typeId === undefined) continue;
    const record =
      /^n?\d+$/.test(key) && !key.startsWith('n') ? item.fm.find(({ id }) => id === Number(key)) : undefined;
    if (record && value === '') item.fm = item.fm.filter((kept) => kept !== record);
    else if (record) record.value = String(value);
    else if (value !== '')
      item.fm.push({
        id: ++state.nextId,
        typeId: String(typeId),
        valueType: String(valueType),
        value: String(value),
      });
  }
}

function addRow(rows: Map<number, OldRow>, fields: Args, state: PortalState, now: () => string): number {
  const ID = ++state.nextId;
  rows.set(ID, { ID, ...fields, DATE_MODIFY: now() });
  return ID;
}

function updateRow(
  rows: Map<number, OldRow>,
  kind: 'requisite' | 'bank',
  args: Args,
  now: () => string,
): Paged {
  const row = rows.get(Number(args.id));
  if (!row) throw new MethodError('', 'Entity not found.');
  Object.assign(row, known(kind, map(args.fields)), { DATE_MODIFY: now() });
  return { result: true };
}

function texts(rows: Map<number, OldRow>): Args[] {
  return [...rows.values()].map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
  );
}

/** Filters, orders by id and cuts a page, as the portal does; `start: -1` counts nothing and has no next. */
function page(rows: Args[], args: Args, id: string): Paged {
  const filters = Object.entries(map(args.filter));
  const found = rows
    .filter((row) => filters.every(([name, wanted]) => passes(row, name, wanted)))
    .sort((a, b) => Number(a[id]) - Number(b[id]));
  const start = Number(args.start ?? 0);
  if (start === -1) return { result: found.slice(0, PAGE), total: 0 };
  const result = found.slice(start, start + PAGE);
  const next = start + PAGE;
  return { result, total: found.length, ...(next < found.length && { next }) };
}

function passes(row: Args, name: string, wanted: unknown): boolean {
  const [, prefix = '', field = ''] = /^(>=|<=|>|<|@|%|!@|!=|!|=)?(.+)$/.exec(name)!;
  const value = row[field];
  if (prefix === '@') return list(wanted).map(String).includes(String(value));
  if (prefix === '%') return String(value ?? '').includes(String(wanted));
  if (prefix === '' || prefix === '=') return String(value ?? '') === String(wanted);
  const [a, b] =
    field.endsWith('Time') || field === 'DATE_MODIFY'
      ? [Date.parse(String(value)), Date.parse(String(wanted))]
      : [Number(value), Number(wanted)];
  return { '>': a > b, '>=': a >= b, '<': a < b, '<=': a <= b }[prefix] ?? false;
}
