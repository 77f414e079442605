/**
 * The one description of the external processing: what `epf-template/description.yaml` says, from which both the
 * binary .epf and the Configurator sources are built. Names are those that the BSL modules see.
 */
export interface Description {
  name: string;
  synonym: string;
  comment?: string;
  /** Files of the object module, joined in this order. */
  module: string[];
  /** Methods that the object module must export: the contract with БСП and with the form. */
  exports: string[];
  defaultForm: string;
  attributes: ObjectAttribute[];
  templates: Template[];
  forms: Form[];
}

export interface ObjectAttribute {
  name: string;
  title: string;
  /** See value-type.ts: `string`, `string(10)`, `number(15,2)`, `boolean`, `date`, `dateTime`. */
  type: string;
}

/** A text template (макет «Текстовый документ»). */
export interface Template {
  name: string;
  title: string;
  file: string;
}

export interface Form {
  name: string;
  title: string;
  /** Files of the form module, joined in this order. */
  module: string[];
  events: Partial<Record<FormEvent, string>>;
  attributes: FormAttribute[];
  commands: Command[];
  /** Buttons of the form's own command bar. */
  commandBar: Button[];
  items: Item[];
}

export type FormEvent = 'OnCreateAtServer' | 'OnOpen' | 'BeforeClose' | 'OnClose' | 'NotificationProcessing';

export interface FormAttribute {
  name: string;
  /** Shown beside fields and over columns; the main attribute has none. */
  title?: string;
  /** As of an object attribute, also `any` (Произвольный); absent for the main attribute and for a value table. */
  type?: string;
  /** The attribute that holds the processing itself («Объект»). */
  main?: boolean;
  /** Present: the attribute is a value table. */
  columns?: Column[];
}

export interface Column {
  name: string;
  title: string;
  type: string;
}

export interface Command {
  name: string;
  title: string;
  tooltip?: string;
  /** The client procedure that is called. */
  action: string;
  picture?: CommandPicture;
}

/** Pictures of the platform whose numbers are known. */
export type CommandPicture = 'CheckAll' | 'UncheckAll';

export type Item = Group | Pages | Page | CommandBar | Table | Field | Button | Label;

interface ItemBase {
  name: string;
  title?: string;
}

/** A usual group; its title is shown when it has one. */
export interface Group extends ItemBase {
  kind: 'group';
  direction: 'horizontal' | 'vertical';
  /** How the group is set off; default `none`. */
  representation?: Representation;
  items: Item[];
}

export type Representation = 'none' | 'weak' | 'normal';

export interface Pages extends ItemBase {
  kind: 'pages';
  items: Page[];
}

export interface Page extends ItemBase {
  kind: 'page';
  title: string;
  items: Item[];
}

/** A command bar among the items (the form's and the tables' own bars come by themselves). */
export interface CommandBar extends ItemBase {
  kind: 'commandBar';
  items: Button[];
}

export interface Table extends ItemBase {
  kind: 'table';
  /** The value-table attribute that it shows. */
  path: string;
  /** Procedure called on a double click (событие «Выбор»). */
  onSelection?: string;
  /** Buttons of the table's command bar. */
  commandBar: Button[];
  items: Field[];
}

export interface Field extends ItemBase {
  kind: FieldKind;
  /** `Attribute`, `Attribute.Column` or `Объект.Attribute`. */
  path: string;
  tooltip?: string;
  titleLocation?: TitleLocation;
  readOnly?: boolean;
  /** False: hidden until the module shows it. */
  visible?: boolean;
  /** Width in characters. */
  width?: number;
  /** Height in lines of a multi-line field. */
  height?: number;
  /** `label`, `input`: false keeps the field from taking the free width. */
  stretch?: boolean;
  /** `input`. */
  multiLine?: boolean;
  choiceButton?: boolean;
  hint?: string;
  /** `radio`: the choices; `input`: the only values that may be picked. */
  choices?: Choice[];
  onChange?: string;
  /** `input`: procedure of the choice button (событие «НачалоВыбора»). */
  onStartChoice?: string;
}

/** `label` shows a value, `input` lets it be typed, `checkbox` ticks a Boolean, `radio` picks one of a few. */
export type FieldKind = 'label' | 'input' | 'checkbox' | 'radio';
/** Absent: where 1C puts it by itself. */
export type TitleLocation = 'none' | 'right';

export interface Choice {
  value: string;
  title: string;
}

export interface Button extends ItemBase {
  kind: 'button';
  command: string;
  /** The button that Enter presses. */
  default?: boolean;
}

/** A text on the form (декорация «Надпись»). */
export interface Label extends ItemBase {
  kind: 'text';
  title: string;
}

export const FIELD_KINDS = ['label', 'input', 'checkbox', 'radio'] as const satisfies readonly FieldKind[];

export function isField(item: Item): item is Field {
  return (FIELD_KINDS as readonly string[]).includes(item.kind);
}

/** Items inside an item, its command bar first. */
export function childrenOf(item: Item): Item[] {
  if (item.kind === 'table') return [...item.commandBar, ...item.items];
  return 'items' in item ? item.items : [];
}

/** Every item of a form, parents before their children. */
export function* allItems(form: Form): Generator<Item> {
  const walk = function* (items: readonly Item[]): Generator<Item> {
    for (const item of items) {
      yield item;
      yield* walk(childrenOf(item));
    }
  };
  yield* walk(form.commandBar);
  yield* walk(form.items);
}
