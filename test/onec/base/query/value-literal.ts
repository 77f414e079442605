import { BslException, Unsupported } from '../../language/errors.ts';
import type { Value } from '../../language/values.ts';
import { ZERO_UUID } from '../../library/uuid.ts';
import type { Base } from '../base.ts';
import { fullName } from '../metadata/types.ts';

/** ЗНАЧЕНИЕ(Перечисление.X.Y), ЗНАЧЕНИЕ(Справочник.X.ПустаяСсылка), a predefined item. */
export function enumerationOrEmpty(base: Base, path: readonly string[], line: number): Value {
  const [kind, name, member] = path;
  if (kind === undefined || name === undefined || member === undefined || path.length > 3)
    throw new Unsupported(`запрос: ЗНАЧЕНИЕ(${path.join('.')})`);
  const empty = member.toLowerCase() === 'пустаяссылка';
  const found = /^Перечисление$/i.test(kind)
    ? empty
      ? base.emptyEnumeration(name)
      : base.enumeration(name, member)
    : objectValue(base, `${kind}.${name}`, empty ? undefined : member);
  if (!found) throw new BslException(`{(${line})}: Неверное значение "${path.join('.')}"`);
  return found;
}

function objectValue(base: Base, name: string, predefined: string | undefined): Value | undefined {
  const meta = base.findMeta(name);
  if (!meta) return undefined;
  if (predefined === undefined) return base.reference(name, ZERO_UUID);
  const stored = base.store
    .all(fullName(meta))
    .find(
      ({ fields }) =>
        String(fields.get('имяпредопределенныхданных')).toLowerCase() === predefined.toLowerCase(),
    );
  return stored && base.reference(name, stored.uuid);
}
