import { addSeconds, type DateTime, startOf } from '../../language/date-time.ts';
import type { Value } from '../../language/values.ts';
import {
  asReference,
  type DataObject,
  getField,
  newObject,
  openObject,
  partOf,
  referenceOf,
  setField,
} from '../objects/data-object.ts';
import { assignNumber } from '../objects/numbering.ts';
import { writeObject } from '../objects/write.ts';
import type { Reference } from '../reference.ts';
import type { StoredObject } from '../store.ts';
import type { LoadState } from './load-state.ts';

const INVOICE = 'Документ.СчетФактураВыданный';
const CORRECTION = 'Документ.КорректировкаРеализации';

/**
 * A corrected VAT invoice stands on a «Корректировка реализации», not on the sale itself: where there is none for it,
 * the loader makes one that changes nothing and is not posted (БП 3.0.51,
 * АктуализироватьПодчиненностьСчетовФактурВыданных).
 */
export function placeCorrections(state: LoadState): void {
  const { base, session, loaded } = state;
  for (const reference of loaded) {
    if (reference.meta.name !== 'СчетФактураВыданный') continue;
    const invoice = openObject(base, reference);
    if (getField(invoice, 'Исправление') !== true) continue;
    for (const { values } of partOf(invoice, 'ДокументыОснования').rows) {
      const basis = asReference(values.get('документоснование')!);
      if (basis.meta.name !== 'РеализацияТоваровУслуг') continue;
      const last = lastCorrection(state, basis, getField(invoice, 'Дата') as DateTime);
      const taken = last && invoiceOf(state, last);
      if (taken === invoice.uuid) continue;
      const place = last && taken === undefined ? last : makeCorrection(state, invoice, basis, last ?? basis);
      values.set('документоснование', place);
      setField(invoice, 'ДокументОснование', place);
    }
    invoice.loading = true;
    writeObject(invoice, 'write', session);
  }
}

/** The latest correction of a sale that is older than the invoice. */
function lastCorrection({ base }: LoadState, sale: Reference, before: DateTime): Reference | undefined {
  const seconds = (one: StoredObject): number => (one.fields.get('дата') as DateTime).seconds;
  const limit = before.seconds === startOf(before, 'day').seconds ? before.seconds + 1 : before.seconds;
  const [last] = base.store
    .all(CORRECTION)
    .filter(({ fields }) => asReference(fields.get('исправляемыйдокументреализации')!).uuid === sale.uuid)
    .filter((one) => seconds(one) < limit)
    .sort((a, b) => seconds(b) - seconds(a));
  return last && base.reference(CORRECTION, last.uuid);
}

function invoiceOf({ base }: LoadState, { uuid }: Reference): string | undefined {
  const isBasis = (row: ReadonlyMap<string, Value>): boolean =>
    asReference(row.get('документоснование')!).uuid === uuid;
  return base.store.all(INVOICE).find(({ parts }) => (parts.get('документыоснования') ?? []).some(isBasis))
    ?.uuid;
}

function makeCorrection(
  { base, session }: LoadState,
  invoice: DataObject,
  sale: Reference,
  of: Reference,
): Reference {
  const made = newObject(base, base.meta(CORRECTION));
  const date = getField(invoice, 'Дата') as DateTime;
  const wholeDay = date.seconds === startOf(date, 'day').seconds;
  setField(made, 'Дата', wholeDay ? date : addSeconds(date, -1));
  for (const name of ['Организация', 'Контрагент', 'ДоговорКонтрагента', 'НомерИсправления'])
    setField(made, name, getField(invoice, name));
  setField(made, 'ДокументРеализации', of);
  setField(made, 'ИсправляемыйДокументРеализации', sale);
  assignNumber(made);
  made.loading = true;
  writeObject(made, 'write', session);
  return referenceOf(made);
}
