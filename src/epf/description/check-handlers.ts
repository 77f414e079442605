import type { Method } from './bsl-outline.ts';
import { allItems, type Form, type FormEvent, isField } from './description.ts';
import type { Report } from './names.ts';

interface Need {
  handler: string;
  place: string;
  directive: 'НаКлиенте' | 'НаСервере';
  /** How many arguments 1C passes; another number of parameters stops the call. */
  parameters: number;
}

/** `Процедура ПриСозданииНаСервере(Отказ, СтандартнаяОбработка)` and so on. */
const FORM_EVENTS: Record<FormEvent, Pick<Need, 'directive' | 'parameters'>> = {
  OnCreateAtServer: { directive: 'НаСервере', parameters: 2 },
  OnOpen: { directive: 'НаКлиенте', parameters: 1 },
  BeforeClose: { directive: 'НаКлиенте', parameters: 4 },
  OnClose: { directive: 'НаКлиенте', parameters: 1 },
  NotificationProcessing: { directive: 'НаКлиенте', parameters: 3 },
};
/** (Команда) */
const COMMAND_PARAMETERS = 1;
/** (Элемент) */
const CHANGE_PARAMETERS = 1;
/** (Элемент, ДанныеВыбора, СтандартнаяОбработка) */
const START_CHOICE_PARAMETERS = 3;
/** (ТаблицаФормы, ВыбраннаяСтрока, Поле, СтандартнаяОбработка) */
const SELECTION_PARAMETERS = 4;

/** Every procedure that the form names, with what 1C wants of it. */
export function neededHandlers(form: Form): Need[] {
  const place = `форма ${form.name}`;
  const client = (handler: string | undefined, at: string, parameters: number): Need[] =>
    handler === undefined
      ? []
      : [{ handler, place: `${place}, ${at}`, directive: 'НаКлиенте' as const, parameters }];
  return [
    ...Object.entries(form.events).map(([event, handler]) => ({
      handler,
      place: `${place}, событие ${event}`,
      ...FORM_EVENTS[event as FormEvent],
    })),
    ...form.commands.flatMap((command) =>
      client(command.action, `команда ${command.name}`, COMMAND_PARAMETERS),
    ),
    ...[...allItems(form)].flatMap((item) => {
      if (item.kind === 'table')
        return client(item.onSelection, `элемент ${item.name}`, SELECTION_PARAMETERS);
      if (!isField(item)) return [];
      return [
        ...client(item.onChange, `элемент ${item.name}`, CHANGE_PARAMETERS),
        ...client(item.onStartChoice, `элемент ${item.name}`, START_CHOICE_PARAMETERS),
      ];
    }),
  ];
}

export function checkHandlers(form: Form, methods: readonly Method[], report: Report): void {
  const byName = new Map(methods.map((method) => [method.name.toLowerCase(), method]));
  for (const need of neededHandlers(form)) {
    const problem = handlerProblem(need, byName.get(need.handler.toLowerCase()));
    if (problem) report('BG1C-EPF-HANDLER', need.place, { problem });
  }
}

function handlerProblem(need: Need, method: Method | undefined): string | undefined {
  const name = `обработчик «${need.handler}»`;
  if (!method) return `${name} не найден в модуле формы`;
  if (method.isFunction) return `${name} — функция, а нужна процедура`;
  if (method.directive?.toLowerCase() !== need.directive.toLowerCase())
    return `${name}: нужна директива &${need.directive}, а стоит ${method.directive ? `&${method.directive}` : 'ничего'}`;
  if (method.parameters !== need.parameters)
    return `${name}: параметров ${method.parameters}, а 1С передаёт ${need.parameters}`;
  return undefined;
}
