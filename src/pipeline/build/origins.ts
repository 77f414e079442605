import type { Config } from '../../config/types.ts';
import type { MessageFormat } from '../../formats/enterprise-data/message.ts';
import type { OriginsHead } from '../../package/origins.ts';
import { FIELD_ORIGINS } from '../../sources/assembly/origins.ts';
import type { Source } from '../../sources/source.ts';
import { columnsOf } from '../../sources/tables.ts';

/** The first line of `origins.jsonl`: paths of the format → fields of the model → columns of the export. */
export function originsHead(source: Source, config: Config, format: MessageFormat): OriginsHead {
  const account = (column: string): string => column.replace('{account}', config.source.account);
  const fields = Object.entries(FIELD_ORIGINS).map(([field, origin]) => [
    field,
    { ...origin, columns: origin.columns.map(account) },
  ]);
  const tables = source.files.map(({ table, name }) => {
    const names = [...columnsOf(table).map((column) => column.name), ...(source.extra[table] ?? [])];
    const positions = names.flatMap((column) => {
      const at = source.column(table, column);
      return at === undefined ? [] : [[column, at]];
    });
    return [table, { file: name, columns: Object.fromEntries(positions) }];
  });
  return {
    origins: 1,
    tables: Object.fromEntries(tables) as OriginsHead['tables'],
    fields: Object.fromEntries(fields) as OriginsHead['fields'],
    paths: format.paths,
  };
}
