import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import type { Cells } from './cells.ts';

/** Why something is left aside: the setting and the value that it was left aside by. */
export interface Aside {
  key: string;
  value: string;
}

/** Counts what the settings leave aside: nothing of it is lost silently. */
export interface AsideTally {
  add(why: Aside, sum: Kopecks): void;
  faults(): Fault[];
}

/** The setting that leaves persons aside. */
export const PERSONS_ASIDE: Aside = { key: 'persons.mode', value: 'ignore' };

export function createAsideTally(): AsideTally {
  const totals = new Map<string, Aside & { contracts: number; sum: Kopecks }>();
  return {
    add({ key, value }, sum) {
      const name = `${key} ${value}`;
      const total = totals.get(name) ?? { key, value, contracts: 0, sum: 0 };
      total.contracts++;
      total.sum += sum;
      totals.set(name, total);
    },
    faults: () =>
      [...totals.values()].map(({ key, value, contracts, sum }) => {
        const values = { contracts, sum: sumForPeople(sum) };
        return key === PERSONS_ASIDE.key
          ? fault('BG1C-PERSONS-IGNORED', values, { path: key })
          : fault('BG1C-FILTER-ASIDE', { key, value, ...values }, { path: key });
      }),
  };
}

/** Why a contract is left aside by its groups or its firm; undefined where it is taken. */
export function contractAside(cells: Cells<'contracts'>, { filter }: Config): Aside | undefined {
  const titles = cells
    .raw('groups_titles')
    .split('|')
    .map((title) => title.trim())
    .filter((title) => title !== '');
  const mask = /^-?\d+$/.test(cells.raw('group_mask')) ? BigInt(cells.raw('group_mask')) : 0n;
  const inGroup = (wanted: string): boolean =>
    titles.some((title) => title.toLowerCase() === wanted.toLowerCase()) ||
    (/^\d{1,2}$/.test(wanted) && ((BigInt.asUintN(64, mask) >> BigInt(wanted)) & 1n) === 1n);
  const firm = cells.raw('firm_id') || '0';
  return (
    asideBy('filter.groups', filter.groups, inGroup, titles.join(', ') || 'без группы') ??
    asideBy('filter.firms', filter.firms, (wanted) => wanted === firm, firm)
  );
}

/** Why a service is left aside; undefined where it is taken. */
export function serviceAside(sid: string, { filter }: Config): Aside | undefined {
  return asideBy('filter.services', filter.services, (wanted) => wanted === sid, sid);
}

function asideBy(
  key: string,
  { only, except }: Config['filter']['groups'],
  is: (wanted: string) => boolean,
  value: string,
): Aside | undefined {
  const refused = except.find(is);
  if (refused !== undefined) return { key: `${key}.except`, value: refused };
  return only.length > 0 && !only.some(is) ? { key: `${key}.only`, value } : undefined;
}
