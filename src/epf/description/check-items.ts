import {
  allItems,
  type Button,
  type Description,
  type Field,
  type Form,
  type Item,
  isField,
  type Table,
} from './description.ts';
import { checkNames, type Report } from './names.ts';
import { COMPANION, type Target, targetOf, typeOfTarget } from './resolve.ts';
import { parseValueType } from './value-type.ts';

/** Checks the items of a form: names, commands, data paths, and that each field suits its value. */
export function checkItems(form: Form, description: Description, report: Report): void {
  const items = [...allItems(form)];
  const at = (item: Item): string => `форма ${form.name}, элемент ${item.name}`;
  checkNames(
    `форма ${form.name}, элементы`,
    items.flatMap((item) => [item, ...companionsOf(item).map((name) => ({ name }))]),
    report,
  );
  for (const item of items) {
    if (item.kind === 'button') checkButton(item, form, at(item), report);
    if (item.kind === 'table') checkTable(item, form, description, at(item), report);
    if (isField(item)) checkField(item, form, description, at(item), report);
  }
  const columns = new Set(items.flatMap((item) => (item.kind === 'table' ? item.items : [])));
  for (const item of items)
    if (isField(item) && !columns.has(item) && targetOf(item.path, form, description)?.kind === 'column')
      report('BG1C-EPF-REFERENCE', at(item), {
        problem: `колонка «${item.path}» показана вне своей таблицы`,
      });
  const defaults = items.filter((item) => item.kind === 'button' && item.default);
  if (defaults.length > 1)
    report('BG1C-EPF-DESCRIPTION', at(defaults[1]!), {
      problem: `кнопка по умолчанию уже есть: ${defaults[0]!.name}`,
    });
}

function companionsOf(item: Item): string[] {
  const tooltip = item.name + COMPANION.tooltip;
  if (item.kind === 'table') return Object.values(COMPANION).map((suffix) => item.name + suffix);
  if (isField(item) || item.kind === 'text') return [tooltip, item.name + COMPANION.contextMenu];
  return [tooltip];
}

function checkButton(button: Button, form: Form, place: string, report: Report): void {
  if (!form.commands.some((command) => command.name === button.command))
    report('BG1C-EPF-REFERENCE', place, { problem: `команды «${button.command}» у формы нет` });
}

function checkTable(table: Table, form: Form, description: Description, place: string, report: Report): void {
  const attribute = form.attributes.find((one) => one.name === table.path);
  if (!attribute?.columns) {
    report('BG1C-EPF-REFERENCE', place, { problem: `«${table.path}» — не таблица значений формы` });
    return;
  }
  for (const field of table.items) {
    const target = targetOf(field.path, form, description);
    if (target && (target.kind !== 'column' || target.attribute !== table.path))
      report('BG1C-EPF-REFERENCE', `форма ${form.name}, элемент ${field.name}`, {
        problem: `«${field.path}» — не колонка таблицы «${table.path}»`,
      });
  }
}

function checkField(field: Field, form: Form, description: Description, place: string, report: Report): void {
  const target = targetOf(field.path, form, description);
  if (!target) {
    report('BG1C-EPF-REFERENCE', place, { problem: `путь к данным «${field.path}» никуда не ведёт` });
    return;
  }
  for (const problem of fieldProblems(field, target, form, description))
    report('BG1C-EPF-DESCRIPTION', place, { problem });
}

function fieldProblems(field: Field, target: Target, form: Form, description: Description): string[] {
  const type = typeOfTarget(target, form, description);
  if (type === undefined) return [`«${field.path}» нельзя показать полем`];
  const kind = parseValueType(type)?.kind;
  const problems: string[] = [];
  if (field.kind === 'checkbox' && kind !== 'boolean') problems.push('флажку нужен тип boolean');
  if (field.kind === 'radio' && !field.choices?.length) problems.push('переключателю нужны choices');
  if (field.choices && kind !== 'string') problems.push('choices бывают только у типа string');
  if (field.choices && field.kind !== 'radio' && field.kind !== 'input')
    problems.push('choices бывают только у radio и input');
  const onlyInput = [field.multiLine, field.choiceButton, field.hint, field.onStartChoice, field.height];
  if (field.kind !== 'input' && onlyInput.some((one) => one !== undefined))
    problems.push('multiLine, height, choiceButton, hint, onStartChoice бывают только у input');
  if ((field.choiceButton ?? false) !== (field.onStartChoice !== undefined))
    problems.push('choiceButton и onStartChoice ходят парой');
  return problems;
}
