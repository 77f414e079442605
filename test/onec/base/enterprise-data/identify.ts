import { DateTime } from '../../language/date-time.ts';
import { Unsupported } from '../../language/errors.ts';
import { keyOf } from '../../language/type-of.ts';
import { isFilled } from '../../library/convert.ts';
import { newUuid } from '../../library/uuid.ts';
import { addRow } from '../../library/value-table.ts';
import { findByNumber, sameText } from '../managers.ts';
import type { FullName } from '../metadata/types.ts';
import {
  type DataObject,
  getField,
  newObject,
  openObject,
  partOf,
  referenceOf,
  setField,
} from '../objects/data-object.ts';
import { assignCode, assignNumber } from '../objects/numbering.ts';
import { partRows } from '../objects/table-part.ts';
import { writeObject } from '../objects/write.ts';
import type { Reference } from '../reference.ts';
import { type LoadState, referenceKey } from './load-state.ts';
import { child, childText, type Node } from './node.ts';
import type { Rule } from './rule.ts';
import { ruleOf } from './rules.ts';

/** A reference by key properties: the object is found, or made of them. */
export function resolve(state: LoadState, name: FullName, keys: Node): Reference {
  return convert(state, ruleOf(name), keys, undefined);
}

/** An object that came in full. */
export function loadObject(state: LoadState, rule: Rule, data: Node): Reference {
  return convert(state, rule, child(data, 'КлючевыеСвойства')!, data);
}

/**
 * Finds an object by its UUID, then by sets of search fields with the first hit taken; makes it where there is none
 * (СтруктураОбъектаXDTOВДанныеИБ).
 * @param full the whole object; undefined: only a reference to it
 */
function convert(state: LoadState, rule: Rule, keys: Node, full: Node | undefined): Reference {
  const { base } = state;
  const meta = base.meta(rule.meta);
  const sent = childText(keys, 'Ссылка');
  // A text that is no UUID stops the object.
  const uuid = sent === undefined ? state.session.newUuid() : newUuid(sent).uuid;
  const own = base.reference(rule.meta, uuid);
  if (!full && base.store.find(rule.meta, uuid)) return own;
  const received = newObject(base, meta);
  received.newUuid = uuid;
  rule.keys(received, keys, state);
  if (full) rule.full?.(received, full, state);
  const found = base.store.find(rule.meta, uuid) ? own : findByFields(state, rule, received);
  if (found && !full) return found;
  const target = found ? writeOver(openObject(base, found), received, rule) : received;
  return write(state, rule, target, full !== undefined);
}

function findByFields(state: LoadState, rule: Rule, received: DataObject): Reference | undefined {
  for (const names of rule.search(state.base.profile)) {
    const complete = names.every((name) => name === 'Родитель' || isFilled(getField(received, name)));
    const found = complete ? search(state, rule, names, received) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** A document by date and number is looked for through НайтиПоНомеру: anywhere in the year of the date. */
function search(
  { base }: LoadState,
  rule: Rule,
  names: readonly string[],
  received: DataObject,
): Reference | undefined {
  if (received.meta.kind === 'Документ') {
    const date = getField(received, 'Дата');
    if (!(date instanceof DateTime)) throw new Unsupported('документ без даты');
    const found = findByNumber(base, received.meta, String(getField(received, 'Номер')), date);
    return isFilled(found) ? found : undefined;
  }
  const matches = (fields: ReadonlyMap<string, Parameters<typeof keyOf>[0]>): boolean =>
    names.every((name) => {
      const [wanted, value] = [getField(received, name), fields.get(name.toLowerCase())!];
      return typeof wanted === 'string' ? sameText(value, wanted) : keyOf(wanted) === keyOf(value);
    });
  const stored = base.store.all(rule.meta).find(({ fields }) => matches(fields));
  return stored && base.reference(rule.meta, stored.uuid);
}

/** What came is put over what was there, with empty values where nothing came. */
function writeOver(target: DataObject, received: DataObject, rule: Rule): DataObject {
  for (const name of rule.fields)
    if (target.fields.has(name.toLowerCase())) setField(target, name, getField(received, name));
  for (const name of rule.parts) {
    const before = partRows(partOf(target, name));
    const part = partOf(target, name);
    part.rows.splice(0);
    for (const { values } of partOf(received, name).rows) {
      const row = addRow(part);
      for (const [key, value] of values) row.values.set(key, value);
      keepAccounts(row.values, before, target, name);
    }
  }
  return target;
}

/** Accounts that she set by hand stay with a line of the same service and content. */
function keepAccounts(
  values: Map<string, Parameters<typeof keyOf>[0]>,
  before: readonly ReadonlyMap<string, Parameters<typeof keyOf>[0]>[],
  target: DataObject,
  part: string,
): void {
  const accounts = target.meta.parts
    .find(({ name }) => name === part)!
    .fields.filter(({ account }) => account);
  const same = before.filter((row) =>
    ['номенклатура', 'содержание'].every(
      (name) => !row.has(name) || keyOf(row.get(name)!) === keyOf(values.get(name)!),
    ),
  );
  if (same.length === 1)
    for (const { name } of accounts) values.set(name.toLowerCase(), same[0]!.get(name.toLowerCase())!);
}

function write(state: LoadState, rule: Rule, target: DataObject, full: boolean): Reference {
  const { meta } = target;
  if (full || state.base.profile.keepsStubs || rule.stubStays) {
    if (meta.number && String(getField(target, 'Номер')).trim() === '') assignNumber(target);
    if (meta.code?.auto && String(getField(target, 'Код')).trim() === '') assignCode(target);
  }
  setField(target, 'ПометкаУдаления', false);
  target.loading = true;
  const wasPosted = meta.kind === 'Документ' && getField(target, 'Проведен') === true;
  if (wasPosted) setField(target, 'Проведен', false);
  writeObject(target, 'write', state.session);
  const reference = referenceOf(target);
  const key = referenceKey(reference);
  if (wasPosted) state.repost.set(key, reference);
  if (full) {
    state.stubs.delete(key);
    state.loaded.push(reference);
  } else if (!rule.stubStays) state.stubs.set(key, reference);
  return reference;
}
