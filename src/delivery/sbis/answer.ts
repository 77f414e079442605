import { ChannelError } from '../channel.ts';
import type { ConnectionError, HttpAnswer } from '../http.ts';

/** Whether a call may change something: of what it did not answer, a read is simply asked again. */
export type CallKind = 'read' | 'write';

/** The session is not known any more. */
export class Unauthorised extends Error {}

/** classid of errors that pass by themselves begins so (facts: upd-sbis B5). */
const PASSING = /^\{?00000000-0000-0000-0000-1aa/i;
/** Characters of a message of СБИС that are shown. */
const SHOWN = 300;

interface RpcError {
  code?: number | string;
  message?: string;
  details?: string;
  data?: { classid?: string };
}

/**
 * The result of a call, or what its failure means.
 * @param redact takes secrets out of a text
 * @throws Unauthorised, ChannelError
 */
export function resultOf(answer: HttpAnswer, kind: CallKind, redact: (text: string) => string): unknown {
  const { status, retryAfter } = answer;
  if (status === 401) throw new Unauthorised();
  if (status === 429 || status === 503)
    throw new ChannelError('before', `http-${status}`, `СБИС занят (HTTP ${status})`, retryAfter);
  const parsed = parse(answer.body);
  if (parsed === undefined) throw notJson(status, kind);
  const { error, result } = parsed;
  if (error !== undefined && error !== null) throw rpcFailure(error, kind, redact);
  if (status >= 400) throw notJson(status, kind);
  if (result === undefined) throw unclear(kind, 'no-result', 'в ответе СБИС нет результата');
  return result;
}

/** A call without an answer. */
export function connectionFailure({ code, unsent }: ConnectionError, kind: CallKind): ChannelError {
  const reason = unsent ? `СБИС недоступен (${code})` : `СБИС не ответил (${code})`;
  return unsent ? new ChannelError('before', code, reason) : unclear(kind, code, reason);
}

function parse(body: Buffer): { error?: unknown; result?: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A page of a gateway or of somebody in between. */
function notJson(status: number, kind: CallKind): ChannelError {
  const code = status < 400 ? 'not-json' : `http-${status}`;
  if (status === 403 || status === 404 || (status >= 300 && status < 400))
    return new ChannelError(
      'halted',
      code,
      `по адресу СБИС отвечает не он или доступ закрыт (HTTP ${status})`,
    );
  if (status >= 400 && status < 500)
    return new ChannelError('rejected', code, `СБИС не принял запрос (HTTP ${status})`);
  return unclear(
    kind,
    code,
    status < 400 ? 'вместо ответа СБИС пришла страница' : `ошибка СБИС (HTTP ${status})`,
  );
}

/** The error is a text where it is about the session. */
function rpcFailure(error: unknown, kind: CallKind, redact: (text: string) => string): Error {
  const { code, message, details, data } = (
    typeof error === 'object' ? error : { message: String(error) }
  ) as RpcError;
  if (/not authori[sz]ed/i.test(message ?? '')) return new Unauthorised();
  const text = redact(details || message || 'без объяснения').slice(0, SHOWN);
  const name = `sbis-${String(code ?? 'error')}`.slice(0, 40);
  if (PASSING.test(data?.classid ?? '')) return unclear(kind, name, text);
  return new ChannelError('rejected', name, text);
}

/** A read did nothing; of a write nobody knows. */
function unclear(kind: CallKind, code: string, message: string): ChannelError {
  return new ChannelError(kind === 'read' ? 'before' : 'unknown', code, message);
}
