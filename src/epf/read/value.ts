import { atomOf, listOf, type Node, textOf } from './bracket.ts';

/** `{1,"ru","…"}`; empty when there is none. */
export function readLocalSynonym(node: Node | undefined): string {
  const list = listOf(node, 'синоним');
  return list[0] === '0' ? '' : textOf(list[2], 'синоним');
}

/** `{1,1,{"ru","…"}}`; undefined when there is none. */
export function readTitle(node: Node | undefined): string | undefined {
  const list = listOf(node, 'заголовок');
  return list[1] === '0' ? undefined : textOf(listOf(list[2], 'заголовок')[1], 'заголовок');
}

/** A type in the words of the description; undefined for a type known by its uuid. */
export function readType(node: Node | undefined): string | undefined {
  const pattern = listOf(node, 'тип');
  if (textOf(pattern[0], 'тип') !== 'Pattern') throw new Error('тип: ожидался Pattern');
  if (pattern.length === 1) return 'any';
  const [kind, ...sizes] = listOf(pattern[1], 'тип');
  switch (textOf(kind, 'тип')) {
    case 'S':
      return sizes.length === 0 ? 'string' : `string(${atomOf(sizes[0], 'длина')})`;
    case 'N':
      return `number(${atomOf(sizes[0], 'разряды')},${atomOf(sizes[1], 'разряды')})`;
    case 'B':
      return 'boolean';
    case 'D':
      return sizes.length === 0 ? 'dateTime' : 'date';
    case '#':
      return undefined;
    default:
      throw new Error(`тип ${textOf(kind, 'тип')} неизвестен`);
  }
}

export function readTypeUuid(node: Node | undefined): string {
  return atomOf(listOf(listOf(node, 'тип')[1], 'тип')[1], 'тип');
}

/** Event uuid → handler. */
export function readEvents(node: Node | undefined): Map<string, string> {
  const list = listOf(node, 'события');
  const count = Number(atomOf(list[0], 'события'));
  if (list.length !== 3 + count * 5) throw new Error('события: счётчик не сходится со списком');
  return new Map(
    Array.from({ length: count }, (_, index) => [
      atomOf(list[1 + index * 2], 'событие'),
      textOf(list[2 + index * 2], 'обработчик'),
    ]),
  );
}
