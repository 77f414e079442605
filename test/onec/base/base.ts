import type { DateTime } from '../language/date-time.ts';
import type { Value } from '../language/values.ts';
import type { TypeSpec } from '../library/type-spec.ts';
import type { EnumValue } from './enumeration.ts';
import type { EventLog } from './event-log.ts';
import type { BaseProfile } from './metadata/profiles.ts';
import type { FieldType, FullName, ObjectMeta } from './metadata/types.ts';
import type { Reference } from './reference.ts';
import type { Store } from './store.ts';
import type { Transactions } from './transactions.ts';

/** What a test sets about a base and its user. */
export interface BaseSettings {
  /** The user sees accounts: the configuration does not fill them unless asked. */
  accountsVisible: boolean;
  /** No accounting settings from which accounts could be filled. */
  accountsUnknown: boolean;
  /** Documents up to the end of this day may not be changed. */
  closedUntil: DateTime | undefined;
  /** An extension of the accountant's own refuses new objects of this kind. */
  refused: FullName | undefined;
  /** Prefix of the base in numbers; «00» stands for none. */
  basePrefix: string;
  /** СтрокаСоединенияИнформационнойБазы(). */
  connection: string;
  userName: string;
}

/** A model of a 1C base: what lies in it, and the rules by which it is changed. */
export interface Base {
  readonly profile: BaseProfile;
  readonly settings: BaseSettings;
  readonly store: Store;
  readonly log: EventLog;
  readonly transactions: Transactions;
  /** Settings of the user: ХранилищеОбщихНастроек. */
  readonly userSettings: Map<string, Value>;
  /** Texts that lost characters on the way into a field that is too short. */
  readonly cut: string[];
  /** @throws Error for a name that the model does not know at all */
  meta(name: FullName): ObjectMeta;
  findMeta(name: FullName): ObjectMeta | undefined;
  /** @param uuid zero: the empty reference */
  reference(name: FullName, uuid: string): Reference;
  /** @returns undefined where the configuration has no such value */
  enumeration(name: string, value: string): EnumValue | undefined;
  /** @returns undefined where there is no such enumeration */
  emptyEnumeration(name: string): EnumValue | undefined;
  /** `Перечисления.X`. */
  enumerationManager(name: string): Value | undefined;
  spec(type: FieldType): TypeSpec;
}
