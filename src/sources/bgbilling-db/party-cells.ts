import type { ParameterName } from '../../config/types.ts';
import type { Cell } from './connection.ts';
import type { Parameter } from './parameters.ts';

/** Columns of `contract` that come before the parameters in a row of clients. */
const OWN = ['cid', 'title', 'fc', 'scid', 'sub_mode', 'comment'] as const;

/** Parameters whose several values belong together. */
const JOINED: Readonly<Partial<Record<ParameterName, string>>> = { person: ' ', phones: '\n', email: '\n' };

/**
 * Makes the cells of `clients` from a row of its statement.
 * The name comes from parameters, for the contract's comment is cut at 100 characters (facts §2.1).
 * @param account whether a cell with the personal account follows
 */
export function clientCells(
  parameters: readonly Parameter[],
  account: boolean,
): (row: readonly Cell[]) => string[] {
  const indexes = new Map<ParameterName, number[]>();
  for (const [index, { name }] of parameters.entries())
    indexes.set(name, [...(indexes.get(name) ?? []), OWN.length + index]);
  return (row) => {
    const text = (name: ParameterName): string => {
      const values = (indexes.get(name) ?? [])
        .map((index) => textOf(row[index]))
        .filter((value) => value !== '');
      const joint = JOINED[name];
      return joint === undefined ? (values[0] ?? '') : values.join(joint);
    };
    const [cid, title, fc, scid, subMode, comment] = row.slice(0, OWN.length).map(textOf) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const short = text('nameShort');
    const person = text('person');
    return [
      cid,
      title,
      fc,
      scid,
      subMode,
      comment,
      short || person || comment,
      text('nameFull') || short || person || comment,
      text('inn'),
      text('kpp'),
      text('ogrn'),
      text('bik'),
      text('bankAccount'),
      text('address'),
      text('email'),
      text('phones'),
      ...(account ? [text('account')] : []),
    ];
  };
}

/** Titles of the groups whose bit is set: ids go beyond 53 bits (facts §2.1), so the mask is a BigInt. */
export function groupTitles(groups: readonly { id: number; title: string }[]): (mask: string) => string {
  return (mask) => {
    if (!/^-?\d{1,20}$/.test(mask)) return '';
    const bits = BigInt.asUintN(64, BigInt(mask));
    return groups
      .filter(({ id }) => (bits >> BigInt(id)) & 1n)
      .map(({ title }) => title)
      .join('|');
  };
}

export function textOf(cell: Cell | undefined): string {
  return cell?.trim() ?? '';
}
