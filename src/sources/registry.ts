import type { Config, DbSourceConfig, SourceConfig } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import type { Period } from '../model/period.ts';
import { openCsvSource } from './bgbilling-csv/source.ts';
import { openDbSource } from './bgbilling-db/source.ts';
import { openJsonSource } from './bgbilling-json/source.ts';
import { openXmlSource } from './bgbilling-xml/source.ts';
import type { Source } from './source.ts';
import { columnsOf } from './tables.ts';

/** What a command gives instead of a path when the month is to come from the database that the configuration names. */
export const FROM_DATABASE = '';

/**
 * Opens the source that the configuration names.
 * @param input path of the export, or `FROM_DATABASE`. With a database in the configuration a path is the CSV set that
 *   `bg1c export` has written.
 * @param period needed for the database, which holds many months
 */
export function openSource(
  config: Config,
  input: string,
  period?: Period,
): Promise<{ source?: Source; faults: Fault[] }> {
  const { account, encoding, kind } = config.source;
  if (fromDatabase(config) && input === FROM_DATABASE) return openDbSource(config, period);
  const own = columnsOf('clients').some(({ name }) => name === account);
  const options = {
    encoding,
    extra: own ? {} : { clients: [account] },
    // Documents made of accruals need none of the billing.
    spared: config.documents.mode === 'accrual' ? (['documents'] as const) : [],
  };
  return FILES[kind](input, options);
}

/** What opens a path. Of the database: the CSV set that was exported from it. */
const FILES: Readonly<Record<SourceConfig['kind'], typeof openCsvSource>> = {
  'bgbilling-csv': openCsvSource,
  'bgbilling-xml': openXmlSource,
  'bgbilling-json': openJsonSource,
  'bgbilling-db': openCsvSource,
};

function fromDatabase(config: Config): config is Config & { source: DbSourceConfig } {
  return config.source.kind === 'bgbilling-db';
}
