import { moduleMethods } from './description/bsl-outline.ts';
import { neededHandlers } from './description/check-handlers.ts';
import { allItems } from './description/description.ts';
import type { ReadForm } from './read/form.ts';
import { type ReadProcessing, readProcessing } from './read/read.ts';

/**
 * Reads a built file again and looks for what makes 1C refuse it: counters that do not fit their lists, doubled
 * ids, paths and commands that lead nowhere (the reader stops at those), names and handlers.
 * @returns the problems, each with its place; empty when the file is sound
 */
export function inspectEpf(epf: Uint8Array): { place: string; problem: string }[] {
  let read: ReadProcessing;
  try {
    read = readProcessing(epf);
  } catch (error) {
    return [{ place: 'чтение', problem: error instanceof Error ? error.message : String(error) }];
  }
  return read.forms.flatMap(inspectForm);
}

function inspectForm(form: ReadForm): { place: string; problem: string }[] {
  const place = `форма ${form.name}`;
  const methods = new Set(moduleMethods(form.module).map((method) => method.name));
  const ids = form.itemIds.filter((id) => id > 0);
  const names = [...allItems({ ...form, module: [] })].map((item) => item.name);
  return [
    ...repeated(ids).map((id) => ({ place, problem: `номер элемента ${id} встретился дважды` })),
    ...repeated(names).map((name) => ({ place, problem: `имя элемента «${name}» встретилось дважды` })),
    ...neededHandlers({ ...form, module: [] })
      .filter((need) => !methods.has(need.handler))
      .map((need) => ({ place: need.place, problem: `обработчика «${need.handler}» нет в модуле` })),
  ];
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
