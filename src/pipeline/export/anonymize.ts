import type { ColumnName, TableName } from '../../sources/tables.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** What stands in a column that tells who somebody is. */
type Secret =
  | 'text'
  | 'payment'
  | 'number'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'emails'
  | 'phones'
  | { accountOf: string };

/** Columns that are replaced; sums, dates, services, ids and numbers of documents stay, for they are the problem to be shown. */
const SECRETS: { readonly [T in TableName]?: Partial<Record<ColumnName<T>, Secret>> } = {
  clients: {
    contract_title: 'number',
    contract_comment: 'text',
    name_short: 'text',
    name_full: 'text',
    inn: 'inn',
    kpp: 'kpp',
    ogrn: 'ogrn',
    bank_account: { accountOf: 'bank_bik' },
    legal_address: 'text',
    email: 'emails',
    phones: 'phones',
  },
  contracts: { contract_title: 'number', firm_title: 'text' },
  charges: { comment: 'text' },
  payments: { comment: 'payment', user_name: 'text' },
  documents: { op_account: { accountOf: 'op_bik' } },
};

/**
 * Makes the anonymiser of a table's rows.
 * @param columns names of the cells; one that the product does not know holds a personal account
 */
export function anonymizer(
  table: TableName,
  columns: readonly string[],
  known: ReadonlySet<string>,
  pseudonyms: Pseudonyms,
): (cells: readonly string[]) => string[] {
  const secrets: Partial<Record<string, Secret>> = SECRETS[table] ?? {};
  const ways = columns.map((name) => (known.has(name) ? secrets[name] : 'number'));
  const indexOf = new Map(columns.map((name, index) => [name, index]));
  return (cells) =>
    cells.map((cell, index) => {
      const way = ways[index];
      if (way === undefined || cell === '') return cell;
      if (typeof way === 'string') return pseudonyms[way](cell);
      return pseudonyms.account(cell, cells[indexOf.get(way.accountOf) ?? -1] ?? '');
    });
}
