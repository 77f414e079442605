import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DbConfig } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';

/** Where a database is and how to enter it. The password stays in here: it is never logged or written. */
export interface DbAddress {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  /** Certificates to trust; undefined: no encryption. */
  readonly tls: { readonly ca: string | undefined } | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PORT = 3306;

/** `bgbilling на db.local:3306`, without name and password. */
export function addressText({ host, port, socket, database }: DbAddress): string {
  return `${database} на ${socket ?? `${host}:${port}`}`;
}

/**
 * Completes `source.db`: secrets come from environment variables and files.
 * @param folder where relative paths start
 * @returns the address, or faults of scope `usage`
 */
export function resolveAddress(
  config: DbConfig,
  folder: string,
  environment: Environment,
): { address?: DbAddress; faults: Fault[] } {
  try {
    const tls = config.tls ? { ca: config.caFile && readText(folder, config.caFile, 'caFile') } : undefined;
    if (config.urlEnv !== undefined) return { address: fromUrl(config, environment, tls), faults: [] };
    const { host = '127.0.0.1', port = PORT, socket, user, database } = config;
    if (user === undefined) throw new Refusal('user', 'не указано имя учётной записи (или urlEnv)');
    if (database === undefined) throw new Refusal('database', 'не указано имя базы данных');
    return {
      address: { host, port, socket, user, database, password: passwordOf(config, folder, environment), tls },
      faults: [],
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { faults: [fault('BG1C-CONFIG-VALUE', { key: `source.db.${error.key}`, reason: error.reason })] };
  }
}

/** A setting that cannot be used; the reason never quotes a secret. */
class Refusal extends Error {
  readonly key: string;
  readonly reason: string;

  constructor(key: string, reason: string) {
    super(reason);
    this.key = key;
    this.reason = reason;
  }
}

function fromUrl({ urlEnv = '' }: DbConfig, environment: Environment, tls: DbAddress['tls']): DbAddress {
  const text = environment[urlEnv];
  if (!text) throw new Refusal('urlEnv', `переменная окружения ${urlEnv} не задана`);
  const form = 'ожидается mysql://имя:пароль@сервер:3306/база';
  if (!URL.canParse(text)) throw new Refusal('urlEnv', `в переменной ${urlEnv} не адрес: ${form}`);
  const url = new URL(text);
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:')
    throw new Refusal('urlEnv', `в переменной ${urlEnv} адрес не базы MySQL: ${form}`);
  const unknown = [...url.searchParams.keys()].filter((key) => key !== 'socket');
  if (unknown.length > 0)
    throw new Refusal('urlEnv', `в переменной ${urlEnv} неизвестный параметр адреса «${unknown[0]}»`);
  const database = decoded(url.pathname.slice(1));
  if (database === '' || url.username === '')
    throw new Refusal('urlEnv', `в переменной ${urlEnv} нет имени или базы: ${form}`);
  return {
    host: url.hostname === '' ? '127.0.0.1' : url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORT : Number(url.port),
    socket: url.searchParams.get('socket') ?? undefined,
    user: decoded(url.username),
    password: url.password === '' ? undefined : decoded(url.password),
    database,
    tls,
  };
}

/** A stray `%` stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function passwordOf(
  { passwordEnv, passwordFile }: DbConfig,
  folder: string,
  environment: Environment,
): string | undefined {
  if (passwordFile !== undefined) return readText(folder, passwordFile, 'passwordFile').replace(/\r?\n$/, '');
  if (passwordEnv === undefined) return undefined;
  const password = environment[passwordEnv];
  if (password === undefined)
    throw new Refusal('passwordEnv', `переменная окружения ${passwordEnv} не задана`);
  return password;
}

function readText(folder: string, file: string, key: string): string {
  try {
    return readFileSync(resolve(folder, file), 'utf8');
  } catch (error) {
    throw new Refusal(key, `файл ${file} не читается (${(error as NodeJS.ErrnoException).code ?? 'ошибка'})`);
  }
}
