import { resolve } from 'node:path';
import type { Config } from './types.ts';

/** When documents go out, and whether the watcher sends them by itself. */
export interface DeliverConfig {
  /** `after-receipt`: when a receipt of the configured base says that they are booked. */
  when: 'after-receipt' | 'at-once';
  auto: boolean;
}

/** СБИС (Saby): how it is reached, and how documents are signed there. */
export interface SbisConfig {
  /** Address of the service, without a path. */
  url: string;
  /** By name and password … */
  login?: string | undefined;
  passwordEnv?: string | undefined;
  passwordFile?: string | undefined;
  /** НомерАккаунта, where one login has several. */
  account?: string | undefined;
  /** … or by the keys of an outer system. */
  service?:
    | {
        clientId: string;
        secretEnv?: string | undefined;
        secretFile?: string | undefined;
        keyEnv?: string | undefined;
        keyFile?: string | undefined;
        /** What goes into the header of requests: a session, or a token of access. */
        header: 'session' | 'token';
      }
    | undefined;
  /**
   * `draft`: documents are put down, the accountant signs and sends them in СБИС; `server`: СБИС signs with a key that
   * lies there; `command`: an outer program signs.
   */
  mode: 'draft' | 'server' | 'command';
  /** Thumbprint (SHA-1) of the certificate, where there are several. */
  certificate?: string | undefined;
  /** Program and arguments, without a shell; `{in}`, `{out}`, `{thumbprint}` stand for files and certificate. */
  command?: string[] | undefined;
  /** What becomes of who is not connected to electronic exchange. */
  unconnected: 'leave-out' | 'invite';
  /** Whether the printed form goes along. */
  pdf: boolean;
  /** Тип of the document in СБИС. */
  documentType: string;
  /** How СБИС writes the time in filters: `10.30.00` or `10:30:00`. */
  time: 'dots' | 'colons';
  /** By any of these words of СБИС a document is known to be absent there. */
  absent: string[];
  perMinute: number;
  /** Documents at once. */
  streams: number;
  /** Seconds that an answer is waited for. */
  timeout: number;
}

/** A folder from which a client of any operator takes УПД files. */
export interface EdoFolderConfig {
  dir: string;
}

/** Paths of the channels, from the folder of the file. */
export function resolveDelivery(
  { sbis, edoFolder }: Pick<Config['channels'], 'sbis' | 'edoFolder'>,
  folder: string,
): Pick<Config['channels'], 'sbis' | 'edoFolder'> {
  const path = (name: string | undefined): string | undefined => name && resolve(folder, name);
  const service = sbis?.service && {
    ...sbis.service,
    secretFile: path(sbis.service.secretFile),
    keyFile: path(sbis.service.keyFile),
  };
  return {
    ...(sbis && { sbis: { ...sbis, passwordFile: path(sbis.passwordFile), service } }),
    ...(edoFolder && { edoFolder: { dir: resolve(folder, edoFolder.dir) } }),
  };
}

/** What no schema expresses of the channels. */
export function deliveryProblems({ channels: { sbis } }: Config): { path: string[]; reason: string }[] {
  if (!sbis) return [];
  const problems: { path: string[]; reason: string }[] = [];
  const refuse = (key: string, reason: string): void =>
    void problems.push({ path: ['channels', 'sbis', key], reason });
  const byPassword = sbis.login !== undefined;
  if (byPassword === (sbis.service !== undefined))
    refuse('login', 'нужно одно из двух: login с паролем или service с ключами внешней системы');
  if (byPassword && sbis.passwordEnv === undefined && sbis.passwordFile === undefined)
    refuse('passwordEnv', 'не указано, где взять пароль: passwordEnv или passwordFile');
  if (sbis.service && sbis.service.secretEnv === undefined && sbis.service.secretFile === undefined)
    refuse('service', 'не указано, где взять защищённый ключ: secretEnv или secretFile');
  if (sbis.service && sbis.service.keyEnv === undefined && sbis.service.keyFile === undefined)
    refuse('service', 'не указано, где взять сервисный ключ: keyEnv или keyFile');
  if (!/^https:\/\/[^/]+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(sbis.url))
    refuse('url', `«${sbis.url}» — не адрес вида https://online.sbis.ru`);
  if (sbis.mode === 'command' && sbis.command === undefined)
    refuse('command', 'при mode: command нужна программа подписания');
  if (sbis.command && !sbis.command.some((part) => part.includes('{in}')))
    refuse('command', 'среди аргументов должно быть {in}: файл, который подписывается');
  if (sbis.mode === 'command' && sbis.certificate === undefined)
    refuse('certificate', 'при mode: command нужен отпечаток сертификата');
  return problems;
}
