import { expect } from 'vitest';
import type {
  CanonicalRecord,
  Contract,
  Correction,
  Counterparty,
  Document,
  Line,
} from '../../../src/model/types.ts';
import type { Base } from '../base/base.ts';
import type { EnumValue } from '../base/enumeration.ts';
import type { Reference } from '../base/reference.ts';
import type { Fields, StoredObject } from '../base/store.ts';
import { DateTime, isoText } from '../language/date-time.ts';
import type { Value } from '../language/values.ts';
import { deletionsIn, isDocument, type ObjectEnd } from './scenario.ts';
import { type Ending, receiptOf } from './verify.ts';
import type { IssuedReceipt, World } from './world.ts';

/** Tables that 1C keeps each kind of document in, and where its lines stand. */
const TABLES = {
  bill: { name: 'Документ.СчетНаОплатуПокупателю', part: 'товары' },
  act: { name: 'Документ.РеализацияТоваровУслуг', part: 'услуги' },
  upd: { name: 'Документ.РеализацияТоваровУслуг', part: 'услуги' },
  'vat-invoice': { name: 'Документ.СчетФактураВыданный', part: undefined },
} as const;

/** Where an object of the package lies in the base. */
type RefOf = (uuid: string) => string;

/**
 * Everything that the load made or wrote over equals the month: numbers, days, parties, each line, to the kopeck. So
 * does what it only found, unless it is said to differ.
 */
export function expectMonth(world: World, ending: Ending, receipts: readonly IssuedReceipt[]): void {
  const told = new Map<string, string | undefined>();
  for (const [index, file] of world.month.files.entries()) {
    // A later file may refer to what an earlier one brought.
    for (const { uuid, ref1c } of receiptOf(file, receipts)!.objects) told.set(uuid, ref1c);
    // A card that is a question now lies where it was.
    const refOf: RefOf = (uuid) => told.get(uuid) ?? uuid;
    for (const record of file.records) {
      // Of a record that comes again the later one counts.
      if (record.record === 'organization' || !world.records.includes(record)) continue;
      const end = ending(record.uuid, Math.max(index, lastDeletion(world, record.uuid)));
      if (isDocument(record)) expectDocument(world, record, end, refOf);
      else if (end.state === 'created' || end.state === 'updated') expectCard(world, record, refOf);
      expectAbsent(world.base, record, end);
    }
  }
}

/** Of the files that ask to mark a document, the last; −1: none does. */
function lastDeletion({ month }: World, uuid: string): number {
  return month.files.findLastIndex(({ manifest }) => deletionsIn(manifest).includes(uuid));
}

function expectAbsent({ store }: Base, record: CanonicalRecord, { state }: ObjectEnd): void {
  const absent = state === 'skipped' || state === 'missing';
  if (!absent) return;
  const names: Record<string, string> = {
    counterparty: 'Справочник.Контрагенты',
    contract: 'Справочник.ДоговорыКонтрагентов',
    service: 'Справочник.Номенклатура',
  };
  const name = isDocument(record) ? TABLES[record.record].name : names[record.record]!;
  expect(store.find(name, record.uuid), `${record.record} ${record.uuid}`).toBeUndefined();
}

function expectCard(
  { base, seller }: World,
  record: Exclude<CanonicalRecord, Document | { record: 'organization' }>,
  refOf: RefOf,
): void {
  const read = (name: string): ReturnType<typeof plain> =>
    plain(base.store.find(name, refOf(record.uuid)), record.name);
  if (record.record === 'counterparty') expect(read('Справочник.Контрагенты')).toMatchObject(cardOf(record));
  else if (record.record === 'contract')
    expect(read('Справочник.ДоговорыКонтрагентов')).toMatchObject({
      ...contractOf(record),
      владелец: refOf(record.counterparty),
      организация: seller.uuid,
    });
  else
    expect(read('Справочник.Номенклатура')).toMatchObject({
      наименование: record.name,
      наименованиеполное: record.fullName,
      услуга: true,
    });
}

/** The record has the card as it was seen, the edits say what it is to become. */
function cardOf(record: Counterparty): Record<string, unknown> {
  const edits = (record.changes ?? []).map(({ field, after }) => [field, after]);
  const { name, fullName, inn = '', kpp = '', kind } = { ...record, ...Object.fromEntries(edits) };
  const legal = kind === 'legal-entity' ? 'ЮридическоеЛицо' : 'ФизическоеЛицо';
  return {
    наименование: name,
    наименованиеполное: fullName,
    инн: inn,
    кпп: kpp,
    юридическоефизическоелицо: legal,
  };
}

