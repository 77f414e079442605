import type { Args } from '../../language/args.ts';
import { BslException } from '../../language/errors.ts';
import {
  type BslObject,
  defineType,
  type MethodDefinition,
  type ObjectType,
} from '../../language/object-type.ts';
import type { Availability, Session } from '../../language/session.ts';
import type { Value } from '../../language/values.ts';
import type { Base } from '../base.ts';

type Run = (args: Args, session: Session, base: Base) => Value | undefined;

/**
 * A common module of БСП as far as its behaviour is known. A method that is not named here ends the test; one that
 * this version of БСП does not have is an error of 1C.
 */
export interface CommonModule {
  name: string;
  side: Availability;
  methods: Record<string, Run>;
  /** Methods that БСП 2.3 does not have, by name. */
  newer?: readonly string[];
}

/** The module as a value, for code that names it and for ОбщийМодуль(). */
export function moduleValue(base: Base, { name, methods, newer = [] }: CommonModule): Value {
  const old = base.profile.configuration.bsp.startsWith('2.');
  const missing = (method: string): boolean => old && newer.includes(method);
  const own: Record<string, MethodDefinition<BslObject>['run']> = {};
  for (const [head, run] of Object.entries(methods)) {
    const method = head.slice(0, head.indexOf('('));
    own[head] = missing(method)
      ? () => {
          throw new BslException(`Метод объекта не обнаружен (${method})`);
        }
      : (_, args, session) => run(args, session, base);
  }
  const type: ObjectType<BslObject> = defineType<BslObject>(`ОбщийМодуль.${name}`, { methods: own });
  return { type };
}
