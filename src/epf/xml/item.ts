import type { Button, Choice, Field, Item, Representation, Table } from '../description/description.ts';
import { COMPANION, type FormIds } from '../description/resolve.ts';
import { localizedXml, valueXml, type XMLBuilder } from './xml.ts';

const ELEMENT = {
  group: 'UsualGroup',
  pages: 'Pages',
  page: 'Page',
  commandBar: 'CommandBar',
  table: 'Table',
  label: 'LabelField',
  input: 'InputField',
  checkbox: 'CheckBoxField',
  radio: 'RadioButtonField',
  button: 'Button',
  text: 'LabelDecoration',
} as const satisfies Record<Item['kind'], string>;

const REPRESENTATION: Record<Representation, string> = {
  none: 'None',
  weak: 'WeakSeparation',
  normal: 'NormalSeparation',
};

/** Where items stand decides details of theirs. */
type Home = 'form' | 'bar' | 'table';

/** `<ChildItems>`, left out when there are none. */
export function itemsXml(parent: XMLBuilder, items: readonly Item[], ids: FormIds, home: Home): void {
  if (items.length === 0) return;
  const children = parent.ele('ChildItems');
  for (const item of items) itemXml(children, item, ids, home);
}

function itemXml(parent: XMLBuilder, item: Item, ids: FormIds, home: Home): void {
  const id = ids.item(item);
  const node = parent.ele(ELEMENT[item.kind], { name: item.name, id: String(id) });
  switch (item.kind) {
    case 'group':
      if (item.title) localizedXml(node, 'Title', item.title);
      valueXml(node, 'Group', item.direction === 'horizontal' ? 'Horizontal' : 'Vertical');
      valueXml(node, 'Representation', REPRESENTATION[item.representation ?? 'none']);
      if (!item.title) valueXml(node, 'ShowTitle', false);
      tooltipXml(node, item.name, id + 1);
      itemsXml(node, item.items, ids, 'form');
      return;
    case 'pages':
    case 'page':
    case 'commandBar':
      if (item.title) localizedXml(node, 'Title', item.title);
      if (item.kind === 'pages') valueXml(node, 'PagesRepresentation', 'TabsOnTop');
      tooltipXml(node, item.name, id + 1);
      itemsXml(node, item.items, ids, item.kind === 'commandBar' ? 'bar' : 'form');
      return;
    case 'table':
      tableXml(node, item, id, ids);
      return;
    case 'button':
      buttonXml(node, item, id, home);
      return;
    case 'text':
      localizedXml(node, 'Title', item.title);
      contextMenuXml(node, item.name, id + 1);
      tooltipXml(node, item.name, id + 2);
      return;
    default:
      fieldXml(node, item, id, home);
  }
}

function buttonXml(node: XMLBuilder, button: Button, id: number, home: Home): void {
  valueXml(node, 'Type', home === 'bar' ? 'CommandBarButton' : 'UsualButton');
  if (button.default) valueXml(node, 'DefaultButton', true);
  valueXml(node, 'CommandName', `Form.Command.${button.command}`);
  if (button.title) localizedXml(node, 'Title', button.title);
  tooltipXml(node, button.name, id + 1);
}

function tableXml(node: XMLBuilder, table: Table, id: number, ids: FormIds): void {
  valueXml(node, 'Representation', 'List');
  valueXml(node, 'ChangeRowSet', false);
  valueXml(node, 'ChangeRowOrder', false);
  valueXml(node, 'AutoInsertNewRow', true);
  valueXml(node, 'DataPath', table.path);
  if (table.title) localizedXml(node, 'Title', table.title);
  node.ele('RowFilter', { 'xsi:nil': 'true' });
  contextMenuXml(node, table.name, id + 1);
  const bar = node.ele('AutoCommandBar', { name: table.name + COMPANION.commandBar, id: String(id + 2) });
  itemsXml(bar, table.commandBar, ids, 'bar');
  tooltipXml(node, table.name, id + 3);
  for (const [index, [element, suffix, type]] of ADDITIONS.entries())
    additionXml(node, element, table.name, suffix, type, id + 4 + index * 3);
  eventsXml(node, [['Selection', table.onSelection]]);
  itemsXml(node, table.items, ids, 'table');
}

