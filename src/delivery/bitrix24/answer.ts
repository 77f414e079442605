/**
 * Answers of the portal as they come: JSON of two shapes, empty maps as lists, HTML where it is overloaded
 * (facts: bitrix24 §2, §3).
 */

/** What is known about a call that failed. */
export type Failure =
  /** Surely nothing happened: over the limits, or not reachable. */
  | 'busy'
  | 'unreachable'
  /** It may have happened. */
  | 'unknown'
  /** The portal will not do this. */
  | 'refused'
  /** The portal will not serve us at all: webhook, rights, plan, manual block. */
  | 'denied';

/** A call that failed. Its text holds the method and the portal's words, never the address. */
export class PortalError extends Error {
  readonly failure: Failure;
  /** `http-503`, `QUERY_LIMIT_EXCEEDED`, `ECONNRESET` */
  readonly code: string;
  readonly description: string;

  constructor(failure: Failure, method: string, code: string, description: string) {
    super(`${method}: ${code}${description === '' ? '' : ` (${description})`}`);
    this.failure = failure;
    this.code = code;
    this.description = description;
  }
}

/** How much of a method's allowance is used, seconds, and when some of it comes back (unix s). */
export interface Operating {
  operating?: number;
  operating_reset_at?: number;
  duration?: number;
}

export interface Answer {
  result: unknown;
  next?: number | undefined;
  total?: number | undefined;
  time: Operating;
}

/** Codes that mean «not now»: nothing happened. */
const BUSY = ['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT'];
/** Codes that mean «not you». */
const DENIED = [
  'OVERLOAD_LIMIT',
  'NO_AUTH_FOUND',
  'expired_token',
  'invalid_token',
  'insufficient_scope',
  'INVALID_CREDENTIALS',
  'user_access_error',
  'PORTAL_DELETED',
  'INVALID_REQUEST',
];
/** Longer texts of the portal are cut: they are for a person. */
const LONGEST = 300;

/** The answer of an HTTP call. @throws PortalError */
export function answerOf(method: string, status: number, text: string): Answer {
  const body = parse(text);
  if (body === undefined) {
    // An HTML page tells nothing about what was done, whatever its status.
    throw new PortalError('unknown', method, `http-${status}`, 'ответ не JSON');
  }
  if (body.error !== undefined) throw errorOf(method, status, body);
  if (status >= 400 || !('result' in body))
    throw new PortalError(status >= 500 ? 'unknown' : 'refused', method, `http-${status}`, '');
  const { result, next, total, time } = body;
  return {
    result,
    time: (time ?? {}) as Operating,
    ...(typeof next === 'number' && { next }),
    ...(typeof total === 'number' && { total }),
  };
}

/** An error inside an answer: of a whole call, or of one command of a batch. */
export function errorOf(method: string, status: number, body: Record<string, unknown>): PortalError {
  const { code, description } = wordsOf(body);
  const shown = code === '' || code === '0' ? `http-${status}` : code;
  return new PortalError(failureOf(status, code), method, shown, description.slice(0, LONGEST));
}

function failureOf(status: number, code: string): Failure {
  if (BUSY.includes(code)) return 'busy';
  if (DENIED.includes(code) || status === 401) return 'denied';
  if (code === 'ACCESS_DENIED' && status === 403) return 'denied';
  return status >= 500 ? 'unknown' : 'refused';
}

/** Version 2: `error` is a code, an empty text or a number; version 3: an object. */
function wordsOf({ error, error_description: text }: Record<string, unknown>): {
  code: string;
  description: string;
} {
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { code: String(code ?? ''), description: String(message ?? '') };
  }
  return { code: String(error ?? ''), description: String(text ?? '').replace(/<[^>]*>/g, ' ') };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A map of the portal: an empty one comes as `[]`, one with numeric keys as a list. */
export function mapOf<T = unknown>(value: unknown): Record<string, T> {
  if (Array.isArray(value)) return Object.fromEntries(value.entries()) as Record<string, T>;
  return typeof value === 'object' && value !== null ? (value as Record<string, T>) : {};
}

/** A list of the portal: an empty one may come as `{}`, one with gaps as a map. */
export function listOf<T = unknown>(value: unknown): T[] {
  if (Array.isArray(value)) return value as T[];
  return typeof value === 'object' && value !== null ? Object.values(value as Record<string, T>) : [];
}
