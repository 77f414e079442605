import { ZERO_UUID } from '../../support/ids.ts';
import type { Description, ObjectAttribute } from '../description/description.ts';
import type { ObjectIds } from '../description/resolve.ts';
import { parseValueType } from '../description/value-type.ts';
import { atoms, type Bracket, quoted } from './bracket.ts';
import { metadataHeader, typePattern, UNDEFINED } from './record.ts';

/** Class of external data processors; the platform looks for it when it opens the file. */
export const PROCESSOR_CLASS = 'c3831ec8-d8d5-4f93-8a22-f9bfae07327f';
const TABULAR_SECTIONS = '2bcef0d1-0981-11d6-b9b8-0050bae0a95d';
const TEMPLATES = '3daea016-69b7-4ed4-9453-127911372fe6';
const FORMS = 'd5b0e5ed-256d-401c-9c36-f630cafd8a62';
const ATTRIBUTES = 'ec6bb5e5-b7a8-4d75-bec9-658107a699cf';
/** Storage format of 8.2.16–8.3.x, and the compatibility mode whose layouts we write (8.3.15). */
const STORAGE = '216';
const COMPATIBILITY = '80315';

/** `<FILE>`: the processing and the lists of what it has. */
export function objectFile(description: Description, ids: ObjectIds): Bracket {
  const list = (kind: string, of: readonly Bracket[]): Bracket => [kind, String(of.length), ...of];
  return [
    '1',
    [ids.file],
    '1',
    [
      PROCESSOR_CLASS,
      [
        '1',
        [
          '4',
          ids.type,
          ids.value,
          ['0', metadataHeader(ids.object, description.name, description.synonym, description.comment)],
          ids.form(description.defaultForm),
          quoted(''),
          ZERO_UUID,
        ],
        '4',
        list(TABULAR_SECTIONS, []),
        list(
          TEMPLATES,
          description.templates.map((template) => ids.template(template.name)),
        ),
        list(
          FORMS,
          description.forms.map((form) => ids.form(form.name)),
        ),
        list(
          ATTRIBUTES,
          description.attributes.map((attribute) =>
            objectAttribute(attribute, ids.attribute(attribute.name)),
          ),
        ),
      ],
    ],
  ];
}

export function objectAttribute(attribute: ObjectAttribute, uuid: string): Bracket {
  return [
    [
      '0',
      [
        '27',
        [
          '2',
          metadataHeader(uuid, attribute.name, attribute.title),
          typePattern(parseValueType(attribute.type)!),
        ],
        '0',
        ['0'],
        ['0'],
        '0',
        quoted(''),
        '0',
        UNDEFINED,
        UNDEFINED,
        '0',
        ZERO_UUID,
        ...atoms('2,0'),
        atoms('5006,0'),
        atoms('3,0,0'),
        atoms('0,0'),
        '0',
        ['0'],
        [quoted('S'), quoted('')],
        ...atoms('0,0,0'),
      ],
    ],
    '0',
  ];
}

/** `<TMPL>`: a text template. */
export function templateHeader(uuid: string, name: string, title: string): Bracket {
  const TEXT = '4';
  return ['1', ['2', TEXT, metadataHeader(uuid, name, title)], '0'];
}

export function rootFile(ids: ObjectIds): Bracket {
  return ['2', ids.file, ''];
}

export function versionFile(): Bracket {
  return [[STORAGE, '0', [COMPATIBILITY, '0']]];
}

/** `versions`: a mark of change for the whole and for each inner file. */
export function versionsFile(marks: readonly (readonly [name: string, uuid: string])[]): Bracket {
  return ['1', String(marks.length), ...marks.flatMap(([name, uuid]) => [quoted(name), uuid])];
}

export function copyInfoFile(): Bracket {
  return ['4', ['0'], ['0'], ['0'], atoms('0,0'), ['0']];
}
