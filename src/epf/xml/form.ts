import type { Command, Description, Form, FormAttribute } from '../description/description.ts';
import { FORM_COMMAND_BAR, type FormIds } from '../description/resolve.ts';
import { itemsXml } from './item.ts';
import { namedTypeXml, typeXml } from './type.ts';
import { formXml, localizedXml, valueXml, type XMLBuilder } from './xml.ts';

/** `Form.xml`: elements in the order in which the Designer writes them. */
export function formBodyXml(form: Form, description: Description, ids: FormIds): Uint8Array {
  return formXml((root) => {
    localizedXml(root, 'Title', form.title);
    root.ele('AutoTitle').txt('false');
    const bar = root.ele('AutoCommandBar', { name: FORM_COMMAND_BAR, id: '-1' });
    itemsXml(bar, form.commandBar, ids, 'bar');
    const events = root.ele('Events');
    for (const [name, handler] of Object.entries(form.events)) events.ele('Event', { name }).txt(handler);
    itemsXml(root, form.items, ids, 'form');
    const attributes = root.ele('Attributes');
    for (const attribute of form.attributes) attributeXml(attributes, attribute, description.name, ids);
    const commands = root.ele('Commands');
    for (const command of form.commands) commandXml(commands, command, ids.command(command.name));
  });
}

function attributeXml(parent: XMLBuilder, attribute: FormAttribute, processing: string, ids: FormIds): void {
  const node = parent.ele('Attribute', {
    name: attribute.name,
    id: String(ids.attribute(attribute.name)),
  });
  if (attribute.main) {
    namedTypeXml(node, `cfg:ExternalDataProcessorObject.${processing}`);
    node.ele('MainAttribute').txt('true');
    return;
  }
  localizedXml(node, 'Title', attribute.title);
  if (!attribute.columns) {
    typeXml(node, attribute.type!);
    return;
  }
  namedTypeXml(node, 'v8:ValueTable');
  const columns = node.ele('Columns');
  for (const column of attribute.columns) {
    const one = columns.ele('Column', {
      name: column.name,
      id: String(ids.column(attribute.name, column.name)),
    });
    localizedXml(one, 'Title', column.title);
    typeXml(one, column.type);
  }
}

function commandXml(parent: XMLBuilder, command: Command, id: number): void {
  const node = parent.ele('Command', { name: command.name, id: String(id) });
  localizedXml(node, 'Title', command.title);
  localizedXml(node, 'ToolTip', command.tooltip ?? command.title);
  if (command.picture) {
    const picture = node.ele('Picture');
    valueXml(picture, 'xr:Ref', `StdPicture.${command.picture}`);
    valueXml(picture, 'xr:LoadTransparent', true);
  }
  node.ele('Action').txt(command.action);
}
