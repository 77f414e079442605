import { type Fault, fault } from '../../faults/fault.ts';
import type { Database } from './connection.ts';

/** Silence of the server in the middle of a conversation. */
export class SilenceError extends Error {
  readonly code = 'BG1C_SILENCE';
}

/** A statement that was not answered; `cause` is the error of the network, the client or the server. */
export class StatementError extends Error {
  readonly table: string;

  constructor(table: string, cause: unknown) {
    super(`statement about ${table}`, { cause });
    this.table = table;
  }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'сервер не принимает соединений',
  ENOTFOUND: 'имя сервера не найдено',
  EAI_AGAIN: 'имя сервера сейчас не определяется',
  ETIMEDOUT: 'сервер не отвечает',
  EHOSTUNREACH: 'сервер недоступен по сети',
  ENETUNREACH: 'сеть недоступна',
  ECONNRESET: 'сервер разорвал соединение',
  EPIPE: 'сервер разорвал соединение',
  ENOENT: 'нет файла сокета',
  EACCES: 'нет прав на файл сокета',
  PROTOCOL_CONNECTION_LOST: 'сервер закрыл соединение',
  BG1C_SILENCE: 'сервер замолчал',
  HANDSHAKE_NO_SSL_SUPPORT: 'сервер не умеет шифровать соединение (source.db.tls)',
  HANDSHAKE_SSL_ERROR: 'сертификат сервера не принят (source.db.tls)',
  ER_CON_COUNT_ERROR: 'слишком много соединений',
  ER_HOST_NOT_PRIVILEGED: 'сервер не пускает этот компьютер',
  ER_HOST_IS_BLOCKED: 'сервер заблокировал этот компьютер',
};

const ACCESS: Readonly<Record<string, string>> = {
  ER_ACCESS_DENIED_ERROR: 'неверное имя или пароль',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'неверное имя или пароль',
  ER_DBACCESS_DENIED_ERROR: 'нет прав на эту базу',
  ER_TABLEACCESS_DENIED_ERROR: 'нет права SELECT на таблицу',
  ER_COLUMNACCESS_DENIED_ERROR: 'нет права SELECT на столбец',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'не хватает прав',
};

const LOST: ReadonlySet<string> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'BG1C_SILENCE',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_STATEMENT_TIMEOUT',
  'ER_QUERY_TIMEOUT',
  'ER_NET_READ_ERROR',
  'ER_NET_WRITE_INTERRUPTED',
]);

/** The fault of an error met while entering a database. */
export function connectFault(error: unknown, where: string): Fault {
  const code = codeOf(error);
  const denied = ACCESS[code];
  if (denied) return fault('BG1C-DB-ACCESS', { where, reason: denied });
  if (code === 'ER_BAD_DB_ERROR') return fault('BG1C-DB-STRUCTURE', { what: `базы ${where}` });
  return fault('BG1C-DB-CONNECT', { where, reason: NETWORK[code] ?? strange(error) });
}

/**
 * The fault of a statement.
 * @throws the error itself where it is no {@link StatementError}: then it is a defect of the program
 */
export function queryFault(error: unknown, { where, limits }: Pick<Database, 'where' | 'limits'>): Fault {
  if (!(error instanceof StatementError)) throw error;
  const { table, cause } = error;
  const code = codeOf(cause);
  const denied = ACCESS[code];
  if (denied) return fault('BG1C-DB-ACCESS', { where, reason: `${denied} ${table}` });
  if (code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'ER_LOCK_DEADLOCK')
    return fault('BG1C-DB-BUSY', { table, seconds: limits.lockSeconds });
  if (code === 'ER_NO_SUCH_TABLE') return fault('BG1C-DB-STRUCTURE', { what: `таблицы ${table}` });
  if (isServerError(cause) && !LOST.has(code))
    return fault('BG1C-DB-QUERY', { table, reason: `${code} ${(cause as Error).message}` });
  return fault('BG1C-DB-LOST', { table, reason: NETWORK[code] ?? strange(cause) });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** An error packet of the server. */
function isServerError(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && 'sqlState' in error;
}

/** What speaks something else than MySQL makes the client stumble anywhere. */
function strange(error: unknown): string {
  const code = codeOf(error);
  return `сервер отвечает не так, как MySQL${code === '' ? '' : ` (${code})`}`;
}
