import { ZERO_UUID } from '../../support/ids.ts';
import type { Choice, Field, TitleLocation } from '../description/description.ts';
import { COMPANION } from '../description/resolve.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';
import { contextMenu, tooltip } from './companion.ts';
import {
  AUTO_COLOUR,
  AUTO_FONT,
  events,
  flag,
  itemId,
  localized,
  NO_BORDER,
  NO_EVENTS,
  NO_PICTURE,
  NO_SHORTCUT,
  NO_TITLE,
  NO_TYPE,
  UNDEFINED,
  VISIBLE,
} from './record.ts';

const KIND = { label: '1', input: '2', checkbox: '3', radio: '5' } as const;
const TITLE_LOCATION: Record<TitleLocation | 'auto', string> = { none: '0', auto: '1', right: '4' };
const ON_CHANGE = 'fe115cc8-9e33-4684-a166-bd5136fe7a9f';
const START_CHOICE = '1960479b-4d89-4eba-8b39-0aa802020558';
/** Settings of one kind of field that say «automatic», yes and no. */
const AUTO = '2';

/**
 * Record 35: a field.
 * @param dataPath `{1,{k}}` and so on, see form.ts
 * @param inTable a column starts to be edited when one types into it
 */
export function fieldRecord(field: Field, id: number, dataPath: Bracket, inTable: boolean): Bracket {
  return [
    '35',
    itemId(id),
    ...atoms('0,0,1'),
    VISIBLE,
    KIND[field.kind],
    quoted(field.name),
    TITLE_LOCATION[field.titleLocation ?? 'auto'],
    '0',
    localized(field.title),
    localized(field.tooltip),
    dataPath,
    ['0'],
    '1',
    flag(field.readOnly ?? false),
    ...atoms('2,0,2'),
    NO_TITLE,
    NO_TITLE,
    ...atoms('1,1,0,3,0,3'),
    inTable ? '2' : '1',
    ...atoms('3,0'),
    NO_PICTURE,
    NO_PICTURE,
    AUTO_COLOUR,
    AUTO_FONT,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_FONT,
    NO_SHORTCUT,
    '1',
    payload(field),
    events(field.onChange === undefined ? [] : [[ON_CHANGE, field.onChange]]),
    '1',
    contextMenu(id + 1, field.name + COMPANION.contextMenu),
    flag(field.visible ?? true),
    NO_TYPE,
    NO_TYPE,
    quoted(''),
    quoted(''),
    ['0'],
    ...atoms('0,0,1'),
    tooltip(id + 2, field.name + COMPANION.tooltip),
    ...atoms('3,3,0,0'),
  ];
}

function payload(field: Field): Bracket {
  switch (field.kind) {
    case 'label':
      return labelPayload(field);
    case 'input':
      return inputPayload(field);
    case 'checkbox':
      return CHECKBOX_PAYLOAD;
    case 'radio':
      return radioPayload(field);
  }
}

function labelPayload(field: Field): Bracket {
  return [
    '11',
    String(field.width ?? 0),
    '0',
    threeWay(field.stretch),
    ...atoms('2,2'),
    NO_TITLE,
    '0',
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_FONT,
    AUTO,
    NO_EVENTS,
    AUTO_COLOUR,
    NO_BORDER,
    ...atoms('1,0,0,1,0'),
  ];
}

/** Constant in every checkbox of the forms that were read. */
const CHECKBOX_PAYLOAD: Bracket = [
  '11',
  '0',
  AUTO_COLOUR,
  AUTO_COLOUR,
  '0',
  NO_TITLE,
  AUTO_COLOUR,
  AUTO_FONT,
  ...atoms('0,0,0,2,0'),
];

function radioPayload(field: Field): Bracket {
  return [
    '8',
    choiceList(field.choices ?? []),
    '0',
    AUTO_COLOUR,
    AUTO_FONT,
    AUTO_COLOUR,
    ...atoms('0,0'),
    AUTO_COLOUR,
    ...atoms('0,0,2'),
  ];
}

function inputPayload(field: Field): Bracket {
  return [
    '32',
    choiceList(field.choices ?? []),
    String(field.width ?? 0),
    String(field.height ?? 0),
    threeWay(field.stretch),
    ...atoms('2,1,2'),
    threeWay(field.multiLine),
    ...atoms('2,2,2'),
    threeWay(field.choiceButton),
    ...atoms('2,2,2'),
    UNDEFINED,
    UNDEFINED,
    quoted(''),
    flag(field.choices !== undefined),
    NO_PICTURE,
    ...atoms('0,0,2,3'),
    ZERO_UUID,
    atoms('5006,0'),
    atoms('0,0'),
    AUTO,
    NO_TITLE,
    NO_TITLE,
    ...atoms('2,1,0'),
    NO_TYPE,
    '1',
    events(field.onStartChoice === undefined ? [] : [[START_CHOICE, field.onStartChoice]]),
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_COLOUR,
    AUTO_FONT,
    '1',
    atoms('3,0,0'),
    '0',
    localized(field.hint),
    ...atoms('2,0,2,0,1,0,0,1,0,0,0,0,0,0,0,0,0'),
  ];
}

/** `{3,n,("",value)*n,picture*n}` */
function choiceList(choices: readonly Choice[]): Bracket {
  return [
    '3',
    String(choices.length),
    ...choices.flatMap((choice) => [quoted(''), choiceValue(choice)]),
    ...choices.map((): Bracket => ['0', NO_PICTURE]),
  ];
}

const CHOICE_VALUE = '0e704aa2-07bd-48b9-8223-a0212c4d5fc2';

function choiceValue(choice: Choice): Bracket {
  return [
    quoted('#'),
    CHOICE_VALUE,
    ['0', '1', [quoted('S'), quoted(choice.value)], ZERO_UUID, ZERO_UUID, localized(choice.title)],
  ];
}

function threeWay(value: boolean | undefined): string {
  return value === undefined ? AUTO : flag(value);
}
