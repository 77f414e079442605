import { DateTime, partsOf } from '../../language/date-time.ts';
import type { Base } from '../base.ts';
import { fullName } from '../metadata/types.ts';
import { readField } from '../reference.ts';
import { asReference, type DataObject, getField, setField } from './data-object.ts';

/** Numbers and codes as БП draws them: `<организация 2><база 2>-<нули и номер>` (facts: bp30 §5). */

function two(prefix: string): string {
  return prefix.trim().padStart(2, '0');
}

/** Prefix of numbers of this organisation in this base: «00БП-». */
export function numberPrefix(object: DataObject): string {
  const { base } = object;
  const organization = asReference(getField(object, 'Организация'));
  const own = organization.uuid && base.store.find('Справочник.Организации', organization.uuid);
  const prefix = own ? String(readField(base, organization, 'Префикс')) : '';
  return `${two(prefix)}${two(base.settings.basePrefix)}-`;
}

/** A VAT invoice carries a sign of its kind before the digits: 0 ordinary, И correction, А advance. */
function kindSign(object: DataObject): string {
  if (object.meta.name !== 'СчетФактураВыданный') return '';
  if (getField(object, 'Исправление') === true) return 'И';
  const kind = getField(object, 'ВидСчетаФактуры') as unknown as { name: string };
  return kind.name === 'НаАванс' ? 'А' : '0';
}

export function documentYear(object: DataObject): number {
  return yearOf(getField(object, 'Дата') as DateTime);
}

function yearOf(date: DateTime): number {
  return partsOf(date).year;
}

/** УстановитьНовыйНомер: one more than the greatest with this prefix in the year of the document. */
export function assignNumber(object: DataObject): void {
  const { base, meta } = object;
  const start = numberPrefix(object) + kindSign(object);
  const length = meta.number!.length;
  const used = base.store
    .all(fullName(meta))
    .filter(({ fields }) => yearOf(fields.get('дата') as DateTime) === documentYear(object))
    .map(({ fields }) => String(fields.get('номер')));
  setField(object, 'Номер', start + nextDigits(used, start, length));
}

/** УстановитьНовыйКод. */
export function assignCode(object: DataObject): void {
  const { base, meta } = object;
  const start = `${two(base.settings.basePrefix)}-`;
  const used = base.store.all(fullName(meta)).map(({ fields }) => String(fields.get('код')));
  setField(object, 'Код', start + nextDigits(used, start, meta.code!.length));
}

function nextDigits(used: readonly string[], start: string, length: number): string {
  const numbers = used
    .filter((one) => one.startsWith(start))
    .map((one) => one.slice(start.length).trim())
    .filter((digits) => /^\d+$/.test(digits))
    .map(Number);
  return String(Math.max(0, ...numbers) + 1).padStart(length - start.length, '0');
}

/** Another document of this kind and year that has the number, organisation notwithstanding. */
export function numberIsTaken(base: Base, object: DataObject): boolean {
  const number = String(getField(object, 'Номер')).trim();
  return base.store.all(fullName(object.meta)).some(({ uuid, fields }) => {
    const date = fields.get('дата');
    const sameYear = date instanceof DateTime && yearOf(date) === documentYear(object);
    return (
      uuid !== object.uuid &&
      sameYear &&
      String(fields.get('номер')).trim().toLowerCase() === number.toLowerCase()
    );
  });
}

export function codeIsTaken(base: Base, object: DataObject): boolean {
  const code = String(getField(object, 'Код')).trim();
  const others = base.store.all(fullName(object.meta)).filter(({ uuid }) => uuid !== object.uuid);
  return code !== '' && others.some(({ fields }) => String(fields.get('код')).trim() === code);
}
