import { ZERO_UUID } from '../../support/ids.ts';
import type { ValueType } from '../description/value-type.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';

/** Pieces that the records of objects and forms share. Facts: layouts of compatibility 8.3.15 as the platform saves them. */

/** `{1,"ru","…"}` of metadata: a synonym. */
export function synonym(text: string): Bracket {
  return text === '' ? ['0'] : ['1', quoted('ru'), quoted(text)];
}

/** `{1,1,{"ru","…"}}` of forms: a title or a tooltip. */
export function localized(text: string | undefined): Bracket {
  return text ? ['1', '1', [quoted('ru'), quoted(text)]] : ['1', '0'];
}

/** Uuid, name, synonym and comment of any metadata object. */
export function metadataHeader(uuid: string, name: string, title: string, comment = ''): Bracket {
  return ['3', ['1', '0', uuid], quoted(name), synonym(title), quoted(comment), '0', '0', ZERO_UUID, '0'];
}

/** A type: `{"Pattern",{"S",10,1}}`; `any` is an empty pattern. */
export function typePattern(type: ValueType): Bracket {
  switch (type.kind) {
    case 'string':
      return pattern(type.length === 0 ? [quoted('S')] : [quoted('S'), String(type.length), '1']);
    case 'number':
      return pattern([quoted('N'), String(type.digits), String(type.fraction), '0']);
    case 'boolean':
      return pattern([quoted('B')]);
    case 'date':
      return pattern([quoted('D'), quoted('D')]);
    case 'dateTime':
      return pattern([quoted('D')]);
    case 'any':
      return NO_TYPE;
  }
}

/** A type known by its uuid: a value table, the processing itself. */
export function typeReference(uuid: string): Bracket {
  return pattern([quoted('#'), uuid]);
}

function pattern(type: Bracket): Bracket {
  return [quoted('Pattern'), type];
}

export const NO_TYPE: Bracket = [quoted('Pattern')];
export const UNDEFINED: Bracket = [quoted('U')];
export const NO_TITLE: Bracket = ['1', '0'];
export const NO_EVENTS: Bracket = atoms('0,1,0');
export const AUTO_COLOUR: Bracket = ['3', '4', ['0']];
export const AUTO_FONT: Bracket = atoms('7,3,0,1,100');
export const NO_SHORTCUT: Bracket = atoms('0,0,0');
/** «Visible to users: yes, in every role». */
export const VISIBLE: Bracket = ['0', ['0', [quoted('B'), '1'], '0']];
export const NO_BORDER: Bracket = ['3', '0', ['0'], '0', '1', '0', '48312c09-257f-4b29-b280-284dd89efc1e'];
export const NO_PICTURE: Bracket = picture('0', '0');

/** A picture of the platform by its number; 0 of kind 0: none. */
export function picture(kind: '0' | '1', number: string): Bracket {
  return ['4', kind, [number], quoted(''), '-1', '-1', '1', '0', quoted('')];
}

/** `{n,(event,"Handler")*n,1,0,(event,0,1)*n}` */
export function events(handlers: readonly (readonly [event: string, handler: string])[]): Bracket {
  if (handlers.length === 0) return NO_EVENTS;
  return [
    String(handlers.length),
    ...handlers.flatMap(([event, handler]) => [event, quoted(handler)]),
    '1',
    '0',
    ...handlers.flatMap(([event]) => [event, '0', '1']),
  ];
}

const ITEM_ID = '02023637-7868-4a5f-8576-835a76e0c9ba';
const COMMAND_ID = '409b9a53-7f7e-4178-86c1-33176c7c7a7a';

/** Id of an item; 0 is «no item». */
export function itemId(id: number): Bracket {
  return id === 0 ? ['0'] : [String(id), ITEM_ID];
}

export function commandId(id: number): Bracket {
  return [String(id), COMMAND_ID];
}

export function flag(value: boolean): string {
  return value ? '1' : '0';
}
