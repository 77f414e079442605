import type { Config } from '../config/types.ts';
import type { Infobase, Standing } from '../journal/receipt.ts';

/**
 * Whether a base is the configured one: its id *and* its connection, for a copy of a base keeps the id (design §8).
 * The connection differs from one workstation to another for a base in files, so the configuration has a list.
 */
export function standingOf({ onec }: Config, { id, connection }: Infobase): Standing {
  const own = onec.infobase;
  const same =
    own !== undefined &&
    own.id.toLowerCase() === id.toLowerCase() &&
    own.connection.some((one) => normal(one) === normal(connection));
  return same ? 'own' : 'foreign';
}

/** Case, spaces, slashes and a last `;` mean nothing in a connection string. */
function normal(connection: string): string {
  return connection
    .toLowerCase()
    .replace(/\s+/g, '')
    .replaceAll('\\', '/')
    .replace(/\/+(?=";|"|$)/g, '')
    .replace(/;+$/, '');
}
