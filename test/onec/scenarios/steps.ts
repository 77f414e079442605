import type { Value } from '../language/values.ts';
import type { OpenForm } from '../processing/form.ts';
import type { World } from './world.ts';

/** What is done with the packages: by the schedule, or by the accountant at the form. */

export function loadFolder(world: World): void {
  world.command('ЗагрузитьПапку');
}

export function recheckFolder(world: World): void {
  world.command('ПерепроверитьПапку');
}

/** Opens the form and reads the only package of the folder. */
export function read(world: World): OpenForm {
  const form = world.open();
  form.command('Прочитать');
  expectNoWarning(form);
  return form;
}

/** Presses «Загрузить». @param answers to what it asks */
export function load(form: OpenForm, ...answers: string[]): void {
  form.ui.answers.push(...answers);
  form.command('Загрузить');
  expectNoWarning(form);
}

function expectNoWarning(form: OpenForm): void {
  if (form.ui.warnings.length > 0) throw new Error(form.ui.warnings.join('\n'));
}

/** The row of a table of the form with this text in a column. */
export function rowWith(form: OpenForm, table: string, column: string, text: string): number {
  const { rows } = form.table(table);
  const index = rows.findIndex(({ values }) => String(values.get(column.toLowerCase())) === text);
  if (index < 0) throw new Error(`no row ${text} in ${table}`);
  return index;
}

export function cell(form: OpenForm, table: string, row: number, column: string): Value {
  return form.table(table).rows[row]!.values.get(column.toLowerCase())!;
}
