import { type Fault, fault } from '../../faults/fault.ts';
import { moduleMethods } from './bsl-outline.ts';
import { checkHandlers } from './check-handlers.ts';
import { checkItems } from './check-items.ts';
import type { Form, FormAttribute } from './description.ts';
import { type LoadedTemplate, moduleText } from './load.ts';
import { checkNames, type Report } from './names.ts';
import { parseValueType } from './value-type.ts';

/** An attribute of a form hides a property of the same name in its module: `Документы.РеализацияТоваровУслуг` breaks. */
const HIDDEN_BY_ATTRIBUTES = new Set(
  (
    'Документы Справочники Перечисления Обработки Отчеты Константы Метаданные ПланыОбмена РегистрыСведений ' +
    'РегистрыНакопления РегистрыБухгалтерии ПланыСчетов ПланыВидовХарактеристик БизнесПроцессы Задачи ' +
    'Элементы Команды Параметры Заголовок ЭтаФорма ЭтотОбъект ПараметрыСеанса РегламентныеЗадания Символы ' +
    'БиблиотекаКартинок ФабрикаXDTO ИмяФормы'
  ).split(' '),
);

/** Checks what the shape cannot say: names, types, references, handlers. */
export function checkDescription(loaded: LoadedTemplate): Fault[] {
  const { description } = loaded;
  const faults: Fault[] = [];
  const report: Report = (code, place, values) => {
    faults.push(fault(code, { place, ...values }));
  };
  checkNames('обработка', [description], report);
  checkNames('реквизиты обработки', description.attributes, report);
  checkNames('макеты', description.templates, report);
  checkNames('формы', description.forms, report);
  for (const attribute of description.attributes)
    checkType(attribute.type, `реквизит обработки ${attribute.name}`, report, false);
  if (!description.forms.some((form) => form.name === description.defaultForm))
    report('BG1C-EPF-REFERENCE', 'defaultForm', {
      problem: `формы «${description.defaultForm}» нет в списке форм`,
    });
  checkExports(loaded, report);
  for (const form of description.forms) checkForm(form, loaded, report);
  return faults;
}

function checkForm(form: Form, loaded: LoadedTemplate, report: Report): void {
  const place = `форма ${form.name}`;
  checkNames(`${place}, реквизиты`, form.attributes, report);
  checkNames(`${place}, команды`, form.commands, report);
  if (form.attributes.filter((attribute) => attribute.main).length !== 1)
    report('BG1C-EPF-DESCRIPTION', place, { problem: 'нужен ровно один основной реквизит (main: true)' });
  for (const attribute of form.attributes)
    checkAttribute(attribute, `${place}, реквизит ${attribute.name}`, report);
  checkItems(form, loaded.description, report);
  const methods = moduleMethods(moduleText(loaded, form.module));
  checkMethodsOnce(methods, `модуль формы ${form.name}`, report);
  checkHandlers(form, methods, report);
}

function checkAttribute(attribute: FormAttribute, place: string, report: Report): void {
  if (HIDDEN_BY_ATTRIBUTES.has(attribute.name))
    report('BG1C-EPF-DESCRIPTION', place, {
      problem: `имя «${attribute.name}» закрывает в модуле формы одноимённое свойство 1С`,
    });
  const described = [attribute.main, attribute.type, attribute.columns].filter((one) => one !== undefined);
  if (described.length !== 1)
    report('BG1C-EPF-DESCRIPTION', place, { problem: 'нужно ровно одно из main, type, columns' });
  if (attribute.type !== undefined) checkType(attribute.type, place, report, true);
  if (!attribute.main && attribute.title === undefined)
    report('BG1C-EPF-DESCRIPTION', place, { problem: 'нет заголовка (title)' });
  if (!attribute.columns) return;
  if (attribute.columns.length === 0)
    report('BG1C-EPF-DESCRIPTION', place, { problem: 'в таблице нет колонок' });
  checkNames(`${place}, колонки`, attribute.columns, report);
  for (const column of attribute.columns)
    checkType(column.type, `${place}, колонка ${column.name}`, report, true);
}

function checkType(type: string, place: string, report: Report, mayBeAny: boolean): void {
  const parsed = parseValueType(type);
  if (!parsed || (parsed.kind === 'any' && !mayBeAny))
    report('BG1C-EPF-DESCRIPTION', place, { problem: `тип «${type}» здесь не бывает` });
}

function checkExports(loaded: LoadedTemplate, report: Report): void {
  const methods = moduleMethods(moduleText(loaded, loaded.description.module));
  checkMethodsOnce(methods, 'модуль объекта', report);
  for (const name of loaded.description.exports) {
    const method = methods.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!method?.exported)
      report('BG1C-EPF-HANDLER', 'exports', { problem: `модуль объекта не экспортирует «${name}»` });
  }
}

function checkMethodsOnce(methods: readonly { name: string }[], place: string, report: Report): void {
  const seen = new Set<string>();
  for (const { name } of methods) {
    if (seen.has(name.toLowerCase()))
      report('BG1C-EPF-HANDLER', place, { problem: `метод «${name}» описан дважды` });
    seen.add(name.toLowerCase());
  }
}
