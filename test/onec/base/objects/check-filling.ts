import { textOf } from '../../language/presentation.ts';
import type { Session } from '../../language/session.ts';
import { isEmptyField } from '../../library/type-spec.ts';
import { behaviourOf } from '../behaviour/index.ts';
import type { Field } from '../metadata/types.ts';
import { allFields, type DataObject, getField, partOf } from './data-object.ts';

/** ПроверитьЗаполнение: tells the user what is missing. */
export function checkFilling(object: DataObject, session: Session): boolean {
  const problems = [
    ...missingFields(object),
    ...missingCells(object),
    ...(behaviourOf(object.meta).fillingProblems?.({ object, session }) ?? []),
  ];
  for (const text of problems)
    session.messages.push({ text: textOf(text, session), field: '', dataPath: '' });
  return problems.length === 0;
}

/** Accounts that the configuration is to fill before the write are not asked for. */
function asked(object: DataObject): (field: Field) => boolean {
  const filled = accountsAreFilled(object);
  return ({ required, account }) => required === true && !(account && filled);
}

/** The configuration fills empty accounts: the user does not see them, or it was told to. */
export function accountsAreFilled({ base, additional }: DataObject): boolean {
  return (
    !base.settings.accountsVisible || additional.fields.get('заполнитьсчетаучетапередзаписью')?.value === true
  );
}

function missingFields(object: DataObject): string[] {
  if (object.fields.get('этогруппа') === true) return [];
  return allFields(object.meta)
    .filter(asked(object))
    .filter(({ name, type }) => isEmptyField(object.base.spec(type), getField(object, name)))
    .map(({ name }) => `Поле "${name}" не заполнено`);
}

function missingCells(object: DataObject): string[] {
  return object.meta.parts.flatMap((part) =>
    partOf(object, part.name).rows.flatMap(({ values }, index) =>
      part.fields
        .filter(asked(object))
        .filter(({ name, type }) => isEmptyField(object.base.spec(type), values.get(name.toLowerCase())!))
        .map(({ name }) => `Не заполнена колонка "${name}" в строке ${index + 1} списка "${part.name}"`),
    ),
  );
}
