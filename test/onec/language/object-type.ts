import type { Args } from './args.ts';
import type { Session } from './session.ts';
import type { Value } from './values.ts';

/** A value with members: Структура, СправочникСсылка.Контрагенты, РезультатЗапроса … */
export interface BslObject {
  // biome-ignore lint/suspicious/noExplicitAny: an object knows its own state, its type only itself
  readonly type: ObjectType<any>;
}

/**
 * What objects of one type can do. Members that are not named here do not exist for the model: reaching for them ends
 * the test, unless `absent` says that 1C too would answer with an error.
 */
export interface ObjectType<T extends BslObject> {
  /** As ТипЗнч gives it: «Массив». */
  name: string;
  properties: ReadonlyMap<string, PropertyDefinition<T>>;
  methods: ReadonlyMap<string, MethodDefinition<T>>;
  /** Members that depend on the object: keys of a structure, attributes of a document. */
  dynamic?: DynamicMembers<T>;
  index?: { get(self: T, key: Value): Value; set?(self: T, key: Value, value: Value): void };
  /** What `Для Каждого` walks over. */
  iterate?(self: T): Iterable<Value>;
  /** Строка(); the name of the type where absent. */
  text?(self: T, session: Session): string;
  /** ЗначениеЗаполнено(); not answered where absent. */
  filled?(self: T): boolean;
  /** Values that are equal by content (references, UUIDs) give a key; others are equal only to themselves. */
  key?(self: T): string;
  /** How it goes between client and server: as it is, copied, or (absent) not at all. */
  transfer?: 'same' | ((self: T, copy: (value: Value) => Value) => T);
  /** XMLСтрока(). */
  xml?(self: T): string;
  /** 1C itself has no other members than these: reaching for another is an error that a module may catch. */
  closed?: true;
}

export interface DynamicMembers<T> {
  get(self: T, name: string): Value | undefined;
  /** @returns false where there is no such member */
  set?(self: T, name: string, value: Value): boolean;
  /** For ЗаполнитьЗначенияСвойств. */
  names?(self: T): Iterable<string>;
  /** Methods of the object itself: what a module of its own exports. */
  call?(self: T, name: string, args: Args): { result: Value | undefined } | undefined;
}

export interface PropertyDefinition<T> {
  name: string;
  get(self: T, session: Session): Value;
  set?(self: T, value: Value): void;
}

export interface MethodDefinition<T> {
  name: string;
  signature: Signature;
  /** @returns undefined for a procedure */
  run(self: T, args: Args, session: Session): Value | undefined;
}

/** Names of parameters, `?` after those that may be left out, `…` after the last for any number of them. */
export interface Signature {
  names: readonly string[];
  /** Places of those that may not be left out. */
  required: readonly number[];
  /** Infinity: any number. */
  allowed: number;
}

/** @param text `Ключ, Значение?` */
export function signature(text: string): Signature {
  const names = text === '' ? [] : text.split(',').map((name) => name.trim());
  const required = names.flatMap((name, index) => (/[?…]$/.test(name) ? [] : [index]));
  return { names, required, allowed: names.at(-1)?.endsWith('…') ? Number.POSITIVE_INFINITY : names.length };
}

type Run<T> = MethodDefinition<T>['run'];
/** Methods by `Имя(параметры)`. */
export type Methods<T> = Record<string, Run<T>>;

/** Describes a type. Keys: names; a method's signature stands in its key: `Вставить(Ключ, Значение?)`. */
export function defineType<T extends BslObject>(
  name: string,
  definition: {
    properties?: Record<string, PropertyDefinition<T>['get'] | Omit<PropertyDefinition<T>, 'name'>>;
    methods?: Methods<T>;
  } & Omit<ObjectType<T>, 'name' | 'properties' | 'methods'>,
): ObjectType<T> {
  const { properties = {}, methods = {}, ...rest } = definition;
  return {
    name,
    properties: new Map(
      Object.entries(properties).map(([key, property]) => [
        key.toLowerCase(),
        { name: key, ...(typeof property === 'function' ? { get: property } : property) },
      ]),
    ),
    methods: methodTable(methods),
    ...rest,
  };
}

export function methodTable<T>(methods: Methods<T>): Map<string, MethodDefinition<T>> {
  return new Map(
    Object.entries(methods).map(([key, run]) => {
      const { name, parameters } = splitHead(key);
      return [name.toLowerCase(), { name, signature: signature(parameters), run }];
    }),
  );
}

/** `Имя(а, б?)` → name and parameters. */
export function splitHead(head: string): { name: string; parameters: string } {
  const match = /^([\p{L}\p{N}_]+)\((.*)\)$/u.exec(head);
  if (!match) throw new Error(`«${head}»: ожидается «Имя(параметры)»`);
  return { name: match[1]!, parameters: match[2]! };
}

export function isObjectOf<T extends BslObject>(value: Value, type: ObjectType<T>): value is T {
  return typeof value === 'object' && 'type' in value && value.type === type;
}

export function isObject(value: Value): value is BslObject {
  return typeof value === 'object' && 'type' in value;
}
