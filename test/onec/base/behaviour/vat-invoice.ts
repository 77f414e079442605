import { DateTime, EMPTY_DATE } from '../../language/date-time.ts';
import { Decimal } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import type { Session } from '../../language/session.ts';
import { asReference, type DataObject, getField, partOf } from '../objects/data-object.ts';
import { presentation, type Reference, readField } from '../reference.ts';
import type { Behaviour } from './index.ts';

/** СчетФактураВыданный: one for each base (facts: bp30 §4). */
export const vatInvoice: Behaviour = {
  beforeWrite({ object, session }) {
    const problem = secondInvoice(object, session);
    if (problem !== undefined) throw new BslException(problem);
  },
  fillingProblems({ object, session }) {
    const second = secondInvoice(object, session);
    return [...issueProblems(object), ...(second === undefined ? [] : [second])];
  },
  postingProblems({ object, session }) {
    const bases = basesOf(object);
    return [
      ...(bases.length === 0 ? ['Не заполнен список "Документы-основания"'] : []),
      ...bases
        .filter((base) => readField(object.base, base, 'Проведен') !== true)
        .map((base) => `Документ-основание не проведен: ${presentation(object.base, base, session)}`),
      ...issueProblems(object),
    ];
  },
};

function basesOf(object: DataObject): Reference[] {
  return partOf(object, 'ДокументыОснования').rows.map(({ values }) =>
    asReference(values.get('документоснование')!),
  );
}

/** An issued invoice has the date and the way of its issue. */
function issueProblems(object: DataObject): string[] {
  if (getField(object, 'Выставлен') !== true) return [];
  const date = getField(object, 'ДатаВыставления');
  const way = getField(object, 'КодСпособаВыставления');
  return [
    ...(date instanceof DateTime && date.seconds === EMPTY_DATE.seconds
      ? ['Поле "ДатаВыставления" не заполнено']
      : []),
    ...(way instanceof Decimal && way.units === 0n ? ['Поле "КодСпособаВыставления" не заполнено'] : []),
  ];
}

function secondInvoice(object: DataObject, session: Session): string | undefined {
  const { base } = object;
  for (const basis of basesOf(object))
    for (const { uuid, fields, parts } of base.store.all('Документ.СчетФактураВыданный')) {
      const other =
        uuid !== object.uuid && fields.get('пометкаудаления') !== true && fields.get('исправление') !== true;
      const same = (parts.get('документыоснования') ?? []).some(
        (row) => asReference(row.get('документоснование')!).uuid === basis.uuid,
      );
      if (other && same)
        return `На основании документа ${presentation(base, basis, session)} уже был введен счет-фактура ${String(fields.get('номер')).trim()}`;
    }
  return undefined;
}
