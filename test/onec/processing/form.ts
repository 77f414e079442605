import type { Command, Field, Item } from '../../../src/epf/description/description.ts';
import type { Cell } from '../language/args.ts';
import { callMethod, onSide } from '../language/call.ts';
import type { ModuleContext } from '../language/context.ts';
import { integer } from '../language/decimal.ts';
import { instantiate } from '../language/interpreter.ts';
import type { Machine, ModuleInstance } from '../language/machine.ts';
import { setMember } from '../language/members.ts';
import { type BslObject, defineType, methodTable, type ObjectType } from '../language/object-type.ts';
import type { UserInterface } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { userInterface } from '../library/notification.ts';
import { newStructure } from '../library/structure.ts';
import { newUuid } from '../library/uuid.ts';
import type { ValueTable } from '../library/value-table.ts';
import { attributeCell, formStructure, readOnly, rowId, tableOf } from './form-data.ts';
import { createItems, type ItemObject, type Items } from './form-items.ts';
import { createProcessingObject } from './processing-object.ts';
import type { Template } from './template.ts';
import { specOfDescription, typedCell } from './typed-cell.ts';

/** The form open in front of the accountant: what she sees and what she does. */
export interface OpenForm {
  readonly ui: UserInterface;
  item(name: string): ItemObject;
  /** Value of an attribute. */
  value(attribute: string): Value;
  table(attribute: string): ValueTable;
  /** Presses a button. */
  command(name: string): void;
  /** Types a value into a field of the head. */
  change(item: string, value: Value): void;
  /** Types a value into a cell of a table. */
  changeCell(table: string, row: number, column: string, value: Value): void;
  /** Presses the choice button of a field. */
  startChoice(item: string): void;
  /** Stands on a row. */
  stand(table: string, row: number): void;
  /** Clicks a cell twice. */
  select(table: string, row: number, item: string): void;
}

interface FormObject extends BslObject {
  readonly machine: Machine;
  readonly instance: ModuleInstance;
  readonly attributes: ReadonlyMap<string, Cell>;
}

/** ЭтотОбъект of a form module: its attributes, and what it exports. */
const formType: ObjectType<FormObject> = defineType<FormObject>('ФормаКлиентскогоПриложения', {
  dynamic: {
    get: ({ attributes }, name) => attributes.get(name.toLowerCase())?.value,
    set: ({ attributes }, name, value) => {
      const cell = attributes.get(name.toLowerCase());
      if (cell) cell.value = value;
      return cell !== undefined;
    },
    names: ({ attributes }) => attributes.keys(),
    call: ({ machine, instance }, name, args) => {
      const half = machine.session.side === 'client' ? instance.code.client! : instance.code.server;
      const method = half.methods.get(name.toLowerCase());
      if (!method?.exported) return undefined;
      return { result: callMethod(machine, instance, method, args.list) };
    },
  },
  transfer: 'same',
});

/**
 * Opens the form: ПриСозданииНаСервере, then ПриОткрытии.
 * @param parameters of the form: ДополнительнаяОбработкаСсылка …
 */
export function openForm(
  machine: Machine,
  template: Template,
  parameters: Readonly<Record<string, Value>> = {},
): OpenForm {
  const { description } = template.form;
  const { session } = machine;
  session.ui ??= {
    warnings: [],
    questions: [],
    opened: [],
    saved: [],
    answers: [],
    picked: undefined,
    later: [],
  };
  const items = createItems(description);
  const attributes = new Map<string, Cell>();
  const main = new Map(
    template.loaded.description.attributes.map(({ name, type }) => [
      name.toLowerCase(),
      typedCell(specOfDescription(type)),
    ]),
  );
  for (const attribute of description.attributes)
    attributes.set(
      attribute.name.toLowerCase(),
      attribute.main ? readOnly(attribute.name, formStructure(main)) : attributeCell(attribute),
    );
  const own: Record<string, Cell> = {
    элементы: readOnly('Элементы', items),
    параметры: readOnly('Параметры', newStructure(parameters)),
    уникальныйидентификатор: readOnly('УникальныйИдентификатор', newUuid(session.newUuid())),
    этотобъект: { value: UNDEFINED },
  };
  const methods = methodTable<undefined>({
    'РеквизитФормыВЗначение(Имя)': () => {
      const object = createProcessingObject(machine, template);
      for (const [name, cell] of main) object.attributes.get(name)!.value = cell.value;
      return object;
    },
  });
  const context: ModuleContext = {
    property: (name) => attributes.get(name) ?? own[name],
    method: (name) => methods.get(name),
  };
  const instance = instantiate(machine, template.form.code, context);
  const form: FormObject = { type: formType, machine, instance, attributes };
  own.этотобъект = readOnly('ЭтотОбъект', form);
  const event = createEvents(machine, instance);
  const refuse: Cell = { value: false };
  if (description.events.OnCreateAtServer)
    onSide(machine, 'server', () =>
      callMethod(
        machine,
        instance,
        instance.code.server.methods.get(description.events.OnCreateAtServer!.toLowerCase())!,
        [refuse, { value: true }],
      ),
    );
  if (refuse.value !== true && description.events.OnOpen) event(description.events.OnOpen, [refuse]);
  return driver({ machine, attributes, main, items, commands: description.commands, event });
}

