import { asReference, getField, referenceOf, setField } from '../objects/data-object.ts';
import type { Behaviour } from './index.ts';

/** Контрагент: one that is not a branch is its own head (facts: bp30 §2). */
export const counterparty: Behaviour = {
  beforeWrite({ object, session }) {
    if (getField(object, 'ЭтоГруппа') === true || getField(object, 'ОбособленноеПодразделение') === true)
      return;
    if (object.isNew) object.newUuid ??= session.newUuid();
    const own = object.isNew
      ? object.base.reference('Справочник.Контрагенты', object.newUuid!)
      : referenceOf(object);
    setField(object, 'ГоловнойКонтрагент', own);
  },
  fillingProblems({ object }) {
    const inn = String(getField(object, 'ИНН')).trim();
    const head = asReference(getField(object, 'ГоловнойКонтрагент'));
    const branch = getField(object, 'ОбособленноеПодразделение') === true;
    return [
      ...(inn.length === 10 && String(getField(object, 'КПП')).trim() === ''
        ? ['Поле "КПП" не заполнено']
        : []),
      ...(branch && head.uuid === referenceOf(object).uuid ? ['Поле "ГоловнойКонтрагент" не заполнено'] : []),
    ];
  },
};
