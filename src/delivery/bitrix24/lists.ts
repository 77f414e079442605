import { listOf, mapOf, type PortalError } from './answer.ts';
import type { Command, Portal } from './client.ts';
import type { Params } from './query.ts';

/** A row of an old list method: values are texts. */
export type Row = Readonly<Record<string, unknown>>;

/** Pages hold 50 rows, always. */
const PAGE = 50;

/** A question for all rows that pass a filter, walked by id: the way that stays fast (facts: bitrix24 §4). */
export interface ListQuery {
  method: string;
  params: Params & { filter: Params };
  /** Name of the id in rows and filters: `ID`, or `id` of the items. */
  id: 'ID' | 'id';
}

/** All rows of several questions, each in the order of ids. @throws PortalError where one is refused */
export async function listAll(portal: Portal, queries: readonly ListQuery[]): Promise<Row[][]> {
  const found: Row[][] = queries.map(() => []);
  let open = queries.map((query, index) => ({ query, index, after: 0 }));
  while (open.length > 0) {
    const outcomes = await portal.all(
      open.map(({ query, after }) => pageOf(query, after)),
      false,
    );
    const next: typeof open = [];
    for (const [at, asked] of open.entries()) {
      const outcome = outcomes[at]!;
      if (!outcome.ok) throw outcome.error satisfies PortalError;
      const rows = rowsOf(outcome.answer.result);
      found[asked.index]!.push(...rows);
      const last = Number(rows.at(-1)?.[asked.query.id] ?? 0);
      if (rows.length === PAGE) next.push({ ...asked, after: last });
    }
    open = next;
  }
  return found;
}

function pageOf({ method, params, id }: ListQuery, after: number): Command {
  return {
    method,
    params: {
      ...params,
      filter: { ...params.filter, [`>${id}`]: after },
      order: { [id]: 'ASC' },
      start: -1,
    },
  };
}

/** Lists of items come as `{items: […]}`, others as they are. */
export function rowsOf(result: unknown): Row[] {
  const { items } = mapOf(result);
  return listOf<Row>(items ?? result);
}

/** Values in groups of a size, for filters that take a list. */
export function groups<T>(values: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let at = 0; at < values.length; at += size) all.push(values.slice(at, at + size));
  return all;
}
