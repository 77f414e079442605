import type { DbConfig } from '../../config/types.ts';
import type { Fault } from '../../faults/fault.ts';
import { addressText, resolveAddress } from './address.ts';
import { type Database, DB_LIMITS, type DbLimits, openDatabase } from './connection.ts';
import { connectFault } from './faults.ts';

export interface DbOptions {
  /** Where secrets come from. */
  environment?: Readonly<Record<string, string | undefined>>;
  limits?: DbLimits;
}

/**
 * Opens the database that `source.db` names.
 * @param folder where relative paths of the configuration start
 * @returns an open database, to be closed by the caller, or the fault that kept us out
 */
export async function enterDatabase(
  config: DbConfig,
  folder: string,
  { environment = process.env, limits = DB_LIMITS }: DbOptions = {},
): Promise<{ database?: Database; faults: Fault[] }> {
  const { address, faults } = resolveAddress(config, folder, environment);
  if (!address) return { faults };
  try {
    return { database: await openDatabase(address, limits), faults: [] };
  } catch (error) {
    return { faults: [connectFault(error, addressText(address))] };
  }
}
