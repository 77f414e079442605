import type { Config, DbSourceConfig } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { closedDate } from '../../sources/bgbilling-db/closed-date.ts';
import { enterDatabase } from '../../sources/bgbilling-db/enter.ts';
import { FROM_DATABASE } from '../../sources/registry.ts';
import { exportTables } from '../export/export.ts';
import type { Billing } from './close.ts';

/** BGBilling's database, from which a month is taken without a hand. */
export async function openBilling(config: Config): Promise<{ billing?: Billing; faults: Fault[] }> {
  if (!isDatabase(config))
    return { faults: [fault('BG1C-CLOSE-SOURCE', { kind: config.source.kind }, { path: 'source.kind' })] };
  const { database, faults } = await enterDatabase(config.source.db, config.folder);
  if (!database) return { faults };
  return {
    faults,
    billing: {
      closedDate: () => closedDate(database),
      async writeMonth(period, folder) {
        const result = await exportTables({
          config,
          input: FROM_DATABASE,
          period,
          out: folder,
          encoding: 'utf-8',
          anonymize: false,
        });
        return result.faults;
      },
      close: () => database.close(),
    },
  };
}

function isDatabase(config: Config): config is Config & { source: DbSourceConfig } {
  return config.source.kind === 'bgbilling-db';
}