function contractOf({ name, number, date }: Contract): Record<string, unknown> {
  // What the format's field does not hold is in the name (decisions A5).
  const dated = date === undefined ? {} : { номер: number.slice(0, 20).trimEnd(), дата: date };
  return { наименование: name, ...dated, виддоговора: 'СПокупателем' };
}

function expectDocument({ base, seller }: World, record: Document, end: ObjectEnd, refOf: RefOf): void {
  const there = end.state === 'created' || end.state === 'updated' || end.state === 'found';
  if (!there || (end.state === 'found' && end.standing === 'differs')) return;
  const { name, part } = TABLES[record.record];
  const stored = base.store.find(name, refOf(record.uuid))!;
  const title = `${record.record} ${record.number}`;
  const head = plain(stored, title);
  const correction = record.record === 'vat-invoice' ? record.correction : undefined;
  expect(head, title).toMatchObject({
    дата: correction?.date ?? record.date,
    организация: seller.uuid,
    контрагент: refOf(record.counterparty),
    договорконтрагента: refOf(record.contract),
    суммадокумента: rouble(record.sum),
    проведен: end.posted ?? !end.marked,
    пометкаудаления: end.marked ?? false,
  });
  if (correction) expectCorrection(head, { ...correction, original: refOf(correction.original) });
  else if (record.number !== '') expect(head.номер, title).toBe(record.number);
  if (end.state === 'found') return;
  if (part)
    expect(stored.parts.get(part)!.map(lineText), title).toEqual(
      record.lines.map((one) => wanted(one, refOf)),
    );
  if (record.record === 'vat-invoice')
    expectInvoice(base, stored, record.vat, { act: refOf(record.act), corrects: correction !== undefined });
  if (record.record === 'upd')
    expectUpd(base, stored, record.vatInvoiceUuid && refOf(record.vatInvoiceUuid), record);
}

/** A document of its own, under a number of 1C's, beside the first one. */
function expectCorrection(head: Record<string, unknown>, { number, original }: Correction): void {
  expect(head).toMatchObject({ исправление: true, исправляемыйсчетфактура: original });
  expect(head.номерисправления).toBe(String(number));
  expect(head.номер).toMatch(/^0000-И\d{6}$/);
}

function expectInvoice(
  { store }: Pick<Base, 'store'>,
  { fields, parts }: StoredObject,
  vat: number,
  { act, corrects = false }: { act: string; corrects?: boolean },
): void {
  expect(plainValue(fields.get('суммандсдокумента')!)).toBe(rouble(vat));
  const bases = parts.get('документыоснования')!.map((row) => plainValue(row.get('документоснование')!));
  if (!corrects) {
    expect(bases).toEqual([act]);
    return;
  }
  // 1C puts a correction of its own between them.
  const between = store.find('Документ.КорректировкаРеализации', String(bases[0]))!;
  expect(plainValue(between.fields.get('исправляемыйдокументреализации')!)).toBe(act);
}

function expectUpd(
  { store }: Pick<Base, 'store'>,
  { uuid, fields }: StoredObject,
  invoice: string | undefined,
  { vat, number, sum }: Document,
): void {
  if (fields.has('этоуниверсальныйдокумент')) expect(fields.get('этоуниверсальныйдокумент')).toBe(true);
  if (invoice === undefined) return;
  const stored = store.find(TABLES['vat-invoice'].name, invoice)!;
  expectInvoice({ store }, stored, vat, { act: uuid });
  expect(plain(stored, number)).toMatchObject({ номер: number, суммадокумента: rouble(sum) });
}

function lineText(row: Fields): string {
  const read = (name: string): string => String(plainValue(row.get(name)!));
  const names = ['номенклатура', 'содержание', 'количество', 'цена', 'сумма', 'ставкандс', 'суммандс'];
  return names.map(read).join(' | ');
}

function wanted({ service, content, quantity, price, sum, rate, vat }: Line, refOf: RefOf): string {
  const rateName = rate === 'none' ? 'БезНДС' : `НДС${rate}`;
  const figures = [quantity / 1000, rouble(price), rouble(sum), rateName, rouble(vat)];
  return [refOf(service), content, ...figures].join(' | ');
}

/** Kopecks as the number that 1C keeps. */
function rouble(kopecks: number): string {
  return String(kopecks / 100);
}

function plain(stored: StoredObject | undefined, title: string): Record<string, unknown> {
  expect(stored, `${title}: в базе`).toBeDefined();
  return Object.fromEntries([...stored!.fields].map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: Value): unknown {
  if (typeof value === 'string') return value.trimEnd();
  if (typeof value === 'boolean') return value;
  if (value instanceof DateTime) return isoText(value).slice(0, 10);
  if ('units' in (value as object)) return String(value);
  const object = value as unknown as Partial<Reference & EnumValue>;
  return object.uuid ?? object.name;
}
