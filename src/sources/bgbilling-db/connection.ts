import { connect, type Socket } from 'node:net';
import type { ConnectionOptions } from 'mysql2';
import { addressText, type DbAddress } from './address.ts';
import { SilenceError, StatementError } from './faults.ts';

/** A value as the database prints it; NULL stays null. Dates, decimals and 64-bit numbers keep every digit. */
export type Cell = string | null;

/** A statement and the values of its `?`. */
export interface Statement {
  /** The table it is about, for people. */
  readonly table: string;
  readonly sql: string;
  readonly values: readonly (number | string)[];
}

/** An open database, inside one read-only transaction with one snapshot of the data. */
export interface Database {
  /** For people: without name and password. */
  readonly where: string;
  readonly limits: DbLimits;
  /** Rows of a small result. @throws {StatementError} */
  rows(statement: Statement): Promise<Cell[][]>;
  /** Rows in batches, as fast as they are taken. @throws {StatementError} after the rows before */
  stream(statement: Statement): AsyncIterable<Cell[][]>;
  close(): Promise<void>;
}

/** What must not last for ever. */
export interface DbLimits {
  readonly connectMs: number;
  /** How long the server may say nothing in the middle of a conversation. */
  readonly silenceMs: number;
  /** How long a statement waits for a table that somebody holds. */
  readonly lockSeconds: number;
}

/** Sorting a million rows may take a slow server minutes before the first comes. */
export const DB_LIMITS: DbLimits = { connectMs: 10_000, silenceMs: 600_000, lockSeconds: 20 };

const BATCH = 1000;

/** Nothing that follows can write, and nothing waits for ever. */
const preparation = ({ lockSeconds }: DbLimits): string[] => [
  `SET SESSION sql_mode = '', lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}, net_write_timeout = 600, group_concat_max_len = 65535`,
  'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  'START TRANSACTION WITH CONSISTENT SNAPSHOT',
];

/**
 * Connects to exactly this address.
 * @throws errors of the network, of the client and of the server, for `connectFault`
 */
export async function openDatabase(address: DbAddress, limits = DB_LIMITS): Promise<Database> {
  // Not before it is needed: files need no client of a database.
  const { createConnection } = await import('mysql2');
  const socket = guarded(
    address.socket === undefined ? connect(address.port, address.host) : connect(address.socket),
  );
  socket.setNoDelay(true).setKeepAlive(true, 30_000);
  const connection = createConnection(optionsOf(address, socket, limits));
  let broken: unknown;
  let onBroken: ((error: unknown) => void) | undefined;
  connection.on('error', (error) => {
    broken ??= error;
    onBroken?.(error);
  });

  /** Ends with the result, with the connection's error, or when the server has been silent too long. */
  const answered = <T>(ask: (done: (error: unknown, result?: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) return reject(broken);
      const timer = setTimeout(() => reject(silence()), limits.silenceMs);
      const settle = (error: unknown, result?: T): void => {
        clearTimeout(timer);
        onBroken = undefined;
        if (error) reject(error);
        else resolve(result as T);
      };
      onBroken = settle;
      ask(settle);
    });
  const silence = (): SilenceError => {
    connection.destroy();
    return new SilenceError('no answer');
  };
  const query = (sql: string, values: Statement['values'] = []): Promise<unknown> =>
    answered((done) => connection.query({ sql, values: [...values], rowsAsArray: true }, done));

  try {
    await answered((done) => connection.connect(done));
    for (const sql of preparation(limits)) await query(sql);
  } catch (error) {
    connection.destroy();
    throw error;
  }

  return {
    where: addressText(address),
    limits,
    async rows({ table, sql, values }) {
      try {
        return ((await query(sql, values)) as unknown[][]).map((row) => row.map(cellOf));
      } catch (error) {
        throw new StatementError(table, error);
      }
    },
    async *stream({ table, sql, values }) {
      if (broken !== undefined) throw new StatementError(table, broken);
      const rows = connection
        .query({ sql, values: [...values], rowsAsArray: true })
        .stream({ highWaterMark: BATCH });
      onBroken = (error) => rows.destroy(error as Error);
      let timer = setTimeout(() => rows.destroy(silence()), limits.silenceMs);
      let batch: Cell[][] = [];
      try {
        for await (const row of rows as AsyncIterable<unknown[]>) {
          batch.push(row.map(cellOf));
          if (batch.length < BATCH) continue;
          clearTimeout(timer);
          yield batch;
          timer = setTimeout(() => rows.destroy(silence()), limits.silenceMs);
          batch = [];
        }
        if (batch.length > 0) yield batch;
      } catch (error) {
        throw new StatementError(table, error);
      } finally {
        clearTimeout(timer);
        onBroken = undefined;
        // Rows that nobody takes any more still have to pass before the next statement is answered.
        connection.resume();
      }
    },
    async close() {
      if (broken === undefined) await query('ROLLBACK').catch(() => {});
      connection.destroy();
    },
  };
}

function optionsOf(
  { host, user, password, database, tls }: DbAddress,
  stream: Socket,
  limits: DbLimits,
): ConnectionOptions {
  return {
    stream,
    user,
    database,
    ...(password !== undefined && { password }),
    ...(tls && {
      host,
      ssl: { rejectUnauthorized: true, verifyIdentity: true, ...(tls.ca !== undefined && { ca: tls.ca }) },
    }),
    charset: 'utf8mb4',
    connectTimeout: limits.connectMs,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // The server must not ask for files of this machine.
    flags: ['-LOCAL_FILES'],
  };
}

/** What speaks no MySQL makes the client throw inside the socket's event: that ends the connection, not the program. */
function guarded(socket: Socket): Socket {
  const emit = socket.emit.bind(socket) as (...args: unknown[]) => boolean;
  socket.emit = (...args: unknown[]): boolean => {
    if (args[0] !== 'data') return emit(...args);
    try {
      return emit(...args);
    } catch (error) {
      socket.destroy(error as Error);
      return true;
    }
  };
  return socket;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}
