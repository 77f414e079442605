import type { Config } from '../../src/config/types.ts';
import { settings } from './month.ts';

/** Settings of documents that are formed of accruals and numbered by templates. */
export function formedSettings(more = '', change: (config: Config) => void = () => {}): Config {
  const config = settings(more);
  config.documents = { ...config.documents, mode: 'accrual', types: {} };
  config.numbering = {
    by: 'own',
    map: [],
    template: {
      bill: '{account}/{y}{m36}-{n}',
      act: '{account}/{y}{m36}-{n}',
      upd: '{account}/{y}{m36}-{n}',
    },
  };
  change(config);
  return config;
}
