import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { METHODS, MethodError, type Paged } from './double-methods.ts';
import { emptyPortal, type PortalState } from './double-state.ts';
import { parseQuery } from './php-query.ts';

/**
 * A portal of Bitrix24 that keeps what it is told, on loopback, by a clock of its own: both limits, empty maps as
 * lists, unknown fields passed over, answers that are lost (facts: bitrix24 §2–§6). No real portal was ever asked:
 * what the documentation does not say is not in here.
 */
export interface PortalDouble {
  readonly webhook: string;
  state: PortalState;
  /** Everything that was asked, in order. */
  calls: { method: string; args: Record<string, unknown> }[];
  counts: { requests: number; commands: number; writes: number; refusals: number };
  /** Decides the fate of the next HTTP requests. */
  fate: (method: string, nth: number) => Fate;
  /** Bodies that were received, as text: for looking after secrets and spelling. */
  bodies: string[];
  close(): Promise<void>;
}

export type Fate =
  | 'answer'
  /** Does its work, or a part of it, and the connection ends. */
  | 'drop-after'
  | { dropAfterCommands: number }
  | 'drop-before'
  | 'html-502'
  /** An error that tells nothing: before the work, or after it. */
  | 'broken-before'
  | 'broken-after'
  | 'refused'
  | 'busy';

/** A clock that moves when somebody sleeps or works. */
export interface TestTime {
  now: () => Date;
  sleep: (ms: number) => Promise<void>;
  advance: (ms: number) => void;
  /** Hours since the beginning. */
  hours: () => number;
}

export function testTime(start = '2026-11-03T08:00:00Z'): TestTime {
  const begun = Date.parse(start);
  let at = begun;
  const advance = (ms: number): void => {
    at += ms;
  };
  return {
    now: () => new Date(at),
    sleep: async (ms) => advance(ms),
    advance,
    hours: () => (at - begun) / 3_600_000,
  };
}

/** Seconds of execution (examples of the documentation). */
const SECONDS: Readonly<Record<string, number>> = {
  'crm.item.add': 1.83,
  'crm.item.update': 1.83,
  'crm.requisite.add': 0.33,
  'crm.requisite.update': 0.33,
  'crm.requisite.bankdetail.add': 0.25,
  'crm.address.add': 0.2,
};
const OTHER_SECONDS = 0.05;
const OPERATING_LIMIT = 480;
const BASKET_MS = 60_000;
const BASKETS = 10;
const BURST = 50;
const DRAIN = 2;
const WRITES = /\.(add|update|set|register)$/;

