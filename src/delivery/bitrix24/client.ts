import axios, { type AxiosError } from 'axios';
import type { Clock } from '../../support/clock.ts';
import { toolVersion } from '../../support/version.ts';
import type { Access } from './access.ts';
import { type Answer, answerOf, errorOf, mapOf, type Operating, PortalError } from './answer.ts';
import { createLimits } from './limits.ts';
import { commandText, type Params } from './query.ts';

/** A call of a portal. */
export interface Command {
  method: string;
  params: Params;
}

/** What became of one command of a batch. */
export type Outcome = { ok: true; answer: Answer } | { ok: false; error: PortalError };

/** Calls and batches that went out, for reports. */
export interface Traffic {
  requests: number;
  batches: number;
  commands: number;
}

/** A portal of Bitrix24 within its limits. */
export interface Portal {
  /** Host, as the journal knows it. */
  readonly name: string;
  readonly traffic: Readonly<Traffic>;
  /** Asks for something, again where the answer was lost. @throws PortalError */
  ask(method: string, params: Params): Promise<Answer>;
  /** Writes something, once: whoever calls knows what to do where it fails. @throws PortalError */
  once(method: string, params: Params): Promise<Answer>;
  /**
   * Many calls in as few requests as fit, answers in their order. Questions are asked again where the answer was lost;
   * what writes is not: its outcome is `unknown` then.
   * @throws PortalError `denied` or `unreachable`: nobody serves us
   */
  all(commands: readonly Command[], writes: boolean): Promise<Outcome[]>;
}

export interface PortalOptions {
  access: Access;
  /** Requests a second. */
  rate: number;
  clock: Clock;
  sleep: (ms: number) => Promise<void>;
}

