import type { Args } from './args.ts';
import type { DateTime } from './date-time.ts';
import type { BslException } from './errors.ts';
import type { Signature } from './object-type.ts';
import type { Value } from './values.ts';

export type Side = 'client' | 'server';

/** Where a name of the global context exists. */
export type Availability = Side | 'both';

export interface GlobalFunction {
  name: string;
  side: Availability;
  signature: Signature;
  /** @returns undefined for a procedure */
  run(args: Args, session: Session): Value | undefined;
}

export interface GlobalValue {
  name: string;
  side: Availability;
  get(session: Session): Value;
}

/** `Новый Имя(…)`. */
export interface Constructor {
  name: string;
  side: Availability;
  signature: Signature;
  run(args: Args, session: Session): Value;
}

/** A part of the global context. */
export interface Library {
  functions?: readonly GlobalFunction[];
  values?: readonly GlobalValue[];
  constructors?: readonly Constructor[];
  types?: readonly TypeDefinition[];
}

/** A type that Тип(), ОписаниеТипов and XMLЗначение know. */
export interface TypeDefinition {
  name: string;
  /** What an unfilled field of this type holds; Неопределено where absent. */
  empty?: Value;
  /** @returns undefined where the text is no such value */
  fromXml?(text: string): Value | undefined;
}

/** A message shown to the user. */
export interface UserMessage {
  text: string;
  field: string;
  dataPath: string;
}

/** A call that went from the client to the server. */
export interface ServerCall {
  module: string;
  method: string;
}

/**
 * Windows that the client shows and what the user does with them. They close after the handler that opened them has
 * ended: until then the answer is not there.
 */
export interface UserInterface {
  warnings: string[];
  questions: string[];
  /** Values opened by ПоказатьЗначение. */
  opened: Value[];
  /** Files given to the user. */
  saved: { name: string; data: Value }[];
  /** Answers to come: members of КодВозвратаДиалога, numbers of items to choose. */
  readonly answers: (string | number)[];
  /** The file that the user picks next. */
  picked: { name: string; bytes: Buffer } | undefined;
  /** Work that waits for the end of the handler. */
  readonly later: (() => void)[];
}

/** What a running module sees of the world: the global context, the clock, files, the user. */
export interface Session {
  /** Where the code that runs now runs. */
  side: Side;
  now(): DateTime;
  /** A new random UUID in lower case. */
  newUuid(): string;
  /** КаталогВременныхФайлов(), without a separator at the end. */
  readonly temporaryFolder: string;
  /** Not yet taken by ПолучитьСообщенияПользователю. */
  readonly messages: UserMessage[];
  readonly storage: Map<string, Value>;
  readonly serverCalls: ServerCall[];
  findFunction(name: string): GlobalFunction | undefined;
  findValue(name: string): GlobalValue | undefined;
  findConstructor(name: string): Constructor | undefined;
  /** @param name in lower case */
  findType(name: string): TypeDefinition | undefined;
  /** The person in front of the client; absent where nobody is there. */
  ui?: UserInterface;
  /** What the handlers of Исключение that run now are about, the innermost last. */
  readonly errors: BslException[];
}
