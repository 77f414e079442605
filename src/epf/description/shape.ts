import { FIELD_KINDS } from './description.ts';

/**
 * The shape of `description.yaml` as data: which keys an object has and what they hold. Meaning (names, paths,
 * handlers) is checked by check.ts.
 */
type Rule =
  | { is: 'text' | 'flag' | 'count' | 'texts'; optional?: true }
  | { is: 'choice'; of: readonly string[]; optional?: true }
  | { is: 'list'; of: readonly ShapeName[] }
  | { is: 'map'; keys: readonly string[] };

export interface Problem {
  place: string;
  problem: string;
}

const text: Rule = { is: 'text' };
const maybeText: Rule = { is: 'text', optional: true };
const maybeFlag: Rule = { is: 'flag', optional: true };
const maybeCount: Rule = { is: 'count', optional: true };
const texts: Rule = { is: 'texts' };
const choice = (...of: string[]): Rule => ({ is: 'choice', of });
const maybeChoice = (...of: string[]): Rule => ({ is: 'choice', of, optional: true });
const list = (...of: ShapeName[]): Rule => ({ is: 'list', of });

const ITEM = { name: text, title: maybeText };
const FIELD: Record<string, Rule> = {
  ...ITEM,
  kind: choice(...FIELD_KINDS),
  path: text,
  tooltip: maybeText,
  titleLocation: maybeChoice('none', 'right'),
  readOnly: maybeFlag,
  visible: maybeFlag,
  width: maybeCount,
  height: maybeCount,
  stretch: maybeFlag,
  multiLine: maybeFlag,
  choiceButton: maybeFlag,
  hint: maybeText,
  choices: { is: 'list', of: ['choice'] },
  onChange: maybeText,
  onStartChoice: maybeText,
};

const SHAPES = {
  description: {
    name: text,
    synonym: text,
    comment: maybeText,
    module: texts,
    exports: texts,
    defaultForm: text,
    attributes: list('attribute'),
    templates: list('template'),
    forms: list('form'),
  },
  attribute: { name: text, title: text, type: text },
  template: { name: text, title: text, file: text },
  form: {
    name: text,
    title: text,
    module: texts,
    events: {
      is: 'map',
      keys: ['OnCreateAtServer', 'OnOpen', 'BeforeClose', 'OnClose', 'NotificationProcessing'],
    },
    attributes: list('formAttribute'),
    commands: list('command'),
    commandBar: list('button'),
    items: list('group', 'pages', 'commandBar', 'table', 'field', 'button', 'text'),
  },
  formAttribute: {
    name: text,
    title: maybeText,
    type: maybeText,
    main: maybeFlag,
    columns: { is: 'list', of: ['column'] },
  },
  column: { name: text, title: text, type: text },
  command: {
    name: text,
    title: text,
    tooltip: maybeText,
    action: text,
    picture: maybeChoice('CheckAll', 'UncheckAll'),
  },
  group: {
    ...ITEM,
    kind: choice('group'),
    direction: choice('horizontal', 'vertical'),
    representation: maybeChoice('none', 'weak', 'normal'),
    items: list('group', 'pages', 'commandBar', 'table', 'field', 'button', 'text'),
  },
  pages: { ...ITEM, kind: choice('pages'), items: list('page') },
  page: {
    ...ITEM,
    kind: choice('page'),
    title: text,
    items: list('group', 'pages', 'commandBar', 'table', 'field', 'button', 'text'),
  },
  commandBar: { ...ITEM, kind: choice('commandBar'), items: list('button') },
  table: {
    ...ITEM,
    kind: choice('table'),
    path: text,
    onSelection: maybeText,
    commandBar: list('button'),
    items: list('field'),
  },
  field: FIELD,
  button: { ...ITEM, kind: choice('button'), command: text, default: maybeFlag },
  text: { ...ITEM, kind: choice('text'), title: text },
  choice: { value: text, title: text },
} as const satisfies Record<string, Record<string, Rule>>;

