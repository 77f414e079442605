import { ZERO_UUID } from '../../support/ids.ts';
import type {
  Command,
  CommandPicture,
  Description,
  Form,
  FormAttribute,
  FormEvent,
} from '../description/description.ts';
import { FORM_COMMAND_BAR, type FormIds, type ObjectIds, targetOf } from '../description/resolve.ts';
import { parseValueType } from '../description/value-type.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';
import { navigator, ownCommandBar } from './companion.ts';
import { child, type FormContext } from './item.ts';
import {
  commandId,
  events,
  flag,
  localized,
  metadataHeader,
  NO_PICTURE,
  NO_SHORTCUT,
  picture,
  typePattern,
  typeReference,
  VISIBLE,
} from './record.ts';

const PURPOSE = '1708fdaa-cbce-4289-b373-07a5a74bee91';
const VALUE_TABLE = 'acf6192e-81ca-46ef-93a6-5a6968b78663';

const EVENT: Record<FormEvent, string> = {
  OnCreateAtServer: '9f2e5ddb-3492-4f5d-8f0d-416b8d1d5c5b',
  OnOpen: '3ccc650e-f631-4cae-8e33-3eaac610b5f9',
  BeforeClose: '52dbb775-1631-4fd5-8c55-1615b5881dac',
  OnClose: 'ca21cd18-35b2-4281-b5c8-016ecc8da8ac',
  NotificationProcessing: '3699f6a3-9a2a-4c82-a775-6ff4824a08ca',
};

const PICTURE_NUMBER: Record<CommandPicture, string> = { CheckAll: '-10', UncheckAll: '-11' };

/** `<FORM>`: a managed form for the platform and for mobile. */
export function formHeader(uuid: string, name: string, title: string): Bracket {
  const purposes = ['2', [quoted('#'), PURPOSE, '1'], [quoted('#'), PURPOSE, '2']];
  return ['1', ['1', ['0', ['13', metadataHeader(uuid, name, title), '0', '1', purposes], ['0']]], '0'];
}

/** `<FORM>.0`: layout, module text, attributes, commands. */
export function formBody(
  form: Form,
  description: Description,
  objects: ObjectIds,
  ids: FormIds,
  module: string,
): Bracket {
  const context: FormContext = {
    id: ids.item,
    commandId: ids.command,
    dataPath: (path) => dataPath(path, form, description, objects, ids),
  };
  return [
    '4',
    layout(form, context),
    quoted(module.replaceAll('\n', '\r\n')),
    [
      '4',
      String(form.attributes.length),
      ...form.attributes.map((attribute) => attributeRecord(attribute, ids, objects)),
      ...atoms('0,0'),
      [NO_COMPOSITION_SETTINGS],
    ],
    atoms('0,0'),
    [
      '0',
      String(form.commands.length),
      ...form.commands.map((command) => commandRecord(command, ids.command(command.name))),
    ],
    atoms('0,0'),
    atoms('0,0'),
    ...atoms('0,0'),
  ];
}

/** Record 49. */
function layout(form: Form, context: FormContext): Bracket {
  return [
    '49',
    ...atoms('0,0,0,0,1,0,0'),
    ZERO_UUID,
    '0',
    localized(form.title),
    ...atoms('0,0,1,1,1,0,1,0'),
    events(Object.entries(form.events).map(([event, handler]) => [EVENT[event as FormEvent], handler])),
    ['0'],
    '1',
    ownCommandBar(
      -1,
      FORM_COMMAND_BAR,
      form.commandBar.map((button) => child(button, context, 'bar')),
    ),
    String(form.items.length),
    ...form.items.flatMap((item) => child(item, context)),
    quoted(''),
    quoted(''),
    '1',
    navigator(),
    '1',
    quoted(''),
    ...atoms('0,0,0,0,0,0,3,3,0,0,0,100,1,1,0,0,0'),
    ['49', '0'],
  ];
}

/** Data path: attribute `{1,{k}}`, column `{2,{k},{c}}`, attribute of the object `{2,{k},{0,uuid}}`. */
function dataPath(
  path: string,
  form: Form,
  description: Description,
  objects: ObjectIds,
  ids: FormIds,
): Bracket {
  const target = targetOf(path, form, description);
  if (!target) throw new Error(`data path ${path} was not checked`);
  switch (target.kind) {
    case 'attribute':
      return ['1', [String(ids.attribute(target.attribute))]];
    case 'column':
      return [
        '2',
        [String(ids.attribute(target.attribute))],
        [String(ids.column(target.attribute, target.column))],
      ];
    case 'object': {
      const main = form.attributes.find((attribute) => attribute.main)!;
      return ['2', [String(ids.attribute(main.name))], ['0', objects.attribute(target.attribute)]];
    }
  }
}

/** Record 9 of an attribute, with records 5 of its columns. */
export function attributeRecord(attribute: FormAttribute, ids: FormIds, objects: ObjectIds): Bracket {
  const columns = attribute.columns ?? [];
  return [
    '9',
    [String(ids.attribute(attribute.name))],
    '0',
    quoted(attribute.name),
    localized(attribute.title),
    attributeType(attribute, objects),
    VISIBLE,
    VISIBLE,
    atoms('0,0'),
    atoms('0,0'),
    flag(attribute.main ?? false),
    ...atoms('0,0'),
    String(columns.length),
    ...columns.map(
      (column): Bracket => [
        '5',
        String(ids.column(attribute.name, column.name)),
        '0',
        quoted(column.name),
        localized(column.title),
        typePattern(parseValueType(column.type)!),
        VISIBLE,
        VISIBLE,
        atoms('0,0'),
        '0',
      ],
    ),
    atoms('0,0'),
    atoms('0,0'),
  ];
}

function attributeType(attribute: FormAttribute, objects: ObjectIds): Bracket {
  if (attribute.main) return typeReference(objects.type);
  if (attribute.columns) return typeReference(VALUE_TABLE);
  return typePattern(parseValueType(attribute.type!)!);
}

/** Record 9 of a command. */
export function commandRecord(command: Command, id: number): Bracket {
  return [
    '9',
    commandId(id),
    quoted(command.name),
    localized(command.title),
    localized(command.tooltip ?? command.title),
    VISIBLE,
    NO_SHORTCUT,
    command.picture ? picture('1', PICTURE_NUMBER[command.picture]) : NO_PICTURE,
    quoted(command.action),
    ...atoms('3,0,0'),
    atoms('0,0'),
    ...atoms('1,0,1,0,0,2'),
  ];
}

/**
 * Empty settings of data composition, the same in every form: base64 of an XML file with BOM, in lines of 64 that end
 * in CR CR LF as the platform writes them.
 */
const NO_COMPOSITION_SETTINGS = `#base64:${base64Lines(
  '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\r\n' +
    '<Settings xmlns="http://v8.1c.ru/8.1/data-composition-system/settings"' +
    ' xmlns:dcscor="http://v8.1c.ru/8.1/data-composition-system/core"' +
    ' xmlns:style="http://v8.1c.ru/8.1/data/ui/style"' +
    ' xmlns:sys="http://v8.1c.ru/8.1/data/ui/fonts/system"' +
    ' xmlns:v8="http://v8.1c.ru/8.1/data/core"' +
    ' xmlns:v8ui="http://v8.1c.ru/8.1/data/ui"' +
    ' xmlns:web="http://v8.1c.ru/8.1/data/ui/colors/web"' +
    ' xmlns:win="http://v8.1c.ru/8.1/data/ui/colors/windows"' +
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\r\n' +
    '\t<outputParameters/>\r\n</Settings>',
)}`;

function base64Lines(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\r\r\n');
}