const ADDITIONS = [
  ['SearchStringAddition', COMPANION.searchString, 'SearchStringRepresentation'],
  ['ViewStatusAddition', COMPANION.viewStatus, 'ViewStatusRepresentation'],
  ['SearchControlAddition', COMPANION.searchControl, 'SearchControl'],
] as const;

function additionXml(
  parent: XMLBuilder,
  element: string,
  table: string,
  suffix: string,
  type: string,
  id: number,
): void {
  const name = table + suffix;
  const node = parent.ele(element, { name, id: String(id) });
  const source = node.ele('AdditionSource');
  valueXml(source, 'Item', table);
  valueXml(source, 'Type', type);
  contextMenuXml(node, name, id + 1);
  tooltipXml(node, name, id + 2);
}

function fieldXml(node: XMLBuilder, field: Field, id: number, home: Home): void {
  valueXml(node, 'DataPath', field.path);
  if (field.visible === false) valueXml(node, 'Visible', false);
  if (field.readOnly) valueXml(node, 'ReadOnly', true);
  if (field.title) localizedXml(node, 'Title', field.title);
  if (field.titleLocation)
    valueXml(
      node,
      'TitleLocation',
      field.titleLocation.replace(/^./, (first) => first.toUpperCase()),
    );
  if (field.tooltip) localizedXml(node, 'ToolTip', field.tooltip);
  if (home === 'table') valueXml(node, 'EditMode', 'EnterOnInput');
  if (field.kind === 'checkbox') valueXml(node, 'CheckBoxType', 'Auto');
  if (field.kind === 'radio') valueXml(node, 'RadioButtonType', 'Auto');
  valueXml(node, 'Width', field.width);
  valueXml(node, 'Height', field.height);
  valueXml(node, 'HorizontalStretch', field.stretch);
  valueXml(node, 'MultiLine', field.multiLine);
  valueXml(node, 'ChoiceButton', field.choiceButton);
  if (field.choices) {
    if (field.kind === 'input') valueXml(node, 'ListChoiceMode', true);
    choicesXml(node, field.choices);
  }
  if (field.hint) localizedXml(node, 'InputHint', field.hint);
  contextMenuXml(node, field.name, id + 1);
  tooltipXml(node, field.name, id + 2);
  eventsXml(node, [
    ['OnChange', field.onChange],
    ['StartChoice', field.onStartChoice],
  ]);
}

function choicesXml(node: XMLBuilder, choices: readonly Choice[]): void {
  const list = node.ele('ChoiceList');
  for (const choice of choices) {
    const item = list.ele('xr:Item');
    item.ele('xr:Presentation');
    item.ele('xr:CheckState').txt('0');
    const value = item.ele('xr:Value', { 'xsi:type': 'FormChoiceListDesTimeValue' });
    localizedXml(value, 'Presentation', choice.title);
    value.ele('Value', { 'xsi:type': 'xs:string' }).txt(choice.value);
  }
}

function eventsXml(
  node: XMLBuilder,
  handlers: readonly (readonly [name: string, handler: string | undefined])[],
): void {
  const present = handlers.filter(([, handler]) => handler !== undefined);
  if (present.length === 0) return;
  const events = node.ele('Events');
  for (const [name, handler] of present) events.ele('Event', { name }).txt(handler!);
}

function tooltipXml(node: XMLBuilder, owner: string, id: number): void {
  node.ele('ExtendedTooltip', { name: owner + COMPANION.tooltip, id: String(id) });
}

function contextMenuXml(node: XMLBuilder, owner: string, id: number): void {
  node.ele('ContextMenu', { name: owner + COMPANION.contextMenu, id: String(id) });
}