type RunEvent = (handler: string, cells: readonly Cell[]) => void;

/** Runs a handler of the client, then what waited for its end. */
function createEvents(machine: Machine, instance: ModuleInstance): RunEvent {
  const { later } = userInterface(machine.session);
  return (handler, cells) =>
    onSide(machine, 'client', () => {
      const method = instance.code.client!.methods.get(handler.toLowerCase());
      if (!method) throw new Error(`no handler ${handler}`);
      callMethod(machine, instance, method, cells);
      for (let work = later.shift(); work; work = later.shift()) work();
    });
}

interface Parts {
  machine: Machine;
  attributes: ReadonlyMap<string, Cell>;
  main: ReadonlyMap<string, Cell>;
  items: Items;
  commands: readonly Command[];
  event: RunEvent;
}

function driver({ machine, attributes, main, items, commands, event }: Parts): OpenForm {
  const item = (name: string): ItemObject => {
    const found = items.items.get(name.toLowerCase());
    if (!found) throw new Error(`no item ${name}`);
    return found;
  };
  const field = (name: string): Field => item(name).item as Field;
  const table = (name: string): ValueTable => tableOf(attributes.get(name.toLowerCase()));
  const stand = (name: string, row: number): void => {
    item(name).row = table(name).rows[row];
  };
  const cellAt = (path: string): Cell => {
    const [first, second] = path.toLowerCase().split('.');
    return (second === undefined ? attributes.get(first!) : main.get(second))!;
  };
  return {
    ui: userInterface(machine.session),
    item,
    value: (attribute) => cellAt(attribute).value,
    table,
    stand,
    command(name) {
      const command = commands.find((one) => one.name === name);
      if (!command) throw new Error(`no command ${name}`);
      event(command.action, [{ value: UNDEFINED }]);
    },
    change(name, value) {
      const { path, onChange } = field(name);
      refuseHidden(item(name));
      cellAt(path).value = value;
      if (onChange) event(onChange, [{ value: item(name) }]);
    },
    changeCell(name, row, column, value) {
      stand(name, row);
      const shown = [...items.items.values()].find(({ item: one }) => isColumn(one, `${name}.${column}`));
      if (!shown || (shown.item as Field).kind === 'label')
        throw new Error(`the user cannot type into ${name}.${column}`);
      setMember(item(name).row!, column, value);
      const { onChange } = shown.item as Field;
      if (onChange) event(onChange, [{ value: shown }]);
    },
    startChoice(name) {
      const { onStartChoice } = field(name);
      if (!onStartChoice) throw new Error(`no choice button at ${name}`);
      event(onStartChoice, [{ value: item(name) }, { value: UNDEFINED }, { value: true }]);
    },
    select(name, row, column) {
      stand(name, row);
      const { item: one } = item(name);
      if (one.kind !== 'table' || !one.onSelection) throw new Error(`no selection at ${name}`);
      const id = integer(rowId(table(name).rows[row]!));
      event(one.onSelection, [
        { value: item(name) },
        { value: id },
        { value: item(column) },
        { value: true },
      ]);
    },
  };
}

function isColumn(item: Item, path: string): boolean {
  return 'path' in item && item.path.toLowerCase() === path.toLowerCase() && item.kind !== 'table';
}

function refuseHidden({ item, visible, enabled, readOnly: locked }: ItemObject): void {
  if (!visible || !enabled || locked) throw new Error(`the user cannot type into ${item.name}`);
}
