import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import { openCsvSource } from './bgbilling-csv/source.ts';
import type { Source } from './source.ts';
import { columnsOf } from './tables.ts';

/** Opens the source that the configuration names. */
export function openSource(config: Config, input: string): Promise<{ source?: Source; faults: Fault[] }> {
  const { account, encoding } = config.source;
  const own = columnsOf('clients').some(({ name }) => name === account);
  return openCsvSource(input, { encoding, extra: own ? {} : { clients: [account] } });
}
