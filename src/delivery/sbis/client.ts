import type { SbisConfig } from '../../config/delivery.ts';
import { readSecret } from '../../config/secret.ts';
import { ChannelError } from '../channel.ts';
import { ConnectionError, type HttpAnswer, type Transport } from '../http.ts';
import { type CallKind, connectionFailure, resultOf, Unauthorised } from './answer.ts';

/** A session of СБИС. Its id, the password and the keys never leave this file. */
export interface SbisClient {
  /** Calls a method. @throws ChannelError */
  call(method: string, params: object, kind: CallKind): Promise<unknown>;
  /** A file by the address that СБИС gave for it. @throws ChannelError */
  download(url: string): Promise<Buffer>;
  /** Ends the session; never throws. */
  close(): Promise<void>;
}

const PATHS = { auth: '/auth/service/', rpc: '/service/?srv=1', oauth: '/oauth/service/' };
/** Without a charset СБИС does not read the body (facts: upd-sbis B1). */
const JSON_RPC = { 'Content-Type': 'application/json-rpc;charset=utf-8' };
const JSON_PLAIN = { 'Content-Type': 'application/json;charset=utf-8' };

/** Opens a session. @throws ChannelError `halted` where СБИС will not have us, `before` where it is not reached */
export async function connectSbis(config: SbisConfig, transport: Transport): Promise<SbisClient> {
  const timeout = config.timeout * 1000;
  const credentials = credentialsOf(config);
  const secrets = new Set(credentials.secrets);
  const redact = (text: string): string =>
    [...secrets].reduce((left, one) => left.replaceAll(one, '***'), text);
  let calls = 0;
  let session: string;
  let entering: Promise<string> | undefined;

  const request = async (path: string, headers: Record<string, string>, body: object, kind: CallKind) => {
    const url = `${config.url}${path}`;
    return resultOf(
      await answered(transport, { url, headers, body: JSON.stringify(body), timeout }, kind),
      kind,
      redact,
    );
  };
  const rpc = (
    path: string,
    method: string,
    params: object,
    headers: Record<string, string>,
    kind: CallKind,
  ) => request(path, { ...JSON_RPC, ...headers }, { jsonrpc: '2.0', method, params, id: calls++ }, kind);

  /** Whatever calls run at the same time, they enter once. */
  const enter = (): Promise<string> => {
    entering ??= authenticate().finally(() => {
      entering = undefined;
    });
    return entering;
  };
  const authenticate = async (): Promise<string> => {
    try {
      const found =
        'login' in credentials
          ? await rpc(PATHS.auth, 'СБИС.Аутентифицировать', { Параметр: credentials.login }, {}, 'read')
          : tokenOf(await plain(credentials.service), config);
      if (typeof found !== 'string' || found === '')
        throw new ChannelError('halted', 'no-session', 'СБИС не дал сеанса');
      secrets.add(found);
      session = found;
      return found;
    } catch (error) {
      if (error instanceof Unauthorised || (error instanceof ChannelError && error.class === 'rejected'))
        throw new ChannelError(
          'halted',
          'login',
          `СБИС не пускает: ${redact((error as Error).message) || 'имя или ключи не подходят'}`,
        );
      throw error;
    }
  };
  /** The address of service keys speaks plain JSON. */
  const plain = async (body: object): Promise<Record<string, unknown>> => {
    const url = `${config.url}${PATHS.oauth}`;
    const answer = await answered(
      transport,
      { url, headers: JSON_PLAIN, body: JSON.stringify(body), timeout },
      'read',
    );
    const wrapped = { ...answer, body: wrapResult(answer) };
    return resultOf(wrapped, 'read', redact) as Record<string, unknown>;
  };
  const headers = (): Record<string, string> =>
    config.service?.header === 'token' ? { 'X-SBISAccessToken': session } : { 'X-SBISSessionID': session };
  /** A session that is not known any more is opened again, once. */
  const withSession = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = session;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unauthorised)) throw error;
    }
    if (session === before) await enter();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unauthorised)) throw error;
      throw new ChannelError('halted', 'unauthorised', 'СБИС не признаёт только что открытый сеанс');
    }
  };

  session = await enter();
  return {
    call: (method, params, kind) => withSession(() => rpc(PATHS.rpc, method, params, headers(), kind)),
    download: (url) =>
      withSession(async () => {
        if (!isOurs(url, config.url))
          throw new ChannelError('halted', 'foreign-link', 'СБИС даёт ссылку на файл на чужом адресе');
        const answer = await answered(transport, { url, headers: headers(), timeout }, 'read');
        if (answer.status === 401) throw new Unauthorised();
        if (answer.status !== 200)
          throw new ChannelError(
            'before',
            `http-${answer.status}`,
            `файл не получен (HTTP ${answer.status})`,
          );
        return answer.body;
      }),
    async close() {
      if (config.service?.header !== 'token')
        await rpc(PATHS.auth, 'СБИС.Выход', {}, headers(), 'read').catch(() => undefined);
      transport.close?.();
    },
  };
}

type Credentials = { secrets: string[] } & ({ login: object } | { service: object });

function credentialsOf({ login, passwordEnv, passwordFile, account, service }: SbisConfig): Credentials {
  const need = (key: string, env: string | undefined, file: string | undefined): string => {
    const { secret, fault } = readSecret(`channels.sbis.${key}`, env, file);
    if (secret === undefined) throw new ChannelError('halted', 'secret', fault!.message);
    return secret;
  };
  if (service) {
    const secret = need('service.secret', service.secretEnv, service.secretFile);
    const key = need('service.key', service.keyEnv, service.keyFile);
    const body = { app_client_id: service.clientId, app_secret: secret, secret_key: key };
    return { service: body, secrets: [secret, key] };
  }
  const password = need('password', passwordEnv, passwordFile);
  const body = { Логин: login, Пароль: password, ...(account !== undefined && { НомерАккаунта: account }) };
  return { login: body, secrets: [password] };
}

/** Fields differ from source to source (facts: upd-sbis B1, C2). */
function tokenOf(answer: Record<string, unknown>, { service }: SbisConfig): unknown {
  return service?.header === 'token' ? (answer.access_token ?? answer.token) : answer.sid;
}

function wrapResult({ status, body }: HttpAnswer): Buffer {
  const text = body.toString('utf8');
  return status === 200 && text.trimStart().startsWith('{') && !/"error"\s*:/.test(text)
    ? Buffer.from(`{"result":${text}}`)
    : body;
}

async function answered(
  transport: Transport,
  request: Parameters<Transport>[0],
  kind: CallKind,
): Promise<HttpAnswer> {
  try {
    return await transport(request);
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    throw connectionFailure(error, kind);
  }
}

/** The session goes to СБИС alone: to the address of the settings, or a neighbour of it. */
function isOurs(link: string, base: string): boolean {
  const [url, own] = [new URL(link, base), new URL(base)];
  if (url.origin === own.origin) return true;
  return (
    url.protocol === 'https:' &&
    /(^|\.)(sbis|saby)\.ru$/.test(url.hostname) &&
    /(^|\.)(sbis|saby)\.ru$/.test(own.hostname)
  );
}