const COMMANDS_IN_BATCH = 50;
/** The portal ends a request after 60 s; a batch is made shorter than that. */
const BATCH_SECONDS = 40;
const TIMEOUT_MS = 90_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;
/** Tries of one call; the pause doubles from a second to a minute. */
const TRIES = 8;
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Errors of the network before the first byte went out. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function createPortal({ access, rate, clock, sleep }: PortalOptions): Portal {
  const limits = createLimits(rate, clock, sleep);
  const traffic: Traffic = { requests: 0, batches: 0, commands: 0 };
  let stale = false;

  const post = async (method: string, params: Params): Promise<Answer> => {
    await limits.take();
    traffic.requests++;
    const token = access.token && (await access.token(stale));
    stale = false;
    const body = token === undefined ? params : { ...params, auth: token };
    try {
      const { status, data } = await axios.post<string>(`${access.base}${method}`, body, {
        timeout: TIMEOUT_MS,
        maxRedirects: 0,
        maxContentLength: LARGEST_ANSWER,
        responseType: 'text',
        transformResponse: (text: string) => text,
        validateStatus: () => true,
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'User-Agent': `bgbilling-1c/${toolVersion()}`,
        },
      });
      return answerOf(method, status, data);
    } catch (error) {
      if (error instanceof PortalError) throw error;
      // The error of axios holds the address, and with it the secret: only its code goes on.
      const code = (error as AxiosError).code ?? 'ERR_NETWORK';
      throw new PortalError(NOT_SENT.includes(code) ? 'unreachable' : 'unknown', method, code, '');
    }
  };

  /** @param again whether a call whose answer was lost is made again */
  const insist = async (method: string, params: Params, again: boolean): Promise<Answer> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await post(method, params);
        limits.observe(method, answer.time);
        return answer;
      } catch (error) {
        if (!(error instanceof PortalError)) throw error;
        const { failure, code } = error;
        stale = access.token !== undefined && code === 'expired_token';
        const worth =
          stale || failure === 'busy' || failure === 'unreachable' || (again && failure === 'unknown');
        if (!worth || attempt === TRIES) throw error;
        if (code === 'OPERATION_TIME_LIMIT') {
          limits.exhausted(method);
          await limits.wait([method]);
        } else {
          if (failure === 'busy') limits.overflow();
          if (!stale) await sleep(Math.min(PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS));
        }
      }
    }
  };

  const batch = async (commands: readonly Command[], writes: boolean): Promise<Outcome[]> => {
    const cmd = Object.fromEntries(
      commands.map(({ method, params }, index) => [`c${index}`, commandText(method, params)]),
    );
    traffic.batches++;
    traffic.commands += commands.length;
    let answer: Answer;
    try {
      answer = await insist('batch', { halt: 0, cmd }, !writes);
    } catch (error) {
      if (!(error instanceof PortalError) || error.failure === 'denied') throw error;
      if (error.failure === 'unreachable') throw error;
      return commands.map(() => ({ ok: false, error }) as const);
    }
    const { result, result_error, result_next, result_total, result_time } = mapOf(answer.result);
    const [results, errors, nexts, totals, times] = [
      mapOf(result),
      mapOf<Record<string, unknown>>(result_error),
      mapOf<number>(result_next),
      mapOf<number>(result_total),
      mapOf<Operating>(result_time),
    ];
    return commands.map(({ method }, index): Outcome => {
      const key = `c${index}`;
      const time = mapOf(times[key]) as Operating;
      limits.observe(method, time);
      if (errors[key] !== undefined) return { ok: false, error: commandError(method, errors[key]) };
      if (!(key in results)) return { ok: false, error: new PortalError('unknown', method, 'no-answer', '') };
      return { ok: true, answer: { result: results[key], next: nexts[key], total: totals[key], time } };
    });
  };

  return {
    name: access.portal,
    traffic,
    ask: (method, params) => insist(method, params, true),
    async once(method, params) {
      if (limits.room(method) < 1) await limits.wait([method]);
      const answer = await post(method, params);
      limits.observe(method, answer.time);
      return answer;
    },
    async all(commands, writes) {
      const outcomes = new Array<Outcome | undefined>(commands.length).fill(undefined);
      const tries = new Map<number, number>();
      let waiting = commands.map((_, index) => index);
      while (waiting.length > 0) {
        const picked = pick(waiting, commands, limits);
        if (picked.length === 0) {
          await limits.wait([...new Set(waiting.map((index) => commands[index]!.method))]);
          continue;
        }
        const done = await batch(
          picked.map((index) => commands[index]!),
          writes,
        );
        const later = new Set<number>();
        for (const [at, index] of picked.entries()) {
          const outcome = done[at]!;
          const tried = (tries.get(index) ?? 0) + 1;
          tries.set(index, tried);
          if (!outcome.ok && isWorth(outcome.error, writes) && tried < TRIES) {
            if (outcome.error.code === 'OPERATION_TIME_LIMIT') limits.exhausted(commands[index]!.method);
            later.add(index);
          } else outcomes[index] = outcome;
        }
        const gone = new Set(picked);
        waiting = waiting.filter((index) => !gone.has(index) || later.has(index));
      }
      return outcomes as Outcome[];
    },
  };
}

/** Commands of the next batch: as many as one request, its time and the seconds left of each method allow. */
function pick(
  waiting: readonly number[],
  commands: readonly Command[],
  limits: ReturnType<typeof createLimits>,
): number[] {
  const picked: number[] = [];
  const rooms = new Map<string, number>();
  let seconds = 0;
  for (const index of waiting) {
    const { method } = commands[index]!;
    const room = rooms.get(method) ?? limits.room(method);
    const length = limits.usual(method);
    if (room < 1 || (picked.length > 0 && seconds + length > BATCH_SECONDS)) continue;
    picked.push(index);
    rooms.set(method, room - 1);
    seconds += length;
    if (picked.length === COMMANDS_IN_BATCH) break;
  }
  return picked;
}

function isWorth({ failure }: PortalError, writes: boolean): boolean {
  return failure === 'busy' || (!writes && failure === 'unknown');
}

/** An error of one command comes without an HTTP status: codes of the server's side tell of an unknown outcome. */
function commandError(method: string, body: Record<string, unknown>): PortalError {
  const code = String(body.error ?? '');
  const status = /^(INTERNAL_SERVER_ERROR|ERROR_UNEXPECTED_ANSWER)$/.test(code) ? 500 : 400;
  return errorOf(method, status, body);
}
