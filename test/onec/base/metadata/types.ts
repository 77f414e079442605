import type { TypeSpec } from '../../library/type-spec.ts';

/** What the configuration of a base consists of, as data: the field's own names, facts of БП 3.0. */

export type ObjectKind = 'Справочник' | 'Документ' | 'ПланСчетов';

/** `Справочник.Контрагенты`, `Перечисление.СтавкиНДС`. */
export type FullName = string;

/** A value of the language, or references to objects of these names. */
export type FieldType = TypeSpec | { refs: readonly FullName[] };

export interface Field {
  name: string;
  type: FieldType;
  /** ПроверитьЗаполнение asks for it. */
  required?: true;
  /** An account: not asked for where the configuration fills accounts itself. */
  account?: true;
}

export interface TablePart {
  name: string;
  fields: readonly Field[];
}

export interface ObjectMeta {
  kind: ObjectKind;
  name: string;
  /** For presentations: «Реализация (акт, накладная)». */
  synonym: string;
  fields: readonly Field[];
  parts: readonly TablePart[];
  /** Length of Код; absent: none. */
  code?: { length: number; auto: boolean };
  /** Length of Наименование. */
  nameLength?: number;
  /** Folders and items. */
  hierarchical?: true;
  owners?: readonly FullName[];
  /** Length of Номер: fixed, auto, unique within a year. */
  number?: { length: number };
  /** Documents: whether they can be posted. */
  posting?: boolean;
  /** Names of predefined items. */
  predefined?: readonly { name: string; title: string; values?: Readonly<Record<string, string>> }[];
}

export interface EnumerationMeta {
  name: string;
  values: readonly string[];
}

export interface ConstantMeta {
  name: string;
  type: FieldType;
}

/** РегистрСведений: dimensions find a row, resources are its values. */
export interface RegisterMeta {
  name: string;
  dimensions: readonly Field[];
  resources: readonly Field[];
}

export interface Configuration {
  name: string;
  synonym: string;
  version: string;
  /** Version of БСП. */
  bsp: string;
  objects: readonly ObjectMeta[];
  enumerations: readonly EnumerationMeta[];
  constants: readonly ConstantMeta[];
  registers: readonly RegisterMeta[];
}

export function fullName({ kind, name }: Pick<ObjectMeta, 'kind' | 'name'>): FullName {
  return `${kind}.${name}`;
}

export function field(name: string, type: FieldType, options: Omit<Field, 'name' | 'type'> = {}): Field {
  return { name, type, ...options };
}

export const REQUIRED = { required: true } as const;
export const ACCOUNT = { required: true, account: true } as const;

export function refs(...names: FullName[]): FieldType {
  return { refs: names };
}
