import { DateTime, endOf } from '../../language/date-time.ts';
import { BslException, Unsupported } from '../../language/errors.ts';
import { textOf } from '../../language/presentation.ts';
import type { Session } from '../../language/session.ts';
import { behaviourOf } from '../behaviour/index.ts';
import { fullName } from '../metadata/types.ts';
import { type DataObject, getField, openObject, Refusal, setField, storedOf } from './data-object.ts';
import {
  assignCode,
  assignNumber,
  codeIsTaken,
  documentYear,
  numberIsTaken,
  numberPrefix,
} from './numbering.ts';
import { partRows } from './table-part.ts';

export type WriteMode = 'write' | 'post' | 'unpost';

/** What the handlers of a configuration look at. */
export interface WriteContext {
  readonly object: DataObject;
  readonly session: Session;
}

/**
 * Записать(): handlers of the configuration (not in load mode), number or code, uniqueness, the write itself, posting.
 * All of it or nothing.
 */
export function writeObject(object: DataObject, mode: WriteMode, session: Session): void {
  const { base, meta } = object;
  base.transactions.write(() => {
    try {
      if (!object.loading) beforeWrite(object, session);
      number(object);
      if (mode !== 'write') setField(object, 'Проведен', mode === 'post');
      save(object, session);
      if (mode === 'post') post(object, session);
    } catch (error) {
      if (error instanceof Refusal)
        for (const text of error.reasons) session.messages.push({ text, field: '', dataPath: '' });
      throw error;
    }
  });
  if (meta.kind === 'Документ' && mode === 'post')
    base.log.push({ event: '_$Data$_.Post', level: 'Информация', comment: fullName(meta) });
}

function beforeWrite(object: DataObject, session: Session): void {
  const problem = closingDateProblem(object, session);
  if (problem !== undefined) throw new BslException(problem);
  if (object.isNew && object.base.settings.refused === fullName(object.meta))
    throw new BslException('Новые карточки заводит только администратор');
  if (object.meta.kind === 'Документ') clearForeignNumber(object);
  behaviourOf(object.meta).beforeWrite?.({ object, session });
}

/**
 * Why the document may not be changed: its date, or the one it has in the base, lies in a closed period.
 * @param newDateOnly as ИзменениеЗапрещено looks at an object alone
 */
export function closingDateProblem(
  object: DataObject,
  session: Session,
  newDateOnly = false,
): string | undefined {
  const { closedUntil } = object.base.settings;
  if (
    !closedUntil ||
    object.meta.kind !== 'Документ' ||
    object.additional.fields.has('пропуститьпроверкузапретаизменения')
  )
    return undefined;
  const dates = [getField(object, 'Дата'), newDateOnly ? undefined : storedOf(object)?.fields.get('дата')];
  const closed = dates.some(
    (date) => date instanceof DateTime && date.seconds <= endOf(closedUntil, 'day').seconds,
  );
  return closed ? `Изменение данных запрещено: дата запрета ${textOf(closedUntil, session)}` : undefined;
}

/** Rewritten under another year or another prefix, a document loses its number and draws a new one. */
function clearForeignNumber(object: DataObject): void {
  if (object.isNew) return;
  const before = openObject(object.base, object.base.reference(fullName(object.meta), object.uuid));
  const moved =
    documentYear(before) !== documentYear(object) || numberPrefix(before) !== numberPrefix(object);
  if (moved) setField(object, 'Номер', '');
}

function number(object: DataObject): void {
  const { base, meta } = object;
  if (meta.number) {
    if (String(getField(object, 'Номер')).trim() === '') assignNumber(object);
    if (numberIsTaken(base, object)) notUnique(object, 'Номер');
  }
  if (meta.code) {
    if (meta.code.auto && String(getField(object, 'Код')).trim() === '') assignCode(object);
    if (codeIsTaken(base, object)) notUnique(object, 'Код');
  }
}

function notUnique({ loading, meta }: DataObject, name: string): never {
  // Whether 1C looks at uniqueness in load mode is not documented.
  if (loading) throw new Unsupported(`${fullName(meta)}: неуникальный ${name} в режиме загрузки`);
  throw new BslException(`Значение поля "${name}" не уникально`);
}

function save(object: DataObject, session: Session): void {
  const { base, meta } = object;
  const uuid = object.isNew ? (object.newUuid ?? session.newUuid()) : object.uuid;
  base.store.put(fullName(meta), {
    uuid,
    fields: new Map(object.fields),
    parts: new Map([...object.parts].map(([name, part]) => [name, partRows(part)])),
  });
  object.uuid = uuid;
  object.isNew = false;
}

function post(object: DataObject, session: Session): void {
  if (!object.meta.posting) throw new BslException('Документ не может быть проведен: проведение запрещено');
  const reasons = behaviourOf(object.meta).postingProblems?.({ object, session }) ?? [];
  if (reasons.length > 0) throw new Refusal(`Не удалось провести "${object.meta.synonym}"!`, reasons);
}

/** УстановитьПометкуУдаления: a document that gets the mark is unposted. */
export function markForDeletion(object: DataObject, mark: boolean, session: Session): void {
  setField(object, 'ПометкаУдаления', mark);
  writeObject(
    object,
    mark && object.meta.kind === 'Документ' && object.meta.posting ? 'unpost' : 'write',
    session,
  );
}

/** Удалить(): at once and for good, references to it stay behind. */
export function removeObject(object: DataObject): void {
  const { base, meta, uuid } = object;
  base.transactions.write(() => base.store.remove(fullName(meta), uuid));
}