export async function portalDouble(time: TestTime, state = emptyPortal()): Promise<PortalDouble> {
  const used = new Map<string, Map<number, number>>();
  let level = 0;
  let seen = time.now().getTime();
  let requests = 0;

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const method = request.url!.replace(/^\/rest\/1\/[^/]+\//, '');
      double.bodies.push(body);
      handle(method, JSON.parse(body) as Record<string, unknown>, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: PortalDouble = {
    webhook: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/s3cr3t/`,
    state,
    calls: [],
    counts: { requests: 0, commands: 0, writes: 0, refusals: 0 },
    fate: () => 'answer',
    bodies: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return double;

  function handle(method: string, args: Record<string, unknown>, response: ServerResponse): void {
    double.counts.requests++;
    const fate = double.fate(method, ++requests);
    if (fate === 'drop-before') {
      response.socket!.destroy();
      return;
    }
    if (fate === 'html-502') {
      send(response, 502, '<html><body>502 Bad Gateway</body></html>');
      return;
    }
    if (fate === 'broken-before' || fate === 'refused') {
      const error = fate === 'refused' ? '' : 'INTERNAL_SERVER_ERROR';
      send(response, fate === 'refused' ? 400 : 500, { error, error_description: 'Access denied.' });
      return;
    }
    if (fate === 'busy' || !bucketTakes()) {
      double.counts.refusals++;
      send(response, 503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' });
      return;
    }
    const limit = typeof fate === 'object' ? fate.dropAfterCommands : Number.POSITIVE_INFINITY;
    const answer = method === 'batch' ? batch(args, limit) : single(method, args);
    if (fate === 'answer') send(response, answer.status, answer.body);
    else if (fate === 'broken-after')
      send(response, 500, { error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal error' });
    else response.socket!.destroy();
  }

  function bucketTakes(): boolean {
    const now = time.now().getTime();
    level = Math.max(0, level - ((now - seen) / 1000) * DRAIN);
    seen = now;
    if (level + 1 > BURST) return false;
    level++;
    return true;
  }

  function single(method: string, args: Record<string, unknown>): { status: number; body: unknown } {
    const done = run(method, args);
    if ('error' in done) {
      const status = done.error === 'OPERATION_TIME_LIMIT' ? 429 : 400;
      return { status, body: { error: done.error, error_description: done.text } };
    }
    const { result, total, next } = done.paged;
    return { status: 200, body: { result, total, next, time: done.time } };
  }

  function batch(args: Record<string, unknown>, limit: number): { status: number; body: unknown } {
    const commands = Object.entries(args.cmd as Record<string, string>);
    if (commands.length > 50)
      return { status: 400, body: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max 50' } };
    const parts = {
      result: {},
      result_error: {},
      result_total: {},
      result_next: {},
      result_time: {},
    } as Record<string, Record<string, unknown>>;
    for (const [key, text] of commands.slice(0, limit)) {
      const at = text.indexOf('?');
      const method = at < 0 ? text : text.slice(0, at);
      const done = run(method, at < 0 ? {} : parseQuery(text.slice(at + 1)));
      if ('error' in done) parts.result_error![key] = { error: done.error, error_description: done.text };
      else {
        parts.result![key] = done.paged.result;
        if (done.paged.total !== undefined) parts.result_total![key] = done.paged.total;
        if (done.paged.next !== undefined) parts.result_next![key] = done.paged.next;
        parts.result_time![key] = done.time;
      }
    }
    // What PHP makes of a map without entries.
    const body = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, Object.keys(part).length === 0 ? [] : part]),
    );
    return { status: 200, body: { result: body, time: {} } };
  }

  function run(
    method: string,
    args: Record<string, unknown>,
  ): { paged: Paged; time: object } | { error: string | number; text: string } {
    double.counts.commands++;
    const found = METHODS[method];
    if (!found) return { error: 'ERROR_METHOD_NOT_FOUND', text: 'Method not found!' };
    if (operating(method) >= OPERATING_LIMIT) {
      double.counts.refusals++;
      return { error: 'OPERATION_TIME_LIMIT', text: 'Method is blocked due to operation time limit.' };
    }
    const seconds = SECONDS[method] ?? OTHER_SECONDS;
    time.advance(seconds * 1000);
    const basket = Math.floor(time.now().getTime() / BASKET_MS);
    const baskets = used.get(method) ?? new Map<number, number>();
    used.set(method, baskets.set(basket, (baskets.get(basket) ?? 0) + seconds));
    if (double.calls.length < 5000) double.calls.push({ method, args });
    if (WRITES.test(method)) double.counts.writes++;
    try {
      const now = (): string =>
        time
          .now()
          .toISOString()
          .replace(/\.\d+Z$/, '+00:00');
      const paged = found(args, { state: double.state, now });
      const oldest = Math.min(...baskets.keys());
      return {
        paged,
        time: {
          duration: seconds,
          operating: operating(method),
          operating_reset_at: ((oldest + BASKETS) * BASKET_MS) / 1000,
        },
      };
    } catch (error) {
      if (!(error instanceof MethodError)) throw error;
      return { error: error.code, text: error.message };
    }
  }

  function operating(method: string): number {
    const baskets = used.get(method);
    if (!baskets) return 0;
    const now = Math.floor(time.now().getTime() / BASKET_MS);
    for (const basket of baskets.keys()) if (basket <= now - BASKETS) baskets.delete(basket);
    return [...baskets.values()].reduce((sum, seconds) => sum + seconds, 0);
  }

  function send(response: ServerResponse, status: number, body: unknown): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, {
      'Content-Type': typeof body === 'string' ? 'text/html' : 'application/json',
    });
    response.end(text);
  }
}
