import { DateTime, EMPTY_DATE, pad, partsOf } from '../../language/date-time.ts';
import { getField, setField } from '../objects/data-object.ts';
import type { Behaviour } from './index.ts';

/** Договор: an empty name is made of the number and the date. */
export const contract: Behaviour = {
  beforeWrite({ object }) {
    if (String(getField(object, 'Наименование')).trim() !== '') return;
    const number = String(getField(object, 'Номер')).trim();
    const date = getField(object, 'Дата');
    const day = date instanceof DateTime && date.seconds !== EMPTY_DATE.seconds ? ` от ${dayText(date)}` : '';
    setField(object, 'Наименование', `${number}${day}`);
  },
};

function dayText(date: DateTime): string {
  const { year, month, day } = partsOf(date);
  return `${pad(day)}.${pad(month)}.${pad(year, 4)}`;
}