type ShapeName =
  | 'description'
  | 'attribute'
  | 'template'
  | 'form'
  | 'formAttribute'
  | 'column'
  | 'command'
  | 'group'
  | 'pages'
  | 'page'
  | 'commandBar'
  | 'table'
  | 'field'
  | 'button'
  | 'text'
  | 'choice';

/** Lists that mean something by being there: an attribute with `columns` is a value table. */
const STAYS_ABSENT = new Set(['columns', 'choices']);

/**
 * Checks the keys and the kinds of values and fills absent lists with empty ones, so that the result can be read as
 * a description.
 */
export function checkShape(value: unknown): Problem[] {
  return checkObject(value, ['description'], '');
}

function checkObject(value: unknown, shapes: readonly ShapeName[], place: string): Problem[] {
  if (!isRecord(value)) return [{ place: place || 'файл', problem: 'ожидались поля «имя: значение»' }];
  const name = shapeOf(value, shapes);
  if (!name)
    return [{ place, problem: `вид «${String(value.kind)}» здесь не бывает: допустимы ${kinds(shapes)}` }];
  const rules: Record<string, Rule> = SHAPES[name];
  const problems: Problem[] = [];
  for (const key of Object.keys(value))
    if (!Object.hasOwn(rules, key)) problems.push({ place: join(place, key), problem: 'такого поля нет' });
  for (const [key, rule] of Object.entries(rules)) {
    const at = join(place, key);
    if (rule.is === 'list' && value[key] === undefined && !STAYS_ABSENT.has(key)) value[key] = [];
    if (rule.is === 'map' && value[key] === undefined) value[key] = {};
    if (value[key] !== undefined) problems.push(...checkValue(value[key], rule, at));
    else if (rule.is !== 'list' && rule.is !== 'map' && !rule.optional)
      problems.push({ place: at, problem: 'не заполнено' });
  }
  return problems;
}

function checkValue(value: unknown, rule: Rule, place: string): Problem[] {
  switch (rule.is) {
    case 'text':
      return typeof value === 'string' && value !== '' ? [] : [{ place, problem: 'ожидался текст' }];
    case 'flag':
      return typeof value === 'boolean' ? [] : [{ place, problem: 'ожидалось true или false' }];
    case 'count':
      return Number.isSafeInteger(value) && (value as number) > 0
        ? []
        : [{ place, problem: 'ожидалось целое число больше нуля' }];
    case 'texts':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.every((one) => typeof one === 'string' && one !== '')
        ? []
        : [{ place, problem: 'ожидался непустой список текстов' }];
    case 'choice':
      return rule.of.includes(value as string)
        ? []
        : [{ place, problem: `значение «${String(value)}» не подходит: допустимы ${rule.of.join(', ')}` }];
    case 'map': {
      if (!isRecord(value)) return [{ place, problem: 'ожидались поля «имя: значение»' }];
      return Object.entries(value).flatMap(([key, one]) =>
        rule.keys.includes(key)
          ? checkValue(one, text, join(place, key))
          : [{ place: join(place, key), problem: `допустимы ${rule.keys.join(', ')}` }],
      );
    }
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((one, index) => checkObject(one, rule.of, `${place}[${label(one, index)}]`))
        : [{ place, problem: 'ожидался список' }];
  }
}

function shapeOf(value: Record<string, unknown>, shapes: readonly ShapeName[]): ShapeName | undefined {
  const [only] = shapes;
  if (shapes.length === 1 && only && !('kind' in value && 'kind' in SHAPES[only])) return only;
  return shapes.find((name) => {
    const kind: Rule | undefined = (SHAPES[name] as Record<string, Rule>).kind;
    return kind?.is === 'choice' && kind.of.includes(value.kind as string);
  });
}

function kinds(shapes: readonly ShapeName[]): string {
  return shapes.flatMap((name) => (name === 'field' ? FIELD_KINDS : [name])).join(', ');
}

function label(value: unknown, index: number): string {
  return isRecord(value) && typeof value.name === 'string' ? value.name : String(index);
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
