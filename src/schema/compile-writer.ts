import { escapeXml } from './escape.ts';
import type { Mapping, Origin } from './mapping.ts';
import type { Profile } from './profile.ts';
import { type AbsentElement, type PlannedBody, planWriter } from './writer-plan.ts';
import { writerSource } from './writer-source.ts';

/** Writes records of one kind as elements of one version of a format. */
export interface CompiledWriter<T> {
  /**
   * One element on one line, in the order of the profile, without namespace declarations.
   * @throws Error where a record has no value for a mandatory element, or not exactly one of a choice
   */
  write(record: T): string;
  /** Where each value goes and where it comes from, in the order of the profile: `Услуги/Строка[]/Сумма`. */
  readonly paths: ReadonlyArray<{ path: string; from: Origin }>;
  /** Elements of the mapping that this version does not have. */
  readonly absent: ReadonlyArray<{ path: string; loss?: string }>;
  /** Names of the losses that this record suffers: it has a value for an element that the version does not have. */
  lossesOf(record: T): string[];
}

/**
 * Compiles a mapping for one version.
 * @param root name of an element that may stand at the top
 * @param prefix namespace prefix of the elements with its colon (`msg:`), where they are not in the default namespace
 * @throws Misfit where mapping and profile do not fit: a mistake in the mapping, or a version nobody has seen
 */
export function compileWriter<T>(
  profile: Profile,
  root: string,
  mapping: Mapping<T>,
  prefix = '',
): CompiledWriter<T> {
  const plan = planWriter(profile, root, mapping);
  const { source, getters } = writerSource(plan, prefix);
  const need = <V>(value: V | undefined, path: string): V => {
    if (value === undefined) throw new Error(`${root}: ${path} has no value`);
    return value;
  };
  const one = (path: string, count: number): never => {
    throw new Error(`${root}: ${path} is a choice and ${count} of it have a value`);
  };
  const write = new Function('get', 'escape', 'need', 'one', source)(getters, escapeXml, need, one) as (
    record: T,
  ) => string;
  const losses = plan.absent.filter((absent) => absent.loss !== undefined);
  return {
    write,
    paths: pathsOf(plan.body),
    absent: plan.absent.map(({ path, loss }) => ({ path, ...(loss !== undefined && { loss }) })),
    lossesOf(record) {
      // Asked of every object, and of most there is nothing to tell.
      const found: string[] = [];
      for (const absent of losses)
        if (!found.includes(absent.loss!) && hasValue(absent, record)) found.push(absent.loss!);
      return found;
    },
  };
}

function pathsOf(body: PlannedBody): Array<{ path: string; from: Origin }> {
  const leaves = [...body.attributes, ...(body.text ? [body.text] : []), ...body.children];
  return leaves.flatMap((element) =>
    element.node === 'leaf' ? [{ path: element.path, from: element.from }] : pathsOf(element.body),
  );
}

/** Follows the getters around the element down to its own. */
function hasValue(absent: AbsentElement, record: unknown, depth = 0): boolean {
  const node = absent.around[depth] ?? absent.node;
  const value: unknown = node.get(record);
  if (node.node === 'rows') {
    const rows = value as readonly unknown[];
    return depth === absent.around.length
      ? rows.length > 0
      : rows.some((row) => hasValue(absent, row, depth + 1));
  }
  if (value === undefined) return false;
  return depth === absent.around.length || hasValue(absent, value, depth + 1);
}
